"""Training a CNN on MNIST: filters develop from noise, fewer digits are wrong, and neighbouring pixels turn out to
matter.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.contract.api import Amount, CodeMark, Pace, Preset, Probe, ProbePoint, Table, WorkingStep, table_of
from engine.contract.text import Text, untranslated
from engine.data.augmentation import augmented, draw_augmentation
from engine.data.digits import SIDE
from engine.experiments.ch7_convolution.cnn import words as cnn_words
from engine.experiments.ch7_convolution.cnn.params import CLASSES, CnnFrame, CnnParams, usual_rate
from engine.experiments.ch7_convolution.cnn.process import CnnRun
from engine.experiments.shared.learning.augmentation import augmentation_table
from engine.experiments.shared.learning.batch_run import DigitsTraining
from engine.experiments.shared.learning.race import RACE_MEASURES, race_tables
from engine.experiments.shared.learning.rate_schedule import rate_table
from engine.experiments.shared.networks.loss_slice import slice_probe, slice_table
from engine.experiments.shared.networks.network_fields import OPTIMIZERS_BY_NAME
from engine.nn import Convolution, MaxPooling, Network
from engine.nn.conv_network import conv_network
from engine.nn.im2col import unfold
from engine.nn.loss_slice import filter_normalized, slice_loss
from engine.nn.schedules import SCHEDULES

_NAMES = {"cnn": Text("convolutional network"), "dense": Text("fully connected network")}


class Cnn(DigitsTraining[CnnParams, CnnFrame]):
    """A network Convolution – ReLU – MaxPool 2 – FC – ReLU – FC learns MNIST, optionally beside a fully connected
    network.
    """

    order = 4
    title = Text("Train a CNN: filters grow out of noise")
    opening = Amount(5, "update")
    pace = Pace(20, "update")
    measures = RACE_MEASURES
    default_steps = Amount(10, "update")
    process = CnnRun
    keeps_network = True
    presets = (
        Preset("permuted", Text("Permuted pixels"), {"pixels": "permuted", "compare": True}),
        Preset("batch_norm", untranslated("Batch Normalization"), {"batch_norm": True}),
        Preset("large", Text("Few large filters"), {"filters": 8, "kernel": 7}),
    )
    code = (
        conv_network,
        Convolution.forward,
        Convolution.backward,
        unfold,
        MaxPooling.forward,
        MaxPooling.backward,
        Network.gradients,
        *(one.kind.update for one in OPTIMIZERS_BY_NAME.values()),
        *(one.rule for one in SCHEDULES.values()),
        draw_augmentation,
        augmented,
        filter_normalized,
        slice_loss,
    )

    headline = staticmethod(cnn_words.headline)

    def main_tables(self, params: CnnParams, frame: CnnFrame) -> tuple[Table, ...]:
        filters = range(len(frame.filters))
        flat = frame.filters.reshape(len(frame.filters), -1)
        ends = {name: (row, _NAMES[name]) for name, row in zip(frame.learners, frame.epoch_test, strict=True)}
        return (
            *race_tables(frame, _NAMES),
            table_of(
                "wrong",
                Text("digits that are still wrong"),
                image=(frame.wrong_indices, Text("image")),
                label=(frame.wrong_labels, Text("label")),
                answer=(frame.wrong_answers, Text("answer", context="of the network")),
            ),
            table_of(
                "filters",
                Text("filters"),
                filter=(filters, Text("filter")),
                similarity=(frame.similarity, Text("similarity to its start")),
                smallest=(flat.min(axis=1), Text("smallest")),
                largest=(flat.max(axis=1), Text("largest")),
            ),
            table_of(
                "parameters",
                Text("parameters"),
                convolution=(frame.parts[0], Text("convolution")),
                first=(frame.parts[1], Text("first fully connected layer")),
                last=(frame.parts[2], Text("last layer")),
                **({"normalizing": (frame.normalizing, Text("γ and β"))} if frame.normalizing else {}),
                all=(frame.parameters, Text("all")),
                dense=(frame.dense_parameters or 0, Text("fully connected network")),
                pixels=(params.pixels, Text("pixels")),
            ),
            *_drawn_table(frame),
            *rate_table(frame.rates),
            *augmentation_table(frame.augmented),
            *slice_table(frame.slice),
            table_of(
                "epochs",
                Text("all test digits, when epochs end"),
                epoch=(frame.epochs, Text("epoch")),
                update=(frame.epoch_updates, Text("update")),
                **ends,
            ),
        )

    def working(self, params: CnnParams, frame: CnnFrame) -> tuple[WorkingStep, ...]:
        f, k, h = float(params.filters), float(params.kernel), float(params.hidden)
        side = float((SIDE - params.kernel + 1) // 2)
        convolution, first, last = (float(count) for count in frame.parts)
        one, other = (
            filters[params.looked_at].ravel().astype(np.float64) for filters in (frame.filters_before, frame.filters)
        )
        product, both = float(one @ other), [float(np.linalg.norm(row)) for row in (one, other)]
        counts = {"n1": convolution, "n2": first, "n3": last}
        lines = [
            WorkingStep("n1", "{F}·({K}·{K} + 1)", {"F": f, "K": k}, convolution, _CONVOLUTION),
            WorkingStep("n2", "{F}·{S}·{S}·{h} + {h}", {"F": f, "S": side, "h": h}, first, _FIRST),
            WorkingStep("n3", "{h}·{c} + {c}", {"h": h, "c": float(CLASSES)}, last, _LAST),
        ]
        if frame.normalizing:
            counts["n4"] = float(frame.normalizing)
            lines.append(WorkingStep("n4", "2·({F} + {h})", {"F": f, "h": h}, counts["n4"], _NORMALIZING))
        every = " + ".join(f"{{{name}}}" for name in counts)
        lines += [
            WorkingStep("r", f"{{n2}} / ({every})", counts, frame.share_of_first_affine, _SHARE),
            WorkingStep.over("p", "…", "{a}·{b}", {"a": one.tolist(), "b": other.tolist()}, product, _PRODUCT),
        ]
        if all(both):
            values = {"p": product, "u": both[0], "v": both[1]}
            note = _SIMILARITY(filter=params.looked_at)
            lines.append(WorkingStep("cos", "{p} / ({u}·{v})", values, product / (both[0] * both[1]), note))
        return tuple(lines)

    def probe(self, params: CnnParams, frame: CnnFrame, spot: ProbePoint) -> Probe | None:
        return slice_probe(frame.slice, spot.part, spot.x) or cnn_words.curve_probe(frame, spot.part, spot.x)

    def click(self, params: CnnParams, frame: CnnFrame, handle: str) -> Mapping[str, object]:
        """The parameter change of a click: ``filter0`` to ``filter39`` select a filter; ``clear``
        empties the canvas.
        """
        if handle == "clear":
            return {"drawing": ()} if params.drawing else {}
        number = int(handle.removeprefix("filter"))
        return {"selected": number} if number != params.selected else {}

    def settle(self, params: CnnParams, changes: Mapping[str, object]) -> Mapping[str, object]:
        """Choosing another optimizer also sets its usual learning rate."""
        if "optimizer" in changes and "learning_rate" not in changes:
            return {**changes, "learning_rate": usual_rate(str(changes["optimizer"]))}
        return changes

    def code_mark(self, params: CnnParams, frame: CnnFrame) -> CodeMark | None:
        return CodeMark("Convolution.forward", 'sums = self.params["W"].reshape(filters, -1) @ columns')


def _drawn_table(frame: CnnFrame) -> tuple[Table, ...]:
    """The table of the network's output for the learner's digit; empty if the network does not read one."""
    if frame.drawn_probabilities is None:
        return ()
    digit = table_of(
        "drawing",
        Text("my digit"),
        digit=(range(CLASSES), Text("digit")),
        score=(frame.drawn_scores, Text("score")),
        probability=(frame.drawn_probabilities, Text("probability")),
    )
    return (digit,)


_CONVOLUTION = Text("convolution: each filter has its weights and one bias")
_FIRST = Text("first fully connected layer: all pooled maps to all hidden neurons")
_LAST = Text("last layer: hidden neurons to the ten scores")
_NORMALIZING = Text("batch normalization: γ and β of each filter and of each hidden neuron")
_SHARE = Text("share of the first fully connected layer")
_PRODUCT = Text("the filter before times the filter now")
_SIMILARITY = Text("cosine of the angle between filter {filter} before and now, u and v their lengths")
