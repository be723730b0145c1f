"""The short form of every attack, as part of every day's tests: each in a process of its own, as the command has it."""

from __future__ import annotations

import pytest

from tests.attack.turn import attacks, in_a_process

_SEED = 1


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(attacks()))
def test_the_short_attack_finds_nothing(name):
    outcome = in_a_process(name, _SEED, True)
    assert outcome.tried
    assert not outcome.faults, "\n".join(outcome.faults)
