"""Parameters and frames of the experiment `feature_maps`."""

from __future__ import annotations

import numpy as np

from engine.boards.panels import PanelPicture
from engine.contract.api import Cell, Frame, Params, VisibleWhen, choice, integer, parameter, switch, view_choice
from engine.contract.fields import Drawing
from engine.contract.frame import required
from engine.contract.text import Text, untranslated
from engine.data.digits import SIDE
from engine.data.plain_digits import OPEN_FOUR
from engine.experiments.ch7_convolution.feature_maps.layers import Layer, layers_of
from engine.experiments.shared.networks.conv_network_picture import whole_picture
from engine.experiments.shared.networks.layer_points import COUNT, LayerPoints
from engine.experiments.shared.networks.shade_scale import scale_choice
from engine.networks.chosen import Origin, chosen, network_field
from engine.networks.kept import KeptNetwork
from engine.networks.map_reader import why_no_maps
from engine.nn.conv_trace import Trace, WholeNetwork, trace

IMAGES = 10_000
PARKED = (18, 0)
"""The initial place of the cover of 10×10 pixels, beside the first test digit, a 7."""
BRUSH = 0.09
"""The width of a stroke as a share of the canvas."""


MOST_MAPS = 150
"""The maximum number of hidden neurons in a network that can be trained in this program."""
_WITH_COVER = VisibleWhen("view", ("maps", "occlusion"))
_WHOLE = VisibleWhen("view", ("whole",))


class FeatureMapsParams(Params):
    """An image, a cover on it, the network that reads it, the selected map, and the view."""

    view: str = view_choice(
        "maps",
        {
            "maps": Text("Maps"),
            "occlusion": Text("Occlusion"),
            "strongest": Text("Strongest"),
            "draw": Text("Draw", context="by hand"),
            "whole": Text("All"),
            "points": Text("Points", context="scatter plot"),
        },
        Text("What is shown of the network."),
    )
    layer: str = choice(
        "conv",
        {
            "conv": Text("Convolution"),
            "relu": untranslated("ReLU"),
            "pool": Text("Pooling"),
            "hidden": Text("Hidden"),
        },
        Text("Layer"),
        Text("The layer whose maps are looked at."),
        on_stage=True,
    )
    map: int = integer(
        21, (0, MOST_MAPS - 1), Text("Map"),
        Text("The map that is looked at, counted from 0."), on_stage=True, more_in_files=1,
    )  # fmt: skip
    source: str = choice(
        "test",
        {"test": Text("Test digit"), "drawing": Text("My drawing")},
        Text("Picture"),
        Text("A digit of the test data, or what is drawn in the view Draw."),
    )
    index: int = integer(
        0, (0, IMAGES - 1), Text("Number"),
        Text("Number of the test digit, from 0."), visible=VisibleWhen("source", ("test",)),
    )  # fmt: skip
    drawing: tuple = parameter(
        OPEN_FOUR,
        Drawing(
            label=Text("Drawing"), visible=VisibleWhen("source", ("drawing",)),
            help=Text("What is written on the canvas, stroke by stroke."),
        ),
    )  # fmt: skip
    size: int = integer(
        10, (1, 14), Text("Cover"),
        Text("Side of the square that covers a part of the picture."),
        unit="px", visible=_WITH_COVER,
    )  # fmt: skip
    fill: str = choice(
        "paper",
        {"paper": Text("paper"), "ink": Text("ink")},
        Text("Made of"),
        Text("Paper takes strokes away, ink adds some."),
        visible=_WITH_COVER,
    )
    cover: tuple[int, int] = parameter(
        PARKED,
        Cell(
            label=Text("Place of the cover"), rows="places", columns="places", most=SIDE, on_stage=True,
            first=0, help=Text("Where its upper left corner lies."),
        ),
    )  # fmt: skip
    weights: str = choice(
        "trained",
        {"trained": Text("trained"), "untrained": Text("untrained")},
        Text("Network"),
        Text("With the weights it has learned, or those it began with."),
    )
    network: str = network_field(why_no_maps, VisibleWhen("weights", ("trained",)))
    muted: bool = switch(
        False,
        Text("Switch this map off"),
        Text("Its numbers become 0 before the next layer gets them."),
        visible=VisibleWhen("view", ("maps", "occlusion", "draw")),
    )
    follow: bool = switch(
        True,
        Text("Strongest cell"),
        Text("Look at the cell where the map answers most strongly."),
        effect="view",
        visible=VisibleWhen("view", ("maps", "draw")),
    )
    selected: tuple[int, int] = parameter(
        (0, 0),
        Cell(
            label=Text("Cell", context="of a map"), rows="side", columns="side", effect="view", on_stage=True,
            help=Text("The cell of the map that is looked at."),
            first=0, visible=VisibleWhen("follow", (False,)),
        ),
    )  # fmt: skip
    shades: str = scale_choice(VisibleWhen("layer", ("conv", "relu", "pool")))
    traced: str = choice(
        "digit",
        {
            "conv": Text("Convolution"),
            "pool": Text("Pooling"),
            "hidden": Text("Hidden"),
            "digit": Text("Answer"),
        },
        Text("Traced back"),
        Text("Of which number the way back to the pixels is lit: of a cell of a map, a neuron or an answer."),
        on_stage=True,
        visible=_WHOLE,
    )
    digit: str = choice(
        "answer",
        {
            "answer": Text("the answer", context="of the network"),
            **{str(digit): untranslated(str(digit)) for digit in range(10)},
        },
        Text("Digit"),
        Text("Which score is traced back."),
        visible=_WHOLE,
    )
    neuron: int = integer(
        0, (0, 149), Text("Hidden neuron"),
        Text("The hidden neuron that is traced back, counted from 0."),
        visible=VisibleWhen("traced", ("hidden",)), on_stage=True, more_in_files=1,
    )  # fmt: skip
    window: tuple[int, int] = parameter(
        (9, 13),
        Cell(
            label=Text("Window"), rows="window_places", columns="window_places", most=SIDE, effect="view",
            help=Text("The cell of the maps under which the window lies."),
            first=0, visible=VisibleWhen("traced", ("conv", "pool")), on_stage=True,
        ),
    )  # fmt: skip

    @property
    def scales_each(self) -> bool:
        """Whether every map has its own colour scale; never for the hidden layer, whose maps are single values."""
        return self.shades == "each" and self.layer != "hidden"

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "map", min(self.map, self.at.count - 1))

    @property
    def at(self) -> Layer:
        """The selected layer."""
        return layers_of(self.own_network)[self.layer]

    @property
    def own_network(self) -> KeptNetwork | None:
        """The chosen network that the learner has trained; None for the program's own."""
        return chosen(self.network)[0] if self.weights == "trained" else None

    @property
    def side(self) -> int:
        """The number of rows, and of columns, of a map."""
        return self.at.side

    @property
    def is_drawn(self) -> bool:
        """Whether the image is the learner's drawing, as always in the drawing view."""
        return self.source == "drawing" or self.view == "draw"

    @property
    def shown_point(self) -> int | None:
        """The index of the image's point in the view of points; None if it has none."""
        return self.index if self.index < COUNT and not self.is_drawn else None

    @property
    def is_covered(self) -> bool:
        """Whether the cover is applied, that is, in the views with a cover."""
        return _WITH_COVER.holds(self)

    @property
    def places(self) -> int:
        """The number of places that the cover can have along one side of the image."""
        return SIDE - self.size + 1

    @property
    def muted_map(self) -> int | None:
        """The index of the map that is switched off; None for none."""
        return self.map if self.muted and self.view not in ("strongest", "whole", "points") else None

    @property
    def window_places(self) -> int:
        """The number of places that a filter's window can have along one side of the image."""
        return layers_of(self.own_network)["conv"].side


class FeatureMapsFrame(Frame):
    """A layer's output for an image, the network's answer, and the data of the current view.

    Maps and neurons are indexed from 0. Data that only other views need are None.
    """

    origin: Origin | None = None  # of the learner's own network, where that reads
    canvas: np.ndarray  # (112, 112) ink of the drawing, 0 to 255
    picture: np.ndarray  # (28, 28) without the cover
    seen: np.ndarray  # (28, 28) what the network gets
    label: int  # −1 for a drawing
    cover_side: int  # 0 where nothing is covered
    maps: np.ndarray  # (maps, rows, columns), of one that is switched off as it was
    full: float  # the largest size of a number in all of them
    sheet: np.ndarray | None  # all maps side by side, in parts of that
    peaks: np.ndarray  # (maps,) the largest number of each
    peak_places: np.ndarray  # (maps, 2) row and column where it is
    strongest: int  # the map with the largest number
    answering: int  # maps in which any cell is above 0
    count: int
    side: int  # rows, and columns, of a map
    field_side: int  # rows, and columns, of the picture that a cell sees
    incoming: np.ndarray | None  # (H, W) what a convolution, ReLU or pooling makes the map of
    filter: np.ndarray | None  # (side, side) weights of the map's filter
    bias: float | None
    scores: np.ndarray  # (10,)
    probabilities: np.ndarray  # (10,)
    answer: int
    confidence: float
    whole_answer: int  # the answer without cover and with all maps
    whole_confidence: float
    left: float  # what is left of the probability of that answer
    chances: np.ndarray | None = None  # (places, places) the same for every place of the cover
    answers: np.ndarray | None = None  # (places, places)
    changing: int | None = None  # places at which the answer becomes another
    least: float | None = None  # the smallest of ``chances``
    least_place: tuple[int, ...] = ()
    pieces: np.ndarray | None = None  # (12, H, W) ink of the pieces of test digits that a map answers to most strongly
    piece_frame: int = 0  # cells around each piece that the map does not see
    piece_values: np.ndarray | None = None  # (12,)
    piece_images: np.ndarray | None = None
    piece_labels: np.ndarray | None = None
    piece_places: np.ndarray | None = None  # (12, 2)
    piece_mean: np.ndarray | None = None  # (H, W)
    kinds: int | None = None  # how many different digits there are among them
    whole: WholeNetwork | None = None
    made_of: int | None = None  # how many numbers of the layer before go into what is traced
    points: LayerPoints | None = None
    stronger: int | None = None  # how many hidden neurons give a larger number than the one on the lit way

    def lit(self, params: FeatureMapsParams) -> Trace:
        """The path through the network that is highlighted in the view of the whole network."""
        return trace(required(self.whole), params.traced, params.map, params.window)

    def network_picture(self, params: FeatureMapsParams) -> PanelPicture:
        """The drawing of the whole network, with the highlighted path."""
        return whole_picture(required(self.whole), self.lit(params), params.traced, params.scales_each)

    def cell(self, params: FeatureMapsParams) -> tuple[int, int]:
        """The row and column of the selected cell of the map, or by default of the strongest."""
        if not params.follow:
            return params.selected
        row, column = self.peak_places[params.map].tolist()
        return row, column
