"""Several seeds give a middle and a range, and two runs are in an order only where their ranges lie apart."""

from __future__ import annotations

import numpy as np

from engine.contract.history import MOST_PLACES
from engine.contract.table import Series
from engine.contract.text import untranslated
from engine.shelf.shelved_run import SEEDS, bands_of, bands_of_ranges, order_in_words, ranges_of_bands


def _run(*values, best_is="lowest", at=None):
    places = np.arange(len(values), dtype=float) if at is None else np.asarray(at, dtype=float)
    return (Series("loss.a", untranslated("loss"), None, places, np.asarray(values, dtype=float), best_is, 0),)


def _bands(ends, best_is="lowest"):
    return bands_of([_run(9.0, end, best_is=best_is) for end in ends])


def test_a_band_has_the_lowest_the_median_and_the_highest_at_the_places_that_all_have():
    band = bands_of([_run(5, 1, at=[0, 2]), _run(4, 3, 2, at=[0, 1, 2]), _run(9, 8, 7, at=[0, 2, 3])])["loss.a"]
    assert list(band.at) == [0, 2]
    assert (list(band.low), list(band.median), list(band.high)) == ([4, 1], [5, 2], [9, 8])
    assert band.last == (1, 2, 8)
    assert bands_of([_run(1.0)]) == {} and bands_of([_run(), _run()])["loss.a"].last is None


def test_ranges_that_overlap_are_in_no_order():
    (said,) = order_in_words(
        [(untranslated("A"), _bands([1, 2, 3, 4, 5])), (untranslated("B"), _bands([5, 6, 7, 8, 9]))]
    )
    assert "no order" in said.render("en") and f"{SEEDS} runs" in said.render("en") and "重叠" in said.render("zh_CN")


def test_ranges_that_lie_apart_are_and_what_is_better_depends_on_the_figure():
    low, high = [1, 2, 3, 4, 5], [6, 7, 8, 9, 10]
    for best_is, better in (("lowest", "“A” does better than “B”"), ("highest", "“B” does better than “A”")):
        (said,) = order_in_words(
            [(untranslated("A"), _bands(low, best_is)), (untranslated("B"), _bands(high, best_is))]
        )
        assert better in said.render("en")


def test_at_the_border_one_value_decides():
    low, touching, apart = [1, 2, 3, 4, 5], [5, 6, 7, 8, 9], [np.nextafter(5.0, 6.0), 6, 7, 8, 9]
    said = [
        order_in_words([(untranslated("A"), _bands(low)), (untranslated("B"), _bands(ends))])[0]
        for ends in (touching, apart)
    ]
    assert ["no order to be seen" in one.render("en") for one in said] == [True, False]
    assert "“A” does better than “B” with every seed" in said[1].render("en")


def test_what_a_session_keeps_of_ranges_says_the_same_and_only_of_the_run_that_they_are_of():
    places = np.arange(400.0)
    runs = [_run(*np.exp(-places / (90 + seed)), at=places) for seed in range(SEEDS)]
    bands = bands_of(runs)
    kept = ranges_of_bands(bands)
    (one,) = kept
    assert len(one.at) == MOST_PLACES and (one.at[0], one.at[-1]) == (0, 399)
    back = bands_of_ranges(kept, runs[0])
    assert back["loss.a"].last == bands["loss.a"].last
    assert np.all((back["loss.a"].low <= back["loss.a"].median) & (back["loss.a"].median <= back["loss.a"].high))
    # Of a run that lies elsewhere, over other places, or without that figure they say nothing.
    assert bands_of_ranges(kept, _run(*(2 * np.exp(-places / 90)), at=places)) == {}
    assert bands_of_ranges(kept, _run(*np.exp(-places / 90), at=places + 0.5)) == {}
    assert bands_of_ranges(kept, ()) == {}


def test_within_a_run_its_best_two_learners_are_compared():
    def run(*ends):
        at = np.arange(1.0)
        return [Series(f"loss.{who}", untranslated("loss"), untranslated(who), at, np.array([end]), "lowest", 0)
                for who, end in zip("abc", ends, strict=True)]  # fmt: skip

    (said,) = order_in_words([(untranslated("A"), bands_of([run(9.0, 2.0, 3.0), run(9.0, 2.5, 3.5)]))])
    assert said.render("en") == "loss: “A, b” does better than “c” with every seed."


def test_two_figures_of_one_learner_are_in_no_order():
    def run(*ends):
        at = np.arange(1.0)
        return [Series(f"loss.{of}", untranslated(of), None, at, np.array([end]), "lowest", 0)
                for of, end in zip(("training loss", "test loss"), ends, strict=True)]  # fmt: skip

    one, other = (bands_of([run(*ends), run(*ends)]) for ends in ((1.0, 2.0), (3.0, 4.0)))
    assert order_in_words([(untranslated("A"), one)]) == []
    (said,) = order_in_words([(untranslated("A"), one), (untranslated("B"), other)])
    assert said.render("en") == "training loss: “A” does better than “B” with every seed."


def test_learners_of_other_names_are_compared_by_the_figure_that_both_are_of():
    at, whom = np.arange(1.0), untranslated("the other")
    plain = _bands([1, 2])
    other = bands_of(
        [[Series("loss.b", untranslated("loss"), whom, at, np.array([end]), "lowest", 0)] for end in (2.0, 3.0)]
    )
    (said,) = order_in_words([(untranslated("A"), plain), (untranslated("B"), other)])
    assert said.render("en").startswith("loss: no order")


def test_nothing_is_said_of_one_alone():
    assert order_in_words([(untranslated("A"), _bands([1, 2]))]) == []
