"""The control for a trained network: a list of the program's own one and the saved ones that fit, and a button to open
a file.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from engine.contract.fields import Network
from engine.contract.text import EMPTY, Refused, Text
from engine.networks.folder import NETWORK_FILES
from engine.networks.keeping import bring_in
from gui.form.controls import base
from gui.form.picture_reader import file_filter
from gui.form.widgets.combo import OptionList
from gui.style.api import GRID, font, translate
from gui.style.plain import plain_tip

_OPEN = Text("Open…")


class Control(base.Control):
    """The form's control of a field of the kind ``network``: a list of networks and a button to open a file."""

    field: Network

    def __init__(self, name: str, field: Network) -> None:
        super().__init__(name, field)
        self.options = _Networks(field)
        self.open_button = QPushButton()
        self.options.chosen.connect(self._choose)
        self.open_button.clicked.connect(self.open_one)
        self.add_row(self.options, self.open_button)

    def open_one(self) -> None:
        """Open the file dialog and choose the file's network, which is copied to the learner's folder of networks.
        Cancelling changes nothing.
        """
        wanted = file_filter(NETWORK_FILES, self.field.suffixes)
        path, _ = QFileDialog.getOpenFileName(self.window(), translate(self.field.label), "", wanted)
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Copy a network file to the learner's folder of networks and choose it; if it does not fit the field, show
        why.
        """
        try:
            self.field.examine(path)
            self.enter(str(bring_in(path)))
        except Refused as refusal:
            self.refuse(refusal.text)

    def show_value(self, value: str) -> None:
        self.options.offer(value)
        self.options.setToolTip(plain_tip(value) or translate(self.tip()))

    def retranslate(self) -> None:
        super().retranslate()
        self.options.retranslate()
        self.open_button.setText(translate(_OPEN))
        self.open_button.setAccessibleName(translate(_OPEN))
        if self._value is not None:
            self.show_value(self._value)

    def restyle(self) -> None:
        super().restyle()
        self.options.setFont(font("text"))

    def focus_widgets(self) -> list[QWidget]:
        return [self.options, self.open_button]

    def natural_width(self) -> int:
        # A long name is cut in the list as it stands, and whole where it is open.
        return self.options.minimumSizeHint().width() + GRID + self.open_button.sizeHint().width()

    def range_words(self) -> Text:
        return EMPTY

    def _choose(self, value: str) -> None:
        try:
            self.field.check(value)
        except Refused as refusal:
            self.refuse(refusal.text)
        else:
            self.enter(value)


class _Networks(OptionList):
    """A drop-down list of networks that is updated whenever it is opened or gets the focus."""

    def __init__(self, field: Network) -> None:
        super().__init__(())
        self._field, self._shown = field, ""
        self.offer("")

    def offer(self, value: str) -> None:
        """Fill the list with the networks that fit the field and select ``value``, a path, or "" for the program's."""
        self._shown = value
        known = dict.fromkeys(("", *map(str, self._field.offered()), value))
        self.set_options([(one, self._field.spell(one)) for one in known])
        self.set_value(value)

    def showPopup(self) -> None:
        self.offer(self._shown)
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.offer(self._shown)
        super().focusInEvent(event)
