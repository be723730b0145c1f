"""The whole check, row by row."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.bundle.check.commands import check_commands, check_short_script
from tools.bundle.check.measures import measure
from tools.bundle.check.package import check_package
from tools.bundle.check.place import Place, without_network
from tools.bundle.check.report import Report, Skipped
from tools.bundle.check.traces import check_traces, fingerprint
from tools.bundle.check.wheel_check import check_wheel
from tools.bundle.check.windows import check_windows
from tools.bundle.contents import ROOT
from tools.bundle.environment import builders_python
from tools.bundle.folder import APP, FOLDER, program_in
from tools.bundle.libraries import missing_from

_AS_CHECKOUT = """\
import sys
sys.path.insert(0, sys.argv.pop(1))
from start.command_line import main
sys.exit(main(sys.argv[1:]))
"""


def check(parts: tuple[str, ...] = ("bundle", "package", "wheel")) -> int:
    """Tests the files in ``dist/``, prints the table, and returns 0 if nothing failed."""
    folder = APP if sys.platform == "darwin" else FOLDER
    program = program_in(folder)
    if not program.exists():
        print(f"{program} is not there: `python3 -m tools.bundle` builds it.", file=sys.stderr)
        return 1
    report = Report()
    # What the checkout does in the environment that the bundle was built in: only the packing can differ.
    with Place([builders_python(), "-c", _AS_CHECKOUT, ROOT]) as checkout:
        if "bundle" in parts:
            _check_bundle(report, folder, program, checkout)
        if "package" in parts:
            check_package(report, folder)
        if "wheel" in parts:
            check_wheel(report, checkout)
    skipped = sum(row.outcome == "skipped" for row in report.rows)
    print(f"{len(report.rows)} rows: {report.failed} failed, {skipped} could not be tried here.")
    return int(report.failed > 0)


def _check_bundle(report: Report, folder: Path, program: Path, checkout: Place) -> None:
    before = fingerprint(folder)
    around: tuple[str, ...] = ()
    with report.trying("there is no network for what follows"):
        around = without_network()
    with report.trying("every library is carried, or every Linux has it"):
        if not sys.platform.startswith("linux"):
            raise Skipped("a question of Linux's loader")
        missing = missing_from(folder)
        if missing:
            raise OSError(f"{missing}")
    with Place([program], around) as place:
        check_commands(report, place, checkout)
        with report.trying("the script that imports Layerwise uses its engine") as seen:
            seen.append(check_short_script(place, builders_python(), folder))
        check_windows(report, place, program)
        check_traces(report, place, folder, before)
    with Place([program]) as place:
        measure(report, place, checkout, folder)
