"""The form of guides, and, walking over all experiments, that every guide is there and every word of it holds."""

import re
import tomllib
from collections import Counter

import pytest

from engine.contract.catalogue import RESOURCES, chapters, entries, load
from engine.contract.frame import frame_fields
from engine.contract.language import CHINESE, ENGLISH, language_of
from engine.contract.text import LANGUAGES, Refused
from engine.exercises import exercises_of
from engine.guides.claim import field_value
from engine.guides.guide import FEWEST_TRIES, guide_path, load_guide, parse_guide
from engine.guides.mistakes import mistakes
from engine.guides.proving import faults_of_prose, faults_of_verdict
from engine.guides.sections import Span
from engine.guides.tries import check_try
from tests.offenders import for_each
from tests.shots import verdicts

GOOD = """# A title

## Question
What is
it?

## Try
- [b = 1](try:b=1#smallest_distance<1): the line
  slides to (0, 1).
  - [=](claim:correct=4 "Points right")
- [w](try:w1=1#correct=2) What now?
  - [two](claim:correct=2 "Points") Because.
  - [three](claim:correct=3)
- [c](try:)
  - [=](claim:correct=2 "Points right")

## See
A [perceptron](term:perceptron) with **force**, *care* and `code`.
<!-- mistake: noand --> <!-- a remark -->

- an item
- another

![a = b](formula:weighted_sum)

## Pitfall
None.

## In the book
Chapter 2.

## Next
What then?
"""

EVERY_GUIDE = [(entry.id, language) for entry in entries() for language in LANGUAGES]
# How many experiments each chapter has when it is finished: then all of its mistakes must have been dealt with.
FINISHED = {2: 3, 3: 4, 4: 5, 5: 4, 6: 6, 7: 5}


def _guide(text=GOOD, language="en"):
    return parse_guide(text, "some", language)


# The form


def test_all_parts_of_a_guide_are_read():
    guide = _guide()
    assert guide.title == "A title"
    assert [span.text for span in guide.question[0].spans] == ["What is it?"] and not guide.lead
    assert guide.next == "What then?"
    assert [block.is_item for block in guide.see] == [False, True, True, False]
    spans = [span for span in guide.spans if span != Span("text", span.text)]
    assert spans == [
        Span("term", "perceptron", "perceptron"), Span("text", "force", strong=True),
        Span("text", "care", emphasis=True), Span("code", "code"), Span("formula", "a = b", "weighted_sum"),
    ]  # fmt: skip
    assert guide.mistakes == ("noand",)
    first, second, third = guide.tries
    assert (first.words, first.text) == ("b = 1", "the line slides to (0,\N{NO-BREAK SPACE}1).")
    assert [(str(claim), claim.label) for claim in first.claims] == [
        ("correct=4", "Points right"), ("smallest_distance<1", "")
    ]  # fmt: skip
    assert [(answer.words, answer.claims[0].label, answer.why) for answer in second.answers] == [
        ("two", "Points", "Because."), ("three", "", "")
    ]  # fmt: skip
    assert (third.answers, [str(claim) for claim in third.claims]) == ((), ["correct=2"])


def test_what_is_asked_about_may_be_said_before_the_question():
    guide = _guide(GOOD.replace("What is\nit?", "It is a\n[line](term:perceptron).\n\nWhat does it do?"))
    assert "".join(span.text for span in guide.lead[0].spans) == "It is a line."
    assert [span.text for block in guide.question for span in block.spans] == ["What does it do?"]


def test_lines_of_chinese_join_without_a_space():
    text = GOOD
    for name, heading in ENGLISH.headings.items():
        text = text.replace(f"## {heading}\n", f"## {language_of(CHINESE).headings[name]}\n")
    text = text.replace("What is\nit?", "这是\n什么，\nw 吗？")
    assert _guide(text, "zh_CN").question[0].spans[0].text == "这是什么，w 吗？"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("再加一条，也就是\n[与门](term:and_gate)，就行了。", "再加一条，也就是与门，就行了。"),
        ("**先复制。** 这样\n才对。", "先复制。这样才对。"),
        ("**先复制。** `x = 1`\n**不** 行", "先复制。x = 1 不行"),
        ("[感知机](term:perceptron)\n会学习 **（慢）**。", "感知机会学习（慢）。"),
    ],
)
def test_chinese_closes_up_over_links_and_emphasis(written, shown):
    text = GOOD
    for name, heading in ENGLISH.headings.items():
        text = text.replace(f"## {heading}\n", f"## {language_of(CHINESE).headings[name]}\n")
    block = _guide(text.replace("What is\nit?", written), "zh_CN").question[0]
    assert "".join(span.text for span in block.spans) == shown


def test_windows_line_ends_make_no_difference():
    assert _guide(GOOD.replace("\n", "\r\n")) == _guide()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("# A title\n", "", "begin with"),
        ("# A title\n", "# A title\nMore.\n", "begin with"),
        ("## Pitfall\nNone.\n", "", "sections are"),
        ("## See", "## Look", "sections are"),
        ("## Pitfall\nNone.\n", "## Pitfall\n", "“Pitfall” is empty"),
        ("What then?", "", "“Next” is empty"),
        ("What then?", "A [term](term:bias)?", "can stand"),
        ('- [c](try:)\n  - [=](claim:correct=2 "Points right")\n', "", "2 tries"),
        ("- [c](try:)", "- c", "begin with a link"),
        ("- [c](try:)", "- [c](term:bias)", "begin with a link"),
        ("- [c](try:)", "- [c](try:b)", "not a try"),
        ("- [c](try:)", "- [c](try:#correct)", "not a claim"),
        ("- [c](try:)", "- [c](try:) see [x](term:bias)", "can stand"),
        ("- [c](try:)", "Prose.\n- [c](try:)", "is no item"),
        ("- [c](try:)", '- [c](try:#correct=2 "Points right")', "label of no claim"),
        ('  - [=](claim:correct=2 "Points right")\n', "", "neither a result nor answers"),
        ('(claim:correct=2 "Points right")', "(claim:correct=2)", "has no label"),
        ('(claim:correct=2 "Points right")', '(claim:correct=2&update=0 "Points right")', "belongs to one"),
        ("  - [three](claim:correct=3)\n", "", "1 answers"),
        ("  - [three](claim:correct=3)\n", "  - [three](claim:correct=3)\n" * 4, "5 answers"),
        ("(claim:correct=3)", "(term:bias)", "begin with a link"),
        ("A [perceptron](term:perceptron)", "A [perceptron](https://example.org)", "can stand"),
    ],
)
def test_damage_is_refused_with_the_file_and_the_reason(before, after, reason):
    assert before in GOOD
    with pytest.raises(Refused, match=f"en/some.md: .*({reason})") as refused:
        _guide(GOOD.replace(before, after, 1))
    assert "\n" not in str(refused.value)


def test_a_missing_guide_is_refused_by_name():
    with pytest.raises(Refused, match=r"en/no_such\.md is missing"):
        load_guide("no_such", "en")


def test_a_language_that_there_is_not_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="must be one of"):
        load_guide("gates", "de")


# Every guide


@for_each(EVERY_GUIDE, lambda *guide: " ".join(guide))
def test_a_guide_has_the_title_of_its_experiment(experiment, language):
    assert load_guide(experiment, language).title == load(experiment).title.render(language)


@pytest.mark.parametrize("experiment", [entry.id for entry in entries()])
def test_every_try_is_true_and_exactly_one_answer(experiment, request):
    """Of one language: that the others claim the same is a law of its own, below."""
    found = _verdicts(experiment, request.config.getoption("--whole"))
    assert {asked.target for asked, _ in found} == {one.target for one in load_guide(experiment, LANGUAGES[0]).tries}
    for asked, verdict in found:
        assert not faults_of_verdict(asked, verdict), asked.target


@pytest.mark.parametrize(("experiment", "language"), EVERY_GUIDE)
def test_every_result_is_told_in_words_of_the_language(experiment, language):
    names = frame_fields(load(experiment).frame_type)
    identifiers = {name for name in names if "_" in name} | {"true", "false", "nan", "status", "kind", "frame"}
    for _, verdict in verdicts(experiment, language):
        for finding in _told(verdict):
            text = finding.text.render(language)
            words = set(re.findall(r"\w+", text, re.ASCII))
            assert not words & identifiers, text
            assert not re.search(r"[a-z]_[a-z]", text), text
            if language == "en":
                assert not text[0].islower(), text
                assert text.endswith(".") and not text.endswith(".."), text
            else:
                assert re.search(r"[\u3041-\u9fff]", finding.claim.label), text
                assert text.endswith("。") and "。。" not in text, text


@for_each(EVERY_GUIDE, lambda *guide: " ".join(guide))
def test_a_label_is_the_name_of_one_quantity(experiment, language):
    names = {
        (claim.label, claim.field)
        for asked in load_guide(experiment, language).tries
        for claim in (*asked.claims, *(claim for answer in asked.answers for claim in answer.claims))
        if claim.label
    }
    assert max(Counter(label for label, _ in names).values()) == 1, names
    assert max(Counter(field for _, field in names).values()) == 1, names


@for_each(EVERY_GUIDE, lambda *guide: " ".join(guide))
def test_every_answer_has_a_result_to_be_told(experiment, language):
    for asked in load_guide(experiment, language).tries:
        for answer in asked.answers:
            assert any(claim.label for claim in (*answer.claims, *asked.claims)), answer.words


@for_each([(entry.id, language) for entry in entries() for language in LANGUAGES[1:]])
def test_every_language_has_the_same_tries_answers_terms_formulas_and_mistakes(experiment, language):
    english, translated = load_guide(experiment, "en"), load_guide(experiment, language)
    assert [asked.target for asked in english.tries] == [asked.target for asked in translated.tries]
    assert [_claimed(asked) for asked in english.tries] == [_claimed(asked) for asked in translated.tries]
    again = [
        [
            (asked.variants, asked.here, asked.explained, [one.refuted and one.refuted.target for one in asked.reasons])
            for asked in guide.tries
        ]
        for guide in (english, translated)
    ]
    assert again[0] == again[1]
    assert english.mistakes == translated.mistakes
    for kind in ("term", "formula", "value"):
        ids = [sorted(span.id for span in guide.spans if span.kind == kind) for guide in (english, translated)]
        assert ids[0] == ids[1]


@for_each([entry.id for entry in entries()])
def test_tries_are_remembered_by_keys_of_their_own_that_no_language_changes(experiment):
    keys = [[asked.key for asked in load_guide(experiment, language).tries] for language in LANGUAGES]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(keys[0])


@pytest.mark.parametrize(("experiment", "language"), EVERY_GUIDE)
def test_numbers_of_the_prose_are_those_of_the_opening_frame_and_what_it_names_is_there(experiment, language):
    guide = load_guide(experiment, language)
    assert not faults_of_prose(load(experiment), guide)
    assert all(span.text for span in guide.spans if span.kind == "formula"), "words to be read aloud"


@for_each(EVERY_GUIDE, lambda *guide: " ".join(guide))
def test_a_guide_is_short_and_has_tries_enough(experiment, language):
    guide = load_guide(experiment, language)
    assert len(guide.tries) >= FEWEST_TRIES
    assert sum(len(span.text) for span in guide.spans) < language_of(language).guide_limit


@for_each([entry.id for entry in entries()])
def test_chinese_sentences_are_short_and_their_punctuation_is_full_width(experiment):
    guide = load_guide(experiment, "zh_CN")
    texts = ["".join(span.text for span in block.spans if span.kind != "formula") for block in guide.blocks]
    texts += [text for asked in guide.tries for text in (asked.text, *(answer.why for answer in asked.answers))]
    for text in texts:
        for sentence in re.split("[。！？；：]", text):
            assert len(re.findall(r"[\u4e00-\u9fff]", sentence)) <= 30, sentence
        assert not re.search(r"[\u4e00-\u9fff][,.:;?!()]|[,.:;?!()][\u4e00-\u9fff]", text), text
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", text), text
        assert not re.search("您|我们可以看到|进行", text), text


@for_each([entry.id for entry in entries()])
def test_no_guide_lies_about_without_an_experiment_or_is_missing_one(experiment):
    for language in LANGUAGES:
        assert guide_path(experiment, language).is_file()
        found = {path.stem for path in guide_path(experiment, language).parent.glob("*.md")}
        assert found == {entry.id for entry in entries()}


# Mistakes


def test_every_mistake_is_listed_once_in_both_languages():
    assert len({mistake.id for mistake in mistakes()}) == len(mistakes()) == 29
    for mistake in mistakes():
        assert all(mistake.text.render(language) for language in LANGUAGES)
        assert mistake.chapter in FINISHED
    with (RESOURCES / "mistakes.toml").open("rb") as file:
        assert [record["en"] for record in tomllib.load(file)["mistake"]] == [m.text.render("en") for m in mistakes()]


def test_a_mistake_is_dealt_with_in_its_chapter_and_told_by_one_guide_at_most():
    chapter_of = {mistake.id: mistake.chapter for mistake in mistakes()}
    told = [(mistake, entry) for entry in entries() for mistake in load_guide(entry.id, "en").mistakes]
    mended = [(one.mends, entry) for entry in entries() for one in exercises_of(entry.id) if one.mends]
    for mistake, entry in (*told, *mended):
        assert chapter_of.get(mistake) == entry.chapter, f"{entry.id}: {mistake}"
    for claimed in (told, mended):
        assert not [mistake for mistake, times in Counter(mistake for mistake, _ in claimed).items() if times > 1]


def test_a_finished_chapter_has_dealt_with_all_of_its_mistakes():
    for chapter in chapters():
        if len(chapter.entries) >= FINISHED[chapter.number]:
            told = {mistake for entry in chapter.entries for mistake in load_guide(entry.id, "en").mistakes}
            mended = {one.mends for entry in chapter.entries for one in exercises_of(entry.id) if one.mends}
            assert told | mended == {mistake.id for mistake in mistakes() if mistake.chapter == chapter.number}


# What the notes and the book say of AND


def test_the_notes_and_is_half_as_far_from_its_points_as_that_of_the_book():
    distances = {}
    for asked in load_guide("gates", "en").tries:
        verdict = check_try(load("gates"), asked)
        distances[asked.changes.get("b")] = field_value(verdict.frame, "smallest_distance")
    assert distances["-0.9"] == pytest.approx(distances["-0.7"] / 2) == pytest.approx(0.1414, abs=1e-4)


def _verdicts(experiment, whole):
    """Each try with what comes of it, by its own seed or by any; of the whole, by several."""
    if not whole:
        return verdicts(experiment, LANGUAGES[0])
    every = load_guide(experiment, LANGUAGES[0]).tries
    return [
        (asked, check_try(load(experiment), asked, seed=seed))
        for asked in every
        for seed in seeds_of(load(experiment), asked.seed, whole)
    ]


def seeds_of(experiment, written, whole):
    """The seed that is written; or any one. Of the whole, five where chance matters, and two where a run takes long."""
    if written is not None or not experiment.uses_seed or not whole:
        return (written or 0,)
    return range(2 if experiment.shape == "run" else 5)


def _told(verdict):
    """The findings that have a label, of the try and of its answers."""
    every = (*verdict.findings, *(finding for findings in verdict.answers for finding in findings))
    return [finding for finding in every if finding.claim.label]


def _claimed(asked):
    """What a try and its answers claim, and which of it is told."""
    lists = (asked.claims, *(answer.claims for answer in asked.answers))
    return [[(str(claim), bool(claim.label)) for claim in claims] for claims in lists]
