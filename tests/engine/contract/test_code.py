"""The mathematics that is shown is the mathematics that runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.contract.catalogue import load
from tests.walk import EXPERIMENT_IDS

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_function_that_is_shown_as_code_is_called_in_a_run(experiment_id):
    traced = [sys.executable, "-m", "tests.code_at_work", experiment_id]
    done = subprocess.run(traced, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [], "shown as code, and called in no run: is it for comparison?"


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_what_is_for_comparison_is_not_shown_as_at_work_too(experiment_id):
    experiment = load(experiment_id)
    assert not set(experiment.code) & set(experiment.code_for_comparison)
