"""Uses the real window as a person would: ``python3 -m tests.hand``. Needs Xvfb and xdotool; says so where they lack.

Presses beside the rings of every experiment at 100 % and 200 %, drags by the words that invite, follows every try,
exports through the dialog. Words after the command choose experiments and scales: ``python3 -m tests.hand xor 200``.
A line for each thing done; status 1 where one of them failed.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
WALKED = ("gates", "xor", "descent", "losses")
"""The experiments that are gone through as a whole; of the others the rings are gripped."""
OFF = 8
SCALES = {"100 %": 0, "200 %": 5}
"""How often Ctrl and plus lead there."""
AT_ONCE = 2


def main(asked):
    """Walk through the experiments that are asked for, or all, at the scales that are named; the exit status."""
    from concurrent.futures import ThreadPoolExecutor

    from engine.contract.catalogue import entries
    from tests.hand.screen import missing_programs

    missing = missing_programs()
    if missing:
        print(f"not done: {' and '.join(missing)} not installed")
        return 0
    experiments = [one for one in asked if f"{one} %" not in SCALES] or [entry.id for entry in entries()]
    scales = [scale for scale in SCALES if scale.removesuffix(" %") in asked] or list(SCALES)
    failed = []

    def report(what, went_well):
        print(f"{'ok    ' if went_well else 'FAILED'} {what}", flush=True)
        if not went_well:
            failed.append(what)

    # Most of the time is spent waiting for what comes to the screen.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(_on_a_screen, experiment, scales, report) for experiment in experiments]:
            done.result()
    print(f"{len(failed)} failed")
    return 1 if failed else 0


def _on_a_screen(experiment, scales, report):
    import tempfile
    from pathlib import Path

    from tests.hand.person import Person
    from tests.hand.screen import Screen

    with Screen() as screen, tempfile.TemporaryDirectory() as made, Person(screen, Path(made), experiment) as person:
        if experiment in WALKED:
            walk_through(screen, person, experiment, Path(made), report)
        for scale in scales:
            for _ in range(SCALES[scale]):
                screen.key("ctrl+plus")
            grips(person, experiment, scale, report)
            for _ in range(SCALES[scale]):
                screen.key("ctrl+minus")


def walk_through(screen, person, experiment, folder, report):
    """One experiment: its words, its tries, an export."""
    for ring, place in person.rest()["pills"].items():
        before = person.rest()
        screen.drag(tuple(place), (place[0] + 40, place[1] - 30))
        after = person.rest()
        report(f"{experiment}: the words at {ring} drag it", after["params"] != before["params"])
        report(f"{experiment}: that is one step of undo", after["undo_steps"] == before["undo_steps"] + 1)
        screen.key("ctrl+z")
        person.wait(lambda seen, before=before: seen["at_rest"] and seen["params"] == before["params"])
    for number in range(person.ask("try", number=0)["count"]):
        report(f"{experiment}: the stage agrees with try {number + 1}", person.follows(number))
    report(f"{experiment}: exported through the dialog", exports(screen, person, folder / "picture.png"))
    # What was said of it would lie on what is gripped next.
    screen.key("Escape")
    screen.key("ctrl+d")
    person.rest()


def grips(person, experiment, scale, report):
    """The rings of one experiment, each pressed beside its centre from eight sides."""
    from tests.hand.person import around

    for ring in person.rest()["rings"]:
        meant = [off for off in around(OFF) if _belongs(person, ring, off)]
        failed = [off for off in meant if not person.drags(ring, off)]
        beyond = f", not at {failed}" if failed else ""
        report(f"{experiment}: {ring} grips {OFF} px off at {scale} ({len(meant)} ways){beyond}", not failed)


def exports(screen, person, path):
    """Ctrl+E, a name, Enter: whether there is a PNG afterwards."""
    import time

    screen.key("ctrl+e")
    if not person.wait(lambda seen: seen["dialog"])["dialog"]:
        return False
    screen.focus("Export")
    screen.key("ctrl+a")
    screen.write(str(path))
    screen.key("Return")
    person.wait(lambda seen: not seen["dialog"])
    screen.focus("Layerwise")
    for _ in range(100):
        if path.exists():
            return path.read_bytes().startswith(b"\x89PNG")
        time.sleep(0.05)
    return False


def _belongs(person, ring, off):
    """Whether a press there is nearest to this ring: of two that are near, the nearer one is taken."""
    rings = person.look()["rings"]
    place = [here + by for here, by in zip(rings[ring], off, strict=True)]
    distance = {name: sum((a - b) ** 2 for a, b in zip(centre, place, strict=True)) for name, centre in rings.items()}
    return all(distance[ring] < other for name, other in distance.items() if name != ring)


if __name__ == "__main__":
    sys.path[:] = [ROOT] + [path for path in sys.path if os.path.realpath(path or ".") != os.path.dirname(__file__)]

    from start.ensure import ensure

    arguments = ensure(os.path.join("tests", "hand", "__main__.py"), "requirements-dev.txt", sys.argv[1:])
    os.chdir(ROOT)
    sys.exit(main(arguments))
