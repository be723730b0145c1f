"""What the command ``check`` says of a file with a network of one's own: one line a check of every station begun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.contract.text import Refused, Text, enumerated
from engine.exercises.sentences import sentence_of, step_words
from engine.exercises.verdict import Failure
from engine.own_network.checking import NetworkCheck, StationResult, read_network
from engine.own_network.reading import Reading

_STATION = Text("{path}, station {number}: {title}")
_NOT_BEGUN = Text("not begun")
_FILLED = Text("{heading} (not begun, and filled in by our code: {numbers})")
_DIGITS = Text("your network {reads}")
_TOO_FEW = Text("{what}. A network that is right reads at least {share:.0%}.")


@dataclass
class CheckedNetwork:
    """One file: the results of its stations, or why it cannot be checked; what the system could not impose."""

    path: Path
    results: list[StationResult] = field(default_factory=list)
    refusal: Text | None = None
    lacks: frozenset[str] = frozenset()

    @property
    def is_right(self) -> bool:
        """Whether everything holds of what was begun."""
        begun = [one for one in self.results if one.verdict is not None]
        return self.refusal is None and bool(begun) and all(one.holds for one in begun)


def check_network(path: Path, orders: tuple[int, ...]) -> CheckedNetwork:
    """Checks a file, all its stations or those with these ``orders``."""
    checked = CheckedNetwork(path)
    try:
        check = NetworkCheck(path, read_network(path))
        checked.results += check.results(orders)
        checked.lacks = check.lacks
    except Refused as refusal:
        checked.refusal = refusal.text
    return checked


def lines_of(checked: CheckedNetwork, language: str, as_row: bool) -> Iterator[str]:
    """A line for each check, or with ``as_row`` one for each station."""
    if checked.refusal is not None:
        yield f"×  {checked.path}  {checked.refusal.render(language)}"
        return
    for result in checked.results:
        station, verdict = result.station, result.verdict
        title = station.title.render(language)
        if verdict is None:
            sentence = _NOT_BEGUN.render(language)
            yield f"·  {checked.path}  {station.order}  {sentence}" if as_row else f"·  {title}: {sentence}"
            continue
        words = [text.render(language) for text in step_words(station)]
        said = sentence_of(verdict.failure, station).render(language) if verdict.failure else ""
        if as_row:
            sign = "✓" if result.holds else "×"
            yield f"{sign}  {checked.path}  {station.order}  {verdict.steps}/{len(words)}  {said}".rstrip()
            continue
        heading = _STATION(path=str(checked.path), number=station.order, title=station.title)
        if result.filled:
            heading = _FILLED(heading=heading, numbers=enumerated([str(one) for one in result.filled]))
        yield heading.render(language)
        yield from (f"✓  {one}" for one in words[: verdict.steps])
        if verdict.failure:
            yield f"×  {words[verdict.steps]}: {said}"
        yield from _lines_of_digits(result, language)


def _lines_of_digits(result: StationResult, language: str) -> Iterator[str]:
    digits = result.digits
    if digits is None:
        return
    if isinstance(digits, Failure):
        yield f"×  {sentence_of(digits, result.station).render(language)}"
        return
    said = _DIGITS(reads=digits.text)
    if digits.is_enough:
        yield f"✓  {said.render(language)}"
    else:
        yield f"×  {_TOO_FEW(what=said, share=digits.least).render(language)}"


def as_json(checked: CheckedNetwork, language: str) -> dict[str, object]:
    """The results as JSON."""
    if checked.refusal is not None:
        return {"file": str(checked.path), "right": False, "says": checked.refusal.render(language)}
    return {
        "file": str(checked.path),
        "right": checked.is_right,
        "stations": [_station_as_json(one, language) for one in checked.results],
    }


def _station_as_json(result: StationResult, language: str) -> dict[str, object]:
    verdict, station = result.verdict, result.station
    if verdict is None:
        return {"station": station.order, "begun": False}
    said = sentence_of(verdict.failure, station).render(language) if verdict.failure else ""
    read = {"digits": result.digits.share} if isinstance(result.digits, Reading) else {}
    return {"station": station.order, "begun": True, "right": result.holds, "says": said, "ours": list(result.filled),
            **read, **verdict.to_json()}  # fmt: skip
