"""What runs beside one another are called: by what differs between them, or from the defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.contract.experiment import Experiment
from engine.contract.params import field_of, fields_of
from engine.contract.text.text import Text, notation, side_by_side, untranslated
from engine.shelf.shelved_run import ShelvedRun

MOST_NAMED = 3
_DEFAULTS = Text("as it opens")
_SEED = Text("seed {seed}")
_VALUE = notation("{label} {value}")
_AND_MORE = Text("{parts}, …")
_PLACE = Text("{unit} {update:,}")
_AT = Text("{place}: {name}")


def differing(experiment: Experiment, runs: Sequence[ShelvedRun]) -> tuple[str, ...]:
    """The parameters in which runs differ, in the order of declaration.

    What is only looked at is left out, and what stands in no form of these runs.
    """
    return tuple(
        name
        for name, field in fields_of(experiment.params_type).items()
        if field.effect != "view"
        and any(getattr(one.params, name) != getattr(runs[0].params, name) for one in runs)
        and any(one.params.shows(name) for one in runs)
    )


def names_of(experiment: Experiment, runs: Sequence[ShelvedRun]) -> tuple[Text, ...]:
    """The names of all: what of that in which they differ is not as the experiment opens.

    Of one alone it is all that is not. Those that nothing else tells apart are told apart by how far they had come. A
    name that somebody gave stays.
    """
    opening = ShelvedRun(experiment.params_type(), 0, 0)
    beside = list(runs) if len(runs) > 1 else [*runs, opening]
    names, seeds = differing(experiment, beside), len({one.seed for one in beside}) > 1
    made = [_name(one, opening, names, seeds and experiment.uses_seed) for one in runs]
    often = Counter(text.render("en") for text in made)
    found = []
    for run, text in zip(runs, made, strict=True):
        if often[text.render("en")] > 1:
            place = _PLACE(update=run.update, unit=experiment.units[0].name)
            text = place if len(often) == 1 else _AT(name=text, place=place)
        found.append(untranslated(run.name) if run.name else text)
    return tuple(found)


def _name(run: ShelvedRun, opening: ShelvedRun, names: Sequence[str], by_seed: bool) -> Text:
    parts = []
    for name in names:
        value = getattr(run.params, name)
        if value != getattr(opening.params, name) and run.params.shows(name):
            field = field_of(type(run.params), name)
            parts.append(_VALUE(label=field.label, value=field.spell(value)))
    if by_seed:
        parts.append(_SEED(seed=run.seed))
    if not parts:
        return _DEFAULTS
    named = side_by_side(parts[:MOST_NAMED])
    return named if len(parts) <= MOST_NAMED else _AND_MORE(parts=named)
