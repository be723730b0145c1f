"""Names and descriptions of scene items by their class, such as a neuron, a column of a table or a point."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsItem

from engine.contract.text import Text, untranslated
from gui.plots.bars.chance_bars import ChanceBars
from gui.plots.bars.count_bars import CountBars
from gui.plots.bars.histograms import Histograms
from gui.plots.bars.log_bars import LogBars
from gui.plots.bars.share_bar import ShareBar
from gui.plots.board.choosing import ButtonsItem
from gui.plots.board.count_matrix import CountMatrix
from gui.plots.board.read_outs import ReadOuts
from gui.plots.board.strip import StripItem
from gui.plots.board.table import TableItem
from gui.plots.curves.end_labels import EndLabels
from gui.plots.curves.span_lanes import SpanLanes
from gui.plots.learning.run_plot import RunPlot
from gui.plots.learning.small_curves import SmallCurves
from gui.plots.learning.trial_plane import TrialPlane
from gui.plots.network.graph_plot import GraphPlot
from gui.plots.network.matrix_product import MatrixProductItem
from gui.plots.network.network_maps import NetworkMaps
from gui.plots.network.network_plot import LayerStrip, NetworkPlot
from gui.plots.network.neuron import NeuronItem
from gui.plots.pictures.cell_board import CellBoard
from gui.plots.pictures.digit_answers import AnswerGrid, DigitAnswers
from gui.plots.pictures.drawing_canvas import DrawingCanvas
from gui.plots.pictures.map_plot import MapPlot
from gui.plots.pictures.pixel_picture import PixelPicture
from gui.plots.pictures.shade_scale import ShadeScale
from gui.plots.pictures.weight_pictures import WeightPictures
from gui.plots.plane.agreement import AgreementPlane
from gui.plots.plane.class_points import ClassLegend, ClassPointsItem
from gui.plots.plane.vector_sum import VectorSum
from gui.plots.surface.rate_scale import DivisorSquares, RateScale
from gui.plots.surface.relief_plot import ReliefPlot

POINT = (
    Text("A sample"),
    Text("Where it lies are its two values on the axes; colour and shape are its class. A ring marks a wrong answer."),
)
_COLUMN = Text(
    "A column of the table, with a value for each row: {value} in this one. The row in the light is looked at."
)
_HEADING = Text("A column of the table, with a value for each row.")
_KINDS: tuple[tuple[type[QGraphicsItem], Text, Text], ...] = (
    (
        NeuronItem,
        Text("A neuron"),
        Text(
            "Each input times its weight, and the bias, flow into the sum in the middle; what becomes of the sum goes"
            " out on the right. The wider an edge, the larger its signal."
        ),
    ),
    (
        NetworkPlot,
        Text("A network of neurons"),
        Text("Each column is a layer, each edge a weight: its width is the size; a negative one is dashed."),
    ),
    (
        NetworkMaps,
        Text("A network of neurons"),
        Text(
            "Each small map is a neuron and shows what it answers in the whole plane; the wider a line between two, the"
            " larger the weight. What is negative is striped, or dashed. Arrow keys go along it, Enter chooses."
        ),
    ),
    (
        GraphPlot,
        Text("A computational graph"),
        Text("Each node computes one step; over an edge stands its value, under it the gradient that comes back."),
    ),
    (
        LayerStrip,
        Text("The layers"),
        Text("A row is a layer, a cell a neuron: the darker, the larger its output."),
    ),
    (
        MatrixProductItem,
        Text("A product of matrices"),
        Text("The matrices with their shapes below. A cell of the result is a row of one times a column of the next."),
    ),
    (
        CellBoard,
        Text("Arrays, cell by cell"),
        Text("A cell is a number. The one that is chosen is framed; those that it is made of are lit."),
    ),
    (
        MapPlot,
        Text("A map"),
        Text("Each of its cells is a number, drawn as a shade; what is negative is striped."),
    ),
    (
        CountMatrix,
        Text("Labels and answers"),
        Text(
            "A row is a label, a column an answer, a cell how often the two came together. Arrow keys go along the"
            " counts, Enter shows the first such image."
        ),
    ),
    (
        StripItem,
        Text("A table on its side"),
        Text("A column is an input, a row one of its values. The column in the light is looked at."),
    ),
    (
        ClassLegend,
        Text("The key"),
        Text("Which mark stands for what."),
    ),
    (
        EndLabels,
        Text("Names of the curves"),
        Text("Each stands where its curve ends, with the number that is read off it."),
    ),
    (
        SpanLanes,
        Text("Stretches of the axis"),
        Text("Where on the axis above or below something is true of each curve."),
    ),
    (
        ReadOuts,
        Text("Results"),
        Text("Numbers of the picture, just computed, each with its name."),
    ),
    (
        ChanceBars,
        Text("Probabilities"),
        Text("How probable the network holds each answer; all together are 1."),
    ),
    (
        CountBars,
        Text("Mistakes, round by round"),
        Text("A bar for each round that is over, in outline the one that goes on."),
    ),
    (
        Histograms,
        Text("Histograms"),
        Text("How many values lie where: the higher a column, the more."),
    ),
    (
        LogBars,
        Text("Sizes"),
        Text("Each bar a size, on a scale of powers of ten: a division more is ten times as much."),
    ),
    (
        ShareBar,
        Text("Shares"),
        Text("How large a part of the whole each is."),
    ),
    (
        RunPlot,
        Text("The course of the run"),
        Text("How these numbers have gone from update to update."),
    ),
    (
        SmallCurves,
        Text("Many small plots"),
        Text("The same curves for each case, all on the same axes."),
    ),
    (
        TrialPlane,
        Text("Trials"),
        Text("Each mark is a pair of hyperparameters: hollow while planned, filled once tried."),
    ),
    (
        AgreementPlane,
        Text("Two ways to one number"),
        Text("Each point is a number computed in two ways; where they agree it lies on the diagonal."),
    ),
    (
        VectorSum,
        Text("A sum of arrows"),
        Text("The arrow that is added begins where the other ends; their sum leads to its tip."),
    ),
    (
        DivisorSquares,
        Text("What a step is divided by"),
        Text("The area of each square is a sum of squares, its side the root of it."),
    ),
    (
        RateScale,
        Text("A scale of learning rates"),
        Text("Its zones say what becomes of a descent with such a rate."),
    ),
    (
        ReliefPlot,
        Text("The function as a relief"),
        Text(
            "The height is the value of the function. A drag or the arrow keys turn it; a double click or Home gives"
            " the first view back. What is faint lies behind the surface."
        ),
    ),
    (
        DigitAnswers,
        Text("Digits and answers"),
        Text("Pictures of digits, each with the answer that it gets now."),
    ),
    (
        DrawingCanvas,
        Text("Paper"),
        Text(
            "What is drawn here is what the network reads. Arrow keys move the pen, Enter lowers and lifts it, Delete"
            " clears the paper."
        ),
    ),
    (
        PixelPicture,
        Text("The picture in pixels"),
        Text("What the network is given: each pixel is a number."),
    ),
    (
        AnswerGrid,
        Text("The digit moved about"),
        Text("What the network answers where the digit is moved by a little."),
    ),
    (
        WeightPictures,
        Text("Weights as pictures"),
        Text(
            "Each picture has the weights of one neuron or filter; the colour is the sign, and what is negative is"
            " striped."
        ),
    ),
    (
        ShadeScale,
        Text("What the shades mean"),
        Text("The scale from the lowest number to the highest; what is negative is striped."),
    ),
    (
        ButtonsItem,
        Text("Buttons"),
        Text("Each does what it says. Arrow keys go along them, Enter presses."),
    ),
)


def kind_at(items: Iterator[QGraphicsItem], scene_place: QPointF) -> tuple[Text, Text] | None:
    """The name and description of the item at a point of the scene; ``items`` are the items there, topmost first.

    None if the class of none of them has a description.
    """
    for item in items:
        part: QGraphicsItem | None = item
        while part is not None:
            found = _of_one(part, scene_place)
            if found is not None:
                return found
            part = part.parentItem()
    return None


def _of_one(item: QGraphicsItem, scene_place: QPointF) -> tuple[Text, Text] | None:
    place = item.mapFromScene(scene_place)
    if isinstance(item, ClassPointsItem):
        return POINT if item.point_at(place) is not None else None
    if isinstance(item, TableItem):
        cell = item.cell_at(place)
        if cell is not None:
            heading, value = cell
            return untranslated(heading), _COLUMN(value=value) if value else _HEADING
    return kind_of(item)


def kind_of(item: QGraphicsItem) -> tuple[Text, Text] | None:
    """The name and description of an item as a whole; None if its class has none."""
    return next(((name, sentence) for kind, name, sentence in _KINDS if isinstance(item, kind)), None)
