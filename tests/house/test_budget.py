"""What an experiment costs in lines: its engine modules, its view and the plots that nobody else uses."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.reach import imports

ROOT = Path(__file__).resolve().parents[2]

# Chapter: the most that its experiments may have in the mean; and what no experiment may have.
MEANS = {2: 1250, 3: 1250, 4: 1550, 5: 1200, 6: 1200, 7: 1200}
MOST = 1900


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _experiments() -> dict[str, tuple[int, Path]]:
    """Each experiment's chapter, and its module or the folder of its modules."""
    chapters = sorted((ROOT / "engine" / "experiments").glob("ch[0-9]_*"))
    found = [(chapter, path) for chapter in chapters for path in sorted(chapter.iterdir()) if path.stem[:1] != "_"]
    return {path.stem: (int(chapter.name[2]), path) for chapter, path in found}


def _users_of_plots() -> dict[Path, set[str]]:
    """For each module of `gui/plots`, who needs it: views by their names, and "all" where another room does."""
    paths = {_name(path): path for path in (ROOT / "gui").rglob("*.py")}
    importers: dict[str, set[str]] = defaultdict(set)
    for name, path in paths.items():
        for imported in imports(path):
            importers[imported].add(name)
    users: dict[Path, set[str]] = {}
    for name, path in paths.items():
        if not name.startswith("gui.plots.") or path.stem == "__init__":
            continue
        found, seen, rest = set(), {name}, [name]
        while rest:
            for importer in importers[rest.pop()] - seen:
                seen.add(importer)
                if importer.startswith("gui.plots."):
                    rest.append(importer)
                else:
                    found.add(importer.rsplit(".", 1)[1] if importer.startswith("gui.views.ch") else "all")
        users[path] = found
    return users


def _cost(name: str, path: Path, users: dict[Path, set[str]]) -> tuple[int, int, int]:
    """Lines of an experiment's engine modules, of its view, and of the plots that only it uses."""
    engine = list(path.glob("*.py")) if path.is_dir() else [path]
    view = ROOT / "gui" / "views" / path.parent.name / f"{name}.py"
    own = [plot for plot, names in users.items() if names == {name}]
    return sum(map(_lines, engine)), _lines(view) if view.exists() else 0, sum(map(_lines, own))


@pytest.fixture(scope="module")
def table():
    users = _users_of_plots()
    return {name: (chapter, *_cost(name, path, users)) for name, (chapter, path) in _experiments().items()}


def test_an_experiment_and_a_chapter_stay_within_their_lines(table):
    print("\nchapter  experiment        engine  view  own plots   sum")
    for name, (chapter, *costs) in sorted(table.items(), key=lambda one: one[1]):
        print(f"{chapter:7}  {name:16}  {costs[0]:6}  {costs[1]:4}  {costs[2]:9}  {sum(costs):4}")
    for chapter, most in MEANS.items():
        sums = {name: sum(costs) for name, (of, *costs) in table.items() if of == chapter}
        if not sums:
            continue
        mean = sum(sums.values()) / len(sums)
        print(f"chapter {chapter}: mean {mean:.0f} of at most {most}")
        assert mean <= most, f"chapter {chapter} has {mean:.0f} lines an experiment, at most {most}: {sums}"
        assert max(sums.values()) <= MOST, f"no experiment may have more than {MOST} lines: {sums}"


def test_plots_without_a_user_are_deleted():
    unused = [path for path, names in _users_of_plots().items() if not names]
    assert not unused, unused
