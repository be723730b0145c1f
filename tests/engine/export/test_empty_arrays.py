"""What has no entries leaves in every format, and comes back with its shape, its kind of numbers and its headings."""

from __future__ import annotations

import csv
import io
import itertools

import numpy as np
import pytest

from engine.companion.frame_transport import Packer, Unpacker, addressed
from engine.contract.catalogue import load
from engine.contract.frame import Frame
from engine.contract.run import Run
from engine.contract.table import Column, Table
from engine.export import csv_format, npz_format, script_format
from engine.export.record import Export
from engine.sandbox.records import RecordPacker, RecordUnpacker
from engine.shelf.differences import MARKUPS
from tests.dummies import Line, LineParams
from tests.engine.export.conftest import Make
from tests.engine.export.test_alone import run_alone

SHAPES = ((0,), (0, 3), (3, 0), (2, 0, 5))
KINDS = (np.float64, np.float32, np.int64, np.uint8, np.bool_, np.complex128, np.dtype("<U7"))
EMPTY = [np.zeros(shape, kind) for shape, kind in itertools.product(SHAPES, KINDS)]
HEADINGS = ["name", "loss [ms]", "right"]


class EmptyFrame(Frame):
    """Arrays without entries, alone and within a tuple, and a tuple of nothing."""

    alone: np.ndarray
    within: tuple[np.ndarray, ...]
    nothing: tuple[float, ...] = ()


class EmptyTables(Line):
    """Its first table has no rows."""

    frame_type = EmptyFrame

    def main_tables(self, params, frame):
        columns = (Column("name", []), Column("loss", np.zeros(0), "ms"), Column("right", ()))
        return Table("none", columns), Table("some", (Column("update", [frame.update]),))


def _export(array):
    frame = EmptyFrame(finished=True, alone=array, within=(array, np.ones(2), array))
    return Export(EmptyTables(), Run("line", LineParams()), LineParams(), 0, frame, "en")


def _from_npz(array):
    (content,) = npz_format.write(_export(array), "x.npz").values()
    kept = np.load(io.BytesIO(content), allow_pickle=False)
    assert kept["nothing"].shape == (0,) and kept["within.1"].tolist() == [1.0, 1.0]
    return kept["alone"], kept["within.0"], kept["within.2"]


def _from_companion(array):
    packed = Packer().pack((array, [array]))
    one, (other,) = Unpacker().unpack(addressed(1, packed))
    return one, other


def _from_foreign_code(array):
    one, between, (other,) = RecordUnpacker().unpack(RecordPacker().pack((array, np.arange(3), [array])))
    assert between.tolist() == [0, 1, 2]
    return one, other


@pytest.mark.parametrize("way", [_from_npz, _from_companion, _from_foreign_code])
def test_an_array_without_entries_arrives_with_its_shape_and_kind(way):
    for array in EMPTY:
        for came in way(array):
            assert (came.shape, came.dtype) == (array.shape, array.dtype)


def test_a_table_without_rows_is_a_file_of_headings_and_those_behind_it_are_written_too():
    files = csv_format.write(_export(EMPTY[0]), "x.csv")
    read = {name: list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) for name, content in files.items()}
    assert read == {"x.csv": [HEADINGS], "x.some.csv": [["update"], ["0"]]}


@pytest.mark.parametrize("name", MARKUPS)
def test_a_table_without_rows_is_pasted_as_its_headings(name):
    table = EmptyTables().main_tables(None, EmptyFrame(alone=EMPTY[0], within=()))[0]
    lines = MARKUPS[name](table, "en").splitlines()
    if name == "CSV":
        assert lines == [",".join(HEADINGS)]
    elif name == "Markdown":
        assert lines == [r"| name | loss \[ms\] | right |", "| --- | --- | --- |"]
    else:
        assert r"\begin{tabular}{lll}" in lines and any("name & loss" in line for line in lines)
        assert len([line for line in lines if line.endswith(r"\\")]) == 1


def test_a_script_of_a_run_that_has_not_begun_writes_its_tables_without_rows(tmp_path, make_export: Make):
    experiment = load("optimizer_race")
    export = make_export(experiment, Run("optimizer_race", experiment.params_type()))
    done = run_alone(tmp_path, script_format.write(export, "x.py"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig") == "update,sgd,momentum,adagrad,adam\n"
    assert (tmp_path / "x.test_accuracy.csv").read_text(encoding="utf-8-sig").count("\n") == 2
