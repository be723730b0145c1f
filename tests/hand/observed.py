"""The program itself with an ear for questions: a line of JSON comes in, a line with what is to be seen goes out.

Nothing is done through here: only the mouse and the keyboard of the screen act.
"""

from __future__ import annotations

import json
import os
import sys

import engine  # noqa: F401 (sets how many threads NumPy uses before it is imported)

# isort: split
from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from engine.contract.run import Run
from engine.guides.tries import check_try
from gui.app.application import run_window
from gui.window.main_window import MainWindow
from start.system_libraries import require_window

_MARGIN = 20
"""Pixels of the stage around a ring that are in sight where it can be pressed beside its centre."""


def main() -> int:
    """Open the experiment that the first argument names, and answer until the window is closed."""
    require_window()
    app = QApplication(sys.argv[:1])
    ear = QSocketNotifier(0, QSocketNotifier.Type.Read, app)
    ear.activated.connect(lambda *_: _answer(sys.stdin.readline()))
    return run_window(experiment=sys.argv[1], language="en", theme="light")


def _answer(line: str) -> None:
    if not line:
        os._exit(0)
    question = json.loads(line)
    answers = {"look": _look, "try": _try_row, "agrees": _agrees}
    print(json.dumps(answers[question["ask"]](**question.get("with", {}))), flush=True)


def _window() -> MainWindow:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))


def _look() -> dict:
    """What stands on the screen: rings, their words, parameters, whether everything has come to rest.

    ``beyond`` says of each ring whether it lies below (1) or above (-1) what is in sight of the stage, or in sight (0).
    """
    window = _window()
    page = window.page
    if page is None or page.controller.snapshot is None:
        return {"ready": False}
    stage = page.view.stage
    rings, pills, beyond = {}, {}, {}
    # At a large size a stage is scrolled.
    seen = stage.viewport().visibleRegion().boundingRect()
    for name, item in page.view.handle_items.items():
        if item.isVisible() and item.is_on_plot():
            place = stage.mapFromScene(item.scenePos())
            rings[name] = _on_screen(stage.viewport(), place)
            beyond[name] = (place.y() > seen.bottom() - _MARGIN) - (place.y() < seen.top() + _MARGIN)
            if not item.invitation_box().isEmpty():
                middle = item.invitation_box().center()
                pills[name] = _on_screen(stage.viewport(), stage.mapFromScene(middle))
    at_rest = page.controller.snapshot.params == page.editor.params and window.runner.state.phase in (
        "paused", "finished", "idle",
    )  # fmt: skip
    return {
        "ready": True,
        "at_rest": at_rest,
        "experiment": page.experiment.id,
        "params": repr(page.editor.params),
        "shown": repr(page.controller.snapshot.params),
        "undo_steps": page.editor.undo_stack.index(),
        "rings": rings,
        "beyond": beyond,
        "stage": _on_screen(stage.viewport(), seen.center()),
        "pills": pills,
        "dialog": next((top.windowTitle() for top in QApplication.topLevelWidgets() if _is_dialog(top)), ""),
    }


def _try_row(number: int) -> dict:
    """Where a try of the guide, its answers and the way on are pressed: x, y, and whether that is in sight."""
    guide = _window().page.panels.guide
    row, port = guide.rows[number], guide.viewport()
    way: QWidget = guide.further_button
    if row.asked.more:
        way = row.button if guide.more_button.isChecked() else guide.more_button

    def place(button: QWidget) -> list:
        middle = button.rect().center()
        return [*_on_screen(button, middle), port.rect().contains(button.mapTo(port, middle))]

    return {
        "count": len(guide.rows),
        "is_open": row is guide.open_row,
        "further": place(way) if way.isVisible() else None,
        "button": place(row.button),
        "answers": [place(button) for button in row.answers or filter(None, [row.not_sure])],
        "panel": _on_screen(port, port.rect().center()),
    }


def _agrees(number: int) -> bool:
    """Whether the stage shows what the guide has checked for a try: the same parameters at the same update."""
    page = _window().page
    asked = page.panels.guide.rows[number].asked
    base = Run(page.experiment.id, page.experiment.params_type(), page.editor.seed)
    verdict = check_try(page.experiment, asked, base)
    shown = page.controller.snapshot
    same = shown.params == verdict.params and shown.frame.update == verdict.frame.update
    return same and all(claim.test(shown.frame).holds for claim in asked.claims if not claim.needs_before)


def _on_screen(widget: QWidget, place: QPoint) -> list[int]:
    return list(widget.mapToGlobal(place).toTuple())


def _is_dialog(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isModal()


if __name__ == "__main__":
    sys.exit(main())
