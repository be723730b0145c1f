"""The short form of every attack, as part of every day's tests."""

from __future__ import annotations

import pytest

from tests.attack.turn import attacks

_SEED = 1


@pytest.mark.parametrize("name", sorted(attacks()))
def test_the_short_attack_finds_nothing(name):
    outcome = attacks()[name](_SEED, True)
    assert outcome.tried
    assert not outcome.faults, "\n".join(outcome.faults)
