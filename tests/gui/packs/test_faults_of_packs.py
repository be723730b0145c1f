"""A fault while a pack's Python runs names the pack and the place in it, and the rest goes on."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QMessageBox

from engine.packs.installed import take_in
from tests.engine.packs.coded import EXPERIMENT, coded, forget
from tests.engine.packs.made import zip_of
from tests.gui.window.shown import shown

VIEW = "gui/views/ch7_convolution/moving_average.py"
_COMPUTE = b"        signal = np.array(params.signal)\n"
_DRAW = b"        params, frame = current.params, current.frame\n        self.bars.show_bars("
_BUILD = b'        self.bars = BarPlot("9")\n'


@pytest.fixture(autouse=True)
def _catalogue():
    yield
    forget()


@pytest.fixture
def with_fault(settings, tmp_path, window, monkeypatch):
    """Has the window with the pack in which something was put before a place in one of its files."""
    window._faults.window = window
    monkeypatch.setattr(sys, "excepthook", window._faults.caught)  # as Faults.install does

    def made(name, before, put):
        files = coded()
        assert before in files[name]
        files[name] = files[name].replace(before, put + before, 1)
        pack = take_in(zip_of(tmp_path / "a.zip", files), settings.path.parent / "packs")
        settings.set_trust(pack.id, pack.digest, True)
        return files[name][: files[name].index(put)].count(b"\n") + 1

    return made


def told(window):
    """What the dialog of faults says; "" where there is none."""
    boxes = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    return boxes[0].text() if boxes else ""


def is_named(window, name, line, error):
    said = told(window)
    return all(part in said for part in ("The pack “Some” has a fault", f"{name}:{line}", error, "Packs…"))


@pytest.mark.logs
@pytest.mark.parametrize("cores", ["one_core", "two_cores"])
def test_what_is_computed(qtbot, with_fault, window, cores, request):
    request.getfixturevalue(cores)
    line = with_fault(EXPERIMENT, _COMPUTE, b"        raise ValueError('in compute')\n")
    shown(qtbot, window, "gates")
    window.show_experiment("moving_average")
    qtbot.waitUntil(lambda: told(window) != "")
    assert is_named(window, EXPERIMENT, line, "ValueError: in compute") and "in the program" not in told(window)
    assert shown(qtbot, window, "xor").experiment.id == "xor"


@pytest.mark.logs
@pytest.mark.qt_no_exception_capture
def test_what_is_drawn(qtbot, with_fault, window):
    line = with_fault(VIEW, _DRAW, b"        raise KeyError('in draw')\n")
    shown(qtbot, window, "gates")
    window.show_experiment("moving_average")
    qtbot.waitUntil(lambda: told(window) != "")
    assert is_named(window, VIEW, line, "KeyError: 'in draw'")
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
        qtbot.waitUntil(lambda: told(window) != "")  # each time, or nothing would seem to happen
        assert window.page.experiment.id == (begins or "gates")
        page = window._stack.currentWidget()
        assert page.chosen == window.page.experiment.id and page._stack.currentWidget() is window.page
        assert window._chapter_pages[7].chosen != "moving_average"
        assert is_named(window, VIEW, line, error)
        window._faults._dialog.close()
    assert shown(qtbot, window, "xor").experiment.id == "xor"
