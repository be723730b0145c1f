"""What a frame and its tables hold stands in the files: every array in the NPZ, every table and row in the CSV."""

from __future__ import annotations

import csv
import io
import json

import numpy as np

from engine.contract.catalogue import load
from engine.contract.frame import flattened, frame_fields
from engine.contract.run import Run
from engine.export import csv_format, json_format, npz_format
from engine.export.record import Export
from tests.shots import openings
from tests.truth.cases import by_experiment


def _exports(experiment_id):
    experiment = load(experiment_id)
    for shot in openings(experiment_id):
        run = Run(experiment_id, shot.params)
        yield shot.name, Export(experiment, run, shot.params, shot.frame.update, shot.frame, "en")


@by_experiment
def test_every_array_of_a_frame_is_in_the_npz_bit_for_bit(experiment_id):
    for name, export in _exports(experiment_id):
        (content,) = npz_format.write(export, "out.npz").values()
        kept = np.load(io.BytesIO(content), allow_pickle=False)
        for key, value in flattened(export.frame):
            if key.startswith("status"):
                continue  # a sentence, whose pieces are no arrays
            if isinstance(value, np.ndarray):
                assert key in kept, f"{name}: {key} is missing"
                assert kept[key].dtype == value.dtype and np.array_equal(
                    kept[key], value, equal_nan=value.dtype.kind in "fc"
                )
            elif isinstance(value, bool | int | float):
                assert key in kept and (kept[key] == value or value != value), f"{name}: {key}"
        assert str(kept["run"]) == export.session.to_json()


@by_experiment
def test_every_table_row_and_digit_is_in_the_csv(experiment_id):
    for name, export in _exports(experiment_id):
        files = csv_format.write(export, "out.csv")
        measured = {key for key, told in frame_fields(type(export.frame)).items() if told["measured"]}
        tables = export.experiment.tables(export.params, export.frame)
        kept = [one for one in tables if any(column.name not in measured for column in one.columns)]
        assert len(files) == len(kept), f"{name}: {sorted(files)}"
        for table, (_, content) in zip(kept, files.items(), strict=True):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            columns = [column for column in table.columns if column.name not in measured]
            assert rows[0] == [column.heading for column in columns], f"{name}: {table.name}"
            assert len(rows) - 1 == len(table.rows), f"{name}: {table.name}"
            for place, column in enumerate(columns):
                for row, value in zip(rows[1:], column.values, strict=True):
                    if isinstance(value, float):
                        assert float(row[place]) == value or value != value, f"{name}: {table.name}.{column.name}"
                    else:
                        assert row[place] == str(value), f"{name}: {table.name}.{column.name}"


@by_experiment
def test_the_json_holds_what_the_form_shows(experiment_id):
    for name, export in _exports(experiment_id):
        (content,) = json_format.write(export, "out.json").values()
        told = json.loads(content)
        assert export.params.to_json() in told.values() or told.get("params") == export.params.to_json(), name
