"""One case an experiment for every truth law, and the cases of one experiment one after the other: its shots are kept."""

import pytest

from tests.walk import EXPERIMENT_IDS

by_experiment = pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS, scope="session")
