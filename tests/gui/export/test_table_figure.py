"""The table of differences as a figure: every cell stands in it, below its heading, in every format of pictures."""

from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage

from engine.contract.catalogue import load
from engine.contract.numerals import NONE
from engine.contract.run import Run, Session
from engine.contract.table import Column, Table
from engine.contract.text import Refused
from engine.export.png_text import RUN_KEY, texts_of
from gui.export.formats import save_figure
from gui.export.table_figure import TableExport, TableFigure
from gui.style.theme import set_theme, theme
from tests.bilingual import both

SVG = "{http://www.w3.org/2000/svg}"
TABLE = Table(
    "differences",
    (
        Column("run", ["as it opens", "a name that somebody gave this run, and which is longer than any column"]),
        Column("rate", [0.5, 0.123456789], label=both("learning rate", "学习率")),
        Column("updates", [1200, 7], label=both("updates of the network until it was pinned", "更新次数")),
        Column("loss.last", [0.25, math.nan], label=both("loss, last", "损失（最后）")),
    ),
    both("What differs between the runs", "各次运行的差别"),
)


def _export():
    session = Session(Run("descent", load("descent").params_type()), 3)
    return TableExport("What differs", "loss: no order to be seen", session)


@pytest.fixture(params=["light", "dark"])
def figure(qapp, request):
    before = theme().name
    set_theme(request.param)
    yield TableFigure(TABLE, "What differs", "loss: no order to be seen")
    set_theme(before)


def test_each_cell_stands_in_the_drawing_and_nothing_leaves_it(figure, tmp_path: Path):
    save_figure(_export(), tmp_path / "t.svg", figure)
    root = ElementTree.fromstring((tmp_path / "t.svg").read_bytes())
    words = "".join(element.text or "" for element in root.iter(f"{SVG}text")).replace(" ", "")
    for cell in ("as it opens", "0.5", "0.123457", "1200", "7", "0.25", NONE, "learning", "rate", "loss, last",
                 "What differs", "no order to be seen"):  # fmt: skip
        assert cell.replace(" ", "") in words, cell
    assert "longerthananycolumn" not in words and "…" in words
    assert (float(root.get("width")), float(root.get("height"))) == figure.size.toTuple()
    save_figure(_export(), tmp_path / "t.png", figure)
    image = QImage(str(tmp_path / "t.png"))
    assert image.size() == figure.size * 2
    edge = {image.pixelColor(x, y).name() for x in range(image.width()) for y in (0, image.height() - 1)}
    edge |= {image.pixelColor(x, y).name() for y in range(image.height()) for x in (0, image.width() - 1)}
    assert edge == {theme().surface}


def test_the_picture_carries_the_session_and_the_page_is_as_large(figure, tmp_path: Path):
    save_figure(_export(), tmp_path / "t.png", figure)
    texts = texts_of(io.BytesIO((tmp_path / "t.png").read_bytes()))
    assert json.loads(texts[RUN_KEY])["experiment"] == "descent" and texts["Title"] == "What differs"
    save_figure(_export(), tmp_path / "t.pdf", figure)
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", (tmp_path / "t.pdf").read_bytes())
    width, height = figure.size.toTuple()
    assert float(box[1]) / float(box[2]) == pytest.approx(width / height, rel=1e-2)


def test_many_columns_stand_below_one_another_each_time_behind_the_first(qapp, tmp_path: Path):
    many = [Column(f"figure{number}", [number + 0.5, 7.0]) for number in range(40)]
    figure = TableFigure(Table("differences", (TABLE.columns[0], *many)), "Many", "")
    save_figure(_export(), tmp_path / "t.svg", figure)
    words = [element.text or "" for element in ElementTree.parse(tmp_path / "t.svg").getroot().iter(f"{SVG}text")]
    assert sum("as it opens" in one for one in words) > 1 and figure.size.width() <= 1000
    assert all(sum(f"{number + 0.5:g}" == one for one in words) == 1 for number in range(40))


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_table_without_rows_is_drawn_as_its_headings(qapp, tmp_path: Path, suffix):
    empty = Table("differences", tuple(Column(one.name, [], label=one.label) for one in TABLE.columns))
    figure = TableFigure(empty, "What differs", "")
    full = TableFigure(TABLE, "What differs", "")
    assert figure.size.height() < full.size.height()
    path = tmp_path / f"t.{suffix}"
    save_figure(_export(), path, figure)
    if suffix == "png":
        assert QImage(str(path)).size() == figure.size * 2
    elif suffix == "pdf":
        box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", path.read_bytes())
        assert float(box[1]) / float(box[2]) == pytest.approx(figure.size.width() / figure.size.height(), rel=1e-2)
    else:
        words = "".join(element.text or "" for element in ElementTree.parse(path).getroot().iter(f"{SVG}text"))
        assert all(head in words.replace(" ", "") for head in ("learningrate", "loss,last", "run"))


def test_what_is_no_picture_is_refused(figure, tmp_path: Path):
    with pytest.raises(Refused, match=re.escape(".png .svg .pdf")):
        save_figure(_export(), tmp_path / "t.csv", figure)
    assert not list(tmp_path.iterdir())
