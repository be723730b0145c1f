"""What an experiment declares, line by line: title, units, fields, presets, and the goals of its guide."""

from __future__ import annotations

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import fields_of
from engine.guides.guide import load_guide
from tests.approved.digest import digest
from tests.approved.kept import BESIDE_EACH_OTHER, Part, short
from tests.approved.said import spelled_changes


def declared(experiment: Experiment, opening: Frame, languages: tuple[str, ...] = BESIDE_EACH_OTHER) -> Part:
    """The part of the declarations; goals as they stand at the opening of the defaults."""
    part = Part("declared", languages=languages)
    part.say("title", part.words(experiment.title))
    part.say("shape", f"{experiment.shape}, opens at {experiment.opening}, runs to {experiment.default_steps}")
    part.say("pace", str(experiment.pace))
    for unit in experiment.units:
        part.say(f"unit {unit.id}", f"{part.words(unit.name)}" + (f"; {part.words(unit.kind)}" if unit.kind else ""))
    _say_fields(part, experiment)
    for preset in experiment.presets:
        part.say(f"preset {preset.id}", f"{part.words(preset.label)} → {spelled_changes(experiment, preset.changes)}")
    _say_goals(part, experiment, opening)
    part.say("code shown", ", ".join(function.__qualname__ for function in experiment.code))
    return part


def _say_fields(part: Part, experiment: Experiment) -> None:
    defaults = experiment.params_type()
    for name, field in fields_of(experiment.params_type).items():
        kind = f"{field.kind}, {field.effect}" + ", more" * field.more + ", on stage" * field.on_stage
        visible = field.visible
        if visible is not None:
            fewest = f" or {visible.fewest} of them" if visible.fewest else ""
            kind += f", shown where {visible.field} is {digest(visible.values)}{fewest}"
        part.say(f"field {name}", f"{part.words(field.label)}{f' [{field.unit}]' if field.unit else ''} ({kind})")
        part.say(f"field {name} help", part.words(field.help))
        part.say(
            f"field {name} default", f"{digest(field.told(getattr(defaults, name)))}; {part.words(field.allowed())}"
        )
        for option in getattr(field, "options", ()):
            part.say(f"field {name} option {option.value}", part.words(option.label))


def _say_goals(part: Part, experiment: Experiment, opening: Frame) -> None:
    defaults = experiment.params_type()
    for language in part.languages:
        for place, goal in enumerate(load_guide(experiment.id, language).goals, start=1):
            key, standing = f"goal {place} {short(language)}", goal.standing(experiment, defaults, opening)
            part.say(key, f"{goal.words} {goal.why}".rstrip())
            for number, hint in enumerate(goal.hints, start=1):
                part.say(f"{key} hint {number}", hint)
            value = standing.value.render(language) if standing.value is not None else "–"
            state = "reached" if standing.reached else "waits" if standing.waits else "not reached"
            part.say(f"{key} stands", f"{state}; {standing.label} {value}".rstrip())
            part.say(f"{key} claims", "; ".join(f"{claim.label} ({claim})".strip() for claim in goal.claims))
