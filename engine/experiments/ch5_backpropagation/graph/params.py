"""The parameters of `graph`: the chosen graph, the values of its inputs, a mistake, and the selected node."""

from __future__ import annotations

from dataclasses import dataclass

from engine.calculus.expressions import Expression, ExpressionRefused
from engine.calculus.graph import Graph, graph_of
from engine.calculus.graph_notation import Drawing, drawing_of, local_in_letters, sign_of
from engine.contract.api import Params, Text, VisibleWhen, choice, field_of, integer, parameter, real, untranslated
from engine.contract.fields import TypedExpression
from engine.contract.params import fields_of

OWN = "own"
MOST = 24
"""The maximum number of operations in a graph, so that it stays readable."""
RIGHT = "none"
TRACK = 0.36
"""Half the length of the line on which an input's handle moves, in units of columns."""
_TOO_MANY = Text("this function has {count} operations, the graph shows up to {most}")


@dataclass(frozen=True)
class Sample:
    """A function to draw as a graph: its formula ``text``, its variables ``names``, and the labels of it and of its
    result.
    """

    text: str
    names: tuple[str, ...]
    name: Text
    result: Text = Text("result")


SAMPLES = {
    "apples": Sample("p*n*t", ("p", "n", "t"), Text("apples"), Text("to pay")),
    "fruit": Sample(
        "(p*n + q*m)*t",
        ("p", "n", "q", "m", "t"),
        Text("apples and oranges"),
        Text("to pay"),
    ),
    "sum_product": Sample("(x + y)*z", ("x", "y", "z"), untranslated("(x + y)·z")),
    "square": Sample("x*x", ("x",), Text("x·x, one value used twice")),
    "sigmoid": Sample("1/(1 + exp(-x))", ("x",), Text("sigmoid, from its parts")),
    "neuron": Sample("x1*w1 + x2*w2 + b", ("x1", "w1", "x2", "w2", "b"), Text("one neuron's weighted sum")),
    "softmax": Sample(
        "-log(exp(a3)/(exp(a1) + exp(a2) + exp(a3)))",
        ("a1", "a2", "a3"),
        Text("softmax and cross entropy"),
        Text("loss"),
    ),
}
_OWN_NAME = Text("your own function")
_OWN_NAMES = ("x", "y", "z")
FIELDS = {"p": "apple_price", "n": "apple_count", "q": "orange_price", "m": "orange_count", "t": "tax"}
"""The parameters for variables whose names are not the parameters' own."""


def understand(text: str, names: tuple[str, ...]) -> Expression:
    """Parse a typed function. Raises ``ExpressionRefused`` if it is invalid or has more operations than
    can be shown.
    """
    expression = Expression(text, names)
    count = len(graph_of(expression.text, names).operations)
    if count > MOST:
        raise ExpressionRefused(_TOO_MANY(count=count, most=MOST), 1)
    return expression


def _input(default: float, most: float, step: float, label: Text, *graphs: str, least: float = 0.0) -> float:
    """The parameter field for an input that the form shows only for the given ``graphs``."""
    help_text = Text("An input of the graph; it can be dragged there too.")
    return real(default, (least, most), label, help_text, step=step, visible=VisibleWhen("graph", graphs))


def _signed(default: float, name: str, *graphs: str) -> float:
    """The parameter field for an input from −10 to 10."""
    return _input(default, 10.0, 0.1, untranslated(name), *graphs, least=-10.0)


class GraphParams(Params):
    """A graph from the list or typed, the values of its inputs, and a mistake to compare with."""

    graph: str = choice(
        "apples",
        {**{id: sample.name for id, sample in SAMPLES.items()}, OWN: _OWN_NAME},
        Text("Graph"),
        Text("The calculation that is taken apart."),
    )
    own: str = parameter(
        "x*y + sin(x)",
        TypedExpression(
            label=untranslated("f(x, y, z) ="),
            help=Text("Type any function of x, y and z."),
            variables=_OWN_NAMES,
            understand=understand,
            visible=VisibleWhen("graph", (OWN,)),
        ),
    )
    apple_price: float = _input(100.0, 500.0, 10.0, Text("apple price"), "apples", "fruit")
    apple_count: float = _input(2.0, 20.0, 1.0, Text("apple count"), "apples", "fruit")
    orange_price: float = _input(150.0, 500.0, 10.0, Text("orange price"), "fruit")
    orange_count: float = _input(3.0, 20.0, 1.0, Text("orange count"), "fruit")
    tax: float = _input(1.1, 5.0, 0.1, Text("tax"), "apples", "fruit")
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
    a3: float = _input(4.0, 10.0, 0.1, Text("a3 (right class)"), "softmax", least=-10.0)
    pitfall: str = choice(
        RIGHT,
        {
            RIGHT: Text("no mistake"),
            "own_input": Text("× passes its own input"),
            "overwrite": Text("branches overwrite: = for +="),
            "average": Text("branches are averaged"),
        },
        Text("Mistake"),
        Text("Draw what this mistake would give beside the right gradients."),
    )
    selected: int = integer(
        0,
        (0, 2 * MOST),
        Text("Node looked at"),
        Text("The number of a node; 0 follows the steps. A click on a node chooses it."),
        effect="view",
        more=True,
    )

    @property
    def sample(self) -> Sample:
        """The chosen function."""
        return Sample(self.own, _OWN_NAMES, _OWN_NAME) if self.graph == OWN else SAMPLES[self.graph]

    @property
    def structure(self) -> Graph:
        """The computational graph of the chosen function."""
        return graph_of(self.sample.text, self.sample.names)

    def sign_of(self, node: int) -> str:
        """The text in a node."""
        return sign_of(self.structure, node)

    def in_letters(self, node: int) -> tuple[str, str]:
        """An operation and its local derivatives as formulas, such as u·v and ∂/∂u = v, ∂/∂v = u."""
        return local_in_letters(self.structure, node)

    @property
    def inputs(self) -> tuple[float, ...]:
        """The values of the graph's variables, in the order of ``input_fields``."""
        return tuple(getattr(self, name) for name in self.input_fields)

    @property
    def input_fields(self) -> tuple[str, ...]:
        """The names of the parameters that hold the graph's variables, in the order of the variables' nodes."""
        nodes = self.structure.nodes
        return tuple(FIELDS.get(nodes[number].name, nodes[number].name) for number in self.structure.variables)

    def label(self, node: int) -> Text:
        """The label of a node: an input's name, or an operation's symbol."""
        name = self.structure.nodes[node].name
        return (
            field_of(GraphParams, FIELDS.get(name, name)).label if name else untranslated(sign_of(self.structure, node))
        )

    @property
    def drawing(self) -> Drawing:
        """The layout of nodes and edges."""
        return drawing_of(self.structure)


INPUTS = tuple(name for name, field in fields_of(GraphParams).items() if field.kind == "real")
"""The names of all parameters that hold an input of some graph."""
