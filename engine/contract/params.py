"""The base class of an experiment's parameters: a frozen dataclass of declared fields, validated on creation."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import get_annotations
from types import MappingProxyType
from typing import Any, Self, TypeVar, dataclass_transform, overload

from engine.contract.fields.base import Effect, Field, change_of, joined
from engine.contract.fields.choices import Choice, Choices
from engine.contract.text import Refused, Text, shortened

FieldKind = TypeVar("FieldKind", bound=Field)
_MOST_NAMED = 3
_AND_MORE = Text("{changes}, …")
_SEED = Text("Random seed")


# No field specifiers: a field of every one of them has a default, and so a type checker takes the call itself for it.
@dataclass_transform(frozen_default=True)
@dataclass(frozen=True)
class Params:
    """Base of every experiment's parameters. Each value is checked by its field; ``Refused`` names the parameter whose
    value is not allowed.

    A subclass only declares its fields; it becomes a frozen dataclass automatically. Fields that are generated, such as
    one for each optimizer, are given as a mapping: ``class RaceParams(Params, declared=RATES, after="optimizers")``
    inserts them after the field ``optimizers``.
    """

    def __init_subclass__(cls, *, declared: Mapping[str, Any] = MappingProxyType({}), after: str = "") -> None:
        super().__init_subclass__()
        if declared:
            _write_in(cls, declared, after)
        dataclass(frozen=True)(cls)

    def __post_init__(self) -> None:
        fields = fields_of(type(self))
        for name, field in fields.items():
            try:
                checked = field.check(getattr(self, name))
            except Refused as refusal:
                raise _by_name(name, refusal) from None
            object.__setattr__(self, name, checked)
        for name, field in fields.items():
            object.__setattr__(self, name, field.fit(getattr(self, name), self))

    def replaced(self, changes: Mapping[str, Any]) -> Self:
        """A copy with the values of ``changes``; ``Refused`` for an unknown name or a value that is not allowed."""
        for name in changes:
            field_of(type(self), name)
        return dataclasses.replace(self, **changes)

    def with_text(self, name: str, text: str) -> Self:
        """A copy with the value of one parameter parsed from text, as on the command line."""
        return self.replaced({name: _named(name, field_of(type(self), name).parse, text)})

    def with_texts(self, texts: Mapping[str, str]) -> Self:
        """A copy with several values parsed from texts; they are validated together."""
        parsed = {name: _named(name, field_of(type(self), name).parse, text) for name, text in texts.items()}
        return self.replaced(parsed)

    def to_json(self) -> dict[str, object]:
        """The values of all parameters as JSON for a session, by name."""
        return {name: field.to_json(getattr(self, name)) for name, field in fields_of(type(self)).items()}

    def to_settings(self) -> dict[str, object]:
        """The values of all parameters as JSON for the settings on this computer, by name."""
        return {name: field.to_settings(getattr(self, name)) for name, field in fields_of(type(self)).items()}

    @classmethod
    def from_json(cls, values: object) -> Self:
        """Parses parameters from a session's JSON; a missing one gets its default, an unknown name is ``Refused``."""
        if not isinstance(values, dict):
            raise Refused(Text("parameters “{value}” are not a table of names and values.")(value=shortened(values)))
        return cls(**{name: _named(name, field_of(cls, name).from_json, value) for name, value in values.items()})

    @classmethod
    def value_of(cls, name: str, value: object) -> Any:
        """Parses the value of one parameter from a session, without regard to the others; ``Refused`` names the
        parameter.
        """
        return _named(name, field_of(cls, name).from_json, value)

    @classmethod
    def of_settings(cls, name: str, value: object) -> Any:
        """Parses the value of one parameter from the settings on this computer, without regard to the others;
        ``Refused`` names the parameter.
        """
        return _named(name, field_of(cls, name).from_settings, value)

    def shows(self, name: str) -> bool:
        """Whether the form currently shows a field: its own ``VisibleWhen`` condition holds, and that of the field it
        refers to.
        """
        visible = field_of(type(self), name).visible
        return visible is None or (visible.holds(self) and self.shows(visible.field))

    def differing(self, other: Self) -> tuple[str, ...]:
        """The names of the parameters whose values differ from those of ``other``, in the order of declaration."""
        return tuple([name for name in fields_of(type(self)) if getattr(self, name) != getattr(other, name)])

    def differing_by(self, other: Self, effect: Effect) -> tuple[str, ...]:
        """The names of the parameters with this ``effect`` whose values differ from those of ``other``."""
        return tuple(name for name in self.differing(other) if field_of(type(self), name).effect == effect)

    def steers_otherwise(self, other: Self) -> bool:
        """Whether a difference from the ``other`` parameters changes how the run continues, rather than only what is
        displayed.
        """
        return any(field_of(type(self), name).steers for name in self.differing(other))

    def looks_differing(self, other: Self) -> tuple[str, ...]:
        """The names of the live parameters that differ from ``other`` and only select what is displayed."""
        return tuple(name for name in self.differing_by(other, "live") if field_of(type(self), name).looks)

    def seen_as(self, other: Self) -> Self:
        """A copy in which the parameters that only change the view have the values of ``other``."""
        return self.replaced({name: getattr(other, name) for name in other.differing_by(self, "view")})

    def strongest_effect(self, other: Self) -> Effect | None:
        """The strongest effect among the parameters that differ from ``other``: ``restart``, ``live``, ``view``, or
        None if none differ.
        """
        fields = fields_of(type(self))
        effects = {fields[name].effect for name in self.differing(other)}
        return next((effect for effect in ("restart", "live", "view") if effect in effects), None)


def _write_in(params_type: type, declared: Mapping[str, Any], after: str) -> None:
    """Inserts the generated fields ``declared`` after the field ``after`` of a class, before it becomes a dataclass."""
    written = list(get_annotations(params_type).items())
    place = [name for name, _ in written].index(after) + 1
    more = [(name, type(field.default).__name__) for name, field in declared.items()]
    params_type.__annotations__ = dict([*written[:place], *more, *written[place:]])
    for name, field in declared.items():
        setattr(params_type, name, field)


def fields_of(params_type: type[Params]) -> Mapping[str, Field]:
    """The declared fields of a ``Params`` class by name, in the order of declaration."""
    known = _fields.get(params_type)
    if known is None:
        declared = {field.name: field.metadata["field"] for field in dataclasses.fields(params_type)}
        known = _fields[params_type] = MappingProxyType(declared)
    return known


# Cached, since it is called at every move of a drag and for each of up to 100,000 changes in a journal.
_fields: dict[type, Mapping[str, Field]] = {}


@overload
def field_of(params_type: type[Params], name: str) -> Field: ...


@overload
def field_of(params_type: type[Params], name: str, kind: type[FieldKind]) -> FieldKind: ...


def field_of(params_type: type[Params], name: str, kind: type[Field] = Field) -> Field:
    """The declared field of this name; for an unknown name ``Refused``, which lists the names that exist.

    TypeError if the field is not of the type ``kind``.
    """
    fields = fields_of(params_type)
    if name not in fields:
        raise Refused(
            Text("there is no parameter “{name}”; there are {names}.")(name=shortened(name), names=", ".join(fields))
        )
    if not isinstance(fields[name], kind):
        raise TypeError(f"parameter {name} is of the kind {fields[name].kind}")
    return fields[name]


def option_names(params_type: type[Params]) -> dict[str, Text]:
    """The labels of the options of all choice fields, by option value; without values that two fields label
    differently.
    """
    found: dict[str, Text] = {}
    twice = set()
    for field in fields_of(params_type).values():
        for option in field.options if isinstance(field, Choice | Choices) else ():
            if found.setdefault(option.value, option.label) != option.label:
                twice.add(option.value)
    return {value: label for value, label in found.items() if value not in twice}


def changed_texts(before: Params, after: Params) -> Iterator[tuple[Text, Text]]:
    """Yields the label of every parameter whose value differs, and the change in words."""
    for name in after.differing(before):
        yield field_of(type(after), name).label, _spelled(before, after, name)


def changes_in_words(
    before: Params,
    after: Params,
    seeds: tuple[int, int] = (0, 0),
    most: int | None = _MOST_NAMED,
    further: Sequence[Text] = (),
) -> Text | None:
    """The differences between two sets of parameters in words, as in "w1 0.5 → 0.7, b −0.2 → −0.7". Only the first
    ``most`` are named, or all if that is None. None if nothing differs.

    Parameters that only change the view are named only if nothing else differs, since they may have changed along with
    the rest, such as the selected neuron.

    ``seeds`` are the seeds of both runs if they use random numbers; if they differ, they are named like a parameter.
    ``further`` are descriptions of other differences between the runs.
    """
    found = [*further, *(_spelled(before, after, name) for name in _telling(before, after, bool(further)))]
    if seeds[0] != seeds[1]:
        found.append(change_of(_SEED, *map(str, seeds)))
    if not found:
        return None
    changes = joined(found[:most])
    return changes if most is None or len(found) <= most else _AND_MORE(changes=changes)


def count_changes(before: Params, after: Params, seeds: tuple[int, int] = (0, 0), further: Sequence[Text] = ()) -> int:
    """The number of differences that ``changes_in_words`` can name: each differing element of a composite value, the
    ``seeds`` if they differ, and those in ``further``.
    """
    counts = [
        field_of(type(after), name).count_changes(getattr(before, name), getattr(after, name))
        for name in _telling(before, after, bool(further))
    ]
    return sum(counts) + (seeds[0] != seeds[1]) + len(further)


def _spelled(before: Params, after: Params, name: str) -> Text:
    return field_of(type(after), name).spell_change(getattr(before, name), getattr(after, name))


def _telling(before: Params, after: Params, differs: bool) -> tuple[str, ...]:
    """The names of the parameters to be named as different: those that the form shows for one of both, in the view of
    ``after``; the others have no effect there, such as a batch where one row is looked at. Those that only change the
    view are included only if nothing else differs; ``differs`` says that the runs differ in another way.
    """
    looked_at, was = set(after.differing_by(before, "view")), before.seen_as(after)
    names = tuple(name for name in after.differing(before) if after.shows(name) or was.shows(name))
    return tuple(name for name in names if name not in looked_at) or (() if differs else names)


def _named(name: str, function: Any, value: Any) -> Any:
    try:
        return function(value)
    except Refused as refusal:
        raise _by_name(name, refusal) from None


def _by_name(name: str, refusal: Refused) -> Refused:
    return Refused(Text("{name}: {reason}")(name=name, reason=refusal.text))
