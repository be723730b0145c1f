"""One step of undo: from one set of parameters and seed to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from engine.contract.params import Params, changed_texts, field_of
from engine.contract.text.text import Text, enumerated
from gui.style.language import translate

# Any number but −1 will do: it tells Qt that two steps may be asked whether they merge.
_MERGEABLE = 1

# More changed settings than this are counted instead of named.
_MOST_NAMED = 3


@dataclass(frozen=True)
class State:
    """What the form edits: the parameters and the random seed."""

    params: Params
    seed: int


class Aftermath(Protocol):
    """What else a step of undo brings back and does again, beside the parameters."""

    def undo(self) -> None:
        """Bring back what was."""

    def redo(self) -> None:
        """Do it again."""


class EditCommand(QUndoCommand):
    """Goes from ``before`` to ``after`` by calling ``take(state, replayed)``; ``replayed`` is False the first time.

    Steps with equal ``gesture`` merge, and so do steps that change the same view-effect fields; one that has come
    back to where it began disappears. ``title`` names the step; without one it is named by what it changes. An
    ``aftermath`` has happened already when the step is pushed; such a step takes no other one in. A step has its name
    from ``retranslate``: one that another takes in needs none.
    """

    def __init__(
        self,
        take: Callable[[State, bool], None],
        before: State,
        after: State,
        gesture: tuple[int, str] | None = None,
        title: Text | None = None,
        aftermath: Aftermath | None = None,
    ) -> None:
        super().__init__()
        self.before, self.after, self.title = before, after, title
        self._take, self._gesture, self._aftermath = take, gesture, aftermath
        self._done = False

    def undo(self) -> None:
        self._take(self.before, True)
        if self._aftermath is not None:
            self._aftermath.undo()

    def redo(self) -> None:
        self._take(self.after, self._done)
        if self._done and self._aftermath is not None:
            self._aftermath.redo()
        self._done = True

    def id(self) -> int:
        return _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand) or not self.takes_in(other):
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        self.retranslate()
        return True

    def retranslate(self) -> None:
        """Name the step in the language in use."""
        self.setText(translate(self.words()))

    def words(self) -> Text:
        """What the step does, such as 'Weight w1 0.5 → 0.7'."""
        if self.title is not None:
            return self.title
        before, after = self.before, self.after
        changes = list(changed_texts(before.params, after.params))
        if not changes:
            return Text("Random seed {old} → {new}")(old=before.seed, new=after.seed)
        if len(changes) == 1:
            return changes[0][1]
        if len(changes) <= _MOST_NAMED:
            return enumerated([label for label, *_ in changes])
        return Text("{count} settings")(count=len(changes))

    def takes_in(self, other: EditCommand) -> bool:
        """Whether a step that follows right behind this one is a part of it."""
        if self._aftermath is not None or other._aftermath is not None:
            return False
        if self._gesture is not None and self._gesture == other._gesture:
            return True
        names = self._viewed()
        return self.title is None and other.title is None and bool(names) and names == other._viewed()

    def _viewed(self) -> frozenset[str]:
        """The names that the step changes if all of them have the effect 'view', otherwise nothing."""
        if self.before.seed != self.after.seed:
            return frozenset()
        params = self.after.params
        names = params.differing(self.before.params)
        only_views = all(field_of(type(params), name).effect == "view" for name in names)
        return frozenset(names) if only_views else frozenset()
