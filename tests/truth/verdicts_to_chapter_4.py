"""The headlines of chapters 2 to 4, computed again."""

from __future__ import annotations

import math
import re

import numpy as np

from engine.data.altered import Alteration, altered_bytes
from engine.data.digit_weights import load_digit_network
from engine.data.digits import pixels
from tests.truth.numbers import numbers_in
from tests.truth.verdicts import Moment, Pairs, pairs_in, says

# Chapter 2


@says("gates", r"^(\w+): (all|\d+)(?: of)? 4 points are right")
def _gate(m: Moment, name: str, count: str) -> Pairs:
    wanted = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}[name]
    p = m.params
    sums = [p.w1 * x1 + p.w2 * x2 + p.b for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1))]
    right = sum((a > 1e-12) == bool(t) for a, t in zip(sums, wanted, strict=True))
    yield "4" if count == "all" else count, right


@says("gates", r"the nearest lies (\S+) from the line")
def _nearest(m: Moment, distance: str) -> Pairs:
    yield distance, np.min(np.abs(m.column("truth_table", "distance")))
    sums, w = m.column("truth_table", "weighted_sum"), math.hypot(m.params.w1, m.params.w2)
    yield distance, np.min(np.abs(sums)) / w


@says("gates", r"; (.+) (?:is|are) on the wrong side of the line")
def _wrong_side(m: Moment, points: str) -> Pairs:
    rows = [row for row in m.rows("truth_table") if not row["right"]]
    yield from pairs_in(points, [number for row in rows for number in (row["x1"], row["x2"])])
    yield "the wrong side", all(row["weighted_sum"] * (2 * row["wanted"] - 1) < 0 for row in rows)


@says("gates", r"at least one lies on the line itself")
def _on_the_line(m: Moment) -> Pairs:
    yield "on the line", np.min(np.abs(m.column("truth_table", "weighted_sum"))) < 1e-9


@says("xor", r"s1 \((.+?)\) and s2 \((.+?)\) fold the 4 points into (\d)")
def _folds(m: Moment, first: str, second: str, points: str) -> Pairs:
    yield points, len({(row["s1"], row["s2"]) for row in m.rows("truth_table")})
    for row, told in zip(m.rows("neurons")[:2], (first, second), strict=True):
        yield told.removeprefix("always "), str(row["gate"])
        wanted = {"AND": "0001", "OR": "0111", "NAND": "1110", "NOR": "1000", "x1 > x2": "0010", "x1 < x2": "0100"}
        if told in wanted and m.params.activation == "step":
            sums = [row["w1"] * x1 + row["w2"] * x2 + row["b"] for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1))]
            yield f"{told} {sums}", [a > 1e-12 for a in sums] == [one == "1" for one in wanted[told]]


@says("xor", r"\. Wrong: (.+)\.")
def _wrong_points(m: Moment, points: str) -> Pairs:
    wrong = [f"{row['x1']}{row['x2']}" for row in m.rows("truth_table") if not row["right"]]
    yield points, points if re.findall(r"\d\d", points) == wrong else " and ".join(wrong)


@says("xor", r"one line gets all 4 right")
def _all_right(m: Moment) -> Pairs:
    yield "all 4", all(round(row["y"]) == row["wanted"] for row in m.rows("truth_table"))


@says("xor", r"w at (\S+)°: whatever b is, at most (\d) of 4")
def _one_perceptron(m: Moment, angle: str, most: str) -> Pairs:
    turn = math.radians(float(angle.replace("−", "-")))
    along = [math.cos(turn) * x1 + math.sin(turn) * x2 for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1))]
    cuts = [-9.0, *(b + d for b in (-a for a in along) for d in (-1e-6, 1e-6)), 9.0]
    best = max(sum((a + b > 0) == t for a, t in zip(along, (False, True, True, False), strict=True)) for b in cuts)
    yield most, best


@says("perceptron_rule", r"^Point (\d+) is of class (\d) but got the answer (\d)")
def _mistake(m: Moment, number: str, label: str, answer: str) -> Pairs:
    row, before = m.row("points", number=int(number)), m.row("lines", line="before")
    yield label, row["label"]
    yield answer, float(before["w1"] * row["x1"] + before["w2"] * row["x2"] + before["b"] > 0)


@says("perceptron_rule", r"w′ = w (.) (\S+)·x, and the line (?:turns by (\S+)°|does not turn)")
def _turn(m: Moment, sign: str, rate: str, angle: str | None) -> Pairs:
    added, before, now = (m.row("lines", line=name) for name in ("addition", "before", "now"))
    yield rate, m.params.learning_rate if hasattr(m.params, "learning_rate") else abs(added["b"])
    yield sign, "+" if added["b"] > 0 else "−"
    yield "the bias moves by the rate", math.isclose(abs(added["b"]), m.params.learning_rate)
    first, second = (math.atan2(one["w2"], one["w1"]) for one in (before, now))
    turned = abs(math.degrees((second - first + math.pi) % (2 * math.pi) - math.pi))
    yield angle or "0.0", turned


@says("perceptron_rule", r"now (\d+) of (\d+) are right")
def _now_right(m: Moment, right: str, of: str) -> Pairs:
    now = m.row("lines", line="now")
    answers = [float(now["w1"] * r["x1"] + now["w2"] * r["x2"] + now["b"] > 0) for r in m.rows("points")]
    yield of, len(answers)
    yield right, sum(a == r["label"] for a, r in zip(answers, m.rows("points"), strict=True))


@says("perceptron_rule", r"^Nothing learned yet: (\d+) of (\d+) are right\.$")
@says("perceptron_rule", r"^Point \d+ is right, so w stays; (\d+) of (\d+) points are right after \d+ corrections?\.$")
def _right_by_now(m: Moment, right: str, of: str) -> Pairs:
    yield from zip((right, of), (sum(m.column("points", "right")), len(m.rows("points"))), strict=True)


@says("perceptron_rule", r"^Point (\d+) is right, so w stays; .* after (\d+) corrections?\.$")
def _stays(m: Moment, number: str, corrections: str) -> Pairs:
    yield f"point {number} is right", m.row("points", number=int(number))["right"]
    yield corrections, m.rows("convergence")[0]["corrections"]


@says("perceptron_rule", r"Converged: after (\d+) corrections? came an epoch without a mistake")
def _converged(m: Moment, corrections: str) -> Pairs:
    yield corrections, m.column("convergence", "corrections")[0]
    last = [row for row in m.rows("epochs") if row["complete"]][-1]
    yield "without a mistake", last["mistakes"] == 0
    yield "all are right", all(m.column("points", "right"))


@says("perceptron_rule", r"could make (\d+) corrections at most, and it made (\d+)")
def _bound(m: Moment, most: str, made: str) -> Pairs:
    row = m.rows("convergence")[0]
    yield most, row["bound"]
    yield made, row["corrections"]
    yield "at most", row["corrections"] <= row["bound"]


@says("perceptron_rule", r"\(R/γ\)² = (\S+): R is the longest")
def _classic(m: Moment, bound: str) -> Pairs:
    row = m.rows("convergence")[0]
    yield bound, (row["radius"] / row["margin"]) ** 2


@says("perceptron_rule", r"Best line so far: (\d+) of")
def _best_line(m: Moment, best: str) -> Pairs:
    yield best, m.rows("convergence")[0]["best_correct"]


# Chapter 3

_FUNCTIONS = {
    "step": lambda x: (float(x > 0), 0.0),
    "sigmoid": lambda x: (_sigmoid(x), _sigmoid(x) * (1 - _sigmoid(x))),
    "tanh": lambda x: (math.tanh(x), 1 - math.tanh(x) ** 2),
    "ReLU": lambda x: (max(x, 0.0), float(x > 0)),
    "Leaky ReLU": lambda x: (x if x > 0 else 0.01 * x, 1.0 if x > 0 else 0.01),
    "softplus": lambda x: (math.log1p(math.exp(x)), _sigmoid(x)),
    "identity": lambda x: (x, 1.0),
    "swish": lambda x: (x * _sigmoid(x), _sigmoid(x) * (1 + x * (1 - _sigmoid(x)))),
    "mish": lambda x: (x * _gate(x), _gate(x) + x * (1 - _gate(x) ** 2) * _sigmoid(x)),
}
"""Each function's value and slope."""


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _gate(x: float) -> float:
    return math.tanh(math.log1p(math.exp(x)))


def _slope_here(m: Moment, name: str) -> float:
    """The slope of h(gain·x + bias) by x."""
    return m.params.gain * _FUNCTIONS[name](m.params.gain * m.params.x + m.params.bias)[1]


@says(
    "activations",
    r"^At x = (\S+) the slope of (.+?)[;.]? ?(?:[a-zA-Z ]+ is (?:nearly )?flat where.*|flat here.*|nearly.*)?$",
)
def _slopes(m: Moment, x: str, slopes: str) -> Pairs:
    yield x, m.params.x
    for name, slope in re.findall(r"(?:of )?([A-Za-z][A-Za-z ]*?)(?: is)? ([−\d.e×⁻¹²³⁴⁵⁶⁷⁸⁹⁰]*\d)", slopes):
        yield slope, _slope_here(m, name.removeprefix("of "))


@says("activations", r"^At x = \S+ (.+) is the steepest \(slope (\S+)\), (.+) the flattest \((\S+)\)")
def _steepest(m: Moment, steep: str, most: str, flat: str, least: str) -> Pairs:
    slopes = m.column("at_cursor", "slope")
    yield most, max(slopes)
    yield least, min(slopes)
    yield most, _slope_here(m, steep)
    yield least, _slope_here(m, flat)


@says("activations", r"[;,] flat here: ([^;.]+)")
def _flat(m: Moment, names: str) -> Pairs:
    for name in names.split(", "):
        yield f"{name} is flat", _slope_here(m, name) == 0


@says("activations", r"the slopes multiply to (.+?)\.(?: |$)")
def _multiply(m: Moment, told: str) -> Pairs:
    names = {"ReLU": "relu", "Leaky ReLU": "leaky_relu"}
    for number, name in re.findall(r"(\S+) for ([A-Za-z ]+?)(?= and|,|$)", told):
        last = m.row("layers", function=names.get(name, name), layer=5)
        yield number, last["product"]
        slopes = [row["slope"] for row in m.rows("layers") if row["function"] == names.get(name, name)]
        yield number, math.prod(slopes)


@says("forward", r"^Layer (\d), neuron (\d): (.+?) = (\S+?), (.+?)(?:\. All done: y = \((.+)\))?\.$")
def _forward(m: Moment, layer: str, neuron: str, sum_: str, total: str, then: str, outputs: str | None) -> Pairs:
    row = m.row("neurons", layer=int(layer), neuron=int(neuron))
    products = [one for one in m.rows("products") if (one["layer"], one["neuron"]) == (int(layer), int(neuron))]
    yield total, row["weighted_sum"]
    yield total, sum(one["value"] * one["weight"] for one in products)
    if "=" in then:
        yield then.rpartition(" = ")[2], row["activation"]
    elif "gives it" in then:
        yield then.rpartition(" ")[2], row["activation"]
    else:
        yield "leaves it as it is", row["activation"] == row["weighted_sum"]
    if outputs:
        last = max(one["layer"] for one in m.rows("neurons"))
        yield from pairs_in(outputs, [one["activation"] for one in m.rows("neurons") if one["layer"] == last])


@says("forward", r"^The inputs are \((.+)\)\. Press Step \(Page Down\) to compute the (\d+) neurons one by one\.$")
def _inputs(m: Moment, inputs: str, neurons: str) -> Pairs:
    yield from pairs_in(inputs, m.column("inputs", "value"))
    yield neurons, len(m.rows("neurons"))


@says(
    "softmax",
    r"class (\d+)'s score leads by (\S+), (?:so its probability is e\^\(.+\) =|which makes it) (\S+) times"
    r" (?:that of|as probable as) class (\d+)",
)
def _leads(m: Moment, first: str, by: str, times: str, second: str) -> Pairs:
    rows = sorted(m.rows("stops"), key=lambda row: -row["score"])
    yield first, rows[0]["class"]
    yield second, rows[1]["class"]
    yield by, rows[0]["score"] - rows[1]["score"]
    yield times, rows[0]["probability"] / rows[1]["probability"]


@says("softmax", r"^\(([\d., ]+)\): ")
def _probabilities(m: Moment, numbers: str) -> Pairs:
    scores = m.column("stops", "score")
    powers = np.exp((scores - max(scores)) / m.params.temperature)
    yield from pairs_in(numbers, powers / np.sum(powers))


@says("softmax", r"^Every score is (\S+) (larger|smaller), yet no probability changed: \((.+)\)\. Only")
def _only_differences(m: Moment, by: str, word: str, numbers: str) -> Pairs:
    scores = m.column("stops", "score")
    powers = np.exp((scores - max(scores)) / m.params.temperature)
    yield by, abs(m.params.offset)
    yield word, "larger" if m.params.offset > 0 else "smaller"
    yield from pairs_in(numbers, powers / np.sum(powers))


@says("softmax", r"^p(\d+) = (\S+): class")
def _one_probability(m: Moment, number: str, told: str) -> Pairs:
    yield told, m.row("stops", **{"class": int(number)})["probability"]


@says("softmax", r"classes (.+) share the lead, so their probabilities are equal")
def _share(m: Moment, numbers: str) -> Pairs:
    most = max(m.column("stops", "score"))
    told = [int(one.text) for one in numbers_in(numbers)]
    yield numbers, set(told) <= {row["class"] for row in m.rows("stops") if row["score"] == most}


@says("softmax", r"e\^x is infinite above (\S+), and one exponent is (\S+): naive overflows, shifted gives \((.+)\)")
def _overflows(m: Moment, above: str, exponent: str, shifted: str) -> Pairs:
    kind = m.params.dtype
    yield above, np.log(np.finfo(kind).max)
    rows = m.rows(f"forms_{kind}")
    yield exponent, max(row["exponent"] for row in rows)
    yield from pairs_in(shifted, [row["shifted"] for row in rows])
    yield "naive overflows", any(not math.isfinite(row["naive"]) for row in rows)


@says("softmax", r"the rows sum to \((.+)\) instead of 1 each")
def _row_sums(m: Moment, sums: str) -> Pairs:
    rows = m.rows("batch")
    yield from pairs_in(sums, [row["sum_at_once"] for row in rows])


@says("digits", r"^It reads (\d) \((\S+)\), but (\d) is possible too \((\S+)\)")
def _two_digits(m: Moment, first: str, one: str, second: str, other: str) -> Pairs:
    rows = sorted(m.rows("drawing"), key=lambda row: -row["probability"])
    yield from zip((first, second), (rows[0]["digit"], rows[1]["digit"]), strict=True)
    yield from zip((one, other), (rows[0]["probability"], rows[1]["probability"]), strict=True)


@says("digits", r"reads (\d) (?:and is sure: (\S+%)\.|\((\S+)\)\. Moved)")
def _one_digit(m: Moment, digit: str, sure: str | None, share: str | None) -> Pairs:
    best = max(m.rows("drawing"), key=lambda row: row["probability"])
    yield digit, best["digit"]
    yield sure or share, best["probability"]


@says("digits", r"still it answers (\d) with (\S+):")
def _blank(m: Moment, digit: str, share: str) -> Pairs:
    best = max(m.rows("drawing"), key=lambda row: row["probability"])
    yield digit, best["digit"]
    yield share, best["probability"]


@says("digits", r"Moved to 9 positions, it gets this answer in (\d)")
def _moved(m: Moment, count: str) -> Pairs:
    best = max(m.rows("drawing"), key=lambda row: row["probability"])["digit"]
    yield count, sum(row["answer"] == best for row in m.rows("moved"))


@says("digits", r"^Image (\d+) is an? (\d), but read as (\d) \((\S+)\)\. Of all (\S+), (\S+) are right")
def _image(m: Moment, number: str, label: str, answer: str, share: str, of: str, right: str) -> Pairs:
    rows = m.rows("image")
    best = max(rows, key=lambda row: row["probability"])
    yield from zip((number, label), (rows[0]["image"], rows[0]["label"]), strict=True)
    yield from zip((answer, share), (best["digit"], best["probability"]), strict=True)
    yield of, m.rows("evaluation")[0]["images"]
    yield right, sum(row[f"read_as_{row['label']}"] for row in m.rows("confusion"))


@says(
    "digits",
    r"In batches of (\d+|any size) an image takes (?:(\S+) µs[;,] in batches of (\d+) (?:it takes )?(\S+) times"
    r"|(\S+) µs, about as long as in those of (\d+), the fastest: (\S+) µs"
    r"|about as long, (\S+) µs in those of (\d+)).*: (\S+%)",
)
def _times(m: Moment, size: str, *told: str) -> Pairs:
    """How large the difference is depends on the machine at the moment."""
    time, other, times, its, fast, least, any_time, of, share = told
    seconds = {int(row["batch_size"]): row["seconds"] for row in m.rows("timing")}
    if times:
        yield time, seconds[int(size)] * 1e6
        yield times, seconds[int(other)] / seconds[int(size)]
    elif least:
        yield its, seconds[int(size)] * 1e6
        yield least, seconds[int(fast)] * 1e6
        yield "the fastest", seconds[int(fast)] == min(seconds.values())
    else:
        yield any_time, seconds[int(of)] * 1e6
    yield share, m.rows("evaluation")[0]["right"] / m.rows("evaluation")[0]["images"]


@says(
    "digits",
    r"Changed like this, it (?:still )?reads (\d)(?: \((\S+%)\) instead of (\d) \((\S+%)\)|, with (\S+%) instead)",
)
def _changed(m: Moment, digit: str, share: str | None, other: str | None, before: str | None, now: str | None) -> Pairs:
    best = max(m.rows("image" if m.params.view == "test" else "drawing"), key=lambda row: row["probability"])
    yield digit, best["digit"]
    yield share or now, best["probability"]
    plain = m.frame.image_unaltered if m.params.view == "test" else m.frame.unaltered
    y = load_digit_network().forward(pixels(plain.picture[None]))[2][0]
    yield other or digit, int(np.argmax(y))
    yield "another answer", other is None or other != digit
    if before:
        yield before, y.max()


@says("digits", r"Turned (anti)?clockwise alone, it first changes at (\d+)°")
def _turned(m: Moment, anti: str | None, degrees: str) -> Pairs:
    plain = m.frame.image_unaltered if m.params.view == "test" else m.frame.unaltered
    way, grain = 1 if anti else -1, np.zeros((28, 28))
    yield "the way it is turned now", way == np.sign(m.params.turn)
    turned = [altered_bytes(plain.picture, Alteration(way * (int(degrees) - back)), grain) for back in (0, 1)]
    answers = load_digit_network().answers(pixels(np.array(turned)))
    yield "another answer there", answers[0] != plain.answer
    yield "the same a degree before", answers[1] == plain.answer


@says("digits", r"^Image (\d+) is an? (\d)\. Changed")
def _changed_image(m: Moment, number: str, label: str) -> Pairs:
    row = m.rows("image")[0]
    yield from zip((number, label), (row["image"], row["label"]), strict=True)


_POINTS = r": (\S+) numbers a digit, whose two widest directions hold (\S+%).* (\S+%) of the 500 digits lie nearest"


@says("digits", _POINTS)
@says("feature_maps", _POINTS)
def _points(m: Moment, numbers: str, share: str, alike: str) -> Pairs:
    places = np.column_stack([m.column("points", name) for name in ("first", "second")])
    apart = np.linalg.norm(places[:, None] - places, axis=2)
    np.fill_diagonal(apart, np.inf)
    labels = m.column("points", "label")
    yield alike, np.mean(labels[apart.argmin(axis=1)] == labels)
    yield numbers, m.frame.points.numbers
    yield share, m.frame.points.shares.sum()


# Chapter 4


@says("losses", r"^Class (\d) gets (\S+): cross entropy (\S+), ½ sum of squares (\S+), mean square (\S+)\.")
def _losses(m: Moment, target: str, y: str, entropy: str, half: str, mean: str) -> Pairs:
    row = m.row("classes", t=1)
    ys, ts = m.column("classes", "y"), m.column("classes", "t")
    yield target, row["class"]
    yield y, row["y"]
    with np.errstate(divide="ignore"):
        yield entropy, float(-np.log(np.float64(row["y"])))
    yield half, 0.5 * np.sum((ys - ts) ** 2)
    yield mean, np.mean((ys - ts) ** 2)


@says("losses", r"^Class numbers in the one-hot formula give (\S+) instead of (\S+),")
def _class_numbers(m: Moment, wrong: str, right: str) -> Pairs:
    rows = {row["computed"]: row["loss"] for row in m.rows("batch_loss")}
    ys = np.array([[row[f"y{k}"] for k in range(4)] for row in m.rows("batch")])
    labels = m.column("batch", "label")
    yield right, -np.mean(np.log(ys[np.arange(len(ys)), labels]))
    yield wrong, -np.sum(labels * np.log(ys)) / len(ys)
    yield right, rows["right"]


@says("losses", r"The outputs sum to (\S+), so they are not probabilities")
def _sum(m: Moment, told: str) -> Pairs:
    yield told, np.sum(m.column("classes", "y"))


@says("differentiation", r"the (\w+) difference with h = (\S+) gives (\S+), not (\S+): off by (\S+)\.$")
def _difference(m: Moment, kind: str, h: str, told: str, exact: str, off: str) -> Pairs:
    row = m.row("differences", difference=m.params.difference, dtype=m.params.dtype)
    yield kind, m.params.difference
    yield h, row["h"]
    yield told, row["slope"]
    yield off, abs(row["error"])
    yield exact, m.frame.exact
    yield off, abs(row["slope"] - m.frame.exact)


@says("differentiation", r"the (\w+) difference with h = (\S+) gives (\S+), exactly the tangent's\.$")
def _exactly(m: Moment, kind: str, h: str, told: str) -> Pairs:
    row = m.row("differences", difference=m.params.difference, dtype=m.params.dtype)
    yield kind, m.params.difference
    yield from zip((h, told, told), (row["h"], row["slope"], m.frame.exact), strict=True)
    yield "exactly", row["slope"] == m.frame.exact


@says("differentiation", r"A smaller h would do better here|With so small an h the rounding errors take over")
def _which_side(m: Moment) -> Pairs:
    row = m.row("differences", difference=m.params.difference, dtype=m.params.dtype)
    smaller = m.frame.status.text.render("en").startswith("A smaller")
    yield "a smaller h is better", (row["best_h"] < row["h"]) == smaller


@says("differentiation", r"the same code returns \((.+)\) instead of \((.+)\)")
def _integers(m: Moment, told: str, instead: str) -> Pairs:
    yield from pairs_in(told, m.column("integers", "gradient"))
    yield from pairs_in(instead, m.column("integers", "exact"))


@says("gradient_field", r"^−∇f = \((\S+), (\S+)\)")
def _downhill(m: Moment, first: str, second: str) -> Pairs:
    yield from zip((first, second), -np.asarray(m.frame.gradient), strict=True)


@says("gradient_field", r"^∇f = \((\S+), (\S+)\) points uphill: a step of \S+ along it raises f from (\S+) to (\S+)\.")
def _uphill(m: Moment, first: str, second: str, before: str, after: str) -> Pairs:
    yield from zip((first, second), np.asarray(m.frame.gradient), strict=True)
    values = {row["quantity"]: row["number"] for row in m.rows("point")}
    yield before, values["f"]
    yield "raises", float(after) > float(before)


@says("gradient_field", r"(misses the minimum by|off the minimum|points straight at the minimum)")
def _angle(m: Moment, words: str) -> Pairs:
    values = {row["quantity"]: row["number"] for row in m.rows("point")}
    sentence = m.experiment.headline(m.params, m.frame).render("en")
    told = re.search(r"([\d.]+)°", sentence)
    if told:
        yield told[1], values["angle_to_minimum"]
    else:
        yield words, values["angle_to_minimum"] < 0.05


@says("descent", r"^Rate (\S+?),? (below|above|crawls|is exactly|:)")
def _rate(m: Moment, rate: str, word: str) -> Pairs:
    row = m.rows("outcome")[0]
    yield rate.rstrip(":"), row["learning_rate"]
    if word in ("below", "above"):
        yield word, "below" if row["learning_rate"] < row["limit"] else "above"
    if word == "is exactly":
        yield word, math.isclose(row["learning_rate"], row["limit"])


@says(
    "descent", r"above the limit (\S+), but this start lies straight along the valley; after (\d+) steps? f = (\S+)\.$"
)
def _along(m: Moment, limit: str, steps: str, f: str) -> Pairs:
    values = m.column("path", "f")
    yield from zip(
        (limit, steps, f), (m.rows("outcome")[0]["limit"], m.column("path", "step")[-1], values[-1]), strict=True
    )
    yield "it does not diverge", values[-1] <= values[0]


@says("descent", r"^At the start \((.+)\), f = (\S+) and the gradient is (\S+) long\.$")
def _at_the_start(m: Moment, place: str, f: str, norm: str) -> Pairs:
    row = m.rows("path")[0]
    yield from pairs_in(place, [row[name] for name in m.params.surface.names])
    yield from zip((f, norm), (row["f"], row["gradient_norm"]), strict=True)


@says("descent", r"each step lands on the other side, (\S+) times as far out; f = (\S+)\.$")
def _zigzag(m: Moment, factor: str, f: str) -> Pairs:
    x1 = m.column("path", "x1")
    yield factor, abs(x1[-1] / x1[-2])
    yield "the other side", x1[-1] * x1[-2] < 0
    yield f, m.column("path", "f")[-1]


@says("descent", r"(?:diverges|grows slowly): each swing is (\S+) times as wide; f = (\S+) at step (\d+)")
def _diverges(m: Moment, factor: str, f: str, step: str) -> Pairs:
    values = m.column("path", "f")
    yield "it grows", values[-1] > values[0]
    places = np.column_stack([m.column("path", "x0"), m.column("path", "x1")])
    steps = np.abs(np.diff(places, axis=0))
    widest = steps[:, np.argmax(steps[-1])]
    yield factor, widest[-1] / widest[-2]
    yield f, values[-1]
    yield step, m.column("path", "step")[-1]


@says("descent", r"^Rate \S+ crawls: after (\d+) steps? it is only (\S+) from the start; f = (\S+)\.$")
def _crawls(m: Moment, steps: str, away: str, f: str) -> Pairs:
    places = np.column_stack([m.column("path", "x0"), m.column("path", "x1")])
    yield steps, m.column("path", "step")[-1]
    yield away, np.linalg.norm(places[-1] - places[0])
    yield f, m.column("path", "f")[-1]


@says("descent", r"^Converged after (\d+) steps with rate (\S+): f = (\S+), and the gradient is down to (\S+)\.$")
def _settled(m: Moment, steps: str, rate: str, f: str, norm: str) -> Pairs:
    row = m.rows("outcome")[0]
    yield from zip(
        (steps, rate, f, norm), (row["step"], m.params.learning_rate, row["f"], row["gradient_norm"]), strict=True
    )
    yield "converged", row["gradient_norm"] < 1e-2 * m.column("path", "gradient_norm")[0]


@says("descent", r"after (\d+) steps? f has gone from (\S+) to (\S+)\.$")
def _gone(m: Moment, steps: str, before: str, after: str) -> Pairs:
    values = m.column("path", "f")
    yield from zip((steps, before, after), (m.column("path", "step")[-1], values[0], values[-1]), strict=True)


@says("descent", r"^Rate \S+: after (\d+) steps it has left the map, f = (\S+?)\.?$")
def _left(m: Moment, steps: str, f: str) -> Pairs:
    row = m.rows("outcome")[0]
    yield from zip((steps, f), (row["step"], row["f"]), strict=True)
    now, surface = (row["x0_now"], row["x1_now"]), m.params.surface
    inside = [low <= x <= high for x, low, high in zip(now, surface.low, surface.high, strict=True)]
    yield "outside", not all(inside)


@says("descent", r"^Step (\d+): held up at a saddle\. The gradient is only (\S+), but")
def _held_up(m: Moment, step: str, norm: str) -> Pairs:
    yield from zip((step, norm), (m.column("path", "step")[-1], m.column("path", "gradient_norm")[-1]), strict=True)
    norms = m.column("path", "gradient_norm")
    yield "only", norms[-1] <= 2 * min(norms)


@says("descent", r"^Step (\d+): f has fallen from (\S+) to (\S+), and there is no minimum")
def _falls(m: Moment, step: str, before: str, after: str) -> Pairs:
    values = m.column("path", "f")
    yield from zip((step, before, after), (m.column("path", "step")[-1], values[0], values[-1]), strict=True)
    yield "fallen", values[-1] < values[0]


@says("descent", r"^Step (\d+): (x\d) has run off to (\S+), and f is (\S+)\. There is no minimum")
def _runs_off(m: Moment, step: str, name: str, to: str, f: str) -> Pairs:
    # The path ends with the last numbers that can be drawn.
    row, path = m.rows("outcome")[0], m.rows("path")
    yield step, row["step"]
    yield from zip((to, f), (row[f"{name}_now"], row["f"]), strict=True)
    yield "it runs off", abs(path[-1][name]) > abs(path[0][name]) and path[-1]["f"] < path[0]["f"]


@says("descent", r"^Step (\d+): (x\d) stands still at (\S+), where rounding has made .* gradient 0; f = (\S+)\.$")
def _frozen(m: Moment, step: str, name: str, at: str, f: str) -> Pairs:
    before, last = m.rows("path")[-2:]
    yield from zip((step, at, f), (last["step"], last[name], last["f"]), strict=True)
    yield "stands still", before[name] == last[name] and last["gradient_norm"] == 0


@says("descent", r"^The caller's start was \((.+)\)\. After a call of (\d+) steps? it is \((.+)\)\.$")
def _start_changed(m: Moment, before: str, steps: str, after: str) -> Pairs:
    path = m.rows("path")
    yield steps, path[-1]["step"]
    yield from pairs_in(before, [path[0]["x0"], path[0]["x1"]])
    yield from pairs_in(after, [path[-1]["x0"], path[-1]["x1"]])


@says("losses", r"^y = (\S+): −log y is (\S+), with 1e−7 added it is (\S+), and it never exceeds (\S+)\.$")
def _guarded(m: Moment, y: str, plain: str, guarded: str, most: str) -> Pairs:
    value = float(y)
    yield plain, math.inf if value == 0 else -math.log(value)
    yield from zip((guarded, most), (-math.log(value + 1e-7), -math.log(1e-7)), strict=True)


@says("differentiation", r"^At x = (\S+), (\S+) has no slope, .* h = (\S+) say: forward (\S+), central (\S+)\.$")
def _corner(m: Moment, x: str, name: str, h: str, forward: str, central: str) -> Pairs:
    f, at, step = _FUNCTIONS[name], float(x), float(h)
    yield forward, (f(at + step)[0] - f(at)[0]) / step
    yield central, (f(at + step)[0] - f(at - step)[0]) / (2 * step)


@says("training", r"^After (\S+) updates the loss is (\S+); (\S+%) of training and (\S+%) of test digits are right")
def _training(m: Moment, updates: str, loss: str, train: str, test: str) -> Pairs:
    yield updates, m.column("loss", "update")[-1]
    yield loss, m.column("loss", "mean_of_20")[-1]
    yield train, m.column("accuracy", "train")[-1]
    yield test, m.column("accuracy", "test")[-1]


@says("training", r"^Epoch (\d+) ends at update (\S+); right: (\S+%) of (\S+) training and (\S+%) of 10,000 test")
def _epoch(m: Moment, epoch: str, update: str, train: str, count: str, test: str) -> Pairs:
    row = m.rows("epochs")[-1]
    yield count, min(10_000, m.frame.samples)
    told = (epoch, update, train, test)
    yield from zip(told, (row["epoch"], row["update"], row["train"], row["test"]), strict=True)


@says("training", r"^(?:Update (\S+): loss (\S+)\. |One update would take )(\S+) forward passes")
def _cost(m: Moment, update: str | None, loss: str | None, passes: str) -> Pairs:
    yield passes, 2 * m.rows("cost")[0]["parameters"]
    if update:
        yield update, m.column("loss", "update")[-1]
        yield loss, m.column("loss", "mean_of_20")[-1]


@says("training", r"^Overfitting: at update (\S+), (\S+%) of the (\S+) training images were right, but only (\S+%)")
def _overfits(m: Moment, update: str, train: str, count: str, test: str) -> Pairs:
    row = m.rows("epochs")[-1]
    yield update, row["update"]
    yield train, row["train"]
    yield test, row["test"]
    yield count, m.frame.samples
    yield "more", row["train"] > row["test"]


@says("training", r"^Nothing learned yet: (\S+%) of the test digits are right; guessing would get about (\S+%)\.$")
def _untrained(m: Moment, test: str, guessing: str) -> Pairs:
    yield test, m.column("accuracy", "test")[-1]
    yield guessing, 0.1


@says("training", r"^Update (\S+): loss (\S+); right at update (\S+): (\S+%) of training and (\S+%) of test digits\.$")
def _between_epochs(m: Moment, update: str, loss: str, at: str, train: str, test: str) -> Pairs:
    yield from zip((update, loss), (m.column("loss", "update")[-1], m.column("loss", "mean_of_20")[-1]), strict=True)
    row = m.rows("accuracy")[-1]
    yield from zip((at, train, test), (row["update"], row["train"], row["test"]), strict=True)
