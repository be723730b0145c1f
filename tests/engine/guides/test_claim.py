"""Claims say what they mean of a frame, and refuse what means nothing."""

from dataclasses import dataclass

import numpy as np
import pytest

from engine.contract.frame import Frame, Status, quantity
from engine.contract.text import Refused, untranslated
from engine.guides.claim import Claim, field_value, parse_claims
from tests.bilingual import both
from tests.shots import verdicts


@dataclass(frozen=True)
class Layer:
    size: int
    kinds: tuple[str, ...]


class SomeFrame(Frame):
    loss: float = quantity(default=0.14142)
    count: int = quantity(default=4)
    large: int = quantity(default=79520)
    name: str = quantity(default="ReLU", words={"ReLU": both("bent", "折线")})
    good: bool = quantity(default=True)
    weights: np.ndarray = quantity(default=None)
    layer: Layer = quantity(default=Layer(3, ("a", "b")))
    table: dict = quantity(default=None)


def _frame(**values):
    usual = {"weights": np.array([[1.0, -2.0], [0.5, 4.0]]), "table": {"sgd": 0.5}}
    return SomeFrame(**{**usual, **values})


BEFORE = _frame(loss=0.5, count=4, weights=np.array([[1.0, -2.0], [0.5, 5.0]]))


@pytest.mark.parametrize(
    "claim",
    [
        "count=4", "count!=3", "count<5", "count<=4", "count>=4", "count>-1", "loss=0.141", "loss=0.14", "loss=1.4e-1",
        "loss!=0.142", "loss<before", "count=before", "count<=before", "loss!=before", "name=ReLU", "name!=tanh",
        "good=true", "good!=false", "weights[0,1]=-2", "weights[0][1]=-2", "weights[-1,-1]<before",
        "weights!=before", "layer.size=3", "layer.kinds[1]=b", "table.sgd=0.5", "status=none", "status.kind=none",
        "update=0",
    ],
)  # fmt: skip
def test_a_true_claim_holds_and_its_opposite_does_not(claim):
    opposites = {"=": "!=", "!=": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
    (parsed,) = parse_claims(claim)
    assert parsed.test(_frame(), BEFORE).holds
    opposite = Claim(parsed.field, opposites[parsed.relation], parsed.value)
    assert not opposite.test(_frame(), BEFORE).holds


def test_digits_written_are_the_digits_compared():
    (claim,) = parse_claims("loss=0.141")
    for loss, holds in ((0.1405001, True), (0.1414999, True), (0.1404, False), (0.1416, False)):
        assert claim.test(_frame(loss=loss)).holds is holds


def test_a_whole_number_is_meant_exactly():
    (claim,) = parse_claims("loss=4")
    assert claim.test(_frame(loss=4.0)).holds
    assert not claim.test(_frame(loss=4.3)).holds


def test_equal_but_for_rounding_is_the_same_as_before():
    almost = _frame(loss=0.5 * (1 + 1e-14))
    for text, holds in (("loss=before", True), ("loss<before", False), ("loss>before", False), ("loss>=before", True)):
        (claim,) = parse_claims(text)
        assert claim.test(almost, BEFORE).holds is holds, text


def test_nan_is_equal_to_nothing():
    (claim,) = parse_claims("loss=before")
    assert not claim.test(_frame(loss=float("nan")), _frame(loss=float("nan"))).holds


def test_a_word_of_the_status_can_be_claimed():
    (claim,) = parse_claims("status.kind=diverged")
    assert claim.test(_frame(status=Status("diverged", untranslated("!")))).holds


def test_several_claims_are_all_kept():
    assert [str(claim) for claim in parse_claims("count=4&loss<before&weights[0,1]!=2")] == [
        "count=4", "loss<before", "weights[0,1]!=2"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "count", "count=", "=4", "count==4", "count=>4", "count~4", "4=count", "a b=1", "count=4&", "x[=1"]
)
def test_what_is_no_claim_is_refused(text):
    with pytest.raises(Refused, match="not a claim"):
        parse_claims(text)


@pytest.mark.parametrize(
    "path", ["missing", "layer.missing", "weights[7]", "weights[0,0,0]", "layer.kinds[9]", "table.adam"]
)
def test_a_field_that_is_not_there_is_refused_by_name(path):
    with pytest.raises(Refused, match="no field"):
        field_value(_frame(), path)


@pytest.mark.parametrize("text", ["weights=1", "weights<1", "name<3", "good>0", "status>1"])
def test_a_comparison_that_means_nothing_is_refused(text):
    (claim,) = parse_claims(text)
    with pytest.raises(Refused, match="one number is needed"):
        claim.test(_frame())


@pytest.mark.parametrize(
    ("claim", "english", "chinese"),
    [
        ("weights[0]=before", "It: (1, −2), as before.", "它：(1, −2)，和原来一样。"),
        ("loss<before", "It: 0.5 before, 0.1414 now.", "它：原来是 0.5，现在是 0.1414。"),
        ("loss<1", "It: 0.1414.", "它：0.1414。"),
        ("large=79520", "It: 79,520.", "它：79520。"),
        ("good=true", "It: yes.", "它：是。"),
        ("table=none", "It: none.", "它：无。"),
        ("name=ReLU", "It: bent.", "它：折线。"),
        ("status.kind=diverged", "It: Too fast. Far too fast.", "它：太快了。"),
    ],
)
def test_a_finding_is_told_in_words_of_both_languages(claim, english, chinese):
    frame = _frame(status=Status("diverged", both("Too fast. Far too fast.", "太快了。")), table=None)
    for label, language, sentence in (("It", "en", english), ("它", "zh_CN", chinese)):
        (parsed,) = parse_claims(claim, label)
        assert parsed.test(frame, BEFORE).text.render(language) == sentence


def test_a_kind_without_words_is_not_told():
    (claim,) = parse_claims("layer.kinds[0]=a", "Kind")
    finding = claim.test(_frame())
    with pytest.raises(Refused, match="“a” has no words"):
        _ = finding.text


def test_a_label_belongs_to_one_claim():
    with pytest.raises(Refused, match="belongs to one"):
        parse_claims("count=4&loss<1", "Count")


@pytest.mark.parametrize(
    ("value", "claim", "spelled"),
    [
        (0.00664806, "loss=0.00665", "0.00665"),
        (1.5511, "loss=1.55", "1.55"),
        (2.302585, "loss=2.302585", "2.303"),
        (0.0104, "loss<0.1", "0.0104"),
        (1.5611, "loss=1.55", "1.561"),
    ],
)
def test_a_number_that_is_as_claimed_has_no_more_digits_than_the_claim(value, claim, spelled):
    (parsed,) = parse_claims(claim, "It")
    assert parsed.test(_frame(loss=value)).spelled.render("en") == spelled


@pytest.mark.parametrize("experiment_id", ["playground", "training", "cnn", "overfitting", "digits"])
def test_an_accuracy_is_told_as_a_percentage_as_on_the_stage(experiment_id):
    for asked, verdict in verdicts(experiment_id, "en"):
        for finding in verdict.findings:
            if "accuracy" in finding.claim.field and finding.claim.label:
                assert "%" in finding.text.render("en"), (asked.target, finding.text.render("en"))
