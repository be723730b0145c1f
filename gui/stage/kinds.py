"""What the parts of a picture are by their kind, such as a neuron, a column of a table or a point."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsItem

from engine.contract.text import Text, same
from gui.plots.bars.chance_bars import ChanceBars
from gui.plots.bars.count_bars import CountBars
from gui.plots.bars.histograms import Histograms
from gui.plots.bars.log_bars import LogBars
from gui.plots.bars.share_bar import ShareBar
from gui.plots.board.buttons import ButtonsItem
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
from gui.plots.network.layer_strip import LayerStrip
from gui.plots.network.matrix_product import MatrixProductItem
from gui.plots.network.network_maps import NetworkMaps
from gui.plots.network.network_plot import NetworkPlot
from gui.plots.network.neuron import NeuronItem
from gui.plots.pictures.answer_grid import AnswerGrid
from gui.plots.pictures.cell_board import CellBoard
from gui.plots.pictures.digit_answers import DigitAnswers
from gui.plots.pictures.drawing_canvas import DrawingCanvas
from gui.plots.pictures.map_plot import MapPlot
from gui.plots.pictures.pixel_picture import PixelPicture
from gui.plots.pictures.shade_scale import ShadeScale
from gui.plots.pictures.weight_pictures import WeightPictures
from gui.plots.plane.agreement import AgreementPlane
from gui.plots.plane.class_legend import ClassLegend
from gui.plots.plane.class_points import ClassPointsItem
from gui.plots.plane.vector_sum import VectorSum
from gui.plots.surface.divisor_squares import DivisorSquares
from gui.plots.surface.rate_scale import RateScale
from gui.plots.surface.relief_plot import ReliefPlot

POINT = (
    Text("A sample", "一个样本点"),
    Text(
        "Where it lies are its two values on the axes; colour and shape are its class. A ring marks a wrong answer.",
        "位置是它在两条坐标轴上的值，颜色和形状是它的类别。外面有圈的，是答错的。",
    ),
)
_COLUMN = Text(
    "A column of the table, with a value for each row: {value} in this one. The row in the light is looked at.",
    "表格的一列，每行一个值，这一行是 {value}。亮着的那一行就是现在看的。",
)
_HEADING = Text("A column of the table, with a value for each row.", "表格的一列，每行一个值。")
_KINDS: tuple[tuple[type[QGraphicsItem], Text, Text], ...] = (
    (
        NeuronItem,
        Text("A neuron", "一个神经元"),
        Text(
            "Each input times its weight, and the bias, flow into the sum in the middle; what becomes of the sum goes"
            " out on the right. The wider an edge, the larger its signal.",
            "每个输入乘以权重，连同偏置，流进中间的和；由和得到的输出在右边。边越粗，信号越大。",
        ),
    ),
    (
        NetworkPlot,
        Text("A network of neurons", "由神经元组成的网络"),
        Text(
            "Each column is a layer, each edge a weight: its width is the size; a negative one is dashed.",
            "每一列是一层，每条边是一个权重：粗细表示大小，负的画成虚线。",
        ),
    ),
    (
        NetworkMaps,
        Text("A network of neurons", "由神经元组成的网络"),
        Text(
            "Each small map is a neuron and shows what it answers in the whole plane; the wider a line between two, the"
            " larger the weight. What is negative is striped, or dashed. Arrow keys go along it, Enter chooses.",
            "每张小图是一个神经元，画出它在整个平面上的输出；两个之间的线越粗，权重越大。负的带条纹，或者画成虚线。"
            "方向键在里面走，Enter 选定。",
        ),
    ),
    (
        GraphPlot,
        Text("A computational graph", "计算图"),
        Text(
            "Each node computes one step; over an edge stands its value, under it the gradient that comes back.",
            "每个节点只算一步；边上方是值，下方是传回来的梯度。",
        ),
    ),
    (
        LayerStrip,
        Text("The layers", "各层"),
        Text(
            "A row is a layer, a cell a neuron: the darker, the larger its output.",
            "一行是一层，一格是一个神经元：越深，输出越大。",
        ),
    ),
    (
        MatrixProductItem,
        Text("A product of matrices", "矩阵的乘积"),
        Text(
            "The matrices with their shapes below. A cell of the result is a row of one times a column of the next.",
            "矩阵下方写着形状。结果的一格，是前一个的一行乘以后一个的一列。",
        ),
    ),
    (
        CellBoard,
        Text("Arrays, cell by cell", "一格一格的数组"),
        Text(
            "A cell is a number. The one that is chosen is framed; those that it is made of are lit.",
            "一格是一个数。选中的有框，它由亮着的那些算出。",
        ),
    ),
    (
        MapPlot,
        Text("A map", "图"),
        Text(
            "Each of its cells is a number, drawn as a shade; what is negative is striped.",
            "每一格是一个数，用深浅表示；负的带条纹。",
        ),
    ),
    (
        CountMatrix,
        Text("Labels and answers", "标签和回答"),
        Text(
            "A row is a label, a column an answer, a cell how often the two came together. Arrow keys go along the"
            " counts, Enter shows the first such image.",
            "一行是一个标签，一列是一个回答，格里是两者同时出现的次数。方向键在这些数之间走，Enter 显示其中第一张。",
        ),
    ),
    (
        StripItem,
        Text("A table on its side", "横放的表格"),
        Text(
            "A column is an input, a row one of its values. The column in the light is looked at.",
            "一列是一组输入，一行是它的一个值。亮着的一列就是现在看的。",
        ),
    ),
    (
        ClassLegend,
        Text("The key", "图例"),
        Text("Which mark stands for what.", "哪种记号代表什么。"),
    ),
    (
        EndLabels,
        Text("Names of the curves", "曲线的名称"),
        Text(
            "Each stands where its curve ends, with the number that is read off it.",
            "写在曲线的末端，旁边是从曲线上读出的数。",
        ),
    ),
    (
        SpanLanes,
        Text("Stretches of the axis", "横轴上的区段"),
        Text(
            "Where on the axis above or below something is true of each curve.",
            "在相邻的横轴上，每条曲线在哪一段有这个性质。",
        ),
    ),
    (
        ReadOuts,
        Text("Results", "结果"),
        Text("Numbers of the picture, just computed, each with its name.", "图上的数，刚刚算出，各有名称。"),
    ),
    (
        ChanceBars,
        Text("Probabilities", "概率"),
        Text(
            "How probable the network holds each answer; all together are 1.", "网络认为每个答案有多可能，合起来是 1。"
        ),
    ),
    (
        CountBars,
        Text("Mistakes, round by round", "每一轮的错误数"),
        Text(
            "A bar for each round that is over, in outline the one that goes on.",
            "每轮一根柱子，只有轮廓的是正在进行的一轮。",
        ),
    ),
    (
        Histograms,
        Text("Histograms", "直方图"),
        Text("How many values lie where: the higher a column, the more.", "各处有多少个值：柱子越高，值越多。"),
    ),
    (
        LogBars,
        Text("Sizes", "大小"),
        Text(
            "Each bar a size, on a scale of powers of ten: a division more is ten times as much.",
            "每根柱子是一个大小，刻度是 10 的幂：多一格就是十倍。",
        ),
    ),
    (
        ShareBar,
        Text("Shares", "占比"),
        Text("How large a part of the whole each is.", "各占整体的多少。"),
    ),
    (
        RunPlot,
        Text("The course of the run", "运行的过程"),
        Text("How these numbers have gone from update to update.", "这些数随着每次更新怎样变化。"),
    ),
    (
        SmallCurves,
        Text("Many small plots", "许多小图"),
        Text("The same curves for each case, all on the same axes.", "每种情况画同样的曲线，坐标轴都一样。"),
    ),
    (
        TrialPlane,
        Text("Trials", "各次试验"),
        Text(
            "Each mark is a pair of hyperparameters: hollow while planned, filled once tried.",
            "每个记号是一对超参数：空心的还没试，实心的试过了。",
        ),
    ),
    (
        AgreementPlane,
        Text("Two ways to one number", "两种算法，同一个数"),
        Text(
            "Each point is a number computed in two ways; where they agree it lies on the diagonal.",
            "每个点是用两种方法算出的数；两者一致，点就在对角线上。",
        ),
    ),
    (
        VectorSum,
        Text("A sum of arrows", "箭头相加"),
        Text(
            "The arrow that is added begins where the other ends; their sum leads to its tip.",
            "加上的箭头从另一个的末端出发，它们的和指向它的尖端。",
        ),
    ),
    (
        DivisorSquares,
        Text("What a step is divided by", "步长除以的数"),
        Text(
            "The area of each square is a sum of squares, its side the root of it.",
            "每个正方形的面积是平方和，边长是它的平方根。",
        ),
    ),
    (
        RateScale,
        Text("A scale of learning rates", "学习率的刻度"),
        Text("Its zones say what becomes of a descent with such a rate.", "各个区段说明用这样的学习率下降会怎样。"),
    ),
    (
        ReliefPlot,
        Text("The function as a relief", "函数的立体图"),
        Text(
            "The height is the value of the function. A drag or the arrow keys turn it; a double click or Home gives"
            " the first view back. What is faint lies behind the surface.",
            "高度就是函数值。拖动或按方向键可以转动，双击或按 Home 键还原。颜色淡的在曲面后面。",
        ),
    ),
    (
        DigitAnswers,
        Text("Digits and answers", "数字和回答"),
        Text("Pictures of digits, each with the answer that it gets now.", "数字图片，各有现在得到的回答。"),
    ),
    (
        DrawingCanvas,
        Text("Paper", "画纸"),
        Text(
            "What is drawn here is what the network reads. Arrow keys move the pen, Enter lowers and lifts it, Delete"
            " clears the paper.",
            "在这里画的，就是网络读到的。方向键移动画笔，Enter 落笔和提笔，Delete 清空。",
        ),
    ),
    (
        PixelPicture,
        Text("The picture in pixels", "像素图"),
        Text("What the network is given: each pixel is a number.", "网络的输入：每个像素是一个数。"),
    ),
    (
        AnswerGrid,
        Text("The digit moved about", "把数字挪一挪"),
        Text("What the network answers where the digit is moved by a little.", "数字稍微挪动之后，网络各答什么。"),
    ),
    (
        WeightPictures,
        Text("Weights as pictures", "画成图片的权重"),
        Text(
            "Each picture has the weights of one neuron or filter; the colour is the sign, and what is negative is"
            " striped.",
            "每张图是一个神经元或滤波器的权重，颜色表示正负，负的带条纹。",
        ),
    ),
    (
        ShadeScale,
        Text("What the shades mean", "深浅的含义"),
        Text(
            "The scale from the lowest number to the highest; what is negative is striped.",
            "从最小的数到最大的数；负的带条纹。",
        ),
    ),
    (
        ButtonsItem,
        Text("Buttons", "按钮"),
        Text(
            "Each does what it says. Arrow keys go along them, Enter presses.",
            "各做上面写的事。方向键在按钮之间移动，Enter 按下。",
        ),
    ),
)


def kind_at(items: Iterator[QGraphicsItem], scene_place: QPointF) -> tuple[Text, Text] | None:
    """A name and a sentence for what lies at a place of the scene, of which ``items`` are the items, uppermost first.

    None where none of them is of a kind of which something is to be said.
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
            return same(heading), _COLUMN(value=value) if value else _HEADING
    return kind_of(item)


def kind_of(item: QGraphicsItem) -> tuple[Text, Text] | None:
    """A name and a sentence for a part of a picture as a whole; None where its kind has none."""
    return next(((name, sentence) for kind, name, sentence in _KINDS if isinstance(item, kind)), None)
