"""What is written below a board: terms of a sum told apart, the fullest wording first."""

from __future__ import annotations

import numpy as np

from engine.boards.board import in_terms, listed_terms, places_of, rows_of, sum_wordings
from engine.contract.api import WorkingStep

_LINE = WorkingStep("z", "{a}·{b} + {c}·{d} + {e}", {"a": 1.0, "b": 2.0, "c": -3.0, "d": 4.0, "e": 0.5}, -9.5)


def test_the_first_terms_are_numbered_and_what_comes_after_is_none():
    assert in_terms("1·2 − 3·4 + 0.5", 2) == (("1·2", 1), (" − ", 0), ("3·4", 2), (" + ", 0), ("0.5", 0))
    assert in_terms("1·2 + 3", 0) == (("1·2 + 3", 0),)


def test_a_sum_has_wordings_from_the_fullest_to_the_shortest():
    written = [
        "".join(piece for piece, _ in one) if isinstance(one, tuple) else one.render("en")
        for one in sum_wordings(_LINE, 2, with_letters=True)
    ]
    assert written[0].startswith("z = a·b + c·d + e = 1·2")
    assert written[0].endswith(written[1].removeprefix("z")) and written[1] == f"z = {written[2]}"
    assert written[3] == "z = −9.5" and sum_wordings(_LINE, 2) == sum_wordings(_LINE, 2, with_letters=True)[1:]


def test_words_in_a_row_are_terms_with_commas_between():
    assert listed_terms(["a", "b"]) == (("a", 1), (",  ", 0), ("b", 2))
    assert listed_terms(["a"]) == (("a", 1),)


def test_numbers_and_places_are_plain_python():
    assert rows_of(np.array([[1, 2]])) == ((1.0, 2.0),)
    assert places_of(np.array([[False, True], [True, False]])) == {(0, 1), (1, 0)}
