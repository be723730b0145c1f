"""The pictures of the overview: only those of stages that look otherwise are made anew, and these are named."""

from __future__ import annotations

import json

import pytest

from engine.contract.catalogue import entries
from tools import thumbnails

_APPROVED = "defaults.png"
"""The one opening that every experiment has; some have it in other themes and languages as well."""
_IDS = [entry.id for entry in entries()]


@pytest.fixture
def rendered(monkeypatch, tmp_path):
    """A folder in which every picture is there and fresh; what is rendered from now on."""
    monkeypatch.setattr(thumbnails, "FOLDER", tmp_path)
    monkeypatch.setattr(thumbnails, "MANIFEST", tmp_path / "manifest.json")
    monkeypatch.setattr(thumbnails, "APPROVED", tmp_path / "approved")
    for experiment_id in _IDS:
        (tmp_path / "approved" / experiment_id).mkdir(parents=True)
        (tmp_path / "approved" / experiment_id / _APPROVED).write_bytes(b"a stage")
    made = []

    def render(experiment_id):
        made.append(experiment_id)
        for kind in thumbnails._kinds():
            thumbnails._path(experiment_id, *kind).write_bytes(b"a picture")

    monkeypatch.setattr(thumbnails, "_render", render)
    thumbnails.build()
    assert made == _IDS and not thumbnails.stale()
    made.clear()
    return made


def _record(**changes):
    recorded = json.loads(thumbnails.MANIFEST.read_text(encoding="utf-8"))
    recorded.update(changes)
    thumbnails.MANIFEST.write_text(json.dumps(recorded), encoding="utf-8")


def test_only_experiments_that_changed_or_miss_a_picture_are_rendered(rendered):
    (thumbnails.APPROVED / "xor" / _APPROVED).write_bytes(b"another stage")
    thumbnails._path("gates", "en", "dark").unlink()
    assert thumbnails.stale() and set(thumbnails.late()) == {"gates", "xor"}
    thumbnails.build()
    assert set(rendered) == {"gates", "xor"} and not thumbnails.stale()


def test_every_experiment_has_an_approved_opening_that_is_looked_at(monkeypatch):
    pictures = thumbnails.APPROVED
    known = {entry.id: thumbnails._approved(entry.id) for entry in entries()}
    monkeypatch.setattr(thumbnails, "APPROVED", pictures / "nowhere")
    nothing = thumbnails._approved("xor")
    assert [one for one, digest in known.items() if digest == nothing] == []


def test_approving_a_run_or_a_try_makes_no_picture_late(rendered):
    (thumbnails.APPROVED / "xor" / "try-1.png").write_bytes(b"another stage")
    assert not thumbnails.stale()


def test_an_experiment_that_is_no_more_leaves_the_manifest_and_nothing_is_rendered(rendered):
    _record(gone="its stage")
    assert thumbnails.stale() and not thumbnails.late()
    thumbnails.build()
    assert not rendered and not thumbnails.stale()
