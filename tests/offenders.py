"""Laws over many small things, such as files or terms: one test that looks at all of them and lists every offender."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def for_each(things: Iterable[object], name: Callable[..., str] = str) -> Callable[[Callable], Callable[[], None]]:
    """Makes of a law about one thing a test about all ``things``; a tuple is handed over as several arguments.

    ``name`` says in the message which one it is. Where a law plays runs or opens windows, a case for each is better.
    """
    listed = [one if isinstance(one, tuple) else (one,) for one in things]
    assert listed, "a law about nothing"

    def made(law: Callable) -> Callable[[], None]:
        def test() -> None:
            offenders = []
            for thing in listed:
                try:
                    law(*thing)
                except AssertionError as error:
                    offenders.append(f"{name(*thing)}: {error}")
            assert not offenders, f"{len(offenders)} of {len(listed)}\n" + "\n".join(offenders)

        test.__name__, test.__doc__, test.__module__ = law.__name__, law.__doc__, law.__module__
        return test

    return made
