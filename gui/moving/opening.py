"""Opens the dialog for a moving picture of the current run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.app.settings import Settings
from gui.export.moving.formats import MOVING_FORMATS
from gui.moving.dialog import TITLE, MovingDialog
from gui.moving.recorded import Recorded
from gui.page.experiment_page import ExperimentPage
from gui.run.runner import Runner
from gui.style.language import translate
from gui.window.dialogs import ask_where_to_save
from gui.window.files import SAVED
from gui.window.notice_bar import BRIEF, NoticeBar


def open_moving_dialog(
    window: QWidget, page: ExperimentPage, runner: Runner, settings: Settings, notice: NoticeBar
) -> MovingDialog | None:
    """Pause the run and open the dialog; None, without a dialog, before the first frame."""
    runner.pause()
    export, timeline = page.controller.export(), runner.timeline
    if export is None or timeline is None:
        return None

    def place(suffix: str) -> Path | None:
        start = Path(settings.folder) / f"{page.experiment.id}{suffix}"
        label = f"{translate(MOVING_FORMATS[suffix].label)} (*{suffix})"

        def completed(path: Path, _: str) -> Path:
            return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

        path = ask_where_to_save(window, TITLE, start, label, completed)
        if path is not None:
            settings.folder = str(path.parent)
        return path

    recorded = Recorded(export.run, timeline, export.params, export.shelf)
    dialog = MovingDialog(recorded, place, lambda path: notice.show_text(SAVED(path=str(path)), BRIEF), window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
