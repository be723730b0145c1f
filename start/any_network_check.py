"""What the command ``check`` says of a network of any class: a line a check, with what was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.contract.text import EMPTY, Refused, Text, untranslated
from engine.own_network import stations
from engine.own_network.any_fitting import networks_in
from engine.own_network.any_network import AnyNetworkCheck, Finding
from engine.own_network.checking import read_network

_HEADING = Text("{path}, class {name}")
_LINE = Text("{title}: {says}")
_UPDATES = Text("{done} of {all} updates, loss {loss}")
_SIGNS = {"holds": "✓", "told": "·", "fails": "×"}


@dataclass
class CheckedClass:
    """One class of a file: what was found; what the system could not impose."""

    path: Path
    name: str
    findings: list[Finding] = field(default_factory=list)
    lacks: frozenset[str] = frozenset()

    @property
    def is_right(self) -> bool:
        """Whether everything holds that can be judged."""
        return bool(self.findings) and all(one.state != "fails" for one in self.findings)


def classes_in(path: Path) -> tuple[str, ...]:
    """The networks of a file that are checked without stations; none if it cannot be read."""
    try:
        source = read_network(path)
    except Refused:
        return ()
    return tuple(name for name in networks_in(source) if name not in stations.classes_in(source))


def is_for_stations(path: Path) -> bool:
    """Whether a file is checked by stations: it has a class of theirs, or no other network."""
    return not classes_in(path) or bool(stations.classes_in(read_network(path)))


def check_class(path: Path, name: str, language: str) -> CheckedClass:
    """Checks a class of a file; in a terminal the updates are counted while it learns."""
    check, checked = AnyNetworkCheck(path, read_network(path), name), CheckedClass(path, name)

    def tell(done: int, updates: int, loss: float) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == updates else ""
            said = _UPDATES(done=done, all=updates, loss=loss).render(language)
            print(f"\r{said}   ", end=end, file=sys.stderr, flush=True)

    checked.findings += check.findings(tell)
    checked.lacks = check.lacks
    return checked


def lines_of(checked: CheckedClass, language: str, as_row: bool) -> Iterator[str]:
    """A line for each check, or with ``as_row`` one for all, with the first that does not hold."""
    path, findings = str(checked.path), checked.findings
    if as_row:
        failed = next((one for one in findings if one.state == "fails"), None)
        held = sum(one.state == "holds" for one in findings)
        judged = sum(one.state != "told" for one in findings)
        said = _said(failed, language) if failed else ""
        yield f"{'✓' if checked.is_right else '×'}  {path}  {checked.name}  {held}/{judged}  {said}".rstrip()
        return
    yield _HEADING(path=path, name=untranslated(checked.name)).render(language)
    yield from (f"{_SIGNS[one.state]}  {_said(one, language)}" for one in findings)


def as_json(checked: CheckedClass, language: str) -> dict[str, object]:
    """The findings as JSON."""
    return {
        "file": str(checked.path),
        "class": checked.name,
        "right": checked.is_right,
        "checks": [
            {"id": one.id, "state": one.state, "title": one.title.render(language), "says": one.says.render(language)}
            for one in checked.findings
        ],
    }


def _said(finding: Finding, language: str) -> str:
    if finding.says == EMPTY:
        return finding.title.render(language)
    return _LINE(title=finding.title, says=finding.says).render(language)
