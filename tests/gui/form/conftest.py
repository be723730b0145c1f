"""The form is tested as it is shown: dressed, in English, light, at its natural size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.contract.experiment import Experiment
from gui.form.editor import ParameterEditor
from gui.form.form import Form
from gui.style.language import set_language
from gui.style.theme import apply_to, set_theme
from gui.style.typography import set_zoom
from tests.gui.form.every_kind import Every


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    apply_to(qapp)
    _as_at_first()
    yield
    _as_at_first()


@pytest.fixture
def editor() -> ParameterEditor:
    """An editor of an experiment with every kind of parameter."""
    return ParameterEditor(Every())


@pytest.fixture
def show_form(qtbot: QtBot) -> Callable[..., Form]:
    """Shows a form of an experiment in a window of a width, with all its rows unless only some are wanted."""

    def show(experiment: Experiment | None = None, width: int = 320, shows_all: bool = True) -> Form:
        form = Form(ParameterEditor(Every() if experiment is None else experiment))
        form.show_all(shows_all)
        form.editor.setParent(form)
        qtbot.addWidget(form)
        form.resize(width, 900)
        with qtbot.waitExposed(form):
            form.show()
        return form

    return show


def _as_at_first() -> None:
    set_language("en")
    set_theme("light")
    set_zoom(1.0)
