"""The headlines of chapters 5 to 7, computed again."""

from __future__ import annotations

import math
import re

import numpy as np

from tests.truth.numbers import numbers_in
from tests.truth.verdicts import Moment, Pairs, pairs_in, says

# Chapter 5


@says("graph", r"^Back through .*?: (.+?)\.(?: |$)")
def _back(m: Moment, terms: str) -> Pairs:
    edges = m.rows("edges")
    for upstream, local, product in re.findall(r"(\S+) × (\S+) = (\S+) to", terms):
        for told, name in ((upstream, "upstream"), (local, "local"), (product, "downstream")):
            yield told, any(_fits(told, row[name]) for row in edges)
        yield (
            "upstream times local",
            all(
                math.isclose(row["upstream"] * row["local"], row["downstream"], rel_tol=1e-9, abs_tol=1e-12)
                for row in edges
                if np.isfinite(row["downstream"])
            ),
        )


def _fits(told: str, value: float) -> bool:
    return numbers_in(told)[0].fits(float(value))


@says("graph", r"(all gradients agree with the numerical ones|every gradient still comes out right)")
def _agree(m: Moment, words: str) -> Pairs:
    yield words, all(math.isclose(r["gradient"], r["numerical"], rel_tol=1e-4, abs_tol=1e-6) for r in m.rows("checks"))


@says("layers", r"^The cell (\w+)\[(\d+),(\d+)\] is (\S+?)\. ")
def _cell(m: Moment, name: str, row: str, column: str, told: str) -> Pairs:
    yield told, m.row(name.lower(), row=int(row), column=int(column))["value"]


@says(
    "gradient_check", r"^(?:All|(\d+) of) (\d+) gradients (agree|differ)(?:, in (.+?))?: the relative error is (\S+)\."
)
def _checked(m: Moment, count: str | None, of: str, word: str, names: str | None, error: str) -> Pairs:
    rows = m.rows("gradients")
    b, n = (np.array([row[name] for row in rows]) for name in ("backpropagation", "numerical"))
    yield of, len(rows)
    yield word, "agree" if all(row["agrees"] for row in m.rows("arrays")) else "differ"
    arrays = m.rows("arrays")
    yield error, max(row["error"] for row in arrays)
    for row in arrays:
        mine = [one["array"] == row["array"] for one in rows]
        largest = np.max(np.abs([b[mine], n[mine]]))
        yield (
            f"error of {row['array']}",
            math.isclose(row["error"], np.max(np.abs((b - n)[mine])) / largest, rel_tol=1e-6),
        )
    if names:
        yield names, set(re.findall(r"\w\d", names)) == {row["array"] for row in arrays if not row["agrees"]}


@says("gradient_check", r"^With h = (\S+) the relative error is (\S+); the least of all h is (\S+)\.$")
def _sweep(m: Moment, h: str, error: str, least: str) -> Pairs:
    rows = m.rows("steps")
    yield least, min(row[m.params.dtype] for row in rows)
    yield h, m.params.h


@says("gradient_check", r"^(\S+) parameters: (\S+) forward passes")
def _passes(m: Moment, parameters: str, passes: str) -> Pairs:
    row = m.rows("cost")[-1]
    yield parameters, row["parameters"]
    yield passes, 2 * row["parameters"]


@says(
    "playground",
    r"^After (\d+) (epochs?|updates?) the loss is (\S+)( \(without the penalty\))?; (\S+%) of the training and (\S+%)",
)
def _playground(m: Moment, count: str, unit: str, loss: str, without: str | None, train: str, test: str) -> Pairs:
    row = m.rows("curves")[-1]
    if unit.startswith("epoch"):
        told = (count, loss, train, test)
        wanted = (row["epoch"], row["train_loss"], row["train_accuracy"], row["test_accuracy"])
        yield from zip(told, wanted, strict=True)
    else:
        yield count, m.frame.update
    for told, training in ((train, True), (test, False)):
        yield from _share_of_points(m, told, training)
    yield "without the penalty", bool(without) == (row["penalty"] > 0)


@says("playground", r"^Nothing learned yet: (\S+%) of the training points are right")
def _by_chance(m: Moment, train: str) -> Pairs:
    yield from _share_of_points(m, train, True)


def _share_of_points(m: Moment, told: str, training: bool) -> Pairs:
    right = [one["answer"] == one["target"] for one in m.rows("points") if one["training"] == training]
    if right:  # where the test points are shown
        yield told, np.mean(right)


@says("playground", r"^After \d+ epochs the loss is (\S+) on the training points and (\S+) on the test points")
def _hills(m: Moment, train: str, test: str) -> Pairs:
    row = m.rows("curves")[-1]
    yield from zip((train, test), (row["train_loss"], row["test_loss"]), strict=True)


@says("graph", r"^Only the inputs are known\. Step \(Page Down\) computes the (\d+) nodes?\.$")
def _nodes_to_come(m: Moment, nodes: str) -> Pairs:
    # What has no edge coming in is an input.
    made = {row["target"] for row in m.rows("edges")}
    yield nodes, len(made)


# Chapter 6


@says(
    "optimizers",
    r"^(\w+) after (\d+) steps?: (?:it .*?)?f (?:=|has grown to) ([^\s;,]*[^\s;,.])(?: at \((\S+), (\S+)\))?[.;,]",
)
def _optimizer(m: Moment, name: str, steps: str, f: str, x0: str | None, x1: str | None) -> Pairs:
    row = m.row("outcome", optimizer=name)
    yield from zip((steps, f), (row["step"], row["f"]), strict=True)
    if x0:
        yield from zip((x0, x1), (row["x0"], row["x1"]), strict=True)


@says("optimizers", r"^All begin at \((\S+), (\S+)\), where f = (\S+)\.$")
def _all_begin(m: Moment, x0: str, x1: str, f: str) -> Pairs:
    for row in m.rows("outcome"):
        yield from zip((x0, x1, f), (row["x0"], row["x1"], row["f"]), strict=True)


@says("optimizers", r"^(\w+) after .*(swings from side to side|diverges|crawls|left the map|zigzag that gets narrower)")
def _how(m: Moment, name: str, word: str) -> Pairs:
    path = [row for row in m.rows("paths") if row["optimizer"] == name]
    f = [row["f"] for row in path]
    x1 = np.diff([row["x1"] for row in path][-6:])
    if word == "swings from side to side":
        x0 = np.diff([row["x0"] for row in path][-6:])
        yield word, any(bool(np.all(one[1:] * one[:-1] <= 0)) for one in (x0, x1))
        yield "it does not settle", np.hypot(*np.diff([(r["x0"], r["x1"]) for r in path], axis=0)[-1]) > 1e-3
    elif word == "diverges":
        yield word, f[-1] > f[0]
    elif word == "crawls":
        places = np.array([(row["x0"], row["x1"]) for row in path])
        steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
        yield word, steps[-1] < 0.01 * (np.max(places) - np.min(places)) + 1e-3
    elif word == "zigzag that gets narrower":
        yield word, bool(np.all(x1[1:] * x1[:-1] <= 0)) and abs(x1[-1]) < abs(x1[0])


@says("optimizers", r"both means are too small at first.* η_t = (\S+)\.$")
def _phase(m: Moment, rate: str) -> Pairs:
    yield rate, any(row["quantity"].startswith("η") and _fits(rate, row["result"]) for row in m.rows("phases"))


@says("optimizer_race", r"after (\d+) updates: loss (\S+) \((\w+)\) to (\S+) \((\w+)\)\. ")
@says("optimizer_race", r"After (\d+) updates: loss (\S+) \((\w+)\) to (\S+) \((\w+)\)\. ")
def _race(m: Moment, updates: str, least: str, first: str, most: str, last: str) -> Pairs:
    newest = m.rows("loss")[-1]
    keys = {key: value for key, value in newest.items() if key != "update" and np.isfinite(value)}
    yield updates, newest["update"]
    yield least, min(keys.values())
    yield most, max(keys.values())
    yield from zip((first.lower(), last.lower()), (min(keys, key=keys.get), max(keys, key=keys.get)), strict=True)
    still = sorted((row["mean_loss"], row["optimizer"]) for row in m.rows("standing") if np.isfinite(row["mean_loss"]))
    yield from zip((first, last), (still[0][1], still[-1][1]), strict=True)


@says(
    "initialization",
    r"^Standard deviation of the activations: (\S+) in layer 1, (\S+) in layer (\d+)"
    r"(?:; (\S+%) of that layer are (0|saturated))?\.$",
)
def _flow(m: Moment, first: str, last: str, layer: str, share: str | None, word: str | None) -> Pairs:
    rows = m.rows("layers")
    yield from zip((first, last), (rows[0]["activation_std"], rows[-1]["activation_std"]), strict=True)
    yield layer, len(rows)
    if word == "saturated":
        yield share, rows[-1]["saturated"]


@says("initialization", r"^Standard deviation of the gradients: (\S+) sent in at layer (\d+), (\S+) left at layer 1\.$")
def _flow_back(m: Moment, sent: str, layer: str, left: str) -> Pairs:
    rows = m.rows("layers")
    told = (sent, left, layer)
    yield from zip(told, (rows[-1]["gradient_std"], rows[0]["gradient_std"], len(rows)), strict=True)


@says("initialization", r"^Layer \d+ of (\d+) combinations: .* from (\S+) \((.+?) (\S+)\) to (\S+) \((.+?) (\S+)\)\.$")
def _grid(m: Moment, count: str, least: str, who: str, std: str, most: str, other: str, other_std: str) -> Pairs:
    rows = sorted(m.rows("combinations"), key=lambda row: row["activation_std"])
    names = {"relu": "ReLU", "leaky_relu": "Leaky ReLU"}
    yield count, len(rows)
    for row, number, name in ((rows[0], least, who), (rows[-1], most, other)):
        yield number, row["activation_std"]
        yield name, names.get(row["activation"], row["activation"])


@says("initialization", r"^After (\d+) updates the loss is: (\S+) \(std 0\.01\), (\S+) \(Xavier\) and (\S+) \(He\)\.$")
def _three(m: Moment, updates: str, std: str, xavier: str, he: str) -> Pairs:
    last = m.rows("loss")[-1]
    yield updates, last["update"]
    yield from zip((std, xavier, he), (last[name] for name in ("small", "xavier", "he")), strict=True)


@says("batch_norm", r"after (\d+) epochs?: with batch normalization (\S+%) are right, without (\S+%)")
def _with_and_without(m: Moment, epochs: str, with_: str, without: str) -> Pairs:
    row = [row for row in m.rows("curves") if np.isfinite(row["normalized"])][-1]
    yield from zip((epochs, with_, without), (row["epoch"], row["normalized"], row["plain"]), strict=True)


@says("batch_norm", r"These two have not learned yet; they come next\.$")
def _not_learned(m: Moment) -> Pairs:
    yield "not yet", not any(row["epoch"] > 0 and np.isfinite(row["normalized"]) for row in m.rows("curves"))


@says(
    "batch_norm",
    r"^(\d+) numbers? of mean (\S+) and standard deviation (\S+);"
    r" what comes out has mean (\S+) and standard deviation (\S+)\.$",
)
def _numbers(m: Moment, count: str, mean: str, std: str, mean_after: str, std_after: str) -> Pairs:
    x, z = m.column("numbers", "x"), m.column("numbers", "z")
    told = (count, mean, std, mean_after, std_after)
    yield from zip(told, (len(x), np.mean(x), np.std(x), np.mean(z), np.std(z)), strict=True)


@says(
    "overfitting",
    r"^Update (\d+): (\S+%) of (\S+)(?: of the \S+)? training digits are right, but "
    r"(\S+%) of the test digits: the gap is (\S+) points",
)
def _gap(m: Moment, update: str, train: str, count: str, test: str, gap: str) -> Pairs:
    rows = m.rows("train_accuracy")[-1], m.rows("test_accuracy")[-1]
    yield update, m.rows("now")[0]["update"]
    yield train, rows[0]["plain"]
    yield test, rows[1]["plain"]
    yield gap, 100 * (rows[0]["plain"] - rows[1]["plain"])


@says(
    "overfitting",
    r"^Nothing learned yet: (\S+%) of (\S+)(?: of the \S+)? training digits are right and (\S+%) of the test digits\."
    r"( Batches are augmented\.)?$",
)
def _nothing_learned(m: Moment, train: str, count: str, test: str, augmented: str | None) -> Pairs:
    now = m.rows("now")[0]
    yield augmented, bool(augmented) == (m.params.augmentation > 0)
    yield from zip((train, count, test), (now["training"], m.frame.samples, now["test"]), strict=True)


@says("overfitting", r"^Update (\d+): little is learned yet, (\S+%) of the training digits \(without: (\S+%)\), so")
def _little(m: Moment, update: str, train: str, plain: str) -> Pairs:
    row = m.rows("train_accuracy")[-1]
    yield from zip((update, train, plain), (m.rows("now")[0]["update"], row["regularized"], row["plain"]), strict=True)
    yield "little", row["regularized"] < 0.5


@says("overfitting", r"^Update ([\d,]+): the gap (narrows to|is no narrower,) (\S+) points \(without: (\S+)\)(.*)$")
def _narrows(m: Moment, update: str, word: str, gap: str, plain: str, rest: str) -> Pairs:
    train, test = m.rows("train_accuracy")[-1], m.rows("test_accuracy")[-1]
    own, other = (100 * (train[name] - test[name]) for name in ("regularized", "plain"))
    yield from zip((gap, plain), (own, other), strict=True)
    yield word, "narrows to" if own < other else "is no narrower,"
    accuracies = re.search(r"(\S+%) \(without: (\S+%)\)", rest)
    if accuracies:
        yield from zip(accuracies.groups(), (test["regularized"], test["plain"]), strict=True)
    yield rest, ("does not improve" in rest) == (test["regularized"] <= test["plain"])


@says("hyperparameters", r"^(\d+) trials are planned, none is done yet\.$")
def _planned(m: Moment, count: str) -> Pairs:
    yield count, len(m.rows("trials"))
    yield "none is done", not any(np.isfinite(row["validation"]) for row in m.rows("trials"))


@says("optimizer_race", r"^The same weights, the same batches to come;")
def _before_the_race(m: Moment) -> Pairs:
    yield "to come", not m.rows("loss")


@says(
    "overfitting",
    r"^Stopped at update (\d+); the network of update (\d+) is kept: training (\S+%), test (\S+%), gap (\S+)",
)
def _stopped(m: Moment, at: str, kept: str, train: str, test: str, gap: str) -> Pairs:
    row = m.rows("now")[0]
    yield from zip((train, test), (row["training"], row["test"]), strict=True)
    yield gap, 100 * (row["training"] - row["test"])


@says("hyperparameters", r"^(\d+) of (\d+) trials are done\. The best, with η = (\S+) and λ = (\S+), gets (\S+%) of")
def _best_trial(m: Moment, done: str, of: str, rate: str, decay: str, right: str) -> Pairs:
    rows = m.rows("trials")
    known = [row for row in rows if np.isfinite(row["validation"])]
    best = max(known, key=lambda row: row["validation"])
    yield from zip((done, of), (len(known), len(rows)), strict=True)
    yield from zip((rate, decay, right), (best["rate"], best["decay"], best["validation"]), strict=True)


@says("hyperparameters", r"trials: at random (\d+) different rates, best (\S+%); on the grid (\d+), best (\S+%)")
def _both(m: Moment, random: str, best: str, grid: str, best_of_grid: str) -> Pairs:
    for on_grid, rates, told in ((False, random, best), (True, grid, best_of_grid)):
        mine = [row for row in m.rows("trials") if row["on_grid"] == on_grid]
        yield rates, len({row["rate"] for row in mine})
        yield told, np.nanmax([row["validation"] for row in mine])


@says(
    "hyperparameters",
    r"^The best of (\d+) trials \(η = (\S+), λ = (\S+)\): (\S+%) right .*?, (\S+%) on the test data, "
    r"(\S+) points (more|less)",
)
def _chosen(m: Moment, count: str, rate: str, decay: str, right: str, test: str, points: str, word: str) -> Pairs:
    rows = m.rows("trials")
    best = max(rows, key=lambda row: row["validation"])
    yield from zip(
        (count, rate, decay, right), (len(rows), best["rate"], best["decay"], best["validation"]), strict=True
    )
    gained = 100 * (_share(test) - best["validation"])
    yield points, abs(gained)
    yield word, "more" if gained > 0 else "less"


def _share(told: str) -> float:
    return numbers_in(told)[0].value


@says("hyperparameters", r"^(\d+) coins, tossed (\d+) times each: the luckiest gets (\S+%)")
def _coins(m: Moment, coins: str, times: str, luckiest: str) -> Pairs:
    right = m.column("luck", "right")
    yield from zip((coins, luckiest), (len(right), max(right)), strict=True)


@says("hyperparameters", r"^In (\d+) batches the rate will grow from (\S+) to (\S+)\. Where")
def _range_to_come(m: Moment, batches: str, low: str, high: str) -> Pairs:
    yield from zip((low, high), (1e-4, 10), strict=True)
    # 500 images less those for validation, in ten epochs of batches of 20.
    yield batches, 10 * math.ceil((500 - m.params.validation) / 20)
    yield "will grow", not m.rows("range_test")


@says(
    "hyperparameters",
    r"falls fastest at η = (\S+?)(?:, and from (\S+) on it is higher than at the start)?\. "
    r"The mark, (\S+), is (.*?)\.$",
)
def _range_found(m: Moment, steepest: str, harmful: str | None, mark: str, words: str) -> Pairs:
    power, loss = np.log10(m.column("range_test", "rate")), m.column("range_test", "loss")
    windows = [slice(at - 10, at + 11) for at in range(10, len(loss) - 10)]
    means = [np.mean(loss[one]) for one in windows]
    slopes = [np.polyfit(power[one], loss[one], 1)[0] for one in windows[: int(np.argmin(means)) + 1]]
    found = 10 ** power[10 + int(np.argmin(slopes))]
    yield from zip((steepest, mark), (found, 10**m.params.mark), strict=True)
    if harmful:
        row = next(row for row in m.rows("range_test") if numbers_in(harmful)[0].fits(row["rate"]))
        yield harmful, row["mean"] > np.mean(loss[:10])
    factor = 10**m.params.mark / found
    yield words, ("larger" in words) == (factor >= 1.1) and ("smaller" in words) == (factor <= 1 / 1.1)
    yield from pairs_in(words, [max(factor, 1 / factor)] if "factor" in words else [])


@says("optimizer_race", r"All η are now at (\S+%)\.$")
def _rates_now(m: Moment, share: str) -> Pairs:
    for name, rate in m.rows("rate")[-1].items():
        if name != "update":
            now = rate / m.params.rate(name)
            yield share, 0 < now < 0.001 if share.startswith("<") else now


@says("playground", r"η is now (\S+)\.$")
@says("cnn", r"η is now (\S+)\.$")
def _rate_now(m: Moment, rate: str) -> Pairs:
    yield rate, m.rows("rate")[-1]["rate"]


# Chapter 7


@says("convolution", r"^Z\[(\d+),(\d+)\] = (\S+): (.*?)(\d+) of (\d+) made\.")
def _convolution(m: Moment, row: str, column: str, told: str, how: str, made: str, of: str) -> Pairs:
    partners = [one for one in m.rows("partners") if one["cell"] == f"Z[{row},{column}]"]
    yield told, m.row("output", row=int(row), column=int(column))["value"]
    yield of, len(m.rows("output"))
    yield made, sum(np.isfinite(one["value"]) for one in m.rows("output"))
    if partners and "products" in how:
        # A window's cell and the kernel's beside it, which are partners under one term; the bias is one alone.
        by_term: dict[object, list[float]] = {}
        for one in partners:
            by_term.setdefault(one["term"], []).append(float(one["value"]))
        yield told, sum(math.prod(pair) for pair in by_term.values())
        yield how, sum(len(pair) == 2 for pair in by_term.values()) == numbers_in(how)[0].value
        yield how, ("and the bias" in how) == any(len(pair) == 1 for pair in by_term.values())


@says(
    "convolution",
    r"^The filter lies on the first window\. Step \(Page Down\) makes Z\[0,0\], the first of (\d+) output cells\.$",
)
def _first_window(m: Moment, cells: str) -> Pairs:
    yield cells, len(m.rows("output"))
    yield "the first", not np.any(np.isfinite(m.column("output", "value")))


@says("convolution", r"Never read: (\d+) input cells")
def _unread(m: Moment, count: str) -> Pairs:
    yield count, len(m.rows("unread"))


@says("convolution", r"^X\[(\d+),(\d+)\] = (\S+) lies in (\d+) windows, so it feeds (\d+) output cells")
def _lies_in(m: Moment, row: str, column: str, told: str, windows: str, cells: str) -> Pairs:
    yield told, m.row("x0", row=int(row), column=int(column))["value"]
    partners = {one["partner"] for one in m.rows("partners") if one["partner"].startswith("Z")}
    yield from zip((windows, cells), (len(partners), len(partners)), strict=True)


@says("convolution", r"^M\[\d+,\d+\] = (\S+) is a copy of X\[(\d+),(\d+)\]\.")
def _copied(m: Moment, told: str, row: str, column: str) -> Pairs:
    yield told, m.row("x0", row=int(row), column=int(column))["value"]


@says("convolution", r"^d(\w)\[(\d+),(\d+)\] = (\S+?)\.? ")
def _convolution_back(m: Moment, name: str, row: str, column: str, told: str) -> Pairs:
    table = f"d{name.lower()}0" if f"d{name.lower()}0" in m.tables else f"d{name.lower()}"
    if table != "dx0":
        yield told, m.row(table, row=int(row), column=int(column))["value"]


@says("filters", r"^The numbers sum to (\S+): flat areas (give (\S+)|keep their grey)\.")
def _flat(m: Moment, total: str, words: str, flat: str | None) -> Pairs:
    kernel = m.column("window", "filter")
    yield total, np.sum(kernel)
    yield words, math.isclose(np.sum(kernel), 1.0, abs_tol=1e-9) if "keep" in words else True
    if flat:
        yield flat.rstrip("."), 0.6 * np.sum(kernel) if abs(np.sum(kernel)) > 1e-9 else 0.0


@says("filters", r"^With its bias, a flat area of 0\.6 gives (\S+)\.(?: |$)")
def _flat_with_bias(m: Moment, flat: str) -> Pairs:
    yield flat, 0.6 * np.sum(m.frame.kernel) + m.frame.bias


@says(
    "filters",
    r"An edge from 0 to 1 gives (\S+) if it is vertical, (\S+) if horizontal, (\S+) if rising, (\S+) if falling\.$",
)
def _edges(m: Moment, *told: str) -> Pairs:
    row = m.rows("answers")[0]
    yield from zip(told, (row[kind] for kind in ("vertical", "horizontal", "rising", "falling")), strict=True)


@says("filters", r"(\S+%) of the cells are below 0 and black")
def _below(m: Moment, share: str) -> Pairs:
    yield share, np.mean(m.column("result", "value") < 0)


@says("filters", r"below 0 and black: (\S+%) of the sum of absolute values is lost\.( What is above 1 is white\.)?$")
def _lost(m: Moment, share: str, white: str | None) -> Pairs:
    values = m.column("result", "value")
    yield share, np.sum(np.abs(values[values < 0])) / np.sum(np.abs(values))
    yield "above 1", (white is not None) == bool(np.any(values > 1 + 1e-9))


@says("pooling", r"the picture changes by (\S+%) of its ink, the pooled one by (\S+%): (less|more|as much)")
def _less(m: Moment, picture: str, pooled: str, word: str) -> Pairs:
    before, after = m.column("picture", "value"), m.column("picture", "shifted")
    yield picture, np.sum(np.abs(after - before)) / np.sum(before)
    before, after = m.column("pooled", "value"), m.column("pooled", "shifted")
    yield pooled, np.sum(np.abs(after - before)) / np.sum(before)
    one, other = m.row("change", pooled=False)["ink"], m.row("change", pooled=True)["ink"]
    yield word, "less" if other < one else "more" if other > one else "as much"


@says(
    "pooling", r"the pooled picture is the same one, moved by one cell; it changes by (\S+%), the picture by (\S+%)\."
)
def _moved(m: Moment, pooled: str, picture: str) -> Pairs:
    yield pooled, m.row("change", pooled=True)["ink"]
    yield picture, m.row("change", pooled=False)["ink"]


@says(
    "pooling",
    r"^Of (\S+) test digits, (\S+) (?:change less|have a smaller share).*: (\S+%) .*on average, then (\S+%)\.$",
)
def _of_many(m: Moment, of: str, fewer: str, before: str, after: str) -> Pairs:
    first, then = m.column("many", "before"), m.column("many", "after")
    told = (of, fewer, before, after)
    yield from zip(told, (len(first), np.sum(then < first), np.mean(first), np.mean(then)), strict=True)


@says("pooling", r"to the cell that won: (\d+) of (\d+) cells get one")
def _won(m: Moment, some: str, of: str) -> Pairs:
    gradient = m.column("picture", "gradient")
    yield from zip((some, of), (np.sum(gradient != 0), len(gradient)), strict=True)


@says("cnn", r"^Update (\d+): loss (\S+); (\d+) of (\d+) test digits are still wrong")
def _cnn(m: Moment, update: str, loss: str, wrong: str, of: str) -> Pairs:
    row = m.rows("loss")[-1]
    yield from zip((update, loss), (row["update"], row["cnn"]), strict=True)
    yield wrong, (1 - m.rows("test_accuracy")[-1]["cnn"]) * int(of)


@says("cnn", r"^Update (\d+): loss (\S+); (\d+) of (\d+) test digits were still wrong at update (\d+)")
def _since(m: Moment, update: str, loss: str, wrong: str, of: str, at: str) -> Pairs:
    row, measured = m.rows("loss")[-1], m.rows("test_accuracy")[-1]
    yield from zip((update, loss, at), (row["update"], row["cnn"], measured["update"]), strict=True)
    yield wrong, (1 - measured["cnn"]) * int(of)


@says("cnn", r"^Nothing learned yet: (\d+) of (\d+) test digits are wrong")
def _nothing(m: Moment, wrong: str, of: str) -> Pairs:
    yield wrong, (1 - m.rows("test_accuracy")[-1]["cnn"]) * int(of)


@says("cnn", r"^Update (\d+): of \d+ test digits the CNN reads (\S+%), the fully connected network (\S+%)\.")
def _two_networks(m: Moment, at: str, cnn: str, dense: str) -> Pairs:
    row = m.rows("test_accuracy")[-1]
    yield from zip((at, cnn, dense), (row["update"], row["cnn"], row["dense"]), strict=True)


@says("feature_maps", r"^It (?:still )?reads (\d)(?: \((\S+%)\)|, at (\S+%))")
def _reads(m: Moment, digit: str, share: str | None, at: str | None) -> Pairs:
    best = max(m.rows("answers"), key=lambda row: row["probability"])
    yield digit, best["digit"]
    yield share or at, best["probability"]


@says("feature_maps", r"Of the (\d+) maps, number (\d+) answers most strongly")
def _strongest(m: Moment, count: str, number: str) -> Pairs:
    rows = m.rows("maps")
    yield count, len(rows)
    yield number, max(rows, key=lambda row: row["strongest"])["map"]


@says("feature_maps", r"Map (\d+) gives (\S+) in cell \[(\d+),(\d+)\]\.$")
def _map_cell(m: Moment, number: str, told: str, row: str, column: str) -> Pairs:
    cell = m.rows("cell")[0]
    yield from zip((number, told, row, column), (cell["map"], cell["value"], cell["row"], cell["column"]), strict=True)
    yield told, m.row("values", row=int(row), column=int(column))["value"]


@says(
    "feature_maps", r"^The probability of (\d) falls to (\S+%) at the worst place; at (\d+) of (\d+) the answer changes"
)
def _occluded(m: Moment, digit: str, least: str, changed: str, of: str) -> Pairs:
    rows = m.rows("occlusion")
    yield least, min(row["left"] for row in rows)
    yield changed, sum(row["answer"] != int(digit) for row in rows)
    yield of, len(rows)


@says(
    "feature_maps",
    r"^Among \S+ test digits (?:hidden neuron|map) \d+ answers most strongly to these (\d+): at most (\S+)\.$",
)
def _pieces(m: Moment, count: str, most: str) -> Pairs:
    yield count, len(m.rows("pieces"))
    yield most, max(m.column("pieces", "value"))


@says("pooling", r"^Nothing is shifted, so both pictures are alike\.$")
def _alike(m: Moment) -> Pairs:
    for table in ("picture", "pooled"):
        yield f"{table} alike", np.array_equal(m.column(table, "value"), m.column(table, "shifted"))
