"""Batch normalization: training from the same bad initial weights with and without it, and its effect on one batch."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import partial

import numpy as np

from engine.contract.api import (
    Handle,
    Measure,
    ProbePoint,
    Progress,
    RandomStreams,
    Slide,
    Table,
    WorkingStep,
    bar_body,
    table_of,
)
from engine.contract.experiment import Amount, Pace, Preset, Probe, Training, Unit
from engine.contract.numerals import format_real, format_short, percent
from engine.contract.text import Text, counted, untranslated
from engine.data.digits import loading_digits
from engine.experiments.ch6_techniques.batch_norm.params import (
    COLUMNS,
    EPOCHS,
    EPSILON,
    LEARNERS,
    MOMENTUM,
    STDS,
    BatchNormFrame,
    BatchNormParams,
)
from engine.experiments.ch6_techniques.batch_norm.process import PairsOfNetworks
from engine.experiments.shared.learning.batches import UNITS
from engine.nn.deep_network import deep_network
from engine.nn.layers import BatchNormalization

_READING = Text(
    "Standard deviation {std}, after {epochs}: with batch normalization {normalized} are right, without {plain}."
)
_START = Text(
    "Standard deviation {std}, with the same weights in both networks. These two have not learned yet; they come next."
)
_BENCH = Text(
    "{numbers} of mean {x_mean} and standard deviation {x_std}; what comes out has mean {z_mean} and standard"
    " deviation {z_std}."
)
_MEAN, _VARIANCE = Text("mean of the batch"), Text("its variance")
_RUNNING = Text("running mean: each batch brings it a tenth of the way nearer")
_LAST = Text("the last number, with ε = 10⁻⁷ so that nothing is divided by 0")
_FIRST = Text("the first sample of the batch, in the selected neuron")
_PULL = Text("pull this number")
_CURVES = Text("epoch {epoch}: {normalized} of 1,000 training digits right with batch normalization, {plain} without")
_X = Text("x{place} = {x} becomes z{place} = {z}")


class BatchNorm(Training[BatchNormParams, BatchNormFrame]):
    """Pairs of networks 784-[100×5]-10 with ReLU, one with and one without batch normalization.

    There is a pair for each of 16 standard deviations of the initial weights. A pair learns 1,000 digits for 20 epochs
    by SGD with learning rate 0.01; then the next pair does.
    """

    order = 4
    title = Text("Batch normalization: keep each layer's spread in hand")
    units = (*UNITS, Unit("pair", Text("pair", context="counted"), Text("pair")))
    opening = Amount(1, "pair")
    pace = Pace(20, "epoch")
    default_steps = Amount(1, "pair")
    uses_seed = True
    measures = (Measure("curves", best="highest"),)
    presets = (
        Preset("large", Text("Standard deviation 0.29"), {"selected": (0, 2)}),
        Preset("tiny", Text("Standard deviation 0.0001"), {"selected": (3, 3)}),
        Preset("one", Text("A batch of one"), {"view": "bench", "x": (7.0,), "beta": 0.5}),
        Preset("test", Text("At test time"), {"view": "bench", "statistics": "running"}),
    )
    code = (BatchNormalization.forward, BatchNormalization.backward, deep_network)

    def begin(self, params: BatchNormParams, streams: RandomStreams) -> Generator[Progress, None, PairsOfNetworks]:
        train = yield from loading_digits("train")
        pairs = PairsOfNetworks(params, streams, train)
        yield from pairs.prepare()
        return pairs

    def has_course(self, params: BatchNormParams) -> bool:
        return params.view == "train"

    def opening_for(self, params: BatchNormParams) -> Amount | None:
        return self.opening if params.view == "train" else Amount(0, "update")

    def default_steps_for(self, params: BatchNormParams) -> Amount | None:
        return self.default_steps if params.view == "train" else Amount(0, "update")

    def seed_matters(self, params: BatchNormParams) -> bool:
        return params.view == "train"

    def headline(self, params: BatchNormParams, frame: BatchNormFrame) -> Text:
        if params.view == "bench":
            names = ("x_mean", "x_std", "z_mean", "z_std")
            values = {name: format_real(getattr(frame, name), 3) for name in names}
            return _BENCH(numbers=counted(len(frame.x), "number"), **values)
        return (_READING if frame.epochs_done else _START)(
            std=format_real(params.std, 2),
            epochs=counted(frame.epochs_done, "epoch"),
            normalized=percent(frame.normalized),
            plain=percent(frame.plain),
        )

    def main_tables(self, params: BatchNormParams, frame: BatchNormFrame) -> tuple[Table, ...]:
        numbers = table_of(
            "numbers",
            Text("numbers", context="how many"),
            x=(frame.x, Text("before", context="normalization")),
            z=(frame.z, Text("after")),
        )
        if params.view == "bench":
            return (numbers,)
        normalized, plain = LEARNERS["normalized"], LEARNERS["plain"]
        pair = frame.curves[params.place]
        done = np.isfinite(frame.curves).sum(axis=2)
        last = [
            [float(curve[max(count - 1, 0)]) for curve, count in zip(frame.curves[:, one], done[:, one], strict=True)]
            for one in (0, 1)
        ]
        std = ([float(one) for one in STDS], Text("weight std"))
        return (
            table_of(
                "curves",
                Text("training accuracy"),
                epoch=(range(EPOCHS + 1), Text("epoch")),
                normalized=(pair[0], normalized),
                plain=(pair[1], plain),
            ),
            table_of(
                "spreads",
                Text("all 16 pairs"),
                std=std,
                epochs=(np.maximum(done[:, 0] - 1, 0), Text("epochs", context="number")),
                normalized=(last[0], normalized),
                plain=(last[1], plain),
            ),
            table_of(
                "neuron",
                Text("one neuron over one batch"),
                before=(frame.before, Text("before", context="normalization")),
                after=(frame.after, Text("after")),
            ),
        )

    def working(self, params: BatchNormParams, frame: BatchNormFrame) -> tuple[WorkingStep, ...]:
        formula = "{γ}·({x} − {μ}) / sqrt({v} + {ε}) + {β}"
        if params.view == "train":
            values = {"γ": frame.scale, "x": float(frame.before[0]), "μ": frame.used_mean, "v": frame.used_std**2}
            return (
                WorkingStep("z1", formula, {**values, "ε": EPSILON, "β": frame.shift}, float(frame.after[0]), _FIRST),
            )
        x, count, squares = frame.x.tolist(), float(len(frame.x)), "({x} − {μ})^2"
        lines = [
            WorkingStep.over("μ", "(…) / {n}", "{x}", {"x": x}, frame.x_mean, _MEAN, n=count),
            WorkingStep.over("v", "(…) / {n}", squares, {"x": x}, frame.x_variance, _VARIANCE, n=count, μ=frame.x_mean),
        ]
        mean, variance = frame.x_mean, frame.x_variance
        if params.statistics == "running":
            share = {"μ": mean, "m": MOMENTUM, "k": float(params.seen)}
            lines.append(WorkingStep("μ_r", "{μ}·(1 − {m}^{k})", share, frame.seen_mean, _RUNNING))
            mean, variance = frame.seen_mean, frame.seen_variance
        values = {"γ": params.gamma, "x": x[-1], "μ": mean, "v": variance, "ε": EPSILON, "β": params.beta}
        lines.append(WorkingStep(f"z{len(x)}", formula, values, float(frame.z[-1]), _LAST))
        return tuple(lines)

    def probe(self, params: BatchNormParams, frame: BatchNormFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip at ``spot``: on the curves, or on a bar in the plot "x" or "z"."""
        if spot.part in ("x", "z"):
            place = spot.bar
            if not 0 <= place < len(frame.x):
                return None
            return Probe(
                _X(place=place + 1, x=format_short(float(frame.x[place])), z=format_short(float(frame.z[place])))
            )
        epoch = min(max(round(spot.x), 0), frame.epochs_done)
        normalized, plain = (percent(float(share), 1) for share in frame.curves[params.place, :, epoch])
        return Probe(_CURVES(epoch=epoch, normalized=normalized, plain=plain))

    def handles(self, params: BatchNormParams, frame: BatchNormFrame) -> tuple[Handle, ...]:
        """In the view of a single layer, a handle for each of its input values; else none."""
        if params.view != "bench":
            return ()
        pulled = partial(Slide, hint=(0.0, 1.0), invitation=_PULL, field="x", along=(0.0, 1.0), decimals=1)
        return tuple(
            pulled(f"x{at + 1}", (at, x), 0.1, untranslated(f"x{at + 1}"), body=bar_body(at, x), index=at)
            for at, x in enumerate(params.x)
        )

    def click(self, params: BatchNormParams, frame: BatchNormFrame, handle: str) -> Mapping[str, object]:
        """The parameter change of a click on the handle ``pair.N``: selects the pair with the index N."""
        kind, _, number = handle.partition(".")
        if kind != "pair" or int(number) == params.place:
            return {}
        return {"selected": divmod(int(number), COLUMNS)}
