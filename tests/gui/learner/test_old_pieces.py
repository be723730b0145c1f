"""Old pieces: a week after it was written a piece comes back by one line, one a day, checked as an exercise is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.contract.catalogue import entries
from engine.contract.text import LANGUAGES
from engine.derivations import all_derivations
from engine.exercises import all_exercises, experiment_of, load_exercise
from gui.learner.learner import OWN_NETWORK
from gui.learner.old_pieces import OldPiece, old_piece
from gui.learner.path import old_questions
from gui.learner.printed.page import page_html
from gui.learner.progress import Progress, Question, piece_of, read_progress
from gui.style.language import set_language
from tests.gui.window.shown import shown
from tests.walk import EXPERIMENT_IDS

TODAY = date(2026, 3, 1)
_DAY = timedelta(days=1)
_LONG = 60_000


def written(*ids: str, ago: int = 7) -> dict[str, Progress]:
    """Progress with exercises that were written so many days ago."""
    whole: dict[str, Progress] = {}
    for one in ids:
        place = experiment_of(load_exercise(one))
        whole[place] = whole.get(place, Progress()).wrote(one, TODAY - ago * _DAY)
    return whole


# When it comes


def test_a_piece_comes_back_a_week_after_it_was_written_and_not_before():
    for ago in range(7):
        assert old_piece(written("affine", ago=ago), TODAY) is None
    for ago in (7, 8, 400):
        assert old_piece(written("affine", ago=ago), TODAY) == OldPiece("layers", "affine", 0)


def test_every_exercise_repair_and_derivation_comes_back():
    for exercise in all_exercises():
        piece = old_piece(written(exercise.id), TODAY)
        assert piece is not None and piece.exercise is exercise and piece.derivation is None
        assert piece.blanked(None).source == exercise.plain_source
    for place, derivation in all_derivations():
        whole = {place: Progress().derived_whole(derivation.id, TODAY - 7 * _DAY)}
        piece = old_piece(whole, TODAY)
        assert piece is not None and piece.derivation is derivation and piece.exercise is None
        assert piece.line_of(derivation) in derivation.lines


def test_what_was_read_and_not_written_and_the_stations_of_one_s_own_network_do_not_come_back():
    read = Progress().read_answer("affine", TODAY - 9 * _DAY).wrote("affine", TODAY - 8 * _DAY)
    assert old_piece({"layers": read}, TODAY) is None
    assert old_piece({OWN_NETWORK: Progress().wrote("functions", TODAY - 9 * _DAY)}, TODAY) is None


def test_what_an_earlier_version_stored_without_a_day_comes_back_and_what_is_gone_does_not():
    assert old_piece({"layers": read_progress({"written": ["affine"]})}, TODAY) == OldPiece("layers", "affine", 0)
    assert old_piece({"layers": read_progress({"written": ["gone"], "derived": ["gone"]})}, TODAY) is None


def test_the_one_that_waited_longest_comes_first_and_then_one_a_day():
    whole = {**written("affine", ago=9), **written("softmax", ago=30)}
    piece = old_piece(whole, TODAY)
    assert piece == OldPiece("softmax", "softmax", 0)
    whole["softmax"] = whole["softmax"].answered_piece("softmax", True, TODAY, 0)
    assert old_piece(whole, TODAY) is None
    assert old_piece(whole, TODAY + _DAY) == OldPiece("layers", "affine", 0)


def test_another_line_is_missing_each_time_and_right_ones_wait_longer_than_wrong_ones():
    progress = written("affine")["layers"]
    right = progress.answered_piece("affine", True, TODAY, 0)
    assert [old_piece({"layers": right}, TODAY + days * _DAY) for days in (1, 20)] == [None, None]
    again = old_piece({"layers": right}, TODAY + 21 * _DAY)
    assert again == OldPiece("layers", "affine", 1)
    assert again.blanked(None) != OldPiece("layers", "affine", 0).blanked(None)
    for wrong in (False, None):
        missed = progress.answered_piece("affine", wrong, TODAY, 0)
        assert old_piece({"layers": missed}, TODAY + _DAY) == OldPiece("layers", "affine", 1)


def test_writing_it_whole_again_puts_it_off_and_hides_no_other_piece():
    whole = {**written("affine", ago=9), **written("softmax", ago=8)}
    whole["layers"] = whole["layers"].wrote("affine", TODAY)
    assert old_piece(whole, TODAY) == OldPiece("softmax", "softmax", 0)
    early = whole["softmax"].wrote("softmax", TODAY - 2 * _DAY)
    assert early.pieces == whole["softmax"].pieces, "six days after it was written nothing is due yet"


@given(st.lists(st.tuples(st.integers(-40, 40), st.sampled_from([True, False, None])), max_size=25))
def test_whatever_the_clock_does_at_most_one_comes_a_day_and_none_is_lost(days):
    names = ("affine", "softmax", "relu", "dropout")
    whole, came = written(*names, ago=60), []
    for shift, right in days:
        today = TODAY + shift * _DAY
        while (piece := old_piece(whole, today)) is not None:
            progress = whole[piece.experiment]
            whole[piece.experiment] = progress.answered_piece(piece.key, right, today, piece.turn)
            came.append(today)
            assert old_piece(whole, today) is None
    later = TODAY + 100 * _DAY
    assert old_piece(whole, later) is not None
    kept = {place: read_progress(one.to_json()) for place, one in whole.items()}
    assert kept == whole and old_piece(kept, later) == old_piece(whole, later)


def test_a_day_that_comes_twice_by_a_journey_west_brings_one_piece():
    whole = {**written("affine", ago=9), **written("softmax", ago=30)}
    whole["softmax"] = whole["softmax"].answered_piece("softmax", True, TODAY + _DAY, 0)
    assert old_piece(whole, TODAY) is None


def test_a_date_of_a_wrong_clock_is_due_and_gives_way_when_it_is_brought_in():
    wrong = Progress(written=frozenset({"affine"}), pieces={"affine": Question(2, TODAY + 400 * _DAY, 0)})
    assert old_piece({"layers": wrong}, TODAY) == OldPiece("layers", "affine", 1)
    known = Progress().wrote("affine", TODAY - _DAY)
    assert known.merged(wrong.with_days_until(TODAY)).pieces == known.pieces


def test_it_is_counted_apart_from_the_questions_of_guides():
    whole = written("affine")
    whole["layers"] = whole["layers"].answered_piece("affine", False, TODAY, 0)
    assert not whole["layers"].questions and not whole["layers"].answers
    assert old_questions(whole, TODAY + _DAY) == ()
    plain = Progress(written=frozenset({"affine"}))
    for language in LANGUAGES:
        pages = [page_html([], {"layers": one}, language, TODAY) for one in (whole["layers"], plain)]
        assert pages[0] == pages[1]


# In the overview


@pytest.fixture
def overview(qtbot, window):
    """The overview of a window on a day on which nothing was written yet."""
    window.learner.today = lambda: TODAY
    shown(qtbot, window, EXPERIMENT_IDS[0])
    window.show_overview()
    return window.overview


def card_of(window, *ids: str, own: str | None = None):
    """The card after these exercises were written a week ago."""
    for place, progress in written(*ids).items():
        window.learner.merge({place: progress})
    if own is not None:
        window.learner.keep_right_source(ids[0], own)
    window.overview.hide()
    window.overview.show()
    return window.overview.piece.card


def checked(qtbot, card, line: str):
    """Write the missing line and have it checked."""
    card.box.setText(line)
    card.check_button.click()
    qtbot.waitUntil(lambda: not card.runner.is_running, timeout=_LONG)


def test_the_learner_s_own_version_comes_back_with_one_line_missing(qtbot, window, overview):
    assert overview.piece.card is None and overview.piece.isHidden()
    own = load_exercise("affine").plain_source.replace("dout", "delta")
    card = card_of(window, "affine", own=own)
    missing = card.blanked
    assert missing.source == own and missing.text not in card.code.source and card.code.isReadOnly()
    assert "…" in card.code.source and card.code.lit == missing.number and "ours" not in overview.piece.line.text()
    QTest.keyClicks(card.box, missing.text)
    assert card.code.source.rstrip() == own.rstrip()
    QTest.keyClick(card.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not card.runner.is_running, timeout=_LONG)
    assert card.outcome.text() == "All checks hold." and card.is_answered and card.open_button.isVisible()
    piece = window.learner.progress("layers").pieces["affine"]
    assert (piece.box, piece.asked, piece.variant) == (2, TODAY, 0)
    with qtbot.waitSignal(overview.experiment_chosen) as chosen:
        card.open_button.click()
    assert chosen.args == ["layers"]


def test_ours_comes_where_none_is_kept_and_says_so(window, overview):
    card = card_of(window, "affine")
    assert card.blanked.source == load_exercise("affine").plain_source
    assert "this is ours" in overview.piece.line.text()
    overview.focus_card(None)
    assert card.box.hasFocus() and overview.verticalScrollBar().value() == 0


def test_the_check_is_that_of_the_exercise_and_says_what_is_wrong(qtbot, window, overview):
    card = card_of(window, "relu_function")
    checked(qtbot, card, "return np.max(x, 0")
    assert "Line 2" in card.outcome.text() and not card.is_answered, "mistyped, and asked once more"
    checked(qtbot, card, "return np.minimum(x, 0)")
    hint = next(one.hint for one in load_exercise("relu_function").mistakes if one.id == "other_side")
    assert hint.render("en") in card.outcome.text() and card.code.lit == 2
    checked(qtbot, card, "return np.maximum(0, x)")
    assert card.outcome.text() == "All checks hold." and not card.check_button.isVisible()
    piece = window.learner.progress("activations").pieces["relu_function"]
    assert (piece.box, piece.asked) == (0, TODAY), "the first answer counts"
    overview.hide()
    overview.show()
    assert overview.piece.card is None, "one a day"


def test_nothing_runs_before_check_is_pressed(monkeypatch, qtbot, window, overview):
    begun = []
    monkeypatch.setattr("gui.learner.old_piece_card.Checking", lambda *given: begun.append(given) or 1 / 0)
    card = card_of(window, "affine", own="raise SystemExit(1 + 1)\n")
    QTest.keyClicks(card.box, "return open('x')")
    set_language("zh_CN")
    overview.hide()
    overview.show()
    card.not_sure.click()
    card.box.clear()
    card.check_button.click()
    assert not begun and not card.runner.is_running
    card.box.setText("x")
    with pytest.raises(ZeroDivisionError):
        card.check()


def test_who_is_not_sure_is_told_the_line_and_asked_again_tomorrow(window, overview):
    card = card_of(window, "relu_function")
    card.not_sure.click()
    assert card.outcome.text() == "The line was: return np.maximum(0, x)"
    assert window.learner.progress("activations").pieces["relu_function"].box == 0


def test_a_card_that_is_not_answered_keeps_what_was_typed_and_one_of_another_day_goes(window, overview):
    card = card_of(window, "affine")
    card.box.setText("self.b")
    overview.hide()
    overview.show()
    assert overview.piece.card is card and card.box.text() == "self.b"
    window.learner.set_asks_again(False)
    assert overview.piece.card is None and overview.piece.isHidden()


def test_a_derivation_comes_back_by_a_line_and_is_checked_as_there(qtbot, window, overview):
    place, derivation = next((a, b) for a, b in all_derivations() if b.id == "sigmoid_slope")
    window.learner.merge({place: Progress().derived_whole(derivation.id, TODAY - 7 * _DAY)})
    overview.hide()
    overview.show()
    card = overview.piece.card
    assert card.title.text() == "The slope of sigmoid" and card.row.isVisible()
    QTest.keyClicks(card.row.box, "(")
    QTest.keyClick(card.row.box, Qt.Key.Key_Return)
    assert not card.is_answered and card.row.outcome
    card.row.box.setText("1/n^2")
    card.row.check.click()
    assert "falls" in card.row.outcome and "stage" not in card.row.outcome and card.is_answered
    card.row.box.setText("-1/n^2")
    card.row.check.click()
    assert card.row.stands == "-1/n^2" and card.open_button.isVisible()
    key = piece_of(derivation.id, derives=True)
    assert window.learner.progress(place).pieces[key].box == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_piece_is_offered_in_each_language_and_has_names_for_all_that_is_pressed(window, overview, language):
    card = card_of(window, "affine")
    set_language(language)
    assert card.check_button.text() and card.box.accessibleName() and card.accessibleName()
    assert card.code.height() > 0 and {entry.id for entry in entries()} >= {card.piece.experiment}
