"""Which code or derivation of an earlier day is repeated today, by one missing line: plain data, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.contract.catalogue import entries
from engine.derivations import Derivation, Line, derivations_of
from engine.derivations import ids_of as derivation_ids
from engine.exercises import ids_of as exercise_ids
from engine.exercises import load_exercise
from engine.exercises.exercise import Exercise
from engine.exercises.one_line import BlankedLine, blanked_lines
from gui.learner.progress import A_DAY, UNDATED, Progress, Question, derivation_in, piece_of


@dataclass(frozen=True)
class OldPiece:
    """A solved exercise or derivation to be repeated: its experiment, its key in ``Progress.pieces``, and how many of
    its lines were repeated before (``turn``).
    """

    experiment: str
    key: str
    turn: int

    @property
    def exercise(self) -> Exercise | None:
        """The exercise; None if the piece is a derivation."""
        return None if derivation_in(self.key) is not None else load_exercise(self.key)

    @property
    def derivation(self) -> Derivation | None:
        """The derivation; None if the piece is an exercise."""
        name = derivation_in(self.key)
        return next((one for one in derivations_of(self.experiment) if one.id == name), None)

    def blanked(self, own: str | None) -> BlankedLine:
        """The learner's ``own`` right code with one line blanked, another one each turn; our code if there is no own
        one in which a line can be blanked.
        """
        for source in (own, load_exercise(self.key).plain_source):
            if source is not None and (lines := blanked_lines(source, self.key)):
                return lines[self.turn % len(lines)]
        raise ValueError(f"{self.key}: no line of ours can be blanked")

    def line_of(self, derivation: Derivation) -> Line:
        """The line of a derivation that is asked for in this turn."""
        return derivation.lines[self.turn % len(derivation.lines)]


def old_piece(whole: Mapping[str, Progress], today: date) -> OldPiece | None:
    """The piece to repeat today, the one that waited longest; None if none is due, or if one was repeated today.

    A day can occur twice, after a journey west or a change of the clock; then one piece is enough.
    """
    known = [
        (piece, entry.id, key)
        for entry in entries()
        for key, piece in _pieces_of(entry.id, whole.get(entry.id, Progress())).items()
    ]
    if any(piece.variant is not None and today <= piece.asked <= today + A_DAY for piece, _, _ in known):
        return None
    due = [one for one in known if one[0].is_due(today)]
    if not due:
        return None
    piece, experiment, key = min(due, key=lambda one: one[0].asked)
    return OldPiece(experiment, key, 0 if piece.variant is None else piece.variant + 1)


def _pieces_of(experiment_id: str, progress: Progress) -> dict[str, Question]:
    """The solved exercises and derivations that the experiment still has, by key, each with its state of repetition."""
    keys = [name for name in exercise_ids(experiment_id) if name in progress.written]
    keys += [piece_of(name, derives=True) for name in derivation_ids(experiment_id) if name in progress.derived]
    return {key: progress.pieces.get(key, UNDATED) for key in keys}
