"""The memory of the window and the playing process after every experiment has been open."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measurement import Measurement, Options

ROOT = Path(__file__).resolve().parents[1]
_MEGABYTE = 2**20


def measure(options: Options) -> Iterator[Measurement]:
    """Memory compared with a bare pyqtgraph window, after pages beyond those kept were closed; on Linux only, which
    reports shared memory.
    """
    if not sys.platform.startswith("linux"):
        return
    (bare, _), (ours, companion) = (_measured(which) for which in ("bare", "layerwise"))
    name = "bare pyqtgraph window"
    yield Measurement("memory, all experiments open once", ours, "MB", name, bare, 3, of_ratio=True)
    yield Measurement("beside it the companion process", companion, "MB", name, bare)


def _measured(which: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", which],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    return [float(part) for part in done.stdout.split()]


def used() -> float:
    """Megabytes of this process and of its child processes, without shared memory of the latter."""
    return sum(_used())


def _used() -> tuple[float, float]:
    """Megabytes of this process, and of its child processes."""
    started = sum(_sum(child, ("Private_Clean", "Private_Dirty")) for child in _children())
    return _sum("self", ("Rss",)) / _MEGABYTE, started / _MEGABYTE


def _sum(process: str, names: tuple[str, ...]) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(1024 * int(line.split()[1]) for line in lines if line.partition(":")[0] in names)


def _children() -> list[str]:
    return [child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()]


def _bare() -> None:
    import pyqtgraph as pg

    application = pg.mkQApp()
    window = pg.GraphicsLayoutWidget()
    window.resize(1366, 768)
    window.addPlot().plot([0, 1, 2], [0, 1, 4])
    window.show()
    for _ in range(20):
        application.processEvents()
    print(*_used())


def _layerwise() -> None:
    from contextlib import closing

    from gui.app.plain_imports import skip_source_reading

    skip_source_reading()  # before the rest is imported, as the program does
    from benchmarks.stage import EXPERIMENT_IDS, Show
    from gui.page.pages import KEPT

    with closing(Show(EXPERIMENT_IDS[0])) as show:
        for experiment_id in EXPERIMENT_IDS[1:]:
            show.open(experiment_id)
        pages = show.window.pages
        assert pages is not None  # there are some
        # Those beyond the ones that are kept are let go one after the other.
        show.wait_until(lambda: sum(pages.there(one) is not None for one in EXPERIMENT_IDS) <= KEPT)
        show.let_go_for(1.5)
        print(*_used())


if __name__ == "__main__":
    (_bare if sys.argv[1] == "bare" else _layerwise)()
