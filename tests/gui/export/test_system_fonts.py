"""A figure made without a screen is set in the fonts that the window has."""

from __future__ import annotations

from gui.export import offscreen


def test_on_windows_the_system_s_fonts_are_brought_along(monkeypatch, tmp_path):
    (tmp_path / "Fonts").mkdir()
    for name in ("segoeui.ttf", "msyh.ttc", "consola.ttf", "wingding.ttf"):
        (tmp_path / "Fonts" / name).touch()
    brought = []
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(offscreen.QApplication, "instance", lambda: None)
    monkeypatch.setattr(offscreen, "running_application", lambda arguments: "made")
    monkeypatch.setattr(offscreen, "apply_to", lambda made: brought.append("dressed"))
    monkeypatch.setattr(offscreen.QFontDatabase, "addApplicationFont", lambda path: brought.append(path[-14:]))
    assert offscreen.application() == "made"
    assert [one.rpartition("/")[2] for one in brought] == ["segoeui.ttf", "consola.ttf", "msyh.ttc", "dressed"]
