"""The targets of tries are read as written, and played as far as they say."""

import dataclasses
from collections.abc import Mapping

import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Amount, Training, Unit
from engine.contract.fields import Integer, Real, parameter
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.protocol import Process
from engine.contract.run import Run
from engine.contract.text import Refused, untranslated
from engine.guides.claim import Slip
from engine.guides.tries import AskedNumber, check_try, checking, parse_target


class WalkerParams(Params):
    speed: float = parameter(1.0, Real(label=untranslated("speed"), minimum=-5, maximum=5, step=1))
    length: int = parameter(10, Integer(label=untranslated("length"), minimum=1, maximum=100))


class WalkerFrame(Frame):
    place: float
    luck: int


class WalkerProcess(Process):
    def __init__(self, params, streams):
        self.params, self.place, self.done = params, 0.0, 0
        self.luck = int(streams.order.integers(1000))

    @property
    def counts(self):
        return (self.done, self.done // 4)

    def advance(self):
        self.done += 1
        self.place += self.params.speed
        self.finished = self.done == self.params.length

    def frame(self, heavy):
        return WalkerFrame(update=self.done, counts=self.counts, place=self.place, luck=self.luck)


class Walker(Training[WalkerParams, WalkerFrame]):
    params_type, frame_type = WalkerParams, WalkerFrame
    units = (Unit("update", untranslated("update")), Unit("epoch", untranslated("epoch")))
    opening = Amount(2, "update")
    order, title = 1, untranslated("walker")

    def begin(self, params, streams):
        return WalkerProcess(params, streams)

    def headline(self, params, frame):
        return untranslated("")

    def main_tables(self, params, frame):
        return ()


def test_every_part_of_a_target_is_read():
    asked = parse_target("try:rate=1.01&start=[-7,2]@30%20update;seed=3#loss>before&status.kind=diverged")
    assert asked.changes == {"rate": "1.01", "start": "[-7,2]"}
    assert (asked.reach.amount, asked.reach.to_end, asked.seed, asked.adds) == (Amount(30, "update"), False, 3, False)
    assert [str(claim) for claim in asked.claims] == ["loss>before", "status.kind=diverged"]


def test_the_short_forms_are_read():
    assert parse_target("try:@end#a=1").reach.to_end
    assert parse_target("try:#a=1").changes == {}
    assert parse_target("try:b=1").claims == ()
    assert parse_target("try+:b=1#a=1").adds
    assert parse_target("try:@3epoch#a=1").reach.amount == Amount(3, "epoch")
    assert parse_target("try:word=a%26b%23%40c%20d#a=1").changes == {"word": "a&b#@c d"}
    assert parse_target("try:b=−0.7#a=1").changes == {"b": "−0.7"}


@pytest.mark.parametrize(
    "target",
    [
        "", "b=1#a=1", "try:b=1#", "try:b#a=1", "try:=1#a=1", "try:b=1&b=2#a=1", "try:b=1&#a=1",
        "try:b=1@#a=1", "try:b=1@soon#a=1", "try:b=1@3#a=1", "try:b=1@-3%20update#a=1", "try:b=1;seed=x#a=1",
        "try:b=1;seed=-1#a=1", "try-:b=1#a=1", "try:b=1;seed=1@3%20update#a=1",
    ],
)  # fmt: skip
def test_what_is_not_in_the_grammar_is_refused(target):
    with pytest.raises(Refused, match=r"is not a (try|claim)"):
        parse_target(target)


@pytest.mark.parametrize(
    ("target", "update"),
    [("try:#place=2", 2), ("try:@5%20update#place=5", 5), ("try:@1%20epoch#place=4", 4), ("try:@end#place=10", 10),
     ("try:@99%20update#place=10", 10), ("try:length=3@end#place=3", 3)],
)  # fmt: skip
def test_a_try_is_played_as_far_as_it_says(target, update):
    verdict = check_try(Walker(), parse_target(target))
    assert verdict.holds
    assert verdict.frame.update == update


def test_before_is_the_run_without_the_changes_played_equally_far():
    (finding,) = check_try(Walker(), parse_target("try:speed=2@5%20update#place>before")).findings
    assert (finding.value, finding.before, finding.holds) == (10.0, 5.0, True)


def test_changes_are_put_into_the_defaults_unless_the_try_adds():
    current = Run("walker", WalkerParams(speed=3.0), seed=7)
    assert check_try(Walker(), parse_target("try:length=2#place=2"), current).holds
    assert check_try(Walker(), parse_target("try+:length=2#place=6"), current).holds
    assert parse_target("try:length=2#place=2").run(Walker(), current) == Run(Walker.id, WalkerParams(length=2), 0)
    assert parse_target("try+:length=2#place=2").run(Walker(), current).seed == 7


def test_a_seed_is_the_one_written_or_the_one_asked_for():
    asked = parse_target("try:;seed=5#luck>=0")
    assert check_try(Walker(), asked).frame.luck == check_try(Walker(), parse_target("try:#luck>=0"), seed=5).frame.luck
    assert check_try(Walker(), asked).frame.luck != check_try(Walker(), asked, seed=6).frame.luck


def test_a_check_gives_way_after_every_update():
    steps = checking(Walker(), parse_target("try:speed=2@6%20update#place>before"))
    assert sum(1 for _ in steps) >= 12  # both runs


@pytest.mark.parametrize(
    ("target", "named"),
    [("try:sped=1#place=1", "sped"), ("try:speed=9#place=1", "speed"), ("try:speed=x#place=1", "speed"),
     ("try:@3%20cell#place=1", "cell"), ("try:#plaice=1", "plaice")],
)  # fmt: skip
def test_what_the_experiment_does_not_know_is_refused_by_name(target, named):
    with pytest.raises(Refused, match=named):
        check_try(Walker(), parse_target(target))


def test_a_try_carries_its_changes_as_a_mapping():
    assert isinstance(parse_target("try:b=1#a=1").changes, Mapping)


def test_a_try_may_begin_from_other_values_than_the_defaults():
    experiment = load("gates")
    asked = parse_target("try:w1=-0.5&w2=-0.5&b=0.7;from=b:-0.7#smallest_distance=before&outputs[0]!=before")
    assert asked.start == {"b": "-0.7"}
    assert asked.base(experiment).params == experiment.params_type(b=-0.7)
    assert asked.run(experiment).params == experiment.params_type(w1=-0.5, w2=-0.5, b=0.7)
    assert check_try(experiment, asked).holds
    varied = dataclasses.replace(asked, words="{w1}, {b}", variants=({"w1": "2"},)).varied(experiment, "en", 0)
    assert varied.words == "2, \N{MINUS SIGN}0.7"


@pytest.mark.parametrize("target", ["try+:b=1;from=b:2", "try:b=1;from=b=2", "try:b=1;from=b"])
def test_a_beginning_that_makes_no_sense_is_refused(target):
    with pytest.raises(Refused):
        parse_target(target)


@pytest.mark.parametrize(
    ("speed", "typed", "slip"), [("2", 6, 1), ("2", 2, 0), ("3", 3, 0), ("3", 8, None), ("2", 4, None)]
)
def test_a_slip_is_computed_from_the_numbers_of_the_question(speed, typed, slip):
    slips = Slip("speed", "one step only"), Slip("answer + speed", "one step too many")
    asked = dataclasses.replace(parse_target(f"try:speed={speed}"), number=AskedNumber("place", "place", slips))
    verdict = check_try(Walker(), asked)
    assert verdict.number == 2 * int(speed) and verdict.slip(typed) == slip
