"""The law of requests: a frame does not depend on how the way to it was divided."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.experiment import Picture
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.protocol import Progress, Request
from engine.contract.text import untranslated
from tests.bilingual import both
from tests.dummies import (
    Cells,
    CellsParams,
    Counting,
    CountingParams,
    Failing,
    Line,
    LineParams,
    Playground,
    PlaygroundParams,
    Slow,
)
from tests.frames import frames_equal

EVERY_SHAPE = {
    "walk": (Cells(), CellsParams(cells=40)),
    "training": (Playground(), PlaygroundParams(samples=50)),
    "finite training": (Counting(), CountingParams(last=30)),
    "training with progress": (Slow(), CountingParams(last=30)),
}


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    monkeypatch.setattr(Slow, "seconds", 0.0)


def begun(experiment, params):
    steps = experiment.start(params, 3)
    answer = next(steps)
    while answer.progress is not None:
        answer = steps.send(None)
    return steps, answer


def ask(steps, request):
    """The last answer to a request, and how many with progress there were before."""
    answer, progresses = steps.send(request), 0
    while answer.progress is not None:
        answer, progresses = steps.send(None), progresses + 1
    return answer, progresses


def request_lists(units):
    request = st.builds(
        Request,
        updates=st.integers(0, 12),
        until=st.sampled_from([None, *units]),
        frame=st.booleans(),
        heavy=st.booleans(),
    )
    return st.lists(request, max_size=8)


@pytest.mark.parametrize("shape", EVERY_SHAPE)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_frame_does_not_depend_on_how_the_way_was_divided_into_requests(shape, data):
    experiment, params = EVERY_SHAPE[shape]
    steps, answer = begun(experiment, params)
    for request in data.draw(request_lists(experiment.unit_ids)):
        answer, _ = ask(steps, request)
    divided, _ = ask(steps, Request())
    steps, _ = begun(experiment, params)
    at_once, _ = ask(steps, Request(answer.update))
    assert at_once.update == divided.update == answer.update
    assert at_once.counts == divided.counts
    assert frames_equal(at_once.frame, divided.frame)


@pytest.mark.parametrize("shape", EVERY_SHAPE)
@settings(max_examples=15, deadline=None)
@given(updates=st.integers(0, 60))
def test_a_request_does_as_many_updates_as_asked_or_up_to_the_end(shape, updates):
    experiment, params = EVERY_SHAPE[shape]
    steps, before = begun(experiment, params)
    answer, _ = ask(steps, Request(updates))
    assert answer.update - before.update == updates or answer.finished
    assert answer.frame.update == answer.update
    assert answer.frame.counts == answer.counts
    assert answer.frame.finished == answer.finished


def test_a_unit_stops_the_request_exactly_where_it_is_completed():
    steps, _ = begun(Counting(), CountingParams(last=100))
    answer, _ = ask(steps, Request(3))
    answer, _ = ask(steps, Request(90, until="epoch"))
    assert answer.counts == (5, 1)
    answer, _ = ask(steps, Request(90, until="epoch"))
    assert answer.counts == (10, 2)
    answer, _ = ask(steps, Request(2, until="epoch"))
    assert answer.counts == (12, 2)


def test_changes_are_put_in_before_the_first_update():
    steps, _ = begun(Counting(), CountingParams())
    answer, _ = ask(steps, Request(2, changes=(("step_size", 10),)))
    assert answer.frame.total == 20


def test_a_finished_run_keeps_answering_and_goes_no_further():
    steps, _ = begun(Counting(), CountingParams(last=4))
    last, _ = ask(steps, Request(100))
    again, _ = ask(steps, Request(100))
    assert last.finished
    assert again.update == 4
    assert frames_equal(last.frame, again.frame)


def test_progress_is_no_step():
    steps = Slow().start(CountingParams(), 0)
    answer = next(steps)
    assert answer.progress is not None
    assert answer.counts == (0, 0)
    while answer.progress is not None:
        assert answer.frame is None
        answer = steps.send(None)
    answer, progresses = ask(steps, Request(3))
    assert progresses == 3 * CountingParams().parts
    assert answer.update == 3


def test_a_frame_is_made_only_when_asked_for_and_heavy_only_when_wanted():
    steps, answer = begun(Playground(), PlaygroundParams())
    assert answer.frame is None
    assert ask(steps, Request(1, frame=False))[0].frame is None
    assert ask(steps, Request(1))[0].frame.weights is None
    assert len(ask(steps, Request(1, heavy=True))[0].frame.weights) == 3


def test_a_picture_is_finished_with_its_first_frame():
    steps, answer = begun(Line(), LineParams(slope=-1.0))
    assert answer.finished
    answer, _ = ask(steps, Request(5))
    assert answer.update == 0
    assert answer.frame.y[0] == 1.0


def test_a_walk_of_one_stop_is_finished_when_it_begins():
    _, answer = begun(Cells(), CellsParams(cells=1))
    assert answer.finished


def test_a_change_that_is_not_understood_is_an_error():
    steps, _ = begun(Counting(), CountingParams())
    with pytest.raises(KeyError, match="nonsense"):
        ask(steps, Request(changes=(("nonsense", 1),)))


def test_an_error_of_the_experiment_reaches_the_one_who_asked():
    steps, _ = begun(Failing(), CountingParams())
    with pytest.raises(ZeroDivisionError, match="third update"):
        ask(steps, Request(5))


class _SlowToChange(Counting):
    """Takes three parts to put a change in."""

    id = "slow_to_change"

    def begin(self, params, streams):
        process = super().begin(params, streams)
        at_once = process.change

        def change(path, value):
            for part in range(3):
                yield Progress(untranslated("changing"), part / 3)
            at_once(path, value)

        process.change = change
        return process


def test_a_change_that_takes_long_reports_progress_and_is_in_before_the_next_update():
    steps, _ = begun(_SlowToChange(), CountingParams(last=30))
    answer, progresses = ask(steps, Request(2, changes=(("step_size", 5), ("step_size", 7))))
    assert progresses == 6 and answer.frame.total == 14


class _OneFrame(Frame):
    asked: int


class _Loading(Picture[Params, _OneFrame]):
    params_type, frame_type = Params, _OneFrame

    def compute(self, params, streams):
        for part in range(3):
            yield Progress(both("loading", "载入中"), part / 3)
        return _OneFrame(asked=7)

    def headline(self, params, frame):
        return untranslated("7")

    def main_tables(self, params, frame):
        return ()


def test_a_picture_may_take_its_time():
    steps = _Loading().start(Params(), 0)
    loading = [next(steps) for _ in range(3)]
    assert [answer.progress.fraction for answer in loading] == [0.0, 1 / 3, 2 / 3]
    assert next(steps).finished
    assert steps.send(Request(0)).frame.asked == 7
