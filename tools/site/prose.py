"""HTML of the texts that there are: blocks of guides, and parts of README."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from engine.contract.language import ENGLISH, language_of
from engine.guides.sections import Block, Span, joined

ROOT = Path(__file__).resolve().parents[2]
_PART = re.compile(r"<!-- download -->\n(.*?)<!-- /download -->", re.DOTALL)
_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)|([^`*\[]+|[`*\[])")


def escaped(text: str) -> str:
    """A text as HTML, in an attribute too."""
    return html.escape(text, quote=True)


def blocks_html(blocks: Iterable[Block], formula: Callable[[str, str], str]) -> str:
    """Paragraphs and lists of a guide; a term is a link to its entry on the same page, ``formula`` makes the HTML of a
    formula from its id and its spoken form.
    """
    found = []
    for is_item, together in groupby(blocks, lambda block: block.is_item):
        bodies = ["".join(_span(span, formula) for span in block.spans) for block in together]
        if is_item:
            found.append("<ul>\n" + "".join(f"<li>{body}</li>\n" for body in bodies) + "</ul>")
        else:
            found += [f"<p>{body}</p>" for body in bodies]
    return "\n".join(found)


def plain_words(blocks: Iterable[Block], language: str) -> str:
    """The words of blocks alone, in one line."""
    return language_of(language).gap.join("".join(span.text for span in block.spans) for block in blocks)


def terms_in(blocks: Iterable[Block]) -> list[str]:
    """The ids of the glossary's terms that blocks name, each once."""
    return list(dict.fromkeys(span.id for block in blocks for span in block.spans if span.kind == "term"))


def download_html(language: str) -> str:
    """What README says about getting the program, which stands between two comments there; English where README is not
    written in this language.
    """
    path = ROOT / f"README.{language}.md"
    if not path.exists():
        path, language = ROOT / "README.md", ENGLISH.id
    found = _PART.findall(path.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(
            f"{path.name}: <!-- download --> and <!-- /download --> are to stand around what is shown there"
        )
    paragraphs = [lines for part in found for lines in re.split(r"\n{2,}", part.strip("\n"))]
    return "\n".join(paragraph_html(lines, language) for lines in paragraphs)


def _span(span: Span, formula: Callable[[str, str], str]) -> str:
    words = escaped(span.text)
    if span.kind == "formula":
        return formula(span.id, span.text)
    if span.kind == "term":
        words = f'<a class="term" href="#{span.id}">{words}</a>'
    elif span.kind == "code":
        words = f"<code>{words}</code>"
    if span.emphasis:
        words = f"<em>{words}</em>"
    return f"<strong>{words}</strong>" if span.strong else words


def paragraph_html(text: str, language: str) -> str:
    """A heading, a list, code or a paragraph of README; links to what lies beside it are words only."""
    lines = text.splitlines()
    if all(line.startswith("    ") for line in lines):
        return "<pre><code>" + escaped("\n".join(line[4:] for line in lines)) + "</code></pre>"
    if lines[0].startswith("#"):
        return f"<h2>{escaped(lines[0].lstrip('# '))}</h2>"
    if lines[0].startswith("- "):
        items = re.split(r"\n- ", text[2:])
        body = "".join(f"<li>{_inline(joined(one.splitlines(), language))}</li>\n" for one in items)
        return f"<ul>\n{body}</ul>"
    return f"<p>{_inline(joined(lines, language))}</p>"


def _inline(text: str) -> str:
    found = []
    for code, strong, emphasis, words, target, rest in _INLINE.findall(text):
        if code:
            found.append(f"<code>{escaped(code)}</code>")
        elif strong:
            found.append(f"<strong>{escaped(strong)}</strong>")
        elif emphasis:
            found.append(f"<em>{escaped(emphasis)}</em>")
        elif words and target.startswith("https://"):
            found.append(f'<a href="{escaped(target)}">{escaped(words)}</a>')
        else:
            found.append(escaped(words or rest))
    return "".join(found)
