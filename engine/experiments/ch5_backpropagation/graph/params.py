"""The parameters of the experiment `graph`: which graph, the values of its inputs, and what is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from engine.calculus.expressions import Expression, ExpressionRefused
from engine.calculus.graph import Graph, graph_of
from engine.calculus.graph_notation import Drawing, drawing_of, local_in_letters, sign_of
from engine.contract.fields import TypedExpression
from engine.contract.params import fields_of
from engine.contract.pieces import Params, Text, Visible, choice, field_of, integer, parameter, real, same

OWN = "own"
MOST = 24
"""So many operations a graph may have, so that one can still read it."""
RIGHT = "none"
TRACK = 0.36
"""Half the length of the line along which the handle of an input goes, in columns."""
_TOO_MANY = Text(
    "this function has {count} operations, the graph shows up to {most}",
    "这个函数有 {count} 个运算，计算图最多画 {most} 个",
)


@dataclass(frozen=True)
class Sample:
    """A function by its ``text``; ``names`` are its variables, ``name`` and ``result`` are for people."""

    text: str
    names: tuple[str, ...]
    name: Text
    result: Text = Text("result", "结果")


SAMPLES = {
    "apples": Sample("p*n*t", ("p", "n", "t"), Text("apples", "买苹果"), Text("to pay", "应付金额")),
    "fruit": Sample(
        "(p*n + q*m)*t",
        ("p", "n", "q", "m", "t"),
        Text("apples and oranges", "买苹果和橘子"),
        Text("to pay", "应付金额"),
    ),
    "sum_product": Sample("(x + y)*z", ("x", "y", "z"), same("(x + y)·z")),
    "square": Sample("x*x", ("x",), Text("x·x, one value used twice", "x·x，同一个值用两次")),
    "sigmoid": Sample("1/(1 + exp(-x))", ("x",), Text("sigmoid, from its parts", "拆开的 sigmoid")),
    "neuron": Sample(
        "x1*w1 + x2*w2 + b", ("x1", "w1", "x2", "w2", "b"), Text("one neuron's weighted sum", "一个神经元的加权和")
    ),
    "softmax": Sample(
        "-log(exp(a3)/(exp(a1) + exp(a2) + exp(a3)))",
        ("a1", "a2", "a3"),
        Text("softmax and cross entropy", "softmax 与交叉熵误差"),
        Text("loss", "损失"),
    ),
}
_OWN_NAME = Text("your own function", "自己输入的函数")
_OWN_NAMES = ("x", "y", "z")
FIELDS = {"p": "apple_price", "n": "apple_count", "q": "orange_price", "m": "orange_count", "t": "tax"}
"""The parameters of variables that are not called like them."""


def understand(text: str, names: tuple[str, ...]) -> Expression:
    """The typed function; ``ExpressionRefused`` where it is none, or has more operations than can be shown."""
    expression = Expression(text, names)
    count = len(graph_of(expression.text, names).operations)
    if count > MOST:
        raise ExpressionRefused(_TOO_MANY(count=count, most=MOST), 1)
    return expression


def _input(default: float, most: float, step: float, label: Text, *graphs: str, least: float = 0.0) -> float:
    help_text = Text("An input of the graph; it can be dragged there too.", "图的一个输入，也可以在图上拖动。")
    return real(default, (least, most), label, help_text, step=step, visible=Visible("graph", graphs))


def _signed(default: float, name: str, *graphs: str) -> float:
    return _input(default, 10.0, 0.1, same(name), *graphs, least=-10.0)


class GraphParams(Params):
    """A graph from the list or typed, with the values of its inputs."""

    graph: str = choice(
        "apples",
        {**{id: sample.name for id, sample in SAMPLES.items()}, OWN: _OWN_NAME},
        Text("Graph", "计算图"),
        Text("The calculation that is taken apart.", "把哪个计算拆成一步一步的运算。"),
    )
    own: str = parameter(
        "x*y + sin(x)",
        TypedExpression(
            label=Text("f(x, y, z) =", "f(x, y, z) ="),
            help=Text("Type any function of x, y and z.", "自己输入一个 x、y、z 的函数。"),
            variables=_OWN_NAMES,
            understand=understand,
            visible=Visible("graph", (OWN,)),
        ),
    )
    apple_price: float = _input(100.0, 500.0, 10.0, Text("apple price", "苹果单价"), "apples", "fruit")
    apple_count: float = _input(2.0, 20.0, 1.0, Text("apple count", "苹果个数"), "apples", "fruit")
    orange_price: float = _input(150.0, 500.0, 10.0, Text("orange price", "橘子单价"), "fruit")
    orange_count: float = _input(3.0, 20.0, 1.0, Text("orange count", "橘子个数"), "fruit")
    tax: float = _input(1.1, 5.0, 0.1, Text("tax", "消费税"), "apples", "fruit")
    x: float = _signed(3.0, "x", "sum_product", "square", "sigmoid", OWN)
    y: float = _signed(2.0, "y", "sum_product", OWN)
    z: float = _signed(4.0, "z", "sum_product", OWN)
    x1: float = _signed(1.0, "x1", "neuron")
    w1: float = _signed(0.5, "w1", "neuron")
    x2: float = _signed(2.0, "x2", "neuron")
    w2: float = _signed(-0.4, "w2", "neuron")
    b: float = _signed(0.2, "b", "neuron")
    a1: float = _signed(0.3, "a1", "softmax")
    a2: float = _signed(2.9, "a2", "softmax")
    a3: float = _input(4.0, 10.0, 0.1, Text("a3 (right class)", "正确类别 a3"), "softmax", least=-10.0)
    pitfall: str = choice(
        RIGHT,
        {
            RIGHT: Text("no mistake", "没有错误"),
            "own_input": Text("× passes its own input", "× 传回自己的输入"),
            "overwrite": Text("branches overwrite: = for +=", "分支相互覆盖：写成 ="),
            "average": Text("branches are averaged", "分支取平均"),
        },
        Text("Mistake", "错误写法"),
        Text(
            "Draw what this mistake would give beside the right gradients.",
            "在正确的梯度旁边，画出犯这个错会得到什么。",
        ),
    )
    selected: int = integer(
        0,
        (0, 2 * MOST),
        Text("Node looked at", "看哪个节点"),
        Text(
            "The number of a node; 0 follows the steps. A click on a node chooses it.",
            "节点的编号，0 表示跟着步骤走；也可以点图中的节点。",
        ),
        effect="view",
        more=True,
    )

    @property
    def sample(self) -> Sample:
        """The function that is shown."""
        return Sample(self.own, _OWN_NAMES, _OWN_NAME) if self.graph == OWN else SAMPLES[self.graph]

    @property
    def structure(self) -> Graph:
        """Its graph."""
        return graph_of(self.sample.text, self.sample.names)

    def sign_of(self, node: int) -> str:
        """What is written into a node."""
        return sign_of(self.structure, node)

    def in_letters(self, node: int) -> tuple[str, str]:
        """An operation and its local derivatives, as in u·v and ∂/∂u = v, ∂/∂v = u."""
        return local_in_letters(self.structure, node)

    @property
    def inputs(self) -> tuple[float, ...]:
        """The values of the graph's variables, in their order."""
        return tuple(getattr(self, name) for name in self.input_fields)

    @property
    def input_fields(self) -> tuple[str, ...]:
        """The names of their parameters."""
        nodes = self.structure.nodes
        return tuple(FIELDS.get(nodes[number].name, nodes[number].name) for number in self.structure.variables)

    def label(self, node: int) -> Text:
        """What a node is called: an input by its name, an operation by its sign."""
        name = self.structure.nodes[node].name
        return field_of(GraphParams, FIELDS.get(name, name)).label if name else same(sign_of(self.structure, node))

    @property
    def drawing(self) -> Drawing:
        """Where the nodes stand and how the edges go."""
        return drawing_of(self.structure)


INPUTS = tuple(name for name, field in fields_of(GraphParams).items() if field.kind == "real")
"""The names of all parameters that are inputs of some graph."""
