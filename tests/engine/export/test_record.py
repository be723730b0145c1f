"""What an export knows: the session to reopen, and tables without times."""

from __future__ import annotations

import time

import pytest

from engine.contract.experiment import Picture
from engine.contract.frame import Frame, quantity
from engine.contract.params import Params
from engine.contract.protocol import RandomStreams
from engine.contract.run import Run
from engine.contract.table import Column, Table
from engine.contract.text import Text
from engine.export import csv_format, npz_format
from engine.export.record import Export
from engine.playing import Player
from tests.bilingual import both


class NoParams(Params):
    pass


class TimedFrame(Frame):
    answer: int = quantity("m")
    seconds: float = quantity("s", measured=True)


class Timed(Picture):
    title = both("Timed: with a clock", "计时：带时钟")
    order = 1
    params_type = NoParams
    frame_type = TimedFrame

    def compute(self, params: NoParams, streams: RandomStreams) -> TimedFrame:
        return TimedFrame(finished=True, answer=42, seconds=time.perf_counter())

    def headline(self, params: NoParams, frame: TimedFrame) -> Text:
        return both("{answer}", "{answer}")(answer=frame.answer)

    def main_tables(self, params: NoParams, frame: TimedFrame) -> tuple[Table, ...]:
        return (
            Table("answers", (Column("answer", [frame.answer], "m"), Column("seconds", [frame.seconds], "s"))),
            Table("times", (Column("seconds", [frame.seconds], "s"),)),
        )


@pytest.fixture
def timed() -> Export:
    player = Player(Timed(), Run("timed", NoParams()))
    return Export(player.experiment, player.run, player.params, 0, player.go(), "en")


def test_measured_times_stand_in_the_npz_but_not_in_the_csv(timed: Export) -> None:
    assert [table.name for table in timed.tables] == ["answers"]
    assert csv_format.write(timed, "t.csv") == {"t.csv": "answer [m]\n42\n".encode("utf-8-sig")}
    assert npz_format.arrays(timed)["seconds"] > 0


def test_the_session_has_the_view_parameters_of_now_and_the_rest_from_the_run(trained: Export) -> None:
    now = trained.params.replaced({"view": "map"})
    session = Export(trained.experiment, trained.run, now, trained.update, trained.frame, "en").session
    assert session.run.params.view == "map"
    assert session.run.params.learning_rate == 0.1, "live changes belong to the journal"
    assert session.run.journal == trained.run.journal
    assert session.update == 30


def test_title_and_caption_are_in_the_language_of_the_export(gates: Export) -> None:
    chinese = Export(gates.experiment, gates.run, gates.params, gates.update, gates.frame, "zh_CN")
    assert gates.title.startswith("Gates") and chinese.title.startswith("逻辑门")
    assert "2 of 4" in gates.caption and "2 个" in chinese.caption
