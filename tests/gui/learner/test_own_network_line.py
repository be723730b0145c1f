"""The learner's own network in the overview: its stations, what it read at best, and one next step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.contract.text import LANGUAGES
from engine.own_network.learning import Learned
from engine.own_network.stations import stations
from gui.learner.learner import OWN_NETWORK
from gui.learner.own_network_line import OwnNetworkLine
from gui.learner.progress import Progress, read_progress
from gui.learner.records import SIDE, OwnDigit
from gui.style.language import set_language

_SEVEN = OwnDigit(bytes(255 * (index % 3 == 0) for index in range(SIDE * SIDE)), 7, 0.75)


@pytest.fixture
def line(qtbot):
    """The line of somebody who has not begun."""
    shown = OwnNetworkLine()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def held(count: int, best: float = 0.0) -> Progress:
    """Progress in which the first stations held."""
    return Progress(written=frozenset(one.id for one in stations()[:count]), best_accuracy=best)


def test_before_the_first_station_there_is_one_sentence_and_a_button(line):
    assert not line.stations.isVisible() and not line.best.isVisible()
    assert f"in {len(stations())} stations" in line.line.text() and line.button.text() == "Begin"


def test_every_station_is_named_and_those_that_hold_are_marked(line):
    for count in range(1, len(stations()) + 1):
        line.show_progress(held(count))
        marks = line.stations.text().split("\n")
        assert [one[0] for one in marks] == ["✓"] * count + ["○"] * (len(stations()) - count)
        assert [int(one.split()[1]) for one in marks] == [one.order for one in stations()]
        assert line.button.text() == "Go on"


def test_the_next_step_is_one_sentence(line):
    every = stations()
    trains = next(one.order for one in every if one.does == "trains")
    line.show_progress(held(1))
    assert line.line.text() == f"Next: station 2, “{every[1].title.render('en')}”."
    line.show_progress(held(trains))
    assert line.line.text().startswith("Next: let it train")
    line.show_progress(held(len(every), 0.9))
    assert "a digit that you draw" in line.line.text()
    if trains < len(every):
        line.show_progress(held(trains, 0.9))
        assert line.line.text().startswith(f"Next: station {trains + 1}, “")


def test_the_best_accuracy_stays_and_is_shown_in_each_language(line, window):
    for share in (0.5, 0.912, 0.7):
        window.learner.reach_accuracy(share)
    assert window.learner.progress(OWN_NETWORK).best_accuracy == 0.912
    line.show_progress(held(5, 0.912))
    for language in LANGUAGES:
        set_language(language)
        line.restyle()
        assert line.best.isVisible() and "91.2%" in line.best.text().replace(" %", "%")


def test_a_training_that_ended_is_recorded_and_reading_untrained_is_not(window):
    window.show_experiment("gates")
    window.show_own_network()
    window.own_page.show_reading(stations()[1], Learned(0.13, updates=0))
    assert window.learner.progress(OWN_NETWORK).best_accuracy == 0
    window.own_page.show_reading(stations()[4], Learned(0.42, 1))
    assert window.learner.progress(OWN_NETWORK).best_accuracy == 0.42


def test_an_accuracy_that_makes_no_sense_is_none():
    for value in (True, "1", -0.5, 1.5, None, [], float("inf"), float("nan")):
        assert read_progress({"best_accuracy": value}).best_accuracy == 0
    assert read_progress(held(2, 0.75).to_json()) == held(2, 0.75)
    assert held(1, 0.75).merged(held(2, 0.5)) == held(2, 0.75)


def test_the_learners_digit_is_seen_with_what_it_is_read_as(line):
    assert not line.digit.isVisible() and not line.picture.isVisible()
    line.show_progress(replace(held(5, 0.9), digit=_SEVEN))
    assert line.digit.text() == "Your digit: it reads 7, with a probability of 75%."
    shown = line.picture.pixmap().toImage()
    inked = [bool(shown.pixelColor(2 * x + 1, 2 * y + 1).alpha()) for y in range(SIDE) for x in range(SIDE)]
    assert inked == [one > 0 for one in _SEVEN.picture]


def test_a_digit_that_makes_no_sense_is_none():
    whole = _SEVEN.to_json()
    assert read_progress({"digit": whole}).digit == _SEVEN
    other = OwnDigit(bytes(SIDE * SIDE), 1, 0.5)
    one, two = Progress(digit=_SEVEN), Progress(digit=other)
    assert one.merged(two).digit == two.merged(one).digit and one.merged(Progress()).digit == _SEVEN
    for name, values in {
        "picture": ("", "x", whole["picture"][4:], whole["picture"] + "AAAA", "é" * 1048, 3, None),
        "answer": (10, -1, 7.0, True, None),
        "probability": (-0.1, 1.1, "1", None, True),
    }.items():
        for value in values:
            assert read_progress({"digit": {**whole, name: value}}).digit is None, (name, value)
    assert read_progress({"digit": 7}).digit is None
