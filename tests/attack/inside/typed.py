"""What is typed into boxes and written as code: right, wrong and strange."""

from __future__ import annotations

import random

from engine.contract.catalogue import RESOURCES
from engine.exercises.exercise import Exercise
from gui.style.language import language

_ANSWERS = RESOURCES / "exercises" / "answers"
RUBBISH = (
    "", " ", "-", ".", "0", "1", "2", "3", "7", "10", "50", "100", "-1", "-3.5", "0.05", ".5", "1e-3", "0.999", "1e308",
    "-1e308", "1e999", "1e-320", "nan", "inf", "-inf", "-0", "99999999999999999999", "9" * 400, "１２３", "０．５",
    "－２", "零点五", "三", "1,5", "1/3", "1 000", "1_000", "0x10", "x", "sin(x)", "x**2", "x**x**x", "exp(exp(x))",
    "1/0", "log(-x)", "max(x, y) * y", "x +", "((((", "abc" * 200, "'; DROP", "<b>x</b>", "=1+1", "\u202e12", "🙂", "e",
    "pi", "a\tb", "2 * x * y - y**2", "sqrt(x)", "tanh(3*x)", "[1, 2, 3]", "1 2 3", "1; 2",
)  # fmt: skip
_WORKS_NOT = (
    "while True:\n    pass\n",
    "def f(:\n",
    "raise ValueError('no')\n",
    "import os\nos.system('true')\n",
    "print('x' * 10**7)\n",
    "x = [0] * 10**10\n",
    "1/0\n",
    "",
    "# 只有一句话\n",
    "def f():\n    return f()\nf()\n",
)
_RETURNS = (
    "None", "float('nan')", "1e308", "'text'", "1j", "[]", "x[:0]", "x * float('inf')", "x > 0", "x.T", "-x",
    "x + 1e-3",
)  # fmt: skip


def rubbish(chance: random.Random) -> str:
    """Something to type, a plain number rather often."""
    if chance.random() < 0.4:
        return f"{chance.choice((1, 10, 100)) * chance.uniform(-1, 2):.3g}"
    return chance.choice(RUBBISH)


def source(exercise: Exercise, chance: random.Random) -> tuple[str, str]:
    """Code for an exercise, and what kind it is of."""
    right = (_ANSWERS / f"{exercise.id}.py").read_text(encoding="utf-8")
    kind = chance.choice(("right", "right", "right", "blank", "faulty", "other", "other", "endless", "cut"))
    if kind == "blank":
        return exercise.blank.render(language()), kind
    if kind == "faulty":
        signs = [index for index, sign in enumerate(right) if sign in "+-*<>"]
        at = chance.choice(signs) if signs else 0
        return right[:at] + chance.choice("+-*<>") + right[at + 1 :], kind
    if kind == "other":
        back = [line for line in right.splitlines() if line.strip().startswith("return ")]
        if back and chance.random() < 0.6:
            line = chance.choice(back)
            return right.replace(line, line[: line.index("return")] + f"return {chance.choice(_RETURNS)}"), kind
        return chance.choice(_WORKS_NOT), kind
    if kind == "endless":
        head, _, _ = right.rpartition("return ")
        return f"{head}while True:\n            pass\n", kind
    if kind == "cut":
        return right[: chance.randrange(1, len(right))], kind
    return right, kind
