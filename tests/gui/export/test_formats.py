"""One registry over all formats: what a suffix says is written, and all files or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.contract.text import Refused
from engine.export.record import Export
from engine.export.session_file import load_session
from gui.export import formats
from gui.export.figure import Figure


def test_all_formats_are_written_together(tmp_path: Path, gates: Export, gates_figure: Figure) -> None:
    folder = tmp_path / "深度 学习"
    folder.mkdir()
    paths = [folder / f"figure{suffix}" for suffix in formats.FORMATS]
    assert list(formats.FORMATS) == [
        ".png", ".svg", ".pdf", ".csv", ".npz", ".layerwise.json", ".py", ".ipynb", ".layerwise.py",
    ]  # fmt: skip
    written = formats.save(gates, paths, gates_figure)
    assert set(paths) < set(written)
    assert set(written) == set(folder.iterdir())
    for path in (folder / "figure.layerwise.json", folder / "figure.png", folder / "figure.npz"):
        assert load_session(path) == gates.session


def test_a_suffix_in_capitals_is_known_and_an_unknown_one_is_refused(tmp_path: Path, gates: Export) -> None:
    assert formats.save(gates, [tmp_path / "A.JSON"]) == [tmp_path / "A.JSON"]
    for name in ("a.bmp", "a", ".csv"):
        with pytest.raises(Refused, match=r"none of the suffixes \.png"):
            formats.check([tmp_path / name])


def test_of_two_suffixes_that_end_alike_the_longer_one_counts(tmp_path: Path, gates: Export) -> None:
    formats.save(gates, [tmp_path / "a.py", tmp_path / "a.Layerwise.py"])
    alone, importing = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a.py", "a.Layerwise.py"))
    assert "import engine" not in alone and "from engine" not in alone
    assert "from engine.playing import Player" in importing


def test_one_bad_path_writes_nothing(tmp_path: Path, gates: Export) -> None:
    with pytest.raises(Refused, match="the folder does not exist"):
        formats.save(gates, [tmp_path / "a.csv", tmp_path / "no" / "a.json"])
    with pytest.raises(Refused, match="two outputs"):
        formats.save(gates, [tmp_path / "a.csv", tmp_path / "a.neuron.csv"])
    assert not list(tmp_path.iterdir())


def test_a_figure_without_a_view_is_an_error_of_the_caller(tmp_path: Path, gates: Export) -> None:
    with pytest.raises(ValueError, match="needs a figure"):
        formats.save(gates, [tmp_path / "a.csv", tmp_path / "a.svg"])
    assert not list(tmp_path.iterdir())
