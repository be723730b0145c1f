"""Every number drawn by chance depends on the seed, and on nothing else."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.protocol import _NAMES, RandomStreams
from engine.contract.run import Run
from engine.playing import Player
from tests.frames import frames_equal
from tests.truth.cases import by_experiment

_UPDATES = 3
_LATER = {"hyperparameters": 12}
"""Updates until every stream has been drawn from where that takes longer."""


class _Draws:
    """Which generators a run makes, with what they were seeded by, and what each of them drew first."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.made: list[tuple[str, object]] = []
        self.streams: dict[str, list[int]] = {}
        self._held: list[tuple[str, np.random.Generator, object]] = []
        make, of_streams = np.random.default_rng, RandomStreams._generator

        def default_rng(*seeds: object) -> np.random.Generator:
            self.made.append(("default_rng", seeds))
            return make(*seeds)

        def generator(streams: RandomStreams, name: str) -> np.random.Generator:
            made = of_streams(streams, name)
            copy = of_streams(streams, name)
            self.streams.setdefault(name, []).append(int(copy.integers(2**60)))
            self._held.append((name, made, made.bit_generator.state))
            return made

        patch.setattr(np.random, "default_rng", default_rng)
        patch.setattr(RandomStreams, "_generator", generator)

    @property
    def drawn(self) -> set[str]:
        """The names of the streams from which something was drawn."""
        return {name for name, generator, state in self._held if generator.bit_generator.state != state}


_MORE = {"gradient_check": ({"mistake": "dropout"},)}
"""Other parameters where a stream is drawn from in none of the presets."""


def _settings(experiment):
    """The parameters with which chance plays a part: the defaults, the presets, and what more there is."""
    defaults = experiment.params_type()
    settings = [defaults, *(defaults.replaced(preset.changes) for preset in experiment.presets)]
    settings += [defaults.replaced(changes) for changes in _MORE.get(experiment.id, ())]
    return [params for params in settings if experiment.seed_matters(params)]


def _played(experiment, params, seed):
    player = Player(experiment, Run(experiment.id, params, seed))
    frame = player.go(_LATER.get(experiment.id, _UPDATES))
    player.close()
    return frame


def _recorded(experiment, params, seed):
    with pytest.MonkeyPatch.context() as patch:
        draws = _Draws(patch)
        return draws, _played(experiment, params, seed)


@pytest.mark.long
@by_experiment
def test_every_generator_is_seeded_by_the_run_s_seed(experiment_id):
    experiment = load(experiment_id)
    state = np.random.get_state()[1].copy()
    for params in _settings(experiment):
        (first, one), (again, same), (second, other) = (_recorded(experiment, params, seed) for seed in (3, 3, 11))
        assert frames_equal(one, same), "the same seed gives another run"
        assert (set(first.made), first.streams) == (set(again.made), again.streams), "the same seed draws otherwise"
        assert not any(seeds in ((), (None,)) for _, seeds in first.made), "a generator is seeded by the time of day"
        constant = set(first.made) & set(second.made)
        assert not constant, f"generators whose seed does not depend on the run's: {constant}"
        assert first.streams.keys() == second.streams.keys() and first.streams, f"streams {first.streams}"
        for name, draws in first.streams.items():
            alike = set(draws) & set(second.streams[name])
            assert not alike, f"the stream {name} of one seed draws what that of another draws"
        assert not frames_equal(one, other), "another seed changes nothing"
    assert np.array_equal(np.random.get_state()[1], state), "NumPy's global generator was used"


@pytest.mark.long
@by_experiment
def test_every_stream_that_is_drawn_from_changes_the_run(experiment_id, monkeypatch):
    """One stream after the other is that of another seed: what a run draws it uses."""
    experiment = load(experiment_id)
    own, drawn, used = RandomStreams._generator, set(), set()
    for params in _settings(experiment):
        draws, frame = _recorded(experiment, params, 3)
        for name in draws.drawn - used:

            def other(streams, asked, name=name):
                return own(RandomStreams(11) if asked == name else streams, asked)

            monkeypatch.setattr(RandomStreams, "_generator", other)
            changed = _played(experiment, params, 3)
            monkeypatch.setattr(RandomStreams, "_generator", own)
            drawn.add(name)
            if not frames_equal(frame, changed):
                used.add(name)
    assert used == drawn, f"drawn from without a difference: the streams {drawn - used}"


def test_the_streams_differ_by_name_and_seed_and_by_nothing_else():
    first = {name: [getattr(RandomStreams(seed), name).random() for seed in range(5)] for name in _NAMES}
    assert first == {name: [getattr(RandomStreams(seed), name).random() for seed in range(5)] for name in _NAMES}
    assert len(set(chain(*first.values()))) == 5 * len(_NAMES)
