"""The pages of the site as HTML: an index, a page an experiment, and the page that says how to get the program."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.contract.address import address_of
from engine.contract.catalogue import CatalogueEntry, chapters, entries, load
from engine.contract.language import ENGLISH, language_of
from engine.contract.text import Text, notation, untranslated
from engine.glossary import term
from engine.guides.guide import Guide, load_guide
from engine.version import PROGRAM, PROJECT_PAGE
from gui.style.tokens import THEMES
from tools.site.pictures import MOVING_SIZE, SIZE, formula_size
from tools.site.prose import blocks_html, download_html, escaped, plain_words, terms_in

INDEX, DOWNLOAD = "index", "download"
STYLE = "style.css"
_DARK = "(prefers-color-scheme: dark)"
_STILL = "(prefers-reduced-motion: reduce)"
_FORMULA_EM = 1.25
"""Ems of the text around that one em of a formula's drawing measures, as in the program."""

_EQUATION, _WHOLE = re.compile(r"(?<=\w) = (?=[\d(½−])"), "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}"
"""Where no line is to be broken."""

_NAME = untranslated("Layerwise")
_LINE = Text("Learn neural networks by live experiments")
_ABOUT = Text(
    "{count} live experiments beside chapters 2 to 7 of “Deep Learning from Scratch” by Koki Saito, from the AND gate "
    "to a convolutional network. Change a number, and see at once what the mathematics does. The program is free, and "
    "works without a network."
)
_TITLE, _FULL = notation("{title} – {name}"), notation("{number} {title}")
_EXPERIMENTS, _DOWNLOAD = Text("Experiments"), Text("Download")
_OPEN, _GET = Text("Open in Layerwise"), Text("Get Layerwise")
_ASKS = Text("Layerwise asks these questions, and then shows what comes out.")
_MOVING = Text("In motion: {title}")
_TERMS, _CHAPTER = Text("Terms"), Text("Chapter {number}: {title}")
_LANGUAGES = Text("Languages")


@dataclass
class Page:
    """A page in one language: its name without a suffix, title, description and body."""

    name: str
    language: str
    title: str
    description: str
    body: str
    formulas: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it lies on the site."""
        return f"{tag(self.language)}/{self.name}.html"


def tag(language: str) -> str:
    """A language as HTML and the folders of the site name it."""
    return language.replace("_", "-")


def page_html(page: Page, languages: Sequence[str], base: str) -> str:
    """A whole page; with a ``base``, the site's address, it names its own address and those in other languages."""
    here = language_of(page.language)
    head = [f'<link rel="canonical" href="{escaped(base)}{page.path}">'] if base else []
    above = f"{base}" if base else "../"
    for one in languages if len(languages) > 1 else ():
        place = f"{escaped(above)}{tag(one)}/{page.name}.html"
        head.append(f'<link rel="alternate" hreflang="{tag(one)}" href="{place}">')
    others = "".join(
        f'<a href="../{tag(one)}/{page.name}.html" hreflang="{tag(one)}" lang="{tag(one)}">'
        f"{escaped(language_of(one).name)}</a>"
        for one in languages
        if one != page.language
    )
    links = ((INDEX, _EXPERIMENTS), (DOWNLOAD, _DOWNLOAD))
    current = ' aria-current="page"'
    nav = "".join(
        f'<a href="{name}.html"{current if name == page.name else ""}>{_words(text, here.id)}</a>'
        for name, text in links
    )
    if others:
        nav += f'<span class="languages" aria-label="{_words(_LANGUAGES, here.id)}" role="group">{others}</span>'
    body = f"""<header>
<a class="home" href="{INDEX}.html"><img src="../icon.svg" width="28" height="28" alt="">Layerwise</a>
<nav>{nav}</nav>
</header>
<main{' class="wide"' if page.name == INDEX else ""}>
{_EQUATION.sub(_WHOLE, page.body)}
</main>
<footer><p>{escaped(PROGRAM)}</p></footer>"""
    return _document(here.id, page.title, page.description, head, "../", body)


def root_html(languages: Sequence[str], base: str) -> str:
    """The page at the top, which is in no language: it leads to the others."""
    items = "".join(
        f'<li lang="{tag(one)}"><a href="{tag(one)}/{INDEX}.html" hreflang="{tag(one)}">'
        f"<strong>{escaped(language_of(one).name)}</strong> {_words(_LINE, one)}</a></li>\n"
        for one in languages
    )
    head = [f'<link rel="canonical" href="{escaped(base)}">'] if base else []
    body = f"""<main class="root">
<h1><img src="icon.svg" width="56" height="56" alt="">Layerwise</h1>
<ul>
{items}</ul>
</main>"""
    return _document(ENGLISH.id, "Layerwise", _LINE.render(ENGLISH.id), head, "", body)


def _document(language: str, title: str, description: str, head: Sequence[str], above: str, body: str) -> str:
    """A document whose style sheet lies ``above``, with more lines of its head."""
    lines = "\n".join(
        [
            f"<title>{escaped(title)}</title>",
            f'<meta name="description" content="{escaped(description)}">',
            *head,
            f'<link rel="icon" href="{above}icon.svg" type="image/svg+xml">',
            f'<link rel="stylesheet" href="{above}{STYLE}">',
        ]
    )
    return f"""<!DOCTYPE html>
<html lang="{tag(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{lines}
</head>
<body>
{body}
</body>
</html>
"""


def index_page(language: str, chosen: Sequence[CatalogueEntry]) -> Page:
    """The chapters with their experiments, each with its small picture."""
    about = _ABOUT(count=len(entries())).render(language)
    parts = [f"<h1>{_words(_LINE, language)}</h1>", f'<p class="intro">{escaped(about)}</p>', _get(language)]
    for chapter in chapters():
        cards = "".join(_card(entry, language) for entry in chapter.entries if entry in chosen)
        if cards:
            heading = escaped(_FULL(number=chapter.number, title=chapter.title).render(language))
            parts.append(
                f'<section id="chapter-{chapter.number}">\n<h2>{heading}</h2>\n'
                f"<p>{_words(chapter.line, language)}</p>\n"
                f'<ul class="cards">\n{cards}</ul>\n</section>'
            )
    title = _TITLE(title=_LINE, name=_NAME).render(language)
    return Page(INDEX, language, title, about, "\n".join(parts))


def download_page(language: str) -> Page:
    """How to get the program, as README says it."""
    heading = _GET.render(language)
    page = f'<p class="get"><a class="button" href="{escaped(PROJECT_PAGE)}">{_words(_DOWNLOAD, language)}</a></p>\n'
    body = f"<h1>{escaped(heading)}</h1>\n{page if PROJECT_PAGE else ''}<div>\n{download_html(language)}\n</div>"
    title = _TITLE(title=_DOWNLOAD, name=_NAME).render(language)
    return Page(DOWNLOAD, language, title, f"{heading}. {_LINE.render(language)}", body)


def experiment_page(
    entry: CatalogueEntry, language: str, caption: str, moves: bool, chosen: Sequence[CatalogueEntry]
) -> Page:
    """An experiment: its stage, what it asks, where to look, a common mistake, its place in the book, its terms.

    ``caption`` is the sentence above the stage at the opening, ``moves`` whether there is a picture that moves; only
    the pages of those ``chosen`` can be led to.
    """
    guide = load_guide(entry.id, language)
    chapter = next(one for one in chapters() if one.number == entry.chapter)
    used: list[str] = []

    def formula(formula_id: str, words: str) -> str:
        used.append(formula_id)
        width, height = (side * _FORMULA_EM for side in formula_size(formula_id))
        # As wide as beside the program's text; on a narrow page narrower, and as much lower.
        measure = f'class="formula" style="width:{width:.2f}em;aspect-ratio:{width:.2f}/{height:.2f}"'
        return _in_both(f"../formulas/{formula_id}.{{theme}}.svg", words, measure)

    name, line = entry.name.render(language), entry.line.render(language)
    above = _CHAPTER(number=chapter.number, title=chapter.title).render(language)
    question = (*guide.lead, *guide.question)
    parts = [
        f'<p class="place"><a href="{INDEX}.html#chapter-{chapter.number}">{escaped(above)}</a></p>',
        f"<h1>{escaped(_FULL(number=entry.number, title=name).render(language))}</h1>",
        f'<p class="line">{escaped(line)}</p>' if line else "",
        _stage(entry, language, name, caption),
        f'<div class="prose">\n{blocks_html(question, formula)}\n</div>',
        _get(language, address_of(entry.id)),
        _questions(entry, guide, language),
        _section("see", guide, formula),
        _moving(entry, language, name) if moves else "",
        _section("pitfall", guide, formula, folded=True),
        _section("book", guide, formula),
        _terms(guide, language),
        _neighbours(entry, language, chosen),
    ]
    title = _TITLE(title=name, name=_NAME).render(language)
    return Page(
        entry.id,
        language,
        title,
        plain_words(question, language),
        "\n".join(filter(None, parts)),
        list(dict.fromkeys(used)),
    )


def _words(text: Text, language: str) -> str:
    return escaped(text.render(language))


def _in_both(place: str, words: str, attributes: str) -> str:
    """A picture of which there is a light and a dark one; ``place`` has {theme} where their names differ."""
    light, dark = (place.format(theme=name) for name in THEMES)
    return (
        f'<picture><source media="{_DARK}" srcset="{dark}"><img src="{light}" alt="{escaped(words)}" {attributes}>'
        "</picture>"
    )


def _card(entry: CatalogueEntry, language: str) -> str:
    picture = _in_both(
        f"../thumbnails/{entry.id}.{language}.{{theme}}.webp", "", 'width="330" height="220" loading="lazy"'
    )
    heading = escaped(_FULL(number=entry.number, title=entry.name).render(language))
    return (
        f'<li><a href="{entry.id}.html">{picture}<strong>{heading}</strong>'
        f"<span>{_words(entry.line, language)}</span></a></li>\n"
    )


def _get(language: str, address: str = "") -> str:
    opens = f'<a class="button" href="{address}">{_words(_OPEN, language)}</a> ' if address else ""
    kind = "" if address else ' class="button"'
    return f'<p class="get">{opens}<a{kind} href="{DOWNLOAD}.html">{_words(_GET, language)}</a></p>'


def _stage(entry: CatalogueEntry, language: str, name: str, caption: str) -> str:
    width, height = SIZE
    place = f"../pictures/{entry.id}.{language}.{{theme}}.svg"
    picture = _in_both(place, name, f'width="{width}" height="{height}"')
    return (
        f'<figure><a href="{place.format(theme="light")}">{picture}</a>\n'
        f"<figcaption>{escaped(caption)}</figcaption></figure>"
    )


def _moving(entry: CatalogueEntry, language: str, name: str) -> str:
    """The picture that moves, and one that stands for those who want nothing to move."""
    width, height = MOVING_SIZE
    place = f"../moving/{entry.id}.{language}"
    sources = "".join(
        f'<source media="{_STILL}{f" and {_DARK}" if theme == "dark" else ""}" srcset="{place}.{theme}.still.webp">'
        for theme in reversed(list(THEMES))
    )
    words = escaped(_MOVING(title=name).render(language))
    return (
        f'<figure><picture>{sources}<source media="{_DARK}" srcset="{place}.dark.webp">'
        f'<img src="{place}.light.webp" alt="{words}" width="{width}" height="{height}" loading="lazy">'
        "</picture></figure>"
    )


def _questions(entry: CatalogueEntry, guide: Guide, language: str) -> str:
    """The questions of the first pass; their answers are the program's to give."""
    experiment = load(entry.id)
    asked = [one.varied(experiment, language) for one in guide.path if one.answers or one.number]
    items = "".join(f"<li><strong>{escaped(one.words)}</strong> {escaped(one.text)}</li>\n" for one in asked)
    heading = escaped(language_of(language).headings["tries"])
    return (
        f"<section>\n<h2>{heading}</h2>\n<p>{_words(_ASKS, language)}</p>\n"
        f'<ol class="questions">\n{items}</ol>\n</section>'
    )


def _section(name: str, guide: Guide, formula: Callable[[str, str], str], folded: bool = False) -> str:
    heading = f"<h2>{escaped(language_of(guide.language).headings[name])}</h2>"
    body = f'<div class="prose">\n{blocks_html(getattr(guide, name), formula)}\n</div>'
    if folded:  # it says what one sees after the questions
        return f"<details>\n<summary>{heading}</summary>\n{body}\n</details>"
    return f"<section>\n{heading}\n{body}\n</section>"


def _terms(guide: Guide, language: str) -> str:
    named = [term(one) for one in terms_in(guide.blocks)]
    if not named:
        return ""
    items = "".join(
        f'<dt id="{one.id}">{_words(one.name, language)}</dt>\n<dd>{_words(one.definition, language)}</dd>\n'
        for one in named
    )
    return f"<section>\n<h2>{_words(_TERMS, language)}</h2>\n<dl>\n{items}</dl>\n</section>"


def _neighbours(entry: CatalogueEntry, language: str, chosen: Sequence[CatalogueEntry]) -> str:
    place = chosen.index(entry)
    found = []
    for kind, other in (("prev", place - 1), ("next", place + 1)):
        if 0 <= other < len(chosen):
            one = chosen[other]
            words = escaped(_FULL(number=one.number, title=one.name).render(language))
            arrow = f"← {words}" if kind == "prev" else f"{words} →"
            found.append(f'<a rel="{kind}" href="{one.id}.html">{arrow}</a>')
    return f'<nav class="neighbours">{"".join(found)}</nav>' if found else ""
