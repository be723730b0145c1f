"""Frames of a run are the figures of its steps, on axes that stand still."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter

from engine.contract.catalogue import load
from engine.contract.run import Change, Run
from engine.contract.text import Refused, untranslated
from engine.export.record import Export
from engine.playing import Player
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.making import about_bytes, write_moving
from gui.export.moving.moments import moments_of
from gui.export.moving.pictures import pictures_of
from gui.export.moving.wanted import MovingPicture, sampled
from gui.export.offscreen import figure_of
from gui.stage.snapshot import Snapshot
from gui.style.theme import theme
from gui.views import load_view

SIZE = (400, 300)


def run_of(experiment_id, last, frames, **changes):
    """What a run shows at so many places up to ``last``, and the export of the last of them."""
    experiment = load(experiment_id)
    run = Run(experiment_id, experiment.params_type().replaced(changes))
    wanted = MovingPicture(0, last, frames / 10, 10, 1.0, SIZE)
    moments = moments_of(wanted.places(), lambda: Player(experiment, run), {}, untranslated("to"))
    return Export(experiment, run, moments[-1].params, last, moments[-1].frame, "zh_CN"), moments, wanted


def still(export, moment, captions):
    """The still figure of a moment, drawn by a view of its own as the window does while one looks back."""
    with figure_of(export, SIZE, "dark", captions) as figure:
        newest = None if moment.frame is export.frame else Snapshot(export.params, export.frame)
        figure.view.draw(moment.params, moment.frame, None, newest)
        caption = export.experiment.headline(moment.params, moment.frame).render(export.language)
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        image.fill(QColor(theme().surface))
        painter = QPainter(image)
        type(figure)(figure.view, figure.title, caption, figure.caption_room).paint(painter)
        painter.end()
        return np.asarray(Image.frombytes("RGB", SIZE, image.constBits(), "raw", "BGRX", image.bytesPerLine(), 1))


@pytest.mark.parametrize("suffix", [".webp", ".png"])
def test_the_first_and_the_last_frame_are_the_still_figures_of_their_steps(qapp, tmp_path, suffix):
    export, moments, wanted = run_of("descent", 40, 5)
    captions = [export.experiment.headline(one.params, one.frame).render("zh_CN") for one in moments]
    dark = MovingPicture(**{**vars(wanted), "theme": "dark"})
    drawn = []
    write_moving(export, moments, dark, MOVING_FORMATS[suffix], tmp_path / "a.part", drawn.append)
    assert drawn == [0, 1, 2, 3, 4]
    with Image.open(tmp_path / "a.part") as image:
        assert (image.n_frames, image.size) == (5, SIZE)
        for number in (0, 4):
            image.seek(number)
            assert np.array_equal(np.asarray(image.convert("RGB")), still(export, moments[number], captions)), number
    assert theme().name == "light", "the theme is as before"


@pytest.mark.parametrize(
    "experiment_id", ["descent", "training", "playground", "optimizers", "overfitting", "batch_norm"]
)
def test_axes_stand_still_while_the_run_goes_on(qapp, experiment_id, monkeypatch):
    export, moments, _ = run_of(experiment_id, 24, 3)
    seen = []
    views = []
    made = load_view(experiment_id)
    monkeypatch.setattr(
        "gui.export.offscreen.load_view", lambda _: lambda experiment: views.append(made(experiment)) or views[-1]
    )
    with pictures_of(export, moments, SIZE, "light") as pictures:
        plots = [
            item
            for item in views[0].stage.ci.items
            if isinstance(item, pg.PlotItem) and item.axes["left"]["item"].isVisible()
        ]
        assert plots
        for number in range(len(pictures)):
            pictures.picture(number)
            seen.append([(plot.vb.viewRange(), plot.vb.sceneBoundingRect().getRect()) for plot in plots])
    assert all(one == seen[-1] for one in seen)


def test_what_is_kept_is_not_played_again_and_changes_are_put_in_at_their_updates():
    experiment = load("perceptron_rule")
    run = Run("perceptron_rule", experiment.params_type(), 0, (Change(5, "learning_rate", 0.2),))
    places = MovingPicture(0, 10, 0.3, 10).places()
    played = moments_of(places, lambda: Player(experiment, run), {}, untranslated("to"))
    assert [one.params.learning_rate for one in played] == [experiment.params_type().learning_rate, 0.2, 0.2]
    kept = {one.frame.update: (one.params, one.frame) for one in played}

    def nobody():
        raise AssertionError("nothing is to be played")

    again = moments_of(places, nobody, kept, untranslated("to"))
    assert [one.frame for one in again] == [one.frame for one in played]
    forward = load("forward")
    with pytest.raises(Refused, match="--to 50"):
        moments_of(
            MovingPicture(0, 50, 0.3, 10).places(), lambda: Player(forward, Run("forward", forward.params_type())), {},
            untranslated("--to"),
        )  # fmt: skip


def test_the_size_is_told_before_within_a_quarter(qapp, tmp_path):
    export, moments, wanted = run_of("forward", 7, 8)
    numbers, kind = sampled(len(moments)), MOVING_FORMATS[".webp"]
    told = about_bytes(export, [moments[number] for number in numbers], numbers, wanted, kind)
    write_moving(export, moments, wanted, kind, tmp_path / "a.part")
    assert told == pytest.approx((tmp_path / "a.part").stat().st_size, rel=0.25)
