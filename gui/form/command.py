"""One step of undo: from one set of parameters and seed to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand

from engine.contract.params import Params, changed_texts, field_of
from engine.contract.text import Text
from gui.style.language import show

# Any number but −1 will do: it tells Qt that two steps may be asked whether they merge.
_MERGEABLE = 1

# More changed settings than this are counted instead of named.
_MOST_NAMED = 3


@dataclass(frozen=True)
class State:
    """What the form edits: the parameters and the random seed."""

    params: Params
    seed: int


class EditCommand(QUndoCommand):
    """Goes from ``before`` to ``after`` by calling ``take(state, replayed)``; ``replayed`` is False the first time.

    Steps with equal ``gesture`` merge, and so do steps that change the same view-effect fields; one that has come
    back to where it began disappears. ``title`` names the step; without one it is named by what it changes.
    """

    def __init__(
        self,
        take: Callable[[State, bool], None],
        before: State,
        after: State,
        gesture: tuple[int, str] | None = None,
        title: Text | None = None,
    ) -> None:
        super().__init__()
        self.before, self.after = before, after
        self._take, self._gesture, self._title = take, gesture, title
        self._done = False
        self.retranslate()

    def undo(self) -> None:
        self._take(self.before, True)

    def redo(self) -> None:
        self._take(self.after, self._done)
        self._done = True

    def id(self) -> int:
        return _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand) or not self._takes_in(other):
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        self.retranslate()
        return True

    def retranslate(self) -> None:
        """Name the step in the language in use."""
        self.setText(show(self.words()))

    def words(self) -> Text:
        """What the step does, such as 'Weight w1 0.5 → 0.7'."""
        if self._title is not None:
            return self._title
        before, after = self.before, self.after
        changes = list(changed_texts(before.params, after.params))
        if not changes:
            return Text("Random seed {old} → {new}", "随机种子 {old} → {new}").with_values(
                old=before.seed, new=after.seed
            )
        if len(changes) == 1:
            label, old, new = changes[0]
            return Text("{label} {old} → {new}", "{label} {old} → {new}").with_values(label=label, old=old, new=new)
        if len(changes) <= _MOST_NAMED:
            names = [f"{{label{index}}}" for index in range(len(changes))]
            labels = {f"label{index}": change[0] for index, change in enumerate(changes)}
            return Text(", ".join(names), "、".join(names)).with_values(**labels)
        return Text("{count} settings", "{count} 项设置").with_values(count=len(changes))

    def _takes_in(self, other: EditCommand) -> bool:
        if self._gesture is not None and self._gesture == other._gesture:
            return True
        names = self._viewed()
        return self._title is None and other._title is None and bool(names) and names == other._viewed()

    def _viewed(self) -> frozenset[str]:
        """The names that the step changes if all of them have the effect 'view', otherwise nothing."""
        if self.before.seed != self.after.seed:
            return frozenset()
        params = self.after.params
        names = params.differing(self.before.params)
        only_views = all(field_of(type(params), name).effect == "view" for name in names)
        return frozenset(names) if only_views else frozenset()
