"""Checks a network of any class with ``params``, ``loss`` and ``gradient``.

It runs in a confined process; its results are compared in this one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from engine.contract.text import EMPTY, Text, untranslated
from engine.own_network import any_checks as checks
from engine.own_network import any_fitting as fitting
from engine.own_network.any_gradient import check_gradient
from engine.own_network.any_learning import Tell, check_learning, check_update
from engine.own_network.any_probe import Probe, Wrong, said_of
from engine.sandbox.caller import PATIENCE, Ended, Faulty, Sandbox
from engine.sandbox.cancellable import CancellableCheck, Cancelled
from engine.sandbox.confinement import expected
from engine.sandbox.learner_code import Fault

State = Literal["holds", "told", "fails"]
"""The state of a check: it is passed, it only tells something or cannot judge, or it is failed."""
_Check = Callable[[Probe], Text]
_PATIENCE, _PATIENCE_AGAIN = 100.0, 30.0

MADE = Text("The network can be made, and asked for a loss and a gradient")
ARRAYS = Text("The arrays")
CHECKS: tuple[tuple[str, Text, _Check], ...] = (
    ("loss", Text("The first loss"), checks.check_first_loss),
    ("twice", Text("The same twice"), checks.check_twice),
    ("inputs", Text("What comes in stays as it is"), checks.check_unchanged),
    ("test", Text("Test mode"), checks.check_test_mode),
    ("batch", Text("A batch, and its samples one by one"), checks.check_batch),
    ("gradient", Text("The gradient against differences"), check_gradient),
    ("extremes", Text("Large weights and equal samples"), checks.check_extremes),
    ("accuracy", Text("The accuracy"), checks.check_accuracy),
    ("update", Text("One update"), check_update),
)
"""The id, the title and the function of each check, in order."""
NUMERICAL, LEARNING = Text("The numerical gradient"), Text("Learning to read digits")
_WITH_TECHNIQUES = ("twice", "test", "batch", "gradient", "extremes", "accuracy")
"""The ids of the checks that are repeated with weight decay, dropout and the like switched on, if they are off by
default.
"""
_WITH = Text("{title}, with {more}")


@dataclass(frozen=True)
class Finding:
    """The result of one check: its id, its title, its state, and a sentence about what was found."""

    id: str
    title: Text
    state: State
    says: Text = EMPTY


class AnyNetworkCheck(CancellableCheck):
    """The check of one class in a file; another ``seed`` draws other samples and weights."""

    def __init__(self, path: Path, source: str, name: str, seed: int = 0) -> None:
        super().__init__()
        self.path, self.name, self.seed = path, name, seed
        self._source, self.means_both = source, fitting.means_both(source)
        self._is_over = False

    def findings(self, tell: Tell = lambda done, of, loss: None, learns: bool = True) -> Iterator[Finding]:
        """Yields the result of each check as it is found.

        The updates on MNIST come last, if ``learns`` and if no check failed; ``tell`` is called during them.
        """
        with tempfile.TemporaryDirectory(prefix="layerwise-") as folder:
            probes = _Probes(self, folder)
            try:
                yield from self._findings(probes, tell, learns)
            finally:
                probes.close()

    def _findings(self, probes: _Probes, tell: Tell, learns: bool) -> Iterator[Finding]:
        made = self._found("made", MADE, lambda: _fit(probes))
        if made.state == "fails":
            yield made
            return
        probe = probes.fitted
        more = fitting.techniques(probe.headings.get("__init__", ()))
        told = [made]
        for key, title, state, check in self._checks(probes, more):
            told.append(self._found(key, title, check, state))
            yield told[-1]
            if self._is_over:
                return
        if learns and all(one.state != "fails" for one in told):
            yield self._found("learning", LEARNING, lambda: check_learning(probes.anew(), tell))

    def _checks(
        self, probes: _Probes, more: Mapping[str, Any]
    ) -> Iterator[tuple[str, Text, State, Callable[[], Text]]]:
        """Yields all checks except learning on MNIST: id, title, state if passed, and the function that makes the
        check.

        ``more`` are constructor arguments that switch on techniques; with them some checks are repeated.
        """
        probe = probes.anew()
        yield "arrays", ARRAYS, "told", partial(checks.check_arrays, probe)
        for key, title, check in CHECKS:
            yield key, title, "holds", partial(check, probe)
        if more:
            switched_on = probes.another(more)
            for key, title, check in CHECKS:
                if key in _WITH_TECHNIQUES:
                    named = _WITH(title=title, more=untranslated(fitting.written(more)))
                    yield key, named, "holds", partial(check, switched_on)
        if probe.has("numerical_gradient"):
            yield "numerical", NUMERICAL, "holds", lambda: checks.check_numerical(probes.small())

    def _found(self, key: str, title: Text, check: Callable[[], Text], state: State = "holds") -> Finding:
        try:
            return Finding(key, title, state, check())
        except checks.NotJudged as reason:
            return Finding(key, title, "told", reason.text)
        except Wrong as wrong:
            return Finding(key, title, "fails", wrong.text)
        except (Faulty, Ended) as error:
            with self._lock:
                if self._is_cancelled:
                    raise Cancelled from None
            self._is_over = isinstance(error, Ended)
            return Finding(key, title, "fails", said_of(error.fault))
        except (ValueError, TypeError, KeyError, IndexError, OverflowError):  # of what no network gives back
            return Finding(key, title, "fails", said_of(Fault("broken")))

    def run_in(self, sandbox: Sandbox) -> Any:
        """Runs the file in a sandbox process and returns a proxy for what it defines."""
        sandbox.wait_until_ready()
        self.lacks |= expected() - set(sandbox.held)
        return sandbox.make(self._source, "any_network", "", {})


def _fit(probes: _Probes) -> Text:
    probes.fit()
    return EMPTY


class _Probes:
    """Makes the networks of one check, in one process after the other, each with a time limit of its own.

    One process finds out how to make the network, one is for the checks, and one for the updates on MNIST.
    """

    def __init__(self, check: AnyNetworkCheck, folder: str) -> None:
        self._check, self._folder = check, folder
        self._sandbox: Sandbox | None = None
        self._written: Any = None
        self.fitted: Probe

    def fit(self) -> None:
        """Makes a network and finds out how to call it; if that takes too long, tries once more with more time."""
        try:
            self._begin(PATIENCE, False)
            self.fitted = self._probe({})
            self.fitted.fit()
        except Ended as ended:
            if ended.fault.kind != "endless":
                raise
            self._begin(_PATIENCE_AGAIN, True)
            self.fitted = self._probe({})
            self.fitted.fit()

    def anew(self) -> Probe:
        """The same network made in a new process."""
        self._begin(_PATIENCE, True)
        return self.another({})

    def another(self, more: Mapping[str, Any]) -> Probe:
        """Another network made in the same process, with the further constructor arguments ``more``."""
        probe = self._probe(more)
        probe.take_fit(self.fitted)
        return probe

    def small(self) -> Probe:
        """A network of the class with small layers; ``NotJudged`` if it cannot be made."""
        probe = self._probe({})
        probe.given = dict(self.fitted.given)
        try:
            probe.shrink()
        except (Faulty, Wrong):
            raise checks.NotJudged(checks.NOT_SMALL) from None
        return probe

    def close(self) -> None:
        """Ends the current process."""
        self._check.hold(None)
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None

    def _begin(self, patience: float, trains: bool) -> None:
        self.close()
        self._sandbox = Sandbox(self._folder, patience, trains)
        self._check.hold(self._sandbox)
        self._written = self._check.run_in(self._sandbox)

    def _probe(self, more: Mapping[str, Any]) -> Probe:
        name = self._check.name
        return Probe(name, self._written.network(name), more, self._check.seed, self._check.means_both)
