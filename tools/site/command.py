"""The command line: writes the site, and refuses pages that are too large."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.contract.catalogue import RESOURCES, CatalogueEntry, entries, entry_of
from engine.contract.language import LANGUAGES
from engine.contract.text import Refused, untranslated
from gui.style.tokens import THEMES, Theme

if TYPE_CHECKING:
    from tools.site.pages import Page

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "dist" / "site"
MOST = 200_000
"""The bytes that a page may bring with everything that it shows, but for the picture that moves."""


_COLORS = ("window", "surface", "raised", "text", "muted_text", "accent", "accent_text", "hairline", "selection_fill")


def main(arguments: Sequence[str]) -> int:
    """Runs the command and returns its exit status: 0 when the site is complete, 1 when a page is too large, 2 for bad
    input.
    """
    parser = argparse.ArgumentParser(prog="python3 -m tools.site", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=OUT, metavar="DIR", help="where it is written, dist/site by default"
    )
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="this language alone")
    parser.add_argument("--experiment", action="append", metavar="ID", help="this experiment alone")
    parser.add_argument(
        "--base", default="", metavar="URL", help="the site's address, for canonical links and a sitemap"
    )
    parser.add_argument("--no-moving", action="store_true", help="without pictures that move, which take long")
    given = parser.parse_args(arguments)
    try:
        chosen = [entry_of(one) for one in given.experiment or ()] or list(entries())
        base = _checked_base(given.base)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    languages = [one for one in LANGUAGES if not given.language or one in given.language]
    began = time.monotonic()
    try:
        sizes = build(given.out, languages, chosen, base, moving=not given.no_moving)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    largest = max(sizes, key=lambda path: sizes[path])
    whole = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(
        f"{len(sizes)} pages in {time.monotonic() - began:.0f} s, {whole / 1e6:.1f} MB in {given.out}; "
        f"the largest page is {largest}, {sizes[largest] // 1000} KB."
    )
    late = [f"{path}: {size // 1000} KB are more than {MOST // 1000}" for path, size in sizes.items() if size > MOST]
    print(*late, sep="\n", end="\n" if late else "", file=sys.stderr)
    return 1 if late else 0


def build(
    out: Path, languages: Sequence[str], chosen: Sequence[CatalogueEntry], base: str = "", moving: bool = True
) -> dict[str, int]:
    """Writes the site into a folder and returns, for each page, the bytes of all that it shows in the larger theme.

    ValueError if the folder holds something that is no site.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.export.offscreen import application
    from tools.site.pages import STYLE, download_page, index_page, page_html, root_html

    application()
    _clear(out)
    (out / STYLE).write_text(_style(), encoding="utf-8", newline="\n")
    shutil.copyfile(RESOURCES / "images" / "layerwise.svg", out / "icon.svg")
    pages = [page for one in languages for page in (index_page(one, chosen), download_page(one))]
    for entry in chosen:
        pages += _experiment(entry, languages, out, chosen, moving)
    sizes = {}
    for page in pages:
        path = out / page.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(page_html(page, languages, base), encoding="utf-8", newline="\n")
        sizes[page.path] = _size(path, out)
    (out / "index.html").write_text(root_html(languages, base), encoding="utf-8", newline="\n")
    if base:
        places = "".join(f"<url><loc>{base}{path}</loc></url>\n" for path in ["", *sizes])
        (out / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n',
            encoding="utf-8",
            newline="\n",
        )
    return sizes


def _experiment(
    entry: CatalogueEntry, languages: Sequence[str], out: Path, chosen: Sequence[CatalogueEntry], moving: bool
) -> Iterator[Page]:
    """The pages of an experiment, and their pictures in their places."""
    from tools.site import pictures
    from tools.site.pages import experiment_page

    opened = pictures.opening_of(entry.id)
    course = pictures.course_of(opened) if moving else None
    for name in ("pictures", "thumbnails", "formulas", "moving"):
        (out / name).mkdir(exist_ok=True)
    for language in languages:
        for theme in THEMES:
            kind = f"{entry.id}.{language}.{theme}"
            pictures.write_stage(opened, language, theme, out / "pictures" / f"{kind}.svg")
            pictures.write_thumbnail(entry.id, language, theme, out / "thumbnails" / f"{kind}.webp")
            if course is not None:
                places = out / "moving" / f"{kind}.webp", out / "moving" / f"{kind}.still.webp"
                pictures.write_moving_picture(course, language, theme, *places)
        caption = replace(opened, language=language).caption
        page = experiment_page(entry, language, caption, course is not None, chosen)
        for formula in page.formulas:
            for theme in THEMES:
                pictures.write_formula(formula, theme, out / "formulas" / f"{formula}.{theme}.svg")
        yield page


def _checked_base(base: str) -> str:
    if base and not re.fullmatch(r"https?://[\w.:-]+(/[\w.~-]+)*/?", base, re.ASCII):
        raise Refused(untranslated(f"--base: {base!r} is not an address such as https://example.org/layerwise/"))
    return base and base.rstrip("/") + "/"


def _clear(out: Path) -> None:
    """Makes the folder empty, if it holds a site or nothing."""
    if out.exists():
        if any(out.iterdir()) and not ((out / "style.css").is_file() and (out / "icon.svg").is_file()):
            raise ValueError(f"{out} holds something that is no site; name an empty folder.")
        shutil.rmtree(out)
    out.mkdir(parents=True)


def _style() -> str:
    """The style sheet, with the program's own colours as its variables."""

    def variables(theme: Theme) -> str:
        return " ".join(f"--{name.replace('_', '-')}: {getattr(theme, name)};" for name in _COLORS)

    light, dark = (variables(THEMES[name]) for name in ("light", "dark"))
    rules = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n{rules}"


def _size(page: Path, out: Path) -> int:
    """The bytes of a page and of what it shows, of each picture the larger of its two themes; not of what moves."""
    shown: dict[str, int] = {}
    for place in re.findall(r'(?:src|srcset|href)="\.\./([^"]+\.(?:svg|webp|css))"', page.read_text(encoding="utf-8")):
        if not place.startswith("moving/"):
            either = re.sub(r"\.(light|dark)\.", ".", place)
            shown[either] = max(shown.get(either, 0), (out / place).stat().st_size)
    return page.stat().st_size + sum(shown.values())
