"""What has to hold whenever the window has come to rest, whatever was done to it."""

from __future__ import annotations

from collections.abc import Iterator

from gui.page.experiment_page import ExperimentPage
from gui.window.main_window import MainWindow

RESTING = ("paused", "finished")


def is_at_rest(window: MainWindow) -> bool:
    """Whether everything that was asked of the run was done, and nothing is asked of the learner about it."""
    page, runner = window.page, window.runner
    return (
        page is not None
        and page.controller.snapshot is not None
        and runner.is_settled
        and runner.state.phase in RESTING
        and not page.branch_question.is_asking
        and not page.loading_overlay.isVisible()
    )


def broken(window: MainWindow) -> Iterator[str]:
    """What does not hold at rest; each with the words that name it."""
    page, runner = window.page, window.runner
    assert page is not None
    shown, asked = page.controller.snapshot, page.editor.params
    assert shown is not None
    if runner.state.at_newest:
        if shown.params != asked:
            yield f"{page.experiment.id}: shown {_differing(shown.params, asked)} of what the form says, by the stage"
        if runner.params != asked:
            yield f"{page.experiment.id}: {_differing(runner.params, asked)} differ between the run and the form"
    if runner.run is not None and runner.run.seed != page.editor.seed and page.editor.uses_seed:
        yield f"{page.experiment.id}: the run has seed {runner.run.seed}, the form {page.editor.seed}"
    yield from _form(page)


def _form(page: ExperimentPage) -> Iterator[str]:
    """What each control shows is what the editor holds, unless the frame says that it was made into something else."""
    shown, asked = page.controller.snapshot, page.editor.params
    assert shown is not None
    other = dict(page.experiment.shown_values(shown.params, shown.frame))
    for name, control in page.form.controls.items():
        expected = other.get(name, getattr(asked, name))
        if control.reason() is None and not _same(control.value, expected):
            yield f"{page.experiment.id}: the control {name} shows {control.value!r}, the editor has {expected!r}"


def _same(one: object, other: object) -> bool:
    return one is other or repr(one) == repr(other)


def _differing(one: object, other: object) -> str:
    names = one.differing(other)
    return ", ".join(f"{name} {getattr(one, name)!r} for {getattr(other, name)!r}" for name in names)[:600]
