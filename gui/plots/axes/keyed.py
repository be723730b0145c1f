"""The base of plots without axes that answer to keys: they show whether they have them."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.plots.axes.chart import Chart


class KeyedChart(Chart):
    """Drawn anew when it gets or loses the keys; a click gives them to it, unless ``takes_keys`` is False.

    Tab is given by the view, which goes through handles first.
    """

    takes_keys = True

    def __init__(self) -> None:
        super().__init__()
        for side in ("bottom", "left"):
            self.hideAxis(side)
        if self.takes_keys:
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        for item in self.items:
            item.update()
