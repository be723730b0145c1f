"""Inline markup nests, and what is no markup is refused rather than shown."""

import pytest

from engine.contract.text import Refused
from engine.guides.sections import Span, parse_spans, plain


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("as it is", (Span("text", "as it is"),)),
        (
            "**A [minimum](term:minimum).** More.",
            (
                Span("text", "A ", strong=True), Span("term", "minimum", "minimum", strong=True),
                Span("text", ".", strong=True), Span("text", " More."),
            ),
        ),
        ("[**deep**](term:bias)", (Span("term", "deep", "bias", strong=True),)),
        ("**a *b* c**", (Span("text", "a ", strong=True), Span("text", "b", strong=True, emphasis=True),
                         Span("text", " c", strong=True))),
        ("*a **b***", (Span("text", "a ", emphasis=True), Span("text", "b", strong=True, emphasis=True))),
        ("**in `x ** 2`**", (Span("text", "in ", strong=True), Span("code", "x ** 2", strong=True))),
        ("*![a = b](formula:f)*", (Span("formula", "a = b", "f", emphasis=True),)),
        ("`a**b` and `[x](y)`", (Span("code", "a**b"), Span("text", " and "), Span("code", "[x](y)"))),
    ],
)  # fmt: skip
def test_markup_nests(text, spans):
    assert parse_spans(text) == spans


@pytest.mark.parametrize(
    "text",
    ["**open", "open*", "a ` b", "[x](https://example.org)", "**[x](term:no-such-form)**", "[x](term:a"],
)
def test_markup_that_would_be_shown_is_refused(text):
    with pytest.raises(Refused, match="no markup"):
        parse_spans(text)


def test_words_alone_have_no_styles_and_take_no_links():
    assert plain(" **a** `b` *c* ") == "a b c"
    for text in ("[x](term:bias)", "![x](formula:f)"):
        with pytest.raises(Refused, match="no markup"):
            plain(text)
