"""The regions of a page for F6 (stage, panels, controls, timeline), and the scroll area of pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class Regions:
    """Moves the keyboard focus between the regions of a page (widgets) and remembers each one's last focused widget.
    ``heads`` are widgets inside regions with rarely used buttons, such as undo; they are skipped when a region gets the
    focus for the first time.
    """

    def __init__(self, regions: Sequence[QWidget], heads: Sequence[QWidget] = ()) -> None:
        self._regions, self._heads = tuple(regions), tuple(heads)
        self._last: dict[QWidget, QWidget] = {}

    def go(self, step: int) -> None:
        """Give the keyboard focus to the next visible region (``step`` 1) or the previous one (-1), cyclically."""
        focus = QApplication.focusWidget()
        seen = [region for region in self._regions if region.isVisible()]
        here = next((region for region in seen if focus is not None and _is_in(focus, region)), None)
        if here is not None and focus is not None:
            self._last[here] = focus
        index = seen.index(here) + step if here is not None else (0 if step == 1 else -1)
        for turn in range(len(seen)):
            region = seen[(index + turn * step) % len(seen)]
            stop = self._stop_in(region)
            if stop is not None:
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _stop_in(self, region: QWidget) -> QWidget | None:
        """The widget of ``region`` that gets the focus: the last focused one, or else its first tab stop; None if there
        is none.
        """
        last = self._last.get(region)
        if last is not None and takes_keys(last) and _is_in(last, region):
            return last
        stops: list[QWidget] = []
        widget: QWidget | None = region
        while widget is not None and _is_in(widget, region):
            if takes_keys(widget):
                stops.append(widget)
            widget = widget.nextInFocusChain()
            if widget is region:
                break
        wanted = (stop for stop in stops if not any(_is_in(stop, head) for head in self._heads))
        return next(wanted, stops[0] if stops else None)


def _is_in(widget: QWidget, region: QWidget) -> bool:
    return widget is region or region.isAncestorOf(widget)


def takes_keys(widget: QWidget) -> bool:
    """Whether Tab stops at a widget at present: it accepts focus by Tab, is visible and enabled, and has no proxy."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


class PageArea(QScrollArea):
    """A scroll area without a frame. Tab does not stop at it, since its focus would not be visible, unless
    ``takes_keys``, for scrolling by keyboard.

    ``fits``: the content can always be as narrow as the area, so that there is never a horizontal scroll bar.
    """

    def __init__(self, parent: QWidget | None = None, *, takes_keys: bool = False, fits: bool = True) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        if not takes_keys:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if fits:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
