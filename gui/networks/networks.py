"""Keeps the network of the run that is shown, and lets the learner take kept ones elsewhere and bring others in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text
from engine.networks.folder import NETWORK_FILES, SUFFIX, name_of
from gui.app.promises import Promise
from gui.app.settings import Settings
from gui.form.file_filter import file_filter
from gui.style.language import translate
from gui.window.notice_bar import BRIEF, NoticeBar
from gui.window.save_place import ask_where_to_save

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
"""How often, and after how many milliseconds each time, it is looked whether a paused run stands."""
_NOT_HAD = Text("The network of this frame cannot be had.")


class Networks(QObject):
    """``experiment_wanted(id)`` leads to where a network that was just kept can read, which then is chosen there.

    What is kept is the network of the frame that is shown. What cannot be done becomes a notice and changes nothing.
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
        """Pause the run that is shown, ask for a name and keep its network; nothing where there is none.

        Nothing while it asks already.
        """
        page = self._page_of()
        if page is not None and page.can_keep_network and not self._asks and not self._is_under_way():
            self._asks = True
            self._runner_of().pause()
            self._ask_name(_LOOKS)

    def _ask_name(self, looks: int) -> None:
        """Ask once the run stands: a step that was under way when it was paused is still to be seen."""
        page = self._page_of()
        if page is None or not page.can_keep_network:
            self._asks = False
            return
        if looks and not self._runner_of().is_settled:
            QTimer.singleShot(_LOOK_AGAIN, self, lambda: self._ask_name(looks - 1))
            return
        from gui.networks.name_dialog import NetworkNameDialog

        assert page.controller.snapshot is not None  # asked above
        update = page.controller.snapshot.frame.update
        dialog = NetworkNameDialog(f"{page.experiment.id} {update}", update, self._window)
        dialog.wanted.connect(self.keep_as)
        dialog.finished.connect(self._asked)
        dialog.open()

    @Slot()
    def _asked(self) -> None:
        self._asks = False

    @Slot(str)
    def keep_as(self, name: str) -> None:
        """Keep the network of the frame that is shown under a name; what was kept is said once it is written.

        While another is computed again, nothing but a sentence.
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
        """Whether another one is computed again, which is said: only one is waited for."""
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
        from engine.contract.text.text import listed
        from engine.networks.keeping import keep
        from engine.networks.uses import used_by
        from engine.networks.words import told

        try:
            path = keep(network, name)
        except Refused as refusal:
            self._promise.end(kept=False)
            self._notice.show_text(refusal.text)
            return
        self._promise.end(kept=True)
        uses = [entry_of(one) for one in used_by(network)]
        what = told(network.kind, network.updates, network.test_accuracy)
        if uses:
            where = listed([_QUOTED(name=one.name) for one in uses])
            remedy = _GO(name=uses[0].name), lambda: self.use_in(uses[0].id, path)
            self._notice.show_text(_KEPT(name=name_of(path), what=what, where=where), remedy=remedy)
        else:
            self._notice.show_text(_KEPT_ONLY(name=name_of(path), what=what), remedy=(_ALL, self.show_all))
        if self._list is not None:
            self._list.refresh(path)

    def use_in(self, experiment_id: str, path: Path) -> None:
        """Go to an experiment and have a kept network read there."""
        from engine.contract.fields import Network
        from engine.contract.params import fields_of

        self.experiment_wanted.emit(experiment_id)
        page = self._page_of()
        if page is not None and page.experiment.id == experiment_id:
            fields = fields_of(page.experiment.params_type).items()
            page.controller.edit({name: str(path) for name, field in fields if isinstance(field, Network)})

    @Slot()
    def show_all(self) -> None:
        """List what was kept."""
        from gui.networks.list_dialog import ListDialog

        self._list = ListDialog(self._window)
        self._list.export_wanted.connect(self.export)
        self._list.import_wanted.connect(self.bring_in)
        self._list.destroyed.connect(self._list_gone)
        self._list.open()

    @Slot(object)
    def export(self, path: Path) -> None:
        """Ask for a place and write a kept network there."""

        def completed(chosen: Path, _: str) -> Path:
            return chosen if chosen.name.endswith(SUFFIX) else chosen.with_name(name_of(chosen) + SUFFIX)

        start = Path(self._settings.folder) / path.name
        chosen = ask_where_to_save(self._window, _EXPORT, start, file_filter(NETWORK_FILES, (SUFFIX,)), completed)
        if chosen is not None:
            self._settings.folder = str(chosen.parent)
            self.export_to(path, chosen)

    def export_to(self, path: Path, chosen: Path) -> None:
        """Write a kept network to a place."""
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
        """Ask for a file from elsewhere and keep its network with the others."""
        wanted = file_filter(NETWORK_FILES, (SUFFIX,))
        name, _ = QFileDialog.getOpenFileName(self._window, translate(_IMPORT), self._settings.folder, wanted)
        if name:
            self._settings.folder = str(Path(name).parent)
            self.bring_in_from(Path(name))

    def bring_in_from(self, path: Path) -> None:
        """Keep the network of a file with the others."""
        from engine.networks.keeping import bring_in

        try:
            kept = bring_in(path)
        except Refused as refusal:
            self._say(refusal.text)
            return
        if self._list is not None:
            self._list.refresh(kept)

    def _say(self, text: Text, milliseconds: int = 0) -> None:
        """In the list where that is open: it lies over the notice."""
        if self._list is not None:
            self._list.say(text)
        else:
            self._notice.show_text(text, milliseconds)

    @Slot()
    def _list_gone(self) -> None:
        self._list = None
