"""What a sentence quotes from elsewhere is short and can be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.contract.text import path_words, shortened


@given(st.text(max_size=400))
def test_what_is_quoted_is_short_and_holds_no_sign_that_prints_nothing(text):
    for words, most in ((shortened(text), 60), (path_words(text), 300)):
        assert len(words) <= most and words.isprintable()
        assert not text.isprintable() or len(text) > most or words == text


def test_of_a_long_path_both_ends_are_named():
    path = "/home/somebody/" + "x" * 5000 + "/table.csv"
    assert path_words(path).startswith("/home/somebody/") and path_words(path).endswith("/table.csv")
