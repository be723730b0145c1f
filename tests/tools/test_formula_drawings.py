"""The drawings of the formulas come from the formulas as they are written now."""

import shutil

import pytest

from tools import formulas


@pytest.fixture
def folder(tmp_path):
    copied = tmp_path / "formulas"
    shutil.copytree(formulas.FOLDER, copied)
    return copied


def test_the_drawings_of_this_checkout_are_up_to_date():
    assert not formulas.stale()


def test_a_changed_formula_is_out_of_date_until_it_is_drawn(folder):
    (folder / "another.toml").write_text("line = '''y = a x'''\n", encoding="utf-8")
    assert formulas.stale(folder)
    formulas.build(folder)
    assert not formulas.stale(folder)
    assert (folder / "line.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_drawing_that_is_gone_left_over_or_changed_by_hand_is_out_of_date(folder):
    drawing = folder / "sigmoid.svg"
    original = drawing.read_text(encoding="utf-8")
    drawing.write_text(original.replace("</svg>", "<g/></svg>"), encoding="utf-8")
    assert formulas.stale(folder)
    drawing.write_text(original, encoding="utf-8")
    assert not formulas.stale(folder)
    shutil.copy(drawing, folder / "left_over.svg")
    assert formulas.stale(folder)
    formulas.build(folder)
    assert not (folder / "left_over.svg").exists()
    drawing.unlink()
    assert formulas.stale(folder)


def test_line_ends_of_another_system_make_no_difference(folder):
    for drawing in folder.glob("*.svg"):
        drawing.write_bytes(drawing.read_bytes().replace(b"\n", b"\r\n"))
    assert not formulas.stale(folder)


def test_drawing_again_gives_the_same_files(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    formulas.build(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_letters_are_outlines_so_that_no_font_is_needed():
    for drawing in formulas.FOLDER.glob("*.svg"):
        text = drawing.read_text(encoding="utf-8")
        assert "<text" not in text
        assert "<path" in text


@pytest.mark.parametrize(
    "written",
    [("x = 'a'", "x = 'b'"), ("Bad = 'a'",), ("'../x' = 'a'",)],
    ids=["repeated", "capital", "path"],
)
def test_a_bad_or_repeated_id_is_refused_by_name(tmp_path, written):
    for number, text in enumerate(written):
        (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="formula '"):
        formulas.read_formulas(tmp_path)
