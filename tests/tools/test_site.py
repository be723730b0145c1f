"""The web site: every link leads somewhere, each page is in its language alone, and no answer stands on it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from engine.contract.catalogue import entries, entry_of, load
from engine.contract.language import LANGUAGES
from engine.guides.guide import load_guide
from tools.site import command, pictures, prose
from tools.site.command import MOST, build
from tools.site.pages import tag

ID = "gates"
_VOID = {"meta", "link", "img", "source", "br"}
_UNSPACED = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_ENGLISH = re.compile(r"[A-Za-z]{2,} (?:[a-z]{2,} ){2}[a-z]{2,}")


class Reader(HTMLParser):
    """Collects a page: its tags with their attributes, and its words; AssertionError if it is not well formed."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page.read_text(encoding="utf-8"))
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert len(found) == len(attrs), f"<{tag}> says something twice"
        self.tags.append((tag, found))
        if tag not in _VOID:
            around = self._open[-1][1] if self._open else ""
            self._open.append((tag, found.get("lang") or around))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append((self._open[-1][1], data))

    def all(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value for _, found in self.tags if (value := found.get(name)) is not None]

    @property
    def text(self) -> str:
        """All words, with single spaces."""
        return " ".join(" ".join(words for _, words in self.words).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, qapp_cls: object) -> Path:
    """A small site with one experiment, in all languages, without what moves."""
    out = tmp_path_factory.mktemp("site") / "new"
    sizes = build(out, LANGUAGES, [entry_of(ID)], moving=False)
    assert len(sizes) == 3 * len(LANGUAGES) and 0 < max(sizes.values()) < MOST
    return out


def _pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) == 3 * len(LANGUAGES) + 1
    return found


def test_every_link_leads_to_a_file_and_its_place_there(site: Path) -> None:
    for page in _pages(site):
        reader = Reader(page)
        links = [*reader.all("href"), *reader.all("src"), *reader.all("srcset")]
        assert len(links) > 3
        for link in links:
            if link == f"layerwise:{ID}" or link.startswith("https://"):
                continue
            place = urlsplit(link)
            assert not place.scheme and not place.query, link
            target = (page.parent / unquote(place.path)).resolve() if place.path else page
            assert target.is_file() and target.is_relative_to(site), f"{page.name}: {link}"
            if place.fragment:
                assert place.fragment in Reader(target).all("id"), f"{page.name}: {link}"


def test_an_experiment_is_opened_by_its_address(site: Path) -> None:
    for language in LANGUAGES:
        assert f"layerwise:{ID}" in Reader(site / tag(language) / f"{ID}.html").all("href")


def test_no_page_runs_or_fetches_anything(site: Path) -> None:
    for page in _pages(site):
        reader = Reader(page)
        assert not {"script", "iframe", "object", "embed", "form", "style", "base"} & {name for name, _ in reader.tags}
        assert not [name for _, found in reader.tags for name in found if name.startswith("on")]
        fetched = [
            *reader.all("src"),
            *reader.all("srcset"),
            *(one["href"] for name, one in reader.tags if name == "link"),
        ]
        assert not [one for one in fetched if one is None or "//" in one]
    style = (site / "style.css").read_text(encoding="utf-8")
    assert "url(" not in style and "@import" not in style and "prefers-color-scheme: dark" in style


def test_a_page_says_its_language_and_leads_to_the_others(site: Path) -> None:
    for language in LANGUAGES:
        for page in sorted((site / tag(language)).glob("*.html")):
            reader = Reader(page)
            assert dict(reader.tags)["html"]["lang"] == tag(language)
            named = {name: found for name, found in reader.tags if name in ("title", "meta")}
            assert set(named) == {"title", "meta"}
            alternates = [found for name, found in reader.tags if name == "link" and found.get("rel") == "alternate"]
            assert [one["hreflang"] for one in alternates] == [tag(one) for one in LANGUAGES]
            led = [found["hreflang"] for name, found in reader.tags if name == "a" and "hreflang" in found]
            assert led == [tag(one) for one in LANGUAGES if one != language]
            described = [found["content"] for _, found in reader.tags if found.get("name") == "description"]
            assert len(described) == 1 and described[0]


def test_no_word_of_another_language_stands_on_a_page(site: Path) -> None:
    for language in LANGUAGES:
        other = _UNSPACED if language == "en" else _ENGLISH
        for page in sorted((site / tag(language)).glob("*.html")):
            reader = Reader(page)
            own = [words for spoken, words in reader.words if spoken == tag(language)]
            said = [*own, *reader.all("alt"), *reader.all("content"), *reader.all("aria-label")]
            assert len(own) > 5
            assert not [words for words in said if other.search(words)], page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_stand_there_and_none_of_their_answers(site: Path, language: str) -> None:
    guide, text = load_guide(ID, language), Reader(site / tag(language) / f"{ID}.html").text.replace("\xa0", " ")
    asked = [one.varied(load(ID), language) for one in guide.path if one.answers or one.number]
    assert len(asked) > 3
    for one in asked:
        assert one.text.replace("\xa0", " ") in text
    for one in (*asked, *guide.tries):
        told = [one.after, *(reason.words for reason in one.reasons), *(reason.why for reason in one.reasons)]
        told += [words for answer in one.answers for words in (answer.why, answer.words) if len(words) > 5]
        told += [slip.why for slip in one.number.slips] if one.number else []
        assert not [words for words in told if words and words in text]
    for goal in guide.goals:
        assert goal.why not in text and not [hint for hint in goal.hints if hint in text]


def test_a_sitemap_and_canonical_links_come_with_the_address_alone(
    site: Path, tmp_path: Path, qapp_cls: object
) -> None:
    assert not (site / "sitemap.xml").exists() and "canonical" not in (site / "en" / f"{ID}.html").read_text()
    base = "https://example.org/layerwise/"
    sizes = build(tmp_path / "a", ["en"], [entry_of(ID)], base, moving=False)
    root = ElementTree.parse(tmp_path / "a" / "sitemap.xml").getroot()
    assert [one.text for one in root.iterfind("{*}url/{*}loc")] == [base, *(base + path for path in sizes)]
    head = {found.get("rel"): found.get("href") for _, found in Reader(tmp_path / "a" / "en" / f"{ID}.html").tags}
    assert head["canonical"] == f"{base}en/{ID}.html"


@pytest.mark.parametrize(
    "base", ["example.org", "javascript:alert(1)", 'https://a"b/', "https://a/?b=c", "https://a/#b"]
)
def test_what_is_no_address_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], base: str) -> None:
    assert command.main(["--base", base, "--out", str(tmp_path / "a")]) == 2
    assert "https://example.org" in capsys.readouterr().err and not (tmp_path / "a").exists()


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert command.main(["--experiment", ID, "--no-moving", "--out", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err and (tmp_path / "mine.txt").read_text() == "mine"
    assert command.main(["--experiment", "gatez"]) == 2


def test_a_page_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, qapp_cls) -> None:
    monkeypatch.setattr(command, "MOST", 20_000)
    arguments = ["--experiment", ID, "--no-moving", "--language", "en", "--out", str(tmp_path / "a")]
    assert command.main(arguments) == 1
    assert re.fullmatch(rf"en/{ID}\.html: \d+ KB are more than 20\n", capsys.readouterr().err)


# Pictures


def test_what_moves_has_a_still_beside_it(tmp_path: Path, qapp_cls: object) -> None:
    course = pictures.course_of(pictures.opening_of(ID))
    assert course is not None and course.moments[0].params == course.moments[-1].params
    short = pictures.Course(course.export, course.moments[:2], 1)
    pictures.write_moving_picture(short, "en", "light", tmp_path / "a.webp", tmp_path / "b.webp")
    assert (tmp_path / "a.webp").read_bytes()[:4] == (tmp_path / "b.webp").read_bytes()[:4] == b"RIFF"
    assert b"ANIM" in (tmp_path / "a.webp").read_bytes()[:60] and b"ANIM" not in (tmp_path / "b.webp").read_bytes()[:60]


def test_every_experiment_that_has_neither_course_nor_handle_has_presets() -> None:
    for entry in entries():
        experiment = load(entry.id)
        params = experiment.params_type()
        assert experiment.has_course(params) or experiment.presets or pictures.moved_by_hand(experiment, params), (
            entry.id
        )


def test_a_smaller_drawing_keeps_its_words_and_its_shapes() -> None:
    drawing = (
        '<svg width="9" height="9"><g fill="none" stroke="black" stroke-width="1" fill-rule="evenodd" >\n'
        '<g fill="none" stroke="#000000" stroke-opacity="1" >\n</g>\n'
        '<g fill="#ffffff" fill-opacity="1" stroke="none" transform="matrix(1,0,0,1,0,0)"\nfont-family="A" '
        'font-size="13" font-weight="400" font-style="normal" \n>\n'
        '<path vector-effect="none" fill-rule="evenodd" d="M0.123,-7.04 L80.96,5"/>\n</g>\n'
        '<g fill="#ffffff" fill-opacity="0.25" stroke="none" transform="matrix(1,0,0,1,2,0)">\n'
        '<text x="1.25" font-family="A" font-size="13" \n >0.0074  L 3.14159</text>\n</g>\n</g>\n</svg>\n'
    )
    made = pictures.smaller(drawing)
    assert ">0.0074  L 3.14159</text>" in made and 'font-size="13"' in made and 'fill-opacity="0.25"' in made
    assert 'd="M0.1,-7L81,5"' in made and 'transform="matrix(1,0,0,1,2,0)"' in made
    assert 'fill-rule="evenodd"' in made and made.count("<g ") == 3 and "font-weight" not in made
    ElementTree.fromstring(made)


# README's part


def test_the_part_of_readme_is_there_in_every_language_and_english_elsewhere() -> None:
    shown = {language: prose.download_html(language) for language in LANGUAGES}
    assert all("python3 main.py" in one and "macOS" in one and "<!--" not in one for one in shown.values())
    assert prose.download_html("xx") == shown["en"]


def test_readme_is_shown_as_html_and_harmless() -> None:
    text = (
        "## A & b\n\n    x < 1\n\n- **one** `a<b>`\n- *two*\n  more\n\nSee [us](https://a.org/?b&c) or [it](OTHER.md)."
    )
    parts = [prose.paragraph_html(one, "en") for one in text.split("\n\n")]
    assert parts == [
        "<h2>A &amp; b</h2>",
        "<pre><code>x &lt; 1</code></pre>",
        "<ul>\n<li><strong>one</strong> <code>a&lt;b&gt;</code></li>\n<li><em>two</em> more</li>\n</ul>",
        '<p>See <a href="https://a.org/?b&amp;c">us</a> or it.</p>',
    ]
