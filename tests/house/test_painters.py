"""A painter ends with what it paints, and not when nobody holds it any more.

Whoever holds the frame of a function, such as a profiler, a trace of an error or a thread that watches another one,
holds what stands in it. A painter that lives on paints into a window that is being shown, and ends on what has been
deleted, perhaps in another thread: Qt warns of the one, and the process ends with the other.
"""

from __future__ import annotations

import ast
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tests.house.test_types import ROOT

_KINDS = ("QPainter", "QStylePainter")
_SOURCES = sorted((ROOT / "gui").rglob("*.py"))


def _is_new(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _KINDS


@pytest.mark.parametrize("path", [one for one in _SOURCES if any(f"{kind}(" in one.read_text() for kind in _KINDS)],
                         ids=lambda path: path.relative_to(ROOT).as_posix())  # fmt: skip
def test_every_painter_that_is_made_stands_in_a_with(path: Path):
    tree = ast.parse(path.read_text())
    held = {item.context_expr for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    loose = [node.lineno for node in ast.walk(tree) if _is_new(node) and node not in held]
    assert not loose, f"painters without a with in lines {loose}"


def test_whoever_holds_a_frame_keeps_no_painter_of_ours_at_work(qtbot):
    """A slider and the row of tabs, painted while each of their frames is held: Qt would warn of a painter at work."""
    import sys

    from gui.form.widgets.slider import LinearScale, Slider
    from gui.window.tab_row import TabRow

    held = []

    def hold(frame, event, _):
        if event == "return" and frame.f_code.co_name == "paintEvent":
            held.append(frame)

    row = TabRow("text")
    row.addTab("one")
    widgets: list[QWidget] = [Slider(LinearScale(0.0, 1.0, 0.1)), row]
    for widget in widgets:
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
    sys.setprofile(hold)
    try:
        for widget in widgets:
            widget.repaint()
            assert not widget.paintingActive()
    finally:
        sys.setprofile(None)
    assert len(held) >= len(widgets)
    thread = threading.Thread(target=held.clear)
    thread.start()
    thread.join()
