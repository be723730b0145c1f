"""A painter ends with what it paints, and not when nobody holds it any more.

Whoever holds the frame of a function, such as a profiler, a trace of an error or a thread that watches another one,
holds what stands in it. A painter that lives on paints into a window that is being shown, and ends on what has been
deleted, perhaps in another thread: Qt warns of the one, and the process ends with the other.
"""

from __future__ import annotations

import ast
import sys
import threading
from pathlib import Path

import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QWidget

from gui.plots.drawing.api import PlotOverlay
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


def _called_by_qt(node: ast.AST) -> bool:
    """Whether it is the ``paint`` of a graphics item or a delegate, which Qt calls with options of a style."""
    return isinstance(node, ast.FunctionDef) and node.name == "paint" and any(
        one.annotation is not None and "QStyleOption" in ast.unparse(one.annotation) for one in node.args.args
    )  # fmt: skip


def test_what_qt_calls_to_have_it_painted_reports_its_faults():
    found = [(path, node) for path in _SOURCES for node in ast.walk(ast.parse(path.read_text())) if _called_by_qt(node)]
    assert len(found) > 10
    unguarded = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, node in found
        if "tells_faults" not in [ast.unparse(one) for one in node.decorator_list]
    ]
    assert not unguarded


def test_a_fault_in_a_painting_is_told_and_the_rest_is_painted(qtbot, monkeypatch):
    """With its exception pending PySide would drop a reference of what is painted next, and the process would end."""
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))

    class Faulty(PlotOverlay):
        def draw(self, sketch):
            raise ValueError("on purpose")

    class Behind(pg.AxisItem):
        pass

    sheet = pg.GraphicsLayoutWidget()
    qtbot.addWidget(sheet)
    plot = pg.PlotItem(axisItems={"left": Behind("left")})
    sheet.addItem(plot)
    plot.addItem(Faulty())
    count = sys.getrefcount(pg.AxisItem.paint)
    with qtbot.waitExposed(sheet):
        sheet.show()
    for _ in range(3):
        sheet.viewport().repaint()
    assert set(told) == {ValueError} and sys.getrefcount(pg.AxisItem.paint) >= count
