"""A handle that stays where it is while its number moves: a drag counts from its beginning, each key from the last."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.contract.api import Frame, Params, Picture, Slide, real, table_of, untranslated
from gui.plots.axes.chart import Chart
from gui.stage.snapshot import Layout
from gui.stage.view import Snapshot, View
from tests.gui.views.hand import brought_up, on_screen


class _Params(Params):
    size: float = real(1.0, (-9.0, 9.0), untranslated("size"), step=0.1)


class _One(Picture[_Params, Frame]):
    params_type, frame_type = _Params, Frame

    def compute(self, params, streams):
        return Frame(finished=True)

    def headline(self, params, frame):
        return untranslated("one number")

    def main_tables(self, params, frame):
        return (table_of("one", value=params.size),)

    def handles(self, params, frame):
        return (
            Slide(
                "size", (0.5, 0.5), 0.1, untranslated("size"), quiet=True, stays=True, field="size", along=(0.0, 10.0),
                decimals=1,
            ),
        )  # fmt: skip


class _OneView(View):
    handle_plots = MappingProxyType({"": "plot"})

    def build(self):
        self.plot = Chart()
        self.plot.vb.setRange(xRange=(0, 1), yRange=(0, 1))

    def layout_for(self, params, wide, compact):
        return Layout(("plot",), (1,), (1,))

    def show_snapshot(self, current, ghost):
        pass


@pytest.fixture
def view(qtbot):
    """What is asked for is done at once, as the window does it."""
    made = brought_up(qtbot, _OneView(_One()), Snapshot(_Params(), Frame(finished=True)), (420, 300))
    made.edited.connect(lambda changes, _: made.draw(made.current.params.replaced(changes), made.current.frame))
    return made


def _moves(view, *ways):
    """Press the handle, move the pointer by each of these pixels in turn, and release it."""
    start, port = on_screen(view, view.plot, 0.5, 0.5), view.stage.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for way in ways:
        QTest.mouseMove(port, start + QPoint(0, way))
        QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(0, ways[-1]))
    return view.current.params.size


def test_a_drag_in_many_steps_comes_to_where_one_in_a_single_step_does(view):
    once = _moves(view, -40)
    assert once > 1.5
    view.draw(_Params(), view.current.frame)
    assert _moves(view, -10, -25, -31, -40) == once
    view.draw(_Params(), view.current.frame)
    assert _moves(view, -40, 0) == 1.0


def test_each_key_counts_from_what_the_one_before_has_made(view):
    view.stage.setFocus()
    view.focus_handle("size")
    for _ in range(3):
        QTest.keyClick(view.stage, Qt.Key.Key_Up)
    assert view.current.params.size == pytest.approx(4.0)
    QTest.keyClick(view.stage, Qt.Key.Key_Down)
    assert view.current.params.size == pytest.approx(3.0)
