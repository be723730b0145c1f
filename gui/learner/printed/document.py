"""Self-contained pages of HTML, black on white: for the screen, for paper, and for Qt's printing."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from engine.contract.language import CHINESE, language_of
from engine.contract.text import Refused, Text, path_words
from engine.export.writing import write_together
from engine.version import PROGRAM

SUFFIXES = (".html", ".pdf")
_UNKNOWN = Text("{path} has none of the suffixes {known}.")
_MADE = Text("{program}, {day}")
_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { color: #000000; background: #ffffff; font-size: 10.5pt; line-height: 135%; max-width: 178mm; margin: 0 auto; }
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


def document(title: str, heads: Sequence[str], body: Sequence[str], language: str) -> str:
    """A whole HTML page: its title, the lines ``heads`` below it as plain text, and ``body`` as HTML."""
    above = [f"<h1>{escaped(title)}</h1>", *(f'<p class="head">{escaped(one)}</p>' for one in heads)]
    return (
        f'<!DOCTYPE html>\n<html lang="{language.replace("_", "-")}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}{_fonts(language)}</style>\n</head>\n<body>\n"
        + "\n".join([*above, *body])
        + "\n</body>\n</html>\n"
    )


def _fonts(language: str) -> str:
    """The CSS rule for the fonts of a page: fonts of its language first, since others draw some of its characters in
    other shapes.
    """
    families = dict.fromkeys(("Noto Sans", *language_of(language).families, *language_of(CHINESE).families))
    named = ", ".join(f'"{family}"' for family in families)
    return f"body {{ font-family: {named}, sans-serif; }}\n"


def made_on(day: date) -> Text:
    """The line that names the program and the day."""
    return _MADE(program=PROGRAM, day=day.isoformat())


def row(mark: str, words: str, lines: Sequence[str] = ()) -> str:
    """The HTML of a line of text after the symbol ``mark``, with smaller lines below it."""
    below = "".join(f'<p class="line">{escaped(line)}</p>' for line in lines)
    return f'<div class="row"><p class="words">{mark}&nbsp;&nbsp;{escaped(words)}</p>{below}</div>'


def escaped(text: str) -> str:
    """A text escaped for HTML."""
    return html.escape(text, quote=False)


def check_suffix(path: Path) -> None:
    """Raises ``Refused`` unless the suffix is that of a format in which the page can be saved."""
    if path.suffix.lower() not in SUFFIXES:
        raise Refused(_UNKNOWN(path=path_words(path), known=" ".join(SUFFIXES)))


def write_page(page: str, path: Path, language: str) -> None:
    """Write the HTML of a page to a file; ``Refused`` for an unknown suffix, or if writing fails. PDF needs a Qt
    application.
    """
    check_suffix(path)
    content = _pdf(page, language) if path.suffix.lower() == ".pdf" else page.encode()
    write_together({path: content})


def _pdf(page: str, language: str) -> bytes:
    # Only now: a page of HTML needs no more of Qt than the settings do.
    from gui.learner.printed.sheets import pdf_of

    return pdf_of(page, language)
