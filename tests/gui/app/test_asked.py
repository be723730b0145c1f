"""What the system asks a running window to open: a file, or the experiment of an address on a page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from engine.contract.text import LANGUAGES
from gui.app.application import open_asked
from gui.page.experiment_page import ExperimentPage
from gui.style.language import set_language
from tests.gui.window.shown import shown


def _seen(window):
    return [page.experiment.id for page in window.findChildren(ExperimentPage) if page.isVisible()]


def test_an_address_shows_its_experiment_and_a_file_is_opened(qtbot, window, tmp_path):
    shown(qtbot, window, "gates")
    session = tmp_path / "gates.layerwise.json"
    assert window.files.save_to(session)
    open_asked(window, "layerwise://xor/")
    qtbot.waitUntil(lambda: _seen(window) == ["xor"])
    open_asked(window, session)
    qtbot.waitUntil(lambda: _seen(window) == ["gates"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["layerwise:gatez", "", "https://example.org/gates", "layerwise:gates%20x"])
def test_a_wrong_address_is_a_notice_and_changes_nothing(qtbot, window, language, address):
    set_language(language)
    page = shown(qtbot, window, "gates")
    open_asked(window, address)
    assert window.notice.isVisible()
    assert "layerwise:ID" in window.notice.findChild(QLabel).text()
    assert page.isVisible()
