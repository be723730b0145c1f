"""Whatever parameters are chosen, every experiment has something whole to show, and no warning goes by."""

from __future__ import annotations

import gc
import math
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.contract.catalogue import load
from engine.contract.frame import arrays_of
from engine.contract.params import Params
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.playing import Player
from tests.engine.contract.test_promises import SMALL_FRAME
from tests.strategies import params_of
from tests.walk import EXPERIMENT_IDS

_STEPS = 30


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_any_parameters_give_a_whole_frame(experiment_id: str, data: st.DataObject) -> None:
    # Python's own collection is off, and what a run leaves behind may be large.
    gc.collect()
    experiment = load(experiment_id)
    params: Params = data.draw(params_of(experiment.params_type))
    player = Player(experiment, Run(experiment_id, params))
    opening = experiment.way_to_opening(params)
    frame = player.go(min(opening.count, _STEPS))
    assert sum(array.nbytes for array in arrays_of(frame)) <= SMALL_FRAME
    texts = [experiment.headline(params, frame)]
    if frame.status is not None:
        texts.append(frame.status.text)
        if frame.status.remedy is not None:
            params.replaced(frame.status.remedy.changes)
    for language in LANGUAGES:
        for text in texts:
            sentence = text.render(language)
            assert sentence and "{" not in sentence and not re.search(r"\bnan\b", sentence.lower())
    assert experiment.tables(params, frame)
    for handle in experiment.handles(params, frame):
        assert all(math.isfinite(part) for part in handle.place), handle
