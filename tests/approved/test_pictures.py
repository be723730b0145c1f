"""Every stage looks as somebody has seen and approved it: tests/approved/pictures/."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QRawFont

from engine.contract.catalogue import load
from engine.contract.text import LANGUAGES
from gui.stage.fields_on_stage import words_and_marks
from gui.views import load_view
from tests.approved import approved_pictures
from tests.approved.approved_pictures import FOLDER, check_pictures, facts, made_with, picture_differences
from tests.approved.palette import difference, image_of, keep, pixels_of
from tests.approved.sheet import Pair, contact_sheet
from tests.approved.stage import LATIN_FONT, SIZE, appearance, own_fonts, shown
from tests.shots import openings
from tests.walk import EXPERIMENT_IDS
from tools.font_subset import SUBSETS


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_it_looks_as_was_approved(qapp, request, experiment_id):
    check_pictures(experiment_id, quick=request.node.get_closest_marker("openings") is not None)


def test_there_are_pictures_of_every_experiment_and_no_others():
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == sorted(EXPERIMENT_IDS)
    assert set(made_with()) == set(facts())


@pytest.mark.whole
def test_the_bundled_fonts_have_every_sign_that_stands_on_a_stage(qapp):
    fonts = [QRawFont(str(path), 12) for path in (LATIN_FONT, *(one.path for one in SUBSETS))]
    lacking = {}
    for experiment_id in EXPERIMENT_IDS:
        for language in LANGUAGES:
            with appearance(language, "light", 1.0), shown(load_view(experiment_id)(load(experiment_id)), SIZE) as view:
                shot = openings(experiment_id)[0]
                view.draw(shot.params, shot.frame)
                signs = {sign for words, _ in words_and_marks(view.stage) for sign in words if sign > " "}
            unknown = {sign for sign in signs if not any(font.supportsCharacter(ord(sign)) for font in fonts)}
            if unknown:
                lacking[experiment_id] = unknown
    assert not lacking


def _number(text: str) -> np.ndarray:
    image = QImage(200, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = QFont("Layerwise Test Sans")
    font.setPixelSize(11)
    painter.setFont(font)
    painter.drawText(20, 30, text)
    painter.end()
    return pixels_of(image)


@pytest.mark.parametrize("other", ["0.138", "0.136", "0.193", "-0.139", "0.130", "1.139"])
def test_another_figure_is_seen(qapp, tmp_path, other):
    with own_fonts():
        keep(_number("0.139"), tmp_path / "kept.png")
        kept = pixels_of(QImage(str(tmp_path / "kept.png")))
        assert difference(kept, _number("0.139")) is None
        assert difference(kept, _number(other)) is not None


def test_a_picture_of_many_colours_is_the_same_as_its_kept_one_and_another_is_not(qapp, tmp_path):
    across, down = np.meshgrid(np.arange(256), np.arange(120))
    many = (across << 16 | down << 8 | (across + down) // 2).astype(np.uint32)
    keep(many, tmp_path / "kept.png")
    kept = pixels_of(QImage(str(tmp_path / "kept.png")))
    assert difference(kept, many) is None
    assert difference(kept, many[:, ::-1]).mean() > 0.5
    assert difference(kept, many[:, 1:]).all()
    one_pixel = many.copy()
    one_pixel[10, 10] = 0xFFFFFF
    assert difference(kept, one_pixel) is None


def test_what_differs_is_named_and_put_on_a_sheet(qapp):
    before = np.full((40, 60), 0xFFFFFF, np.uint32)
    now = before.copy()
    now[10:13, 20:25] = 0x0000FF
    pair = Pair("AND, run", before, now, difference(before, now))
    assert pair.words == "AND, run: 15 pixels differ, x from 20 to 24, y from 10 to 12"
    path = contact_sheet("gates", [pair])
    sheet = QImage(str(path))
    assert sheet.width() > 3 * 600 and {0x0000FF, 0xFF0000} <= set(np.unique(pixels_of(sheet)).tolist())
    assert np.array_equal(pixels_of(image_of(now)), now)


def test_elsewhere_a_difference_is_a_warning(qapp, monkeypatch):
    monkeypatch.setattr(approved_pictures, "picture_differences", lambda *_: ["gates: 9 pixels differ"])
    with pytest.raises(AssertionError, match="9 pixels"):
        check_pictures("gates")
    monkeypatch.setattr(approved_pictures, "facts", lambda: {**made_with(), "qt": "7.0"})
    with pytest.warns(UserWarning, match="9 pixels"):
        check_pictures("gates")


def test_a_picture_that_is_gone_or_new_is_told(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr(approved_pictures, "FOLDER", tmp_path)
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "alike.json").write_text(json.dumps({"old": "defaults"}))
    told = picture_differences("gates", quick=False)
    assert "old: is drawn no more" in told and "defaults: there is no approved picture" in told
