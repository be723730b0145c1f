"""The scripts are found by their file names, and what they make is up to date in this checkout."""

import subprocess
import sys

import pytest

from tools import command
from tools.registry import NotSettled, Tool, build_stale, find_tools, stale_tools
from tools.shown_characters import ROOT


class Pretended:
    """A script whose result is out of date until it was made as often as needed."""

    def __init__(self, name, needed):
        self.needed = needed
        self.made = 0
        self.tool = Tool(name, f"makes {name}", lambda: self.made < self.needed, self._build)

    def _build(self):
        self.made += 1


def test_the_scripts_are_those_files_that_can_tell_and_build():
    found = find_tools()
    assert {"font_subset", "formulas"} <= set(found)
    assert "registry" not in found
    assert "shown_characters" not in found


@pytest.mark.parametrize("name", find_tools())
def test_every_script_says_what_it_makes(name):
    assert find_tools()[name].purpose.endswith(".")


def test_every_derived_file_is_up_to_date():
    late = "; ".join(str(tool) for tool in stale_tools(find_tools()))
    assert not late, f"out of date: {late}; run `python3 -m tools`"


def test_only_what_is_out_of_date_is_made():
    old, fresh = Pretended("old", 1), Pretended("fresh", 0)
    announced = []
    built = build_stale({"old": old.tool, "fresh": fresh.tool}, announced.append)
    assert built == [old.tool]
    assert (old.made, fresh.made) == (1, 0)
    assert announced == ["old: makes old"]


def test_what_a_later_script_puts_out_of_date_is_made_once_more():
    late = Pretended("late", 1)
    made_from = {"late": 0}
    early = Tool(
        "early",
        "is made from late",
        stale=lambda: made_from["late"] != late.made,
        build=lambda: made_from.update(late=late.made),
    )
    assert build_stale({"early": early, "late": late.tool}, lambda line: None) == [late.tool, early]


def test_a_result_that_never_gets_up_to_date_is_named():
    with pytest.raises(NotSettled, match="endless"):
        build_stale({"endless": Pretended("endless", 99).tool}, lambda line: None)


def test_check_names_what_is_out_of_date_and_makes_nothing(monkeypatch, capsys):
    old = Pretended("old", 1)
    monkeypatch.setattr(command, "find_tools", lambda: {"old": old.tool})
    assert command.main(["--check"]) == 1
    assert "old: makes old" in capsys.readouterr().out
    assert old.made == 0
    assert command.main([]) == 0
    assert command.main(["--check"]) == 0


def test_the_parts_that_are_out_of_date_are_named(monkeypatch, capsys):
    parts = ["gates", "xor"]
    pictures = Tool("pictures", "makes pictures", lambda: bool(parts), parts.clear, lambda: parts)
    monkeypatch.setattr(command, "find_tools", lambda: {"pictures": pictures})
    assert command.main(["--check"]) == 1
    assert "out of date: pictures (gates, xor): makes pictures" in capsys.readouterr().out
    assert command.main([]) == 0
    assert "pictures (gates, xor)" in capsys.readouterr().out and str(pictures) == "pictures"


def test_a_package_that_is_missing_is_named_in_one_sentence(monkeypatch, capsys):
    def broken():
        raise ModuleNotFoundError("No module named 'ziamath'", name="ziamath")

    monkeypatch.setattr(command, "find_tools", lambda: {"x": Tool("x", "makes x", broken, broken)})
    assert command.main([]) == 1
    assert "ziamath is not installed" in capsys.readouterr().err


def test_finding_the_scripts_imports_no_package_that_only_making_needs():
    code = (
        "import sys; from tools.registry import find_tools; find_tools();"
        "print(sorted({'fontTools', 'ziamath'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_whatever_a_script_imports_first_one_thread_computes():
    """With two threads some products differ in their last bits from run to run, and with them what is approved."""
    said = "import tools, os; print(os.environ['OPENBLAS_NUM_THREADS'], 'numpy' in __import__('sys').modules)"
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]
