"""What is typed as a name, and what becomes of it, with the reason that is true."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.networks.networks import NetworkNameDialog


def test_the_note_says_why_a_name_becomes_another(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = NetworkNameDialog("cnn 7", 7, window)
    said = {}
    for typed in ("mine", "mine / first", "nul", "Com1"):
        dialog.name.setText(typed)
        said[typed] = dialog.note.text()
    assert said["mine"] == ""
    assert "“mine first”" in said["mine / first"] and "signs" in said["mine / first"]
    for typed in ("nul", "Com1"):
        assert f"“{typed} 1”" in said[typed] and "Windows" in said[typed] and "signs" not in said[typed]
