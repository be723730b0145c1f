"""One network is kept at a time: nothing that was asked for is thrown away without a word, and it is asked for once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.contract.text import Text
from engine.networks.archive import forget
from engine.networks.folder import _lent, kept_files, lend_folder, name_of
from gui.networks.networks import NetworkNameDialog, Networks
from tests.kept_networks import plane


class _Runner(QObject):
    """One that is scrubbed back: its networks are computed again, and come when the test says so."""

    networked = Signal(object)
    is_settled = False
    entry = SimpleNamespace(update=7)
    given_up = 0

    def pause(self):
        pass

    def ask_network(self):
        return False

    def give_up_network(self):
        self.given_up += 1


class _Notice:
    def __init__(self):
        self.text, self.remedy = None, None

    def show_text(self, text, milliseconds=0, remedy=None):
        self.text, self.remedy = text, remedy

    def take_back(self, *texts):
        self.text = None if self.text in texts else self.text


@pytest.fixture
def shown(qtbot, tmp_path):
    before = list(_lent)
    lend_folder(tmp_path / "networks")
    window = QWidget()
    qtbot.addWidget(window)
    runner, notice = _Runner(), _Notice()
    snapshot = SimpleNamespace(frame=SimpleNamespace(update=7))
    page = SimpleNamespace(
        can_keep_network=True,
        controller=SimpleNamespace(snapshot=snapshot),
        experiment=SimpleNamespace(id="playground", title=Text("Playground: build a network by hand")),
    )
    networks = Networks(window, lambda: runner, lambda: page, notice, None)
    yield SimpleNamespace(window=window, runner=runner, notice=notice, networks=networks)
    _lent[:] = before
    forget()


def test_a_second_one_waits_until_the_first_that_is_computed_again_is_there(shown):
    shown.networks.keep_as("first")
    shown.networks.keep_as("second")
    assert "still" in shown.notice.text.render("en") and "还" in shown.notice.text.render("zh_CN")
    shown.networks.keep()
    assert "still" in shown.notice.text.render("en") and not shown.window.findChildren(NetworkNameDialog)
    shown.runner.networked.emit(plane())
    assert [name_of(path) for path in kept_files()] == ["first"]
    shown.networks.keep_as("third")
    shown.networks.keep_as("fourth")
    # The sentence offers what its notice took the place of.
    shown.notice.remedy[1]()
    assert shown.runner.given_up == 1
    shown.networks.keep_as("fifth")
    shown.runner.networked.emit(plane())
    assert [name_of(path) for path in kept_files()] == ["fifth", "first"]


def test_who_presses_twice_is_asked_once(shown, qtbot):
    shown.networks.keep()
    shown.networks.keep()
    shown.runner.is_settled = True
    qtbot.waitUntil(lambda: bool(shown.window.findChildren(NetworkNameDialog)), timeout=5000)
    # Longer than it takes to look again.
    qtbot.wait(100)
    (dialog,) = shown.window.findChildren(NetworkNameDialog)
    shown.networks.keep()
    qtbot.wait(100)
    assert shown.window.findChildren(NetworkNameDialog) == [dialog]
    dialog.reject()
    shown.networks.keep()
    qtbot.waitUntil(
        lambda: any(one is not dialog for one in shown.window.findChildren(NetworkNameDialog)), timeout=5000
    )
