"""Saves the network of the current run as a file in the learner's folder, and exports and imports such networks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from engine.contract.text import Refused, Text
from engine.networks.folder import LONGEST_NAME, NETWORK_FILES, SUFFIX, free_name, is_reserved, name_of, usable_name
from gui.app.promises import Promise
from gui.app.settings import Settings
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.dialogs import ask_where_to_save
from gui.window.notice_bar import BRIEF, NoticeBar

if TYPE_CHECKING:
    from engine.networks.kept import KeptNetwork
    from gui.networks.list_dialog import ListDialog
    from gui.page.experiment_page import ExperimentPage
    from gui.run.runner import Runner


_EXPORT, _IMPORT = Text("Export a network"), Text("Import a network")
_SAVED = Text("Saved: {path}")
_THE_NETWORK = Text("The network “{name}”")
_KEPT = Text("Kept as “{name}”: {what}. It can be chosen in {where}.")
_KEPT_ONLY = Text(
    "Kept as “{name}”: {what}. No experiment reads points of the plane with it; its file is in My networks."
)
_QUOTED = Text("{name}")
_GO = Text("Use it in {name}")
_ALL = Text("My networks")
_AGAIN = Text("The network of update {update:,} is computed again; it takes about as long as it did before.")
_STILL = Text("A network is still being computed again; the next one can be kept when it is there.")
_CANCEL = Text("Cancel")
_LOOKS, _LOOK_AGAIN = 100, 20
"""How often it is checked whether a paused run has settled, and the milliseconds between two checks."""
_NOT_HAD = Text("The network of this frame cannot be had.")


class Networks(QObject):
    """Saves, exports and imports networks; ``experiment_wanted(id)`` asks to open an experiment in which a new network
    can be chosen.

    A network is saved as it is at the frame shown. If something fails, a notice says so and nothing changes.
    """

    experiment_wanted = Signal(str)

    def __init__(
        self,
        window: QWidget,
        runner_of: Callable[[], Runner],
        page_of: Callable[[], ExperimentPage | None],
        notice: NoticeBar,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window, self._runner_of, self._page_of = window, runner_of, page_of
        self._notice, self._settings = notice, settings
        self._name: str | None = None
        self._promise = Promise(self)
        self._again: Text | None = None
        self._listens = self._asks = False
        self._list: ListDialog | None = None

    @Slot()
    def keep(self) -> None:
        """Pause the run, ask for a name, and save its network under it.

        Does nothing if the experiment has no network, or while the name is being asked for.
        """
        page = self._page_of()
        if page is not None and page.can_keep_network and not self._asks and not self._is_under_way():
            self._asks = True
            self._runner_of().pause()
            self._ask_name(_LOOKS)

    def _ask_name(self, looks: int) -> None:
        """Ask for the name once the paused run has settled, that is, once the frame of its last step is shown. This is
        checked up to ``looks`` times.
        """
        page = self._page_of()
        if page is None or not page.can_keep_network:
            self._asks = False
            return
        if looks and not self._runner_of().is_settled:
            QTimer.singleShot(_LOOK_AGAIN, self, lambda: self._ask_name(looks - 1))
            return

        assert page.controller.snapshot is not None  # can_keep_network implies a snapshot
        update = page.controller.snapshot.frame.update
        # The suggested name begins with the title up to its colon, in the window's language.
        called = re.split("[:\N{FULLWIDTH COLON}]", translate(page.experiment.title))[0]
        dialog = NetworkNameDialog(f"{called} {update}", update, self._window)
        dialog.wanted.connect(self.keep_as)
        dialog.finished.connect(self._asked)
        dialog.open()

    @Slot()
    def _asked(self) -> None:
        self._asks = False

    @Slot(str)
    def keep_as(self, name: str) -> None:
        """Save the network of the frame that is shown under this name; a notice says when it is written.

        If another network is still being computed, a notice says so, and nothing else is done.
        """
        if self._is_under_way():
            return
        runner = self._runner_of()
        if not self._listens:
            self._listens = True
            runner.networked.connect(self._write)
        entry = runner.entry
        if entry is None:
            return
        self._name = name
        self._promise.make(_THE_NETWORK(name=name))
        if not runner.ask_network():
            self._again = _AGAIN(update=entry.update)
            self._notice.show_text(self._again, remedy=(_CANCEL, self._give_up))

    def _is_under_way(self) -> bool:
        """Whether another network is still being computed. If so, a notice says so, since only one is computed at a
        time.
        """
        if self._again is not None:
            self._notice.show_text(_STILL, remedy=(_CANCEL, self._give_up))
        return self._again is not None

    def _give_up(self) -> None:
        self._name = self._again = None
        self._runner_of().give_up_network()
        self._promise.end(kept=False)

    @Slot(object)
    def _write(self, network: KeptNetwork | None) -> None:
        name, self._name = self._name, None
        if self._again is not None:
            self._notice.take_back(self._again, _STILL)
            self._again = None
        if name is None:
            return
        if network is None:
            self._promise.end(kept=False)
            self._notice.show_text(_NOT_HAD)
            return
        from engine.contract.catalogue import entry_of
        from engine.contract.text import listed
        from engine.networks.keeping import keep
        from engine.networks.words import told, used_by

        try:
            path = keep(network, name)
        except Refused as refusal:
            self._promise.end(kept=False)
            self._notice.show_text(refusal.text)
            return
        self._promise.end(kept=True)
        uses = [entry_of(one) for one in used_by(network)]
        what = told(network.kind, network.updates, network.test_accuracy, network.tested)
        if uses:
            where = listed([_QUOTED(name=one.name) for one in uses])
            remedy = _GO(name=uses[0].name), lambda: self.use_in(uses[0].id, path)
            self._notice.show_text(_KEPT(name=name_of(path), what=what, where=where), remedy=remedy)
        else:
            self._notice.show_text(_KEPT_ONLY(name=name_of(path), what=what), remedy=(_ALL, self.show_all))
        if self._list is not None:
            self._list.refresh(path)

    def use_in(self, experiment_id: str, path: Path) -> None:
        """Open an experiment, and choose a kept network in it."""
        from engine.contract.fields import Network
        from engine.contract.params import fields_of

        self.experiment_wanted.emit(experiment_id)
        page = self._page_of()
        if page is not None and page.experiment.id == experiment_id:
            fields = fields_of(page.experiment.params_type).items()
            page.controller.edit({name: str(path) for name, field in fields if isinstance(field, Network)})

    @Slot()
    def show_all(self) -> None:
        """Open the dialog with the kept networks."""
        from gui.networks.list_dialog import ListDialog

        self._list = ListDialog(self._window)
        self._list.export_wanted.connect(self.export)
        self._list.import_wanted.connect(self.bring_in)
        self._list.destroyed.connect(self._list_gone)
        self._list.open()

    @Slot(object)
    def export(self, path: Path) -> None:
        """Ask for a file name and export a kept network."""

        def completed(chosen: Path, _: str) -> Path:
            return chosen if chosen.name.endswith(SUFFIX) else chosen.with_name(name_of(chosen) + SUFFIX)

        start = Path(self._settings.folder) / path.name
        from gui.form.picture_reader import file_filter

        chosen = ask_where_to_save(self._window, _EXPORT, start, file_filter(NETWORK_FILES, (SUFFIX,)), completed)
        if chosen is not None:
            self._settings.folder = str(chosen.parent)
            self.export_to(path, chosen)

    def export_to(self, path: Path, chosen: Path) -> None:
        """Write a kept network to the file ``chosen``; a notice says whether it worked."""
        from engine.export.writing import write_together
        from engine.networks.chosen import carried

        try:
            write_together({chosen: carried(path)})
        except Refused as refusal:
            self._say(refusal.text)
        else:
            self._say(_SAVED(path=str(chosen)), BRIEF)

    @Slot()
    def bring_in(self) -> None:
        """Ask for a file and import its network."""
        from gui.form.picture_reader import file_filter

        wanted = file_filter(NETWORK_FILES, (SUFFIX,))
        name, _ = QFileDialog.getOpenFileName(self._window, translate(_IMPORT), self._settings.folder, wanted)
        if name:
            self._settings.folder = str(Path(name).parent)
            self.bring_in_from(Path(name))

    def bring_in_from(self, path: Path) -> None:
        """Copy the network in a file to the kept ones."""
        from engine.networks.keeping import bring_in

        try:
            kept = bring_in(path)
        except Refused as refusal:
            self._say(refusal.text)
            return
        if self._list is not None:
            self._list.refresh(kept)

    def _say(self, text: Text, milliseconds: int = 0) -> None:
        """Show a sentence in the dialog of networks if that is open, as it covers the notice; else as a notice."""
        if self._list is not None:
            self._list.say(text)
        else:
            self._notice.show_text(text, milliseconds)

    @Slot()
    def _list_gone(self) -> None:
        self._list = None


_TITLE = Text("Keep this network")
_ABOUT = Text(
    "The network as it stands at update {update:,} is kept as a file, with all its weights. What shall it be called?"
)
_TAKEN = Text("There is one of this name already: this one will be “{name}”.")
_PLAIN = Text("It will be “{name}”: a file cannot have other signs.")
_NOT_A_FILE = Text("It will be “{name}”: Windows does not let a file be called “{typed}”.")
_KEEP, _CANCEL_OF_NAME_DIALOG = Text("Keep"), Text("Cancel")


class NetworkNameDialog(QDialog):
    """Asks for the name of a network to be saved; emits ``wanted(name)``. Deleted when closed."""

    wanted = Signal(str)

    def __init__(self, suggested: str, update: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(_TITLE))
        self.setFont(font("text"))
        about = PlainLabel(translate(_ABOUT(update=update)))
        about.setWordWrap(True)
        self.name = QLineEdit(free_name(usable_name(suggested)))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(translate(_TITLE))
        self.name.selectAll()
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.note.setFont(font("notes"))
        use_secondary_ink(self.note)
        # The line has its height from the beginning, so that nothing moves while the name is typed.
        self.note.setMinimumHeight(self.note.fontMetrics().height())
        buttons = QDialogButtonBox()
        self.keep_button = buttons.addButton(translate(_KEEP), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(translate(_CANCEL_OF_NAME_DIALOG), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for widget in (about, self.name, self.note, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(px(420))
        self.name.textChanged.connect(self._look)
        self.name.setFocus()
        self._look()

    def _look(self) -> None:
        typed = " ".join(self.name.text().split())
        plain = usable_name(typed)
        becomes = free_name(plain)
        self.note.setText(translate(_why(typed, plain, becomes)) if plain and becomes != typed else "")
        self.keep_button.setEnabled(bool(plain))

    def _keep(self) -> None:
        name = usable_name(self.name.text())
        self.accept()
        self.wanted.emit(name)


def _why(typed: str, plain: str, becomes: str) -> Text:
    """A sentence on why the ``typed`` name is changed to ``becomes``; ``plain`` is it as a valid file name."""
    if becomes != plain:
        return _TAKEN(name=becomes)
    return _NOT_A_FILE(name=plain, typed=typed) if is_reserved(typed) else _PLAIN(name=plain)
