"""What is remembered, and what a damaged store does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from engine.contract.language import LANGUAGES
from gui.app.settings import Settings


def test_settings_come_back(tmp_path):
    path = tmp_path / "a folder" / "layerwise.ini"
    first = Settings(path)
    first.language, first.theme, first.zoom, first.experiment = "zh_CN", "dark", 1.5, "gates"
    first.save()
    again = Settings(path)
    assert (again.language, again.theme, again.zoom, again.experiment) == ("zh_CN", "dark", 1.5, "gates")
    assert again.set_aside is None


@pytest.mark.logs
@pytest.mark.parametrize("content", [b"\xff\xfe\x00broken", b"no section at all", b"\x00" * 64])
def test_a_damaged_store_is_set_aside_and_kept(tmp_path, content):
    path = tmp_path / "layerwise.ini"
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.set_aside is not None and settings.set_aside.read_bytes() == content
    settings.zoom = 1.25
    settings.save()
    assert Settings(path).zoom == 1.25


@pytest.mark.parametrize(
    ("key", "value"), [("language", "klingon"), ("theme", "pink"), ("zoom", "huge"), ("zoom", "9")]
)
def test_a_value_that_makes_no_sense_counts_as_missing(tmp_path, key, value):
    path = tmp_path / "layerwise.ini"
    path.write_text(f"[General]\n{key}={value}\n", encoding="utf-8")
    settings = Settings(path)
    assert settings.set_aside is None
    assert settings.language in LANGUAGES and settings.theme in ("light", "dark") and settings.zoom == 1.0


@pytest.mark.parametrize(
    ("there", "wanted"), [(("Documents", "Pictures"), "Documents"), (("Pictures",), "Pictures"), ((), "")]
)
def test_files_go_to_documents_or_pictures_at_first_and_then_where_the_last_one_went(
    tmp_path, monkeypatch, there, wanted
):
    for name in there:
        (tmp_path / name).mkdir()
    places = {QStandardPaths.StandardLocation.DocumentsLocation: "Documents"}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(tmp_path / places.get(place, "Pictures")))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    settings = Settings(tmp_path / "layerwise.ini")
    assert Path(settings.folder) == tmp_path / wanted
    (tmp_path / "last").mkdir()
    settings.folder = str(tmp_path / "last")
    assert Path(settings.folder) == tmp_path / "last"


def test_where_nothing_can_be_written_everything_works_and_is_forgotten(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "folder" / "layerwise.ini", tmp_path / ("x" * 300) / "layerwise.ini"):
        settings = Settings(path)
        assert not settings.is_kept and settings.set_aside is None
        settings.theme = "dark"
        assert settings.theme == "dark" and settings.zoom == 1.0
        settings.save()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert Settings(tmp_path / "layerwise.ini").is_kept


@pytest.mark.parametrize("folder", ["/" + "x" * 5000, "a\0b", "/no/such/folder", 7, ["a"]])
def test_a_remembered_folder_that_there_is_not_is_not_used(tmp_path, folder):
    settings = Settings(tmp_path / "layerwise.ini")
    settings.folder = str(tmp_path)
    assert settings.folder == str(tmp_path)
    settings.folder = folder
    assert Path(settings.folder).exists() or settings.folder != folder
