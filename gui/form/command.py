"""The undo command of the form: it changes the parameters and the seed from one state to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from engine.contract.params import Params, changed_texts, field_of
from engine.contract.text import Text, enumerated
from gui.style.language import translate

# Any number but −1 will do: it tells Qt that two steps may be asked whether they merge.
_MERGEABLE = 1

# More changed settings than this are counted instead of named.
_MOST_NAMED = 3


@dataclass(frozen=True)
class FormState:
    """What the form edits: the parameters and the random seed."""

    params: Params
    seed: int


class Aftermath(Protocol):
    """Protocol of a further change that belongs to an undo step besides that of the parameters, such as a run."""

    def undo(self) -> None:
        """Undo the further change."""

    def redo(self) -> None:
        """Make the further change again."""


class EditCommand(QUndoCommand):
    """Undo command between the states ``before`` and ``after``, which are set by ``take(state, replayed)``.

    ``replayed`` is False when the command is first pushed, True when it is undone or redone. Commands with the same
    ``gesture`` merge into one step, and so do those that change the same parameters with the effect ``view`` (which
    only change what is drawn). A merged step that ends where it began disappears. ``title`` names the step; without a
    title it is named by what it changes. ``aftermath`` is something else that undo and redo must restore; it has
    happened already when the command is pushed, and such a command never merges. ``retranslate`` sets the step's text;
    the text of a command that is merged away is never needed.
    """

    def __init__(
        self,
        take: Callable[[FormState, bool], None],
        before: FormState,
        after: FormState,
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
        """Set the step's text in the language in use."""
        self.setText(translate(self.words()))

    def words(self) -> Text:
        """The name of the step: its title or what it changes, such as 'Weight w1 0.5 → 0.7'."""
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
        """Whether ``other``, which is pushed after this command, is merged into it."""
        if self._aftermath is not None or other._aftermath is not None:
            return False
        if self._gesture is not None and self._gesture == other._gesture:
            return True
        names = self._viewed()
        return self.title is None and other.title is None and bool(names) and names == other._viewed()

    def _viewed(self) -> frozenset[str]:
        """The names of the changed fields if all of them have the effect 'view', otherwise an empty set."""
        if self.before.seed != self.after.seed:
            return frozenset()
        params = self.after.params
        names = params.differing(self.before.params)
        only_views = all(field_of(type(params), name).effect == "view" for name in names)
        return frozenset(names) if only_views else frozenset()
