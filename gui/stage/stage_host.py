"""Protocol of a view as keyboard handling and accessibility use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtCore import QPointF, QTimer
from PySide6.QtWidgets import QGraphicsWidget

from engine.contract.experiment import Experiment
from engine.contract.fields import Field
from engine.contract.handle import Handle, Position
from engine.contract.text import Text
from gui.stage.handle import HandleItem
from gui.stage.snapshot import Snapshot
from gui.stage.stage import Stage


class StageHost(Protocol):
    """A view with its stage and what is shown on it, and the actions that keys and screen readers can trigger."""

    experiment: Experiment[Any, Any]
    current: Snapshot[Any, Any] | None
    stage: Stage
    handle_items: dict[str, HandleItem]
    pause_of_keys: QTimer

    def handles(self) -> tuple[Handle, ...]: ...
    def focused_handle(self) -> str | None: ...
    def focus_handle(self, handle_id: str | None) -> None: ...
    def click_handle(self, handle_id: str) -> None: ...
    def remove_handle(self, handle_id: str) -> None: ...
    def move_handle(self, handle_id: str, place: Position, by_key: bool = False) -> None: ...
    def take_keys(self, part: str | QGraphicsWidget) -> None: ...
    def change(self, changes: Mapping[str, object], gesture: str = "") -> None: ...
    def probe_at(self, scene_place: QPointF) -> Text | None: ...
    def field_of_control(self, control: QGraphicsWidget) -> Field | None: ...
