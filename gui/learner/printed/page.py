"""The HTML page to print about what was learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from engine.contract.catalogue import CatalogueEntry, Chapter
from engine.contract.text import Text, enumerated
from gui.learner.learner import chapter_key
from gui.learner.printed.document import document, escaped, made_on, row
from gui.learner.printed.kinds import OF_CHAPTERS, OF_EXPERIMENTS, OF_LESSONS, RecordKind
from gui.learner.progress import Progress

_TITLE = Text("What was learned")
_OF_CHAPTER = Text("What was learned: {title}")
_NAME = Text("Name: {name}")
_CHAPTER = Text("Chapter {number}: {title}")
_NOTHING = Text("Nothing was answered, reached or written yet.")
_LEFT = Text("Not begun: {names}.")


def page_html(
    chapters: Sequence[Chapter], whole: Mapping[str, Progress], language: str, day: date, name: str = ""
) -> str:
    """The HTML page about these chapters. ``whole`` is the progress by experiment, chapter and lesson key; ``name`` may
    be empty.
    """
    title = (_OF_CHAPTER(title=chapters[0].title) if len(chapters) == 1 else _TITLE).render(language)
    heads = [_NAME(name=name.strip()).render(language)] if name.strip() else []
    body: list[str] = []
    for chapter in chapters:
        if chapter.entries:
            body += _chapter(chapter, whole, language, len(chapters) > 1)
    body += _lessons(chapters, whole, language)
    return document(title, [*heads, made_on(day).render(language)], body, language)


def _chapter(chapter: Chapter, whole: Mapping[str, Progress], language: str, named: bool) -> list[str]:
    found = []
    left: list[CatalogueEntry] = []
    for entry in chapter.entries:
        parts = _parts(OF_EXPERIMENTS, entry.id, whole.get(entry.id, Progress()), language)
        if parts:
            found += [f"<h3>{escaped(f'{entry.number} {entry.name.render(language)}')}</h3>", *parts]
        elif not whole.get(entry.id, Progress()).is_begun:
            left.append(entry)
    key = str(chapter.number)
    found += _parts(OF_CHAPTERS, key, whole.get(chapter_key(chapter.number), Progress()), language, "h3")
    heading = _CHAPTER(number=chapter.number, title=chapter.title).render(language)
    head = [f"<h2>{escaped(heading)}</h2>"] if named else []
    if not found:
        return [*head, f"<p>{escaped(_NOTHING.render(language))}</p>"]
    if left:
        found.append(
            f'<p class="head">{escaped(_LEFT(names=enumerated([one.name for one in left])).render(language))}</p>'
        )
    return [*head, *found]


def _lessons(chapters: Sequence[Chapter], whole: Mapping[str, Progress], language: str) -> list[str]:
    """The HTML of all lessons that have a step in an experiment of these chapters."""
    shown = {entry.id for chapter in chapters for entry in chapter.entries}
    found: list[str] = []
    for key, progress in sorted(whole.items()):
        if progress.lesson is not None and any(step.experiment in shown for step in progress.lesson.steps):
            found += _parts(OF_LESSONS, key, progress, language, "h2" if not found else "")
    return found


def _parts(
    kinds: Sequence[RecordKind], subject: str, progress: Progress, language: str, heading: str = "h4"
) -> list[str]:
    found = []
    for kind in kinds:
        rows = kind.rows(subject, progress, language)
        if rows:
            head = [f"<{heading}>{escaped(kind.heading.render(language))}</{heading}>"] if heading else []
            found += [*head, *(row(one.mark, one.words, one.lines) for one in rows)]
    return found
