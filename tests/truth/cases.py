"""One case an experiment for every truth law; those of one experiment follow one another, since its shots are kept."""

import pytest

from tests.walk import EXPERIMENT_IDS

by_experiment = pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS, scope="session")
