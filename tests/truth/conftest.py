"""A law that draws starts from, and leaves, the light theme at zoom 1 in English, and plays on the thread."""

import pytest

from gui.style.theme import apply_to
from tests.gui.conftest import reset


@pytest.fixture(autouse=True)
def usual_appearance(request, monkeypatch):
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    monkeypatch.setattr("gui.run.player_factory.has_a_core_for_it", lambda: False)
    app = request.getfixturevalue("qapp")
    before = app.font(), app.palette()
    apply_to(app)
    reset()
    yield
    reset()
    app.setFont(before[0])
    app.setPalette(before[1])
