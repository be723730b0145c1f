"""What the window does for a guide: remembers which tries were followed, and goes where it leads at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.shell.settings import Settings

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow
    from gui.shell.panels.guide_panel import GuidePanel


class Following(QObject):
    """Serves the guides of one window."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._served: set[str] = set()

    def serve(self, experiment_id: str, guide: GuidePanel) -> None:
        """Mark what was followed at earlier starts, and listen to the guide; once however often its page comes back."""
        if experiment_id in self._served:
            return
        self._served.add(experiment_id)
        guide.set_followed(self._settings.followed(experiment_id))
        guide.followed_changed.connect(lambda keys: self._settings.set_followed(experiment_id, keys))
        guide.next_chosen.connect(self._go_on)

    @Slot(str)
    def _go_on(self, experiment_id: str) -> None:
        """To the next experiment, or after the last one to the overview."""
        if experiment_id:
            self._window.show_experiment(experiment_id)
        else:
            self._window.show_overview()
