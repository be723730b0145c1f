"""The figures of what the learner still knows, in sentences that also say how sure they are."""

from __future__ import annotations

from engine.contract.catalogue import entry_of
from engine.contract.text import Text, sentences
from engine.exercises import load_exercise
from gui.learner.what_stays import LATER, FormPair, Held, Share, WhatStays

FEW = 20
"""With fewer answers than this the confidence interval is also given in words."""
SAME_DAY, WEEK_LATER = Text("On the day itself"), Text("After {days} days or more")
SURE, GUESSED = Text("Where you were sure"), Text("Where you were guessing")
BEFORE_IT, AFTER_IT = Text("Before chapter {number}"), Text("After chapter {number}")
NOTHING = Text(
    "There is nothing to tell yet. Figures come from the questions of the guides, from the old questions, which come "
    "back after a day, a week and three weeks, and from the tests."
)
NOTHING_LATER = Text(
    "What stays cannot be told yet: that takes answers {days} days or more after a question was last met."
)
_NEW = Text("{when}: {right} of {all} questions with numbers that you had not seen were right.")
_OF = Text("{when}: {right} of {all} right.")
_BETWEEN = Text("Of {all} one can only say that it is between {low} and {high}%.")
_HELD = Text("{title} ({number}) held at {check}.")
_HELD_AFTER = Text("{title} ({number}) held at {check}, after ours was read.")
_CHECK = Text("check {count}")
_HINTS = Text("Hints read for goals: {count}.")


def percents(share: Share) -> tuple[int, int]:
    """The confidence interval of a share in whole percent."""
    low, high = share.interval
    return round(100 * low), round(100 * high)


def told(stays: WhatStays) -> list[Text]:
    """The sentences about all figures, in order; a single one if there is nothing to tell yet."""
    if stays.is_empty:
        return [NOTHING]
    found: list[Text] = []
    week = WEEK_LATER(days=LATER)
    for when, share, template in (
        (SAME_DAY, stays.same_day, _NEW),
        (week, stays.later, _NEW),
        (SURE, stays.sure, _OF),
        (GUESSED, stays.guessed, _OF),
    ):
        if share.count:
            found.append(_with_doubt(template(when=when, right=share.right, all=share.count), share))
        elif when is week:
            found.append(NOTHING_LATER(days=LATER))
    for pair in stays.forms:
        found += _told_of_forms(pair)
    found += [_told_of_exercise(held) for held in stays.held]
    if stays.hints:
        found.append(_HINTS(count=stays.hints))
    return found


def rows_of(stays: WhatStays) -> tuple[list[tuple[Text, Share]], list[tuple[Text, Share]]]:
    """The rows of the two plots, without those that have no answers: shares right on the same day, later, and in the
    forms before and after chapters; then shares right when sure and when guessing.
    """
    forms = [
        row
        for pair in stays.forms
        for row in ((BEFORE_IT(number=pair.chapter), pair.before), (AFTER_IT(number=pair.chapter), pair.after))
    ]
    first = [(SAME_DAY, stays.same_day), (WEEK_LATER(days=LATER), stays.later), *forms]
    second = [(SURE, stays.sure), (GUESSED, stays.guessed)]
    return [row for row in first if row[1].count], [row for row in second if row[1].count]


def _with_doubt(text: Text, share: Share) -> Text:
    """The sentence, and for few answers a second one with the confidence interval."""
    low, high = percents(share)
    doubt = _BETWEEN(all=share.count, low=low, high=high)
    return sentences((text, doubt)) if share.count < FEW else text


def _told_of_forms(pair: FormPair) -> list[Text]:
    parts = ((BEFORE_IT(number=pair.chapter), pair.before), (AFTER_IT(number=pair.chapter), pair.after))
    return [
        _with_doubt(_OF(when=when, right=share.right, all=share.count), share) for when, share in parts if share.count
    ]


def _told_of_exercise(held: Held) -> Text:
    exercise, entry = load_exercise(held.exercise), entry_of(held.experiment)
    template = _HELD_AFTER if held.was_read else _HELD
    return template(title=exercise.heading, number=entry.number, check=_CHECK(count=held.checks))
