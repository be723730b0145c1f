"""Parameters and frame of the experiment `playground`."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Frame, Params, Position, Text, quantity, required, untranslated
from engine.contract.fields import Numbers, TypedExpression, VisibleWhen, choice, integer, parameter, real, switch
from engine.contract.fields.labelled_points import LabelledPoints, Point
from engine.data.own_table import OwnTable
from engine.data.plane_sets import CLASSES, HEIGHTS, PLANE_SETS, REACH
from engine.data.point_sets import NOISY
from engine.experiments.ch5_backpropagation.playground.border import NAMES, understand
from engine.experiments.ch5_backpropagation.playground.table_fields import (
    TABLE,
    drawn_column,
    input_columns,
    table_file,
)
from engine.experiments.shared.learning.batches import batch_size, learning_rate
from engine.experiments.shared.learning.rate_schedule import ScheduledRates, planned_updates, schedule_choice
from engine.experiments.shared.networks.network_fields import (
    ACTIVATION_OPTIONS,
    FEATURES,
    dropout_ratio,
    features,
    l1_penalty,
    l2_penalty,
    optimizer,
)
from engine.geometry.network_places import height_of, index_of, path_of, place_of

POINTS = 500
"""The number of generated points; points set by hand may be fewer or more."""
MOST_LAYERS, MOST_NEURONS = 6, 8
LARGEST_WEIGHT = 10.0
"""The largest absolute value to which a weight or bias can be set by hand."""
_AT_POINT = 0.08
"""The maximum distance from the pointer at which a point is found."""
MOST_PARAMETERS = 9 * 8 + 5 * 9 * 8 + 9 * 4
CURVE, OWN = "curve", "own"
SETS = {
    **{one.id: one.name for one in PLANE_SETS.values()},
    CURVE: Text("above / below f"),
    OWN: Text("your own", context="points"),
    TABLE: Text("CSV table"),
}
_DRAWN = VisibleWhen("data", (*CLASSES, *HEIGHTS, CURVE))


SCALED = Text("{name}, scaled")
"""The label of a table's column: its numbers are scaled to −2.6 … 2.6."""


def _activation_of(layer: int) -> str:
    """The parameter field for the activation function of one hidden layer, counted from 1."""
    return choice(
        "all",
        {"all": Text("as the other layers"), **ACTIVATION_OPTIONS},
        Text("Layer {layer}")(layer=layer),
        Text("An activation function for this layer alone."),
        more=True,
        visible=VisibleWhen("hidden", ((MOST_NEURONS,) * layer,), fewest=layer),
    )


class PlaygroundParams(Params):
    """The points to learn, the network's structure, and how it learns."""

    data: str = choice("circle", SETS, Text("Data"), Text("The points to be learned."))
    border: str = parameter(
        "x1^2 - 2",
        TypedExpression(
            label=Text("Border f(x1)"),
            help=Text("Points above x2 = f(x1) are class 1, the others class 0."),
            variables=NAMES,
            understand=understand,
            visible=VisibleWhen("data", (CURVE,)),
        ),
    )
    table: str = table_file()
    inputs: tuple[str, ...] = input_columns()
    hidden: tuple[int, ...] = parameter(
        (3,),
        Numbers(
            label=Text("Hidden neurons"),
            help=Text("How many neurons each hidden layer has."),
            prefix="n",
            minimum=1,
            maximum=MOST_NEURONS,
            step=1,
            fewest=0,
            most=MOST_LAYERS,
            fresh=2,
            whole=True,
        ),
    )
    activation: str = choice(
        "tanh",
        ACTIVATION_OPTIONS,
        Text("Activation"),
        Text("That of every hidden layer."),
    )
    learning_rate: float = learning_rate(0.1, (0.0001, 10.0), Text("How far one update goes."), effect="live")
    features: tuple[str, ...] = features(visible=VisibleWhen("data", tuple(one for one in SETS if one != TABLE)))
    optimizer: str = optimizer("live")
    noise: float = real(
        0.0,
        (0.0, 1.0),
        Text("Noise"),
        Text("The standard deviation by which points are moved."),
        step=0.05,
        visible=_DRAWN,
    )
    batch_size: int = batch_size(
        10,
        250,
        Text("How many points one update looks at, from the next epoch on."),
        effect="live",
    )
    points: tuple[Point, ...] = parameter(
        NOISY,
        LabelledPoints(
            label=Text("Points"),
            help=Text("Coordinates and class of each point."),
            minimum=-REACH,
            maximum=REACH,
            classes=4,
            fewest=4,
            visible=VisibleWhen("data", (OWN,)),
        ),
    )
    across: str = drawn_column("1", Text("Drawn across"), Text("The column along x."))
    upwards: str = drawn_column("2", Text("Drawn upwards"), Text("The column along y."), other="across")
    classes: int = integer(
        2,
        (2, 4),
        Text("Classes"),
        Text("How many classes the points belong to."),
        more=True,
        visible=VisibleWhen("data", tuple(CLASSES)),
    )
    train_share: int = integer(
        50,
        (10, 90),
        Text("Training share"),
        Text("The share of points that are learned from; the rest are for testing."),
        unit="%",
        more=True,
    )
    schedule: str = schedule_choice()
    planned: int = planned_updates(2500)
    l1: float = l1_penalty("live")
    l2: float = l2_penalty("live")
    dropout: float = dropout_ratio("live")
    layer1: str = _activation_of(1)
    layer2: str = _activation_of(2)
    layer3: str = _activation_of(3)
    layer4: str = _activation_of(4)
    layer5: str = _activation_of(5)
    layer6: str = _activation_of(6)
    discrete: bool = switch(
        False,
        Text("Show answers only"),
        Text("Without how sure the network is."),
        effect="view",
        more=True,
    )
    show_test: bool = switch(
        False,
        Text("Show test points"),
        Text("Smaller than the training points, and hollow where points have classes."),
        effect="view",
        more=True,
        visible=VisibleWhen("data", tuple(one for one in SETS if one != OWN)),
    )
    enlarged: int = integer(
        0,
        (0, MOST_LAYERS * MOST_NEURONS),
        Text("Neuron shown large"),
        Text("Counted through the hidden layers; 0 is the output."),
        effect="view",
        more=True,
    )
    selected: int = integer(
        0,
        (0, MOST_PARAMETERS),
        Text("Weight or bias"),
        Text("Counted through the layers; 0 is none."),
        effect="view",
        more=True,
    )

    @property
    def activations(self) -> tuple[str, ...]:
        """The name of the activation function of each hidden layer."""
        own = (self.layer1, self.layer2, self.layer3, self.layer4, self.layer5, self.layer6)
        return tuple(self.activation if name == "all" else name for name in own[: len(self.hidden)])

    @property
    def is_regression(self) -> bool:
        """Whether the network learns heights (regression) instead of classes."""
        return self.data in HEIGHTS

    @property
    def is_without_file(self) -> bool:
        """Whether a table is chosen as data but no file for it yet, so that an example table is used."""
        return self.data == TABLE and not self.table

    @property
    def columns(self) -> tuple[int, ...]:
        """The indices of the table's columns that are inputs."""
        return tuple(int(number) - 1 for number in self.inputs)

    @property
    def drawn(self) -> tuple[int, int]:
        """The indices of the two table columns that are drawn, along x and along y."""
        return int(self.across) - 1, int(self.upwards) - 1

    @property
    def is_section(self) -> bool:
        """Whether some input column is not drawn, so that the map is a section on which that column has its mean."""
        return self.data == TABLE and not set(self.columns) <= set(self.drawn)


class PlaygroundFrame(Frame):
    """The state of the network and its data.

    ``points`` (N, 2) have ``targets`` (N,), class indices or heights. The first ``training`` points are for training,
    the others for testing; ``answers`` (N,) are the network's. ``train_loss`` and ``test_loss`` are means without the
    penalty, ``penalty`` is the regularization term; accuracies are nan for heights. ``neurons`` is the number of hidden
    neurons. ``epochs`` and the curves have a row for the end of each epoch, or of every few epochs in a long run; their
    last row is the current state, which may be within an epoch.

    ``parameters`` (P,) are all weights and biases layer by layer: the weights by their inputs, then the biases.
    ``before`` and ``gradients`` (P,) are those of the newest update, ``used_rate`` is its learning rate; ``rates``
    describes the schedule of the rate, if there is one.

    Maps and lines cover the square from −3 to 3; ``process`` says how they are computed. ``border`` (M, 2) is the
    learner's curve between the classes, nan outside that square. ``table`` is the learner's table, with rows in the
    order of the points.
    """

    data: str = quantity(words=SETS)
    points: np.ndarray
    targets: np.ndarray
    training: int
    answers: np.ndarray
    sizes: tuple[int, ...]
    neurons: int
    outputs: int
    train_loss: float
    test_loss: float
    penalty: float
    train_accuracy: float = quantity(share=True)
    test_accuracy: float = quantity(share=True)
    wrong: int
    epochs: np.ndarray
    train_loss_curve: np.ndarray
    test_loss_curve: np.ndarray
    penalty_curve: np.ndarray
    train_accuracy_curve: np.ndarray
    test_accuracy_curve: np.ndarray
    parameters: np.ndarray
    before: np.ndarray
    gradients: np.ndarray
    used_rate: float | None
    edits: int
    input_maps: np.ndarray
    hidden_maps: np.ndarray
    output_maps: np.ndarray
    answer_map: np.ndarray
    lines: np.ndarray
    line_of: np.ndarray
    rates: ScheduledRates | None = None
    border: np.ndarray | None = None
    table: OwnTable | None = None

    def input_names(self, params: PlaygroundParams) -> tuple[Text, ...]:
        """The names of the network's inputs, in order."""
        if self.table is None:
            return tuple(FEATURES[name] for name in params.features)
        return tuple(untranslated(self.table.names[column]) for column in params.columns)

    def axis_names(self, params: PlaygroundParams) -> tuple[Text, Text]:
        """The names of the horizontal and the vertical axis."""
        if self.table is None:
            return untranslated("x1"), untranslated("x2")
        across, upwards = (SCALED(name=self.table.names[column]) for column in params.drawn)
        return across, upwards

    def shown(self, params: PlaygroundParams) -> int:
        """The number of points that are drawn, counted from the first.

        Test points are drawn if they are switched on, and always if the learner made them, so that they can be moved.
        """
        return len(self.points) if params.show_test or params.data == OWN else self.training

    def point_at(self, params: PlaygroundParams, x: float, y: float) -> int | None:
        """The index of the point drawn at x, y; None if there is none."""
        away = np.hypot(*(self.points[: self.shown(params)] - (x, y)).T)
        nearest = int(away.argmin())
        return nearest if away[nearest] <= _AT_POINT else None

    def selected(self, params: PlaygroundParams) -> int | None:
        """The index of the selected weight or bias in the flat parameters; None if none is selected."""
        return min(params.selected, len(self.parameters)) - 1 if params.selected else None

    def selected_place(self, params: PlaygroundParams) -> tuple[int, int, int] | None:
        """The layer, source and target of the selected weight or bias, as ``place_of`` returns them; None if none is
        selected.
        """
        index = self.selected(params)
        return None if index is None else place_of(self.sizes, index)

    def weight_index(self, layer: int, source: int, target: int) -> int:
        """The index in ``parameters`` of the weight from neuron ``source`` of ``layer`` to neuron ``target`` of the
        next layer.
        """
        return required(index_of(self.sizes, f"W{layer + 1}[{source},{target}]"))

    def neuron_place(self, layer: int, number: int) -> Position:
        """The position (x, y) of a neuron or input in the drawing of the network."""
        return float(layer), height_of(number, self.sizes[layer])

    def placed(self, params: PlaygroundParams, value: float) -> tuple[str, float] | None:
        """The path of the selected weight or bias, and ``value`` rounded to hundredths and clipped to the allowed
        range.

        None if none is selected.
        """
        index = self.selected(params)
        if index is None:
            return None
        return path_of(self.sizes, index), round(min(max(value, -LARGEST_WEIGHT), LARGEST_WEIGHT), 2) + 0.0

    def enlarged(self, params: PlaygroundParams) -> tuple[int, int]:
        """The layer (0 for the inputs) and index of the neuron whose map is shown large; by default the
        first output.
        """
        left = params.enlarged - 1
        for layer, count in enumerate(self.sizes[1:-1], start=1):
            if 0 <= left < count:
                return layer, left
            left -= count
        return len(self.sizes) - 1, 0
