"""What the headline says is seen whole."""

from __future__ import annotations

import pytest

from engine.contract.frame import Status
from engine.contract.text import untranslated
from gui.page.headline import Headline
from gui.style.language import set_language


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("roomy", [True, False])
def test_what_was_put_away_is_said_whole_beside_a_long_status(qtbot, language, roomy):
    set_language(language)
    headline = Headline()
    qtbot.addWidget(headline)
    headline.keep_room(roomy)
    headline.resize(640, 200)
    headline.show()
    for length in range(10, 200, 10):
        headline.show_reading(untranslated("x"), Status("dead", untranslated("hidden units " * (length // 10))))
        headline.show_put_away(16)
        note = headline.note
        width = headline._width_for_note()
        assert note.heightForWidth(width) <= headline._rows[1].height(), length
