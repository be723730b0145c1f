"""Packs: read alike from a folder and a .zip, proved with file and line, kept by id and taken away."""

from __future__ import annotations

import sys

import pytest

from engine.contract.text import LANGUAGES, Refused
from engine.guides.guide import load_guide
from engine.packs.files import archive_of, read_files
from engine.packs.installed import folders_in_wheels, guides_over, installed_in, progress_key, take_away, take_in
from engine.packs.making import EXAMPLE, make_pack
from engine.packs.pack import read_pack
from tests.engine.packs.made import example, folder_of, proved, small, zip_of

_GUIDE, _LESSON = "guide/en/gates.md", "lessons/or.lesson.json"


def changed(before: str, after: str, name: str = _GUIDE) -> dict[str, bytes]:
    files = example()
    text = files[name].decode()
    assert before in text
    return {**files, name: text.replace(before, after, 1).encode()}


# Reading


def test_a_folder_its_zip_and_a_zip_of_the_folder_itself_are_one_pack(tmp_path):
    files = example()
    folder = read_pack(folder_of(tmp_path / "a", files))
    packed = read_pack(zip_of(tmp_path / "b.zip", files))
    around = read_pack(zip_of(tmp_path / "c.zip", {f"my pack/{name}": content for name, content in files.items()}))
    assert folder.files == packed.files == around.files
    assert folder.digest == packed.digest == around.digest
    (tmp_path / "d.zip").write_bytes(archive_of(files))
    assert read_pack(tmp_path / "d.zip").digest == folder.digest
    assert archive_of(files) == archive_of(dict(reversed(files.items())))


def test_what_systems_add_by_themselves_is_left_out(tmp_path):
    more = {".DS_Store": b"x", "__MACOSX/._pack.toml": b"x", "data/Thumbs.db": b"x", ".git/config": b"x"}
    assert read_pack(folder_of(tmp_path / "a", {**example(), **more})).files == example()
    assert read_pack(zip_of(tmp_path / "a.zip", {**example(), **more})).files == example()


def test_any_byte_and_any_name_changes_the_digest(tmp_path):
    digests = {
        read_pack(zip_of(tmp_path / f"{number}.zip", files)).digest
        for number, files in enumerate(
            [example(), changed("Which b", "What b"), {**example(), "data/u.csv": example()["data/leaves.csv"]}]
        )
    }
    assert len(digests) == 3


def test_a_guide_is_given_in_the_language_asked_for_or_in_one_that_there_is(tmp_path):
    both = read_pack(EXAMPLE)
    for language in LANGUAGES:
        assert both.guide("gates", language).language == (language if language in both.manifest.languages else "en")
    files = {
        name: content
        for name, content in changed('["en", "zh_CN"]', '["zh_CN"]', "pack.toml").items()
        if "/en/" not in name
    }
    alone = read_pack(folder_of(tmp_path / "a", files))
    assert alone.guide("gates", "en").language == "zh_CN"


def test_what_is_not_seen_is_taken_out_of_a_guide(tmp_path):
    files = changed("Which b does that?", "Which b\u202e does\u0007 that?")
    guide = read_pack(folder_of(tmp_path / "a", files)).guide("gates", "en")
    said = "".join(span.text for block in guide.blocks for span in block.spans)
    assert "\u202e" not in said and "\u0007" not in said


# Proving


def test_the_example_holds():
    assert proved(read_pack(EXAMPLE)) == ()


@pytest.mark.parametrize(
    ("files", "file", "line", "reason"),
    [
        (changed('correct=4 "Points right")\n', 'correct=2 "Points right")\n'), _GUIDE, 11, "no answer to"),
        (changed("(claim:correct=2)", "(claim:correct>3)"), _GUIDE, 11, "several answers to"),
        (changed("#correct=2)", "#correct=3)"), _GUIDE, 23, "correct=3, but it is 2"),
        (changed("target=OR&b=-0.1 |", "target=OR&b=-2 |"), _GUIDE, 11, "with target=OR, b=-2: no answer to"),
        (changed("`1 - b`", "`1 + b`"), _GUIDE, 17, "slips of"),
        (changed("w1:1,w2:1,b:-0.5;", "w1:1,w2:1,b:-0.45;"), _GUIDE, 29, "the reference target=OR"),
        (changed("near=target:OR,b:-0.3;", "near=target:OR,w1:1,w2:1,b:-0.5;"), _GUIDE, 29, "is to miss the goal"),
        (changed("[bias](term:bias)", "[bias](term:byas)"), _GUIDE, 36, "no term “byas”"),
        (changed("(formula:weighted_sum)", "(formula:sum)"), _GUIDE, 38, "no formula “sum”"),
        (changed("A larger b is", "[0.6](value:weighted_sums[3]) A b is"), _GUIDE, 42, "“weighted_sums[3]” is 0.8"),
        (changed("weighted_sums[3] ", "weighted_sums[9] "), _GUIDE, 18, "“weighted_sums[9]”: there is no place 9"),
        (changed("weighted_sums[3] ", "sums[3] "), _GUIDE, 18, "there are inputs, weighted_sums, outputs"),
        (changed("`0.5 + b`", "`0.5 + bias`"), _GUIDE, 20, "names “bias”; there are target, w1, w2, b"),
        (changed("(try:target=OR&b=-0.4)", "(try:target=NOR&b=-0.4)"), _GUIDE, 17, "“NOR”"),
        (changed("[b = {b}](try:target=OR&b=-0.4)", "[b = {bias}](try:target=OR&b=-0.4)"), _GUIDE, 17, "{bias}"),
        (changed("correct=2", "correct=4", _LESSON), _LESSON, 51, "same claim"),
        (changed('"answers": [', '"anwsers": [', _LESSON), _LESSON, 45, "no “anwsers”"),
        (changed('"steps": [', '"stesp": [', _LESSON), _LESSON, 12, "no “stesp”"),
        (changed("willow", "1,willow", "data/leaves.csv"), "data/leaves.csv", 2, "cells"),
        ({name: one for name, one in example().items() if "zh_CN" not in name}, "guide/zh_CN/gates.md", 1, "no guide"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told_with_file_and_line(tmp_path, files, file, line, reason):
    found = proved(read_pack(folder_of(tmp_path / "a", files)))
    told = [(one.file, one.line, one.text.render("en")) for one in found]
    assert any((one[0], one[1]) == (file, line) and reason in one[2] for one in told), told
    assert all(one.text.render("zh_CN") for one in found)


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("(claim:correct=3)", "(claim:correct)", 12, "not a claim"),
        ("(try:target=OR&b=-0.4)", "(try:target)", 17, "not a try"),
        ("  - slip: `0.5 + b`", "  - slipp: `0.5 + b`", 19, "“slipp:” is none of them"),
        ("reference=target:OR,", "", 28, "not a goal"),
        ("**A larger b is no larger weight.**", "**A larger b", 42, "no markup"),
    ],
)
def test_a_guide_that_cannot_be_read_is_refused_with_the_line(tmp_path, before, after, line, reason):
    with pytest.raises(Refused, match=rf"guide/en/gates\.md, line \d+: .*{reason}") as refused:
        read_pack(folder_of(tmp_path / "a", changed(before, after)))
    assert abs(int(str(refused.value).partition("line ")[2].partition(":")[0]) - line) <= 1


def test_what_a_new_pack_is_called_is_its_id_and_it_holds(tmp_path):
    make_pack(tmp_path / "or-gate")
    assert read_pack(tmp_path / "or-gate").id == "or-gate"
    assert read_files(tmp_path / "or-gate")["guide/en/gates.md"] == example()["guide/en/gates.md"]
    make_pack(tmp_path / "Or Gate")
    assert read_pack(tmp_path / "Or Gate").id == "my-pack"
    with pytest.raises(Refused, match="there already"):
        make_pack(tmp_path / "or-gate")


# Keeping


def test_a_pack_is_kept_by_its_id_and_goes_without_a_trace(tmp_path):
    folder = tmp_path / "packs"
    assert installed_in(folder) == ()
    pack = take_in(zip_of(tmp_path / "Downloaded (1).zip", small("some")), folder)
    assert [one.pack.id for one in installed_in(folder)] == ["some"] and pack.path == folder / "some.zip"
    with pytest.raises(Refused, match="already"):
        take_in(zip_of(tmp_path / "again.zip", small("some")), folder)
    again = zip_of(tmp_path / "again.zip", {**small("some"), "data/u.csv": small()["data/t.csv"]})
    assert take_in(again, folder, replaces=True).data == ("data/t.csv", "data/u.csv")
    take_away(pack.path)
    assert not folder.exists()


def test_a_fault_in_one_names_it_and_leaves_the_others(tmp_path):
    folder_of(tmp_path / "good", small("good"))
    folder_of(tmp_path / "false", small("good"))
    zip_of(tmp_path / "good.zip", small("good"))
    (tmp_path / "odd.zip").write_bytes(b"PK")
    (tmp_path / "notes.txt").write_bytes(b"")
    found = {one.path.name: one.fault and one.fault.render("en") for one in installed_in(tmp_path)}
    assert found["good"] is None and "notes.txt" not in found
    assert "calls itself “good”" in found["false"] and "left out" in found["good.zip"] and "odd.zip" in found["odd.zip"]


def test_a_wheel_brings_one_by_its_entry_point_and_nothing_of_it_is_imported(tmp_path, monkeypatch):
    folder_of(tmp_path / "site" / "some_pack", small("some"))
    points = b"[layerwise.packs]\nsome = some_pack\n"
    metadata = {"METADATA": b"Name: some-pack\nVersion: 1\n", "entry_points.txt": points}
    folder_of(tmp_path / "site" / "some_pack-1.dist-info", metadata)
    monkeypatch.syspath_prepend(tmp_path / "site")
    (path,) = folders_in_wheels()
    (found,) = installed_in(tmp_path / "packs", (path,))
    assert found.is_wheel and found.pack.id == "some" and "some_pack" not in sys.modules


def test_a_link_in_the_folder_is_taken_away_and_what_it_leads_to_stays(tmp_path):
    there = folder_of(tmp_path / "elsewhere", small("some"))
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "some").symlink_to(there, target_is_directory=True)
    take_away(tmp_path / "packs" / "some")
    assert (there / "pack.toml").exists() and not (tmp_path / "packs").exists()


def test_its_guides_stand_beside_ours_under_keys_of_their_own():
    pack = read_pack(EXAMPLE)
    (further,) = guides_over("gates", (pack,))
    assert (further.source, further.name.render("en")) == ("my-pack", "My first pack")
    assert further.progress == progress_key("my-pack", "gates")
    assert further.load("zh_CN") == pack.guides["gates", "zh_CN"] != load_guide("gates", "zh_CN")
    assert guides_over("xor", (pack,)) == ()
    assert progress_key("my-pack", "gates") == "pack__my_pack__gates"
