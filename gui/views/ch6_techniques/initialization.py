"""Draws `initialization`: a histogram for each layer above the standard deviations of all, the combinations, or three
losses.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.contract.api import Text, format_short, notation, percent, untranslated
from engine.experiments.ch6_techniques.initialization.params import (
    CHOSEN,
    LEARNERS,
    SPREADS,
    InitializationFrame,
    InitializationParams,
)
from engine.experiments.ch6_techniques.initialization.words import spread_name
from gui.plots.bars.histograms import Histogram, Histograms
from gui.plots.curves.curves import Curve
from gui.plots.curves.end_labels import EndLabel, EndLabels
from gui.plots.curves.powers import PowersPlot
from gui.plots.learning.run_plot import Series
from gui.stage.api import RIGHT, FittingWords, Layout, SegmentedItem, Snapshot, curve_pen, translate
from gui.stage.learning_view import LearningView

Wordings = tuple[str, ...]
_SHOWN = 5
_ACTIVATION_INK, _GRADIENT_INK = 1, 2
_INKS = MappingProxyType({"small": 3, "xavier": 1, "he": 2})
_TOPS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)
_ALIGN = MappingProxyType({"views": RIGHT, "spreads": RIGHT})

_CAPTIONS = {
    "activations": (
        Text("Activations of each layer, all on one axis"),
        Text("Activations of each layer"),
        Text("Activations"),
    ),
    "gradients": (
        Text("Gradients of the activations, sent back from the last layer"),
        Text("Gradients, from the last layer back"),
        Text("Gradients"),
    ),
    "grid": (
        Text("Activations of layer {layers}, highest bars alike"),
        Text("Activations of layer {layers}"),
    ),
    "train": (
        Text("784-100-100-100-100-10 on MNIST, the same batches"),
        Text("Four hidden layers, on MNIST"),
        untranslated("MNIST"),
    ),
}
_SPREAD = Text("weight std")
_TITLE = Text("layer {n}")
_STD = (Text("std {std}"), notation("{std}"))
_SATURATED = (
    Text("saturated {share}"),
    Text("sat. {share}"),
    notation("{share}"),
)
_ZERO = (Text("zero {share}"), Text("0: {share}"), notation("{share}"))
_FLAT_SHARES = {
    "zero": _ZERO,
    "saturated": _SATURATED,
    "nearly flat": (
        Text("nearly flat {share}"),
        Text("flat {share}"),
        notation("{share}"),
    ),
}
"""What is said of a layer, by the kind of the activation's flat part; an activation without an entry gets no such
note.
"""
_DEAD = Text("{zero} · dead {dead}")
_ACROSS, _UP = Text("layer, 0 are the inputs"), Text("std")
_AT = Text("std in layer {n}")
_NAMES = (Text("activations"), Text("gradients"))
_KEY = (Text("means of 20 batches"),)
_LOOKED = (Text("1,000 test images"),)


def shown_layers(layers: int, selected: int) -> list[int]:
    """The indices (from 0) of at most five layers, from the first to the last, with the selected one among them."""
    if layers <= _SHOWN:
        return list(range(layers))
    places = [round(number * (layers - 1) / (_SHOWN - 1)) for number in range(_SHOWN)]
    if selected not in places:
        places[min(range(1, _SHOWN - 1), key=lambda number: abs(places[number] - selected))] = selected
    return sorted(places)


_Shown = Snapshot[InitializationParams, InitializationFrame]


class InitializationView(LearningView[InitializationParams, InitializationFrame]):
    """The histograms take most of the stage; a click on a layer's histogram selects it."""

    compact_below = 350
    accuracy_name = Text("test accuracy")
    keys_at = (0.2, 0.2)

    def build(self) -> None:
        super().build()
        self.histograms, self.curves = Histograms(), PowersPlot()
        self.read = EndLabels(self.curves)
        self.caption, self.spread_words = FittingWords(), FittingWords()
        self.views = self.choice("view", SegmentedItem())
        self.spreads = self.choice("std", SegmentedItem(), tuple(SPREADS))
        self.histograms.chosen.connect(self._chosen)
        self.add_control(self.histograms)
        self.probe_plot(self.curves, "layers")
        self._compact = False
        self.spread_words.show_words(_SPREAD, color="muted_text")
        self.dress(self.curves.set_names, _ACROSS, _UP)
        self.dress(self.curves.set_room, "10⁻¹⁰⁰")
        self.dress(self.histograms.measure)

    def layout_for(self, params: InitializationParams, wide: bool, compact: bool) -> Layout:
        if params.view == "train":
            return Layout(("caption views", "loss loss", "accuracy accuracy"), (0, 56, 44), (1, 0), _ALIGN)
        if params.view == "grid":
            return Layout(("caption views", "histograms histograms"), (0, 1), (1, 0), _ALIGN)
        if compact:
            return Layout(("caption views", "histograms histograms"), (0, 1), (1, 0), _ALIGN)
        cells = ("caption views", "spread_words spreads", "histograms histograms", "curves read")
        return Layout(cells, (0, 0, 60, 40), (1, 0), _ALIGN)

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if ghost is not None and ghost.params.view != params.view:
            ghost = None
        words = (translate(text(layers=frame.grid_layers)) for text in _CAPTIONS[params.view])
        self.caption.show_words(*words, color="muted_text")
        if params.view == "train":
            notes = [[translate(text) for text in words] for words in (_KEY, _LOOKED)]
            self.show_run(frame, ghost.frame if ghost else None, notes)
            self.loss.show_top(self.farthest.frame.loss_mean)
            self.invite_at(frame.update, float(np.nanmin(frame.mean_losses)) if self.is_waiting else None)
        elif params.view == "grid":
            self._show_grid(params, frame, ghost.frame if ghost else None)
        else:
            self._show_layers(params, frame, ghost)
            self._show_curves(params, frame, ghost.frame if ghost else None)

    # Layers

    def _show_layers(self, params: InitializationParams, frame: InitializationFrame, ghost: _Shown | None) -> None:
        back = params.view == "gradients"
        shares, beyond, axis = (
            (frame.gradient_shares, frame.gradients_beyond, frame.gradient_axis)
            if back
            else (frame.activation_shares, frame.activations_beyond, frame.activation_axis)
        )
        before = None
        if ghost is not None and ghost.params.activation == params.activation and len(ghost.frame.flat) == len(shares):
            before = ghost.frame.gradient_shares if back else ghost.frame.activation_shares
        layers = shown_layers(len(shares), params.selected[1])
        top = max(float(np.max(shares[layer])) for layer in layers)
        self.histograms.set_options([(str(layer), translate(_TITLE(n=layer + 1))) for layer in range(len(shares))])
        self.histograms.show_value(str(params.selected[1]))
        self.histograms.show_histograms(
            [
                Histogram(
                    str(layer),
                    translate(_TITLE(n=layer + 1)),
                    float(axis[0]),
                    float(axis[1]),
                    shares[layer],
                    _GRADIENT_INK if back else _ACTIVATION_INK,
                    self._notes(params, frame, layer),
                    tuple(beyond[layer].tolist()),
                    before[layer] if before is not None and not np.array_equal(before, shares) else None,
                )
                for layer in layers
            ],
            len(layers),
            next((one for one in _TOPS if one >= top), 1.0),
        )

    def _notes(self, params: InitializationParams, frame: InitializationFrame, layer: int) -> tuple[Wordings, ...]:
        """The notes for a layer: its standard deviation, and the share of values where the activation is flat."""
        stds = frame.gradient_stds if params.view == "gradients" else frame.activation_stds[1:]
        std = tuple(translate(text(std=format_short(float(stds[layer])))) for text in _STD)
        part = CHOSEN[params.activation].flat_part
        if params.view == "gradients" or part not in _FLAT_SHARES:
            return (std,)
        flat = [translate(text(share=percent(float(frame.flat[layer])))) for text in _FLAT_SHARES[part]]
        dead = round(frame.dead[layer] * 100)
        if dead and part == "zero":
            flat.insert(0, translate(_DEAD(zero=flat[0], dead=dead)))
        return (std, tuple(flat))

    def _show_curves(
        self, params: InitializationParams, frame: InitializationFrame, before: InitializationFrame | None
    ) -> None:
        every = np.concatenate([frame.activation_stds, frame.gradient_stds])
        sizes = every[every > 0]
        low, high = np.floor(np.log10(np.min(sizes))), np.ceil(np.log10(np.max(sizes)))
        self.curves.show_scale(params.layers, float(min(low, -1)), float(max(high, 1)), bool(np.any(every == 0)))
        if before is not None and np.array_equal(before.activation_stds, frame.activation_stds):
            before = None
        self.curves.show_products(_spreads(frame), _spreads(before) if before is not None else ())
        layer = params.selected[1]
        self.curves.show_place(layer + 1)
        values = (frame.activation_stds[layer + 1], frame.gradient_stds[layer])
        ends = (frame.activation_stds[-1], frame.gradient_stds[-1])
        self.read.show_labels(
            translate(_AT(n=layer + 1)),
            [
                EndLabel(ink, translate(name), format_short(float(value)), self.curves.height_of(float(end)))
                for ink, name, value, end in zip((_ACTIVATION_INK, _GRADIENT_INK), _NAMES, values, ends, strict=True)
            ],
        )

    # All combinations

    def _show_grid(
        self, params: InitializationParams, frame: InitializationFrame, before: InitializationFrame | None
    ) -> None:
        chosen = list(SPREADS).index(params.std) if params.std in SPREADS else -1
        found = []
        for row, activation in enumerate(CHOSEN):
            for column, std in enumerate(SPREADS):
                name = spread_name(std)
                values = [translate(text(std=format_short(float(frame.grid_stds[row, column])))) for text in _STD]
                found.append(
                    Histogram(
                        f"{activation}.{column}",
                        name if name == SPREADS[std] else translate(_WEIGHTS(std=name)),
                        float(frame.grid_axes[row, 0]),
                        float(frame.grid_axes[row, 1]),
                        frame.grid_shares[row, column],
                        _ACTIVATION_INK,
                        (tuple(values),),
                        tuple(frame.grid_beyond[row, column].tolist()),
                    )
                )
        self.histograms.set_options([(one.value, one.title) for one in found])
        self.histograms.show_value(f"{params.activation}.{chosen}")
        self.histograms.show_histograms(found, len(SPREADS), heads=[translate(one.name) for one in CHOSEN.values()])

    # Three networks that learn

    def losses(self, frame: InitializationFrame) -> list[Series]:
        return [
            Series(translate(LEARNERS[name]), curve_pen(_INKS[name]), frame.loss_updates, frame.loss_mean[row],
                   f"{frame.mean_losses[row]:.3f}" if frame.update else "")
            for row, name in enumerate(frame.learners)
        ]  # fmt: skip

    def accuracies(self, frame: InitializationFrame) -> list[Series]:
        return [
            Series(translate(LEARNERS[name]), curve_pen(_INKS[name]), frame.sample_updates, frame.sample_test[row],
                   percent(float(frame.sample_test[row, -1]), 1))
            for row, name in enumerate(frame.learners)
        ]  # fmt: skip

    def ghosts_of(self, curves: Sequence[Series]) -> Sequence[Series]:
        return curves

    # The hand

    def _chosen(self, value: str) -> None:
        self.press(value if "." in value else f"layer.{int(value) + 1}")


_WEIGHTS = Text("std {std}")


def _spreads(frame: InitializationFrame) -> list[Curve]:
    """Curves of standard deviations over the layers: activations from the inputs on, gradients from the first layer
    on.
    """
    layers = np.arange(len(frame.activation_stds), dtype=float)
    forward = Curve(_ACTIVATION_INK, layers, frame.activation_stds)
    return [forward, Curve(_GRADIENT_INK, layers[1:], frame.gradient_stds)]
