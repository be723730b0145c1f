"""How many minutes a guide or a step of a lesson takes: what is read, and what is thought about.

Somebody who learns reads some 150 English words in a minute, or 250 characters of Chinese. A question with answers is
thought about for half a minute, a number is worked out in one, a goal is played for two, an exercise written in eight.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from engine.guides.guide import Guide
from engine.guides.sections import Block
from engine.guides.tries import Try

_WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_WORDS_A_MINUTE, _CHARACTERS_A_MINUTE = 150, 250
_CHOICE, _NUMBER, _REASON, _GOAL, _EXERCISE = 0.5, 1.0, 0.3, 2.0, 8.0


def minutes_of_guide(guide: Guide) -> int:
    """The minutes of what a guide leads through: the introduction, its path of questions, and a goal."""
    read = sum(_reading_of(block) for block in (*guide.lead, *guide.question))
    asked = sum(_of_try(one) for one in guide.path)
    return math.ceil(read + asked + _GOAL * bool(guide.goals))


def minutes_of_step(words: str, asked: Try | None, has_goal: bool, has_exercise: bool) -> int:
    """The minutes of a lesson's step with these words; ``asked`` is its question."""
    of_question = _of_try(asked) if asked is not None else 0.0
    return math.ceil(_reading([words]) + of_question + _GOAL * has_goal + _EXERCISE * has_exercise)


def _of_try(asked: Try) -> float:
    """One answer's explanation is read of several."""
    longest = max((answer.why for answer in asked.answers), key=len, default="")
    texts: list[str] = [asked.words, asked.text, *(answer.words for answer in asked.answers), longest, asked.after]
    thought = _NUMBER if asked.number is not None else _CHOICE if asked.answers else 0.0
    reasons = _REASON + _reading(reason.words for reason in asked.reasons) if asked.reasons else 0.0
    return _reading(texts) + thought + reasons


def _reading_of(block: Block) -> float:
    return _reading(span.text for span in block.spans)


def _reading(texts: Iterable[str]) -> float:
    tokens: list[str] = [token for text in texts for token in _WORD.findall(text)]
    characters = sum("\u3400" <= token[0] <= "\u9fff" for token in tokens)
    return (len(tokens) - characters) / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE
