"""A table from a CSV file: what is read of it, what a network is told, and what is wrong with one that is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.contract.text import LANGUAGES, Refused
from engine.data.own_images import own_images
from engine.data.own_picture import own_picture
from engine.data.own_table import MOST_LINES, own_table, own_table_file, table_of_text
from engine.data.plane_sets import OUTER

FLOWERS = "long;wide;deep;kind\n1,5;2;7;rose\n2,5;2;9;aster\n3,5;2;8;rose\n2,0;2;7;aster\n"


def _lines(count, line="1,2,a\n3,4,b\n"):
    return line * (count // 2)


def test_numbers_names_and_classes_are_read_as_spreadsheets_write_them():
    table = table_of_text(FLOWERS + FLOWERS.partition("\n")[2])
    assert table.names == ("long", "wide", "deep") and table.classes == ("aster", "rose")
    assert table.labels.tolist() == [1, 0, 1, 0] * 2
    assert table.values[:4, 0] == pytest.approx([-OUTER, 0, OUTER, -OUTER / 2])
    assert not table.values[:, 1].any(), "a column of one value lies in the middle"
    plain = table_of_text(_lines(8))
    assert plain.names == ("x1", "x2") and plain.classes == ("a", "b")


def test_a_section_has_the_drawn_columns_at_the_places_and_the_others_at_their_means():
    table = own_table("")
    places = np.array([[0.5, -1.0], [2.0, 0.0]])
    told = table.section(places, (0, 2, 3), (3, 0))
    assert told[:, 0].tolist() == [-1.0, 0.0] and told[:, 2].tolist() == [0.5, 2.0] and told[:, 3].tolist() == [1, 1]
    assert told[:, 1] == pytest.approx([table.values[:, 2].mean()] * 2)
    np.testing.assert_array_equal(table.inputs((1, 2))[:, :2], table.values[:, 1:3])


def test_the_kinds_of_the_example_differ_in_weight_for_their_size_alone():
    table = own_table("")
    assert table.values.shape == (300, 4) and np.bincount(table.labels).tolist() == [150, 150]
    target = 2.0 * table.labels - 1

    def right_by_a_plane(*columns):
        inputs = table.inputs(columns)
        return ((inputs @ np.linalg.lstsq(inputs, target, rcond=None)[0] > 0) == table.labels).mean()

    assert right_by_a_plane(0, 1, 2) == 1.0
    assert max(right_by_a_plane(0, 1), right_by_a_plane(0, 1, 3)) < 0.62 and right_by_a_plane(2) < 0.75


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_lines(8) + "5,6\n", "line 9 has 2 cells"),
        (_lines(8) + "5,x,a\n", "line 9: “x” is not a number"),
        (_lines(8) + "5,nan,a\n", "line 9: “nan”"),
        (_lines(8) + "5,6,\n", "line 9 has no class"),
        ("1,a\n" * 9, "line 1 has 2 cells: 2 to 8 numbers"),
        ("1," * 9 + "a\n", "line 1 has 10 cells"),
        (_lines(6), "has 6 lines of numbers"),
        ("", "has 0 lines of numbers"),
        (_lines(MOST_LINES) + "1,2,a\n", f"line {MOST_LINES + 1}: at most {MOST_LINES}"),
        ("1,2,a\n" * 9, "1 different classes"),
        ("".join(f"1,2,{name}\n" for name in "abcdeabcde"), "5 different classes"),
    ],
)
def test_what_is_no_table_is_refused_with_the_line(text, said):
    with pytest.raises(Refused, match=said) as refused:
        table_of_text(text)
    assert all(refused.value.text.render(language) for language in LANGUAGES)


def test_a_file_is_read_anew_once_it_has_changed_and_a_large_one_is_refused_unread(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(_lines(8), encoding="utf-8")
    assert len(own_table(str(path)).values) == 8 and own_table_file(path) == path.read_bytes()
    path.write_text(_lines(20), encoding="utf-8")
    assert len(own_table(str(path)).values) == 20
    path.write_bytes(b"1,2,a\n" * 200_000)
    with pytest.raises(Refused, match="larger than"):
        own_table(str(path))


def test_very_large_numbers_and_their_differences_have_room():
    table = table_of_text("1e308,1,a\n-1e308,2,b\n" * 4)
    assert np.isfinite(table.values).all() and table.values[:2, 0] == pytest.approx([OUTER, -OUTER])


@pytest.mark.parametrize("read", [own_table, lambda path: own_images(Path(path)), lambda path: own_picture(Path(path))])
@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_name_that_no_file_can_have_is_refused(read, name):
    with pytest.raises(Refused) as refusal:
        read(name)
    assert len(refusal.value.text.render("en")) < 700 and refusal.value.text.render("zh_CN").isprintable()
