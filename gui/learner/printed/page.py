"""The page to print as self-contained HTML: black on white, for screen, paper and Qt's printing."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import date

from engine.contract.catalogue import CatalogueEntry, Chapter
from engine.contract.text import Text, enumerated
from engine.version import PROGRAM
from gui.learner.learner import chapter_key
from gui.learner.printed.kinds import OF_CHAPTERS, OF_EXPERIMENTS, OF_LESSONS, RecordKind, Row
from gui.learner.progress import Progress

_TITLE = Text("What was learned")
_OF_CHAPTER = Text("What was learned: {title}")
_NAME = Text("Name: {name}")
_MADE = Text("{program}, {day}")
_CHAPTER = Text("Chapter {number}: {title}")
_NOTHING = Text("Nothing was answered, reached or written yet.")
_LEFT = Text("Not begun: {names}.")
_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { color: #000000; background: #ffffff; font-family: "Noto Sans", "Noto Sans SC", "Noto Sans CJK SC",
  "Microsoft YaHei", "PingFang SC", sans-serif; font-size: 10.5pt; line-height: 135%;
  max-width: 178mm; margin: 0 auto; }
h1 { font-size: 17pt; margin: 0 0 6px 0; }
h2 { font-size: 14pt; margin: 28px 0 6px 0; page-break-after: avoid; }
h3 { font-size: 11.5pt; margin: 18px 0 4px 0; page-break-after: avoid; }
h4 { font-size: 9.5pt; font-weight: normal; color: #444444; margin: 8px 0 2px 0; page-break-after: avoid; }
p { margin-top: 0; margin-bottom: 2px; }
p.head { color: #444444; }
div.row { page-break-inside: avoid; }
p.words { margin-top: 5px; margin-left: 20px; text-indent: -20px; }
p.line { margin-left: 20px; color: #444444; font-size: 9.5pt; }
"""


def page_html(
    chapters: Sequence[Chapter], whole: Mapping[str, Progress], language: str, day: date, name: str = ""
) -> str:
    """The page about these chapters; ``whole`` is the progress by experiment and chapter; ``name`` may be empty."""
    title = (_OF_CHAPTER(title=chapters[0].title) if len(chapters) == 1 else _TITLE).render(language)
    body = [f"<h1>{_escaped(title)}</h1>"]
    if name.strip():
        body.append(f'<p class="head">{_escaped(_NAME(name=name.strip()).render(language))}</p>')
    body.append(f'<p class="head">{_escaped(_MADE(program=PROGRAM, day=day.isoformat()).render(language))}</p>')
    for chapter in chapters:
        if chapter.entries:
            body += _chapter(chapter, whole, language, len(chapters) > 1)
    body += _lessons(chapters, whole, language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language.replace("_", "-")}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _chapter(chapter: Chapter, whole: Mapping[str, Progress], language: str, named: bool) -> list[str]:
    found = []
    left: list[CatalogueEntry] = []
    for entry in chapter.entries:
        parts = _parts(OF_EXPERIMENTS, entry.id, whole.get(entry.id, Progress()), language)
        if parts:
            found += [f"<h3>{_escaped(f'{entry.number} {entry.name.render(language)}')}</h3>", *parts]
        elif not whole.get(entry.id, Progress()).is_begun:
            left.append(entry)
    key = str(chapter.number)
    found += _parts(OF_CHAPTERS, key, whole.get(chapter_key(chapter.number), Progress()), language, "h3")
    heading = _CHAPTER(number=chapter.number, title=chapter.title).render(language)
    head = [f"<h2>{_escaped(heading)}</h2>"] if named else []
    if not found:
        return [*head, f"<p>{_escaped(_NOTHING.render(language))}</p>"]
    if left:
        found.append(
            f'<p class="head">{_escaped(_LEFT(names=enumerated([one.name for one in left])).render(language))}</p>'
        )
    return [*head, *found]


def _lessons(chapters: Sequence[Chapter], whole: Mapping[str, Progress], language: str) -> list[str]:
    """The lessons with an experiment of these chapters."""
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
            head = [f"<{heading}>{_escaped(kind.heading.render(language))}</{heading}>"] if heading else []
            found += [*head, *map(_row, rows)]
    return found


def _row(row: Row) -> str:
    lines = "".join(f'<p class="line">{_escaped(line)}</p>' for line in row.lines)
    return f'<div class="row"><p class="words">{row.mark}&nbsp;&nbsp;{_escaped(row.words)}</p>{lines}</div>'


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
