"""A fault while a pack's Python runs names the pack and the place in it, and the rest goes on."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from engine.packs.installed import take_in
from gui.app.faults import Faults
from gui.page.chapter_page import ChapterPage
from tests.engine.packs.coded import EXPERIMENT, coded, forget
from tests.engine.packs.made import zip_of
from tests.gui.window.shown import shown

VIEW = "gui/views/ch7_convolution/moving_average.py"
_COMPUTE = b"        signal = np.array(params.signal)\n"
_DRAW = b"        params, frame = current.params, current.frame\n        self.bars.show_bars("
_PAINTED = b"class MovingAverageView("
_PAINT = b"""class Painted(FittingWords):
    def paint(self, painter, option, widget=None):
        raise KeyError('in draw')


FittingWords = Painted


"""
_BUILD = b'        self.bars = BarPlot("9")\n'


@pytest.fixture(autouse=True)
def _catalogue():
    yield
    forget()


@pytest.fixture
def with_fault(settings, tmp_path, window, monkeypatch):
    """Has the window with the pack in which something was put before a place in one of its files."""
    faults = Faults(tmp_path / "hook.txt")
    monkeypatch.setattr(sys, "excepthook", faults.caught)  # as Faults.install does

    def made(name, before, put):
        files = coded()
        assert before in files[name]
        files[name] = files[name].replace(before, put + before, 1)
        pack = take_in(zip_of(tmp_path / "a.zip", files), settings.path.parent / "packs")
        settings.set_trust(pack.id, pack.digest, True)
        return files[name][: files[name].index(put)].count(b"\n") + 1

    return made


def boxes():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]


def told():
    """What the dialog of faults says; "" where there is none."""
    return boxes()[0].text() if boxes() else ""


def is_named(name, line, error):
    said = told()
    return all(part in said for part in ("The pack “Some” has a fault", f"{name}:{line}", error, "Packs…"))


@pytest.mark.logs
@pytest.mark.parametrize("cores", ["one_core", "two_cores"])
def test_what_is_computed(qtbot, with_fault, window, cores, request):
    request.getfixturevalue(cores)
    line = with_fault(EXPERIMENT, _COMPUTE, b"        raise ValueError('in compute')\n")
    shown(qtbot, window, "gates")
    window.show_experiment("moving_average")
    qtbot.waitUntil(lambda: told() != "")
    assert is_named(EXPERIMENT, line, "ValueError: in compute") and "in the program" not in told()
    boxes()[0].close()
    assert shown(qtbot, window, "xor").experiment.id == "xor"


@pytest.mark.logs
@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize(
    ("before", "put"), [(_DRAW, b"        raise KeyError('in draw')\n"), (_PAINTED, _PAINT)], ids=["draw", "paint"]
)
def test_what_is_drawn(qtbot, with_fault, window, before, put):
    line = with_fault(VIEW, before, put) + put[: put.index(b"raise")].count(b"\n")
    shown(qtbot, window, "gates")
    window.show_experiment("moving_average")
    qtbot.waitUntil(lambda: told() != "")
    assert is_named(VIEW, line, "KeyError: 'in draw'")
    boxes()[0].close()
    assert shown(qtbot, window, "xor").experiment.id == "xor"


@pytest.mark.logs
@pytest.mark.parametrize(
    ("before", "put", "error"),
    [(_BUILD, b"        raise OSError('in build')\n", "OSError: in build"), (b"_BELOW", b"x = = 1\n", "SyntaxError")],
    ids=["build", "syntax"],
)
@pytest.mark.parametrize("begins", ["gates", "pooling", None])
def test_a_view_that_fails_leaves_one_where_one_was(qtbot, with_fault, window, before, put, error, begins):
    line = with_fault(VIEW, before, put)
    if begins is not None:
        shown(qtbot, window, begins)
    for _ in range(2):
        window.take_up_packs()
        window.show_experiment("moving_average")
        window.show()
        qtbot.waitUntil(lambda: told() != "")  # each time, or nothing would seem to happen
        chosen = [one.chosen for one in window.findChildren(ChapterPage)]
        assert "moving_average" not in chosen
        if begins is None:
            assert window.page is None and window.overview.isVisible()
        else:
            assert window.page.isVisible() and window.page.experiment.id == begins and begins in chosen
        assert is_named(VIEW, line, error)
        boxes()[0].close()
    assert shown(qtbot, window, "xor").experiment.id == "xor"
