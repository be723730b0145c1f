"""Uses the real window as a person would: ``python3 -m tests.hand``. Needs Xvfb and xdotool; says so where they lack.

Presses beside the rings, drags by the words that invite, follows every try, exports through the dialog. A line for
each thing done; status 1 where one of them failed.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
EXPERIMENTS = ("gates", "xor", "descent", "losses")
OFF = 8


def main(experiments):
    """Walk through the experiments; the exit status."""
    from tests.hand.screen import Screen, missing_programs

    missing = missing_programs()
    if missing:
        print(f"not done: {' and '.join(missing)} not installed")
        return 0
    failed = []

    def report(what, went_well):
        print(f"{'ok    ' if went_well else 'FAILED'} {what}", flush=True)
        if not went_well:
            failed.append(what)

    with Screen() as screen:
        for experiment in experiments:
            walk_through(screen, experiment, report)
    print(f"{len(failed)} failed")
    return 1 if failed else 0


def walk_through(screen, experiment, report):
    """One experiment: its words, its rings at 100 % and 200 %, its tries, an export."""
    import tempfile
    from pathlib import Path

    from tests.hand.person import Person, around

    with tempfile.TemporaryDirectory() as folder, Person(screen, Path(folder), experiment) as person:
        for ring, place in person.rest()["pills"].items():
            before = person.rest()
            screen.drag(tuple(place), (place[0] + 40, place[1] - 30))
            after = person.rest()
            report(f"{experiment}: the words at {ring} drag it", after["params"] != before["params"])
            report(f"{experiment}: that is one step of undo", after["undo_steps"] == before["undo_steps"] + 1)
            screen.key("ctrl+z")
            person.wait(lambda seen, before=before: seen["at_rest"] and seen["params"] == before["params"])
        for size in ("100 %", "200 %"):
            for ring in person.rest()["rings"]:
                gripped = [off for off in around(OFF) if _belongs(person, ring, off) and person.drags(ring, off)]
                meant = [off for off in around(OFF) if _belongs(person, ring, off)]
                report(f"{experiment}: {ring} grips {OFF} px off at {size} ({len(meant)} ways)", gripped == meant)
            if size == "100 %":
                for _ in range(5):
                    screen.key("ctrl+plus")
        for _ in range(5):
            screen.key("ctrl+minus")
        for number in range(person.ask("try", number=0)["count"]):
            report(f"{experiment}: the stage agrees with try {number + 1}", person.follows(number))
        report(f"{experiment}: exported through the dialog", exports(screen, person, Path(folder) / "picture.png"))


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
    distance = {
        name: sum((a - b) ** 2 for a, b in zip(centre, place, strict=True)) for name, centre in rings.items()
    }
    return all(distance[ring] < other for name, other in distance.items() if name != ring)


if __name__ == "__main__":
    sys.path[:] = [ROOT] + [path for path in sys.path if os.path.realpath(path or ".") != os.path.dirname(__file__)]

    from start import environment

    arguments = environment.ensure(os.path.join("tests", "hand", "__main__.py"), "requirements-dev.txt", sys.argv[1:])
    os.chdir(ROOT)
    sys.exit(main(arguments or EXPERIMENTS))
