"""Every planted fault can still be planted: its old text stands where it should, once, and names are unique."""

from __future__ import annotations

from collections import Counter

from tests.planted.faults import KINDS, ROOT, all_faults

FEWEST = 60


def test_every_fault_can_be_planted():
    wrong = []
    for fault in all_faults():
        try:
            planted = fault.planted_in((ROOT / fault.file).read_text(encoding="utf-8"))
            if planted == fault.old:
                wrong.append(f"{fault.name} changes nothing")
            if fault.file.endswith(".py"):
                compile(planted, fault.file, "exec")
        except (OSError, ValueError, SyntaxError) as error:
            wrong.append(f"{fault.name}: {error}")
    assert not wrong, "\n".join(wrong)


def test_there_are_enough_of_all_kinds_and_no_two_of_one_name():
    faults = all_faults()
    names = Counter(fault.name for fault in faults)
    assert not [name for name, count in names.items() if count > 1]
    assert len(faults) >= FEWEST
    assert {fault.kind for fault in faults} == set(KINDS)


def test_every_fault_names_tests_that_are_there():
    for fault in all_faults():
        paths = [one for one in fault.tests if one.startswith("tests/")]
        assert paths and all((ROOT / one.partition("::")[0]).exists() for one in paths), fault
        assert fault.does.endswith(".") and len(fault.does) > 20, fault.name
