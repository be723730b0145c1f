"""A trace names the cells that a cell is made of, and its arithmetic with their numbers makes the cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.boards.trace import trace, trace_of_products
from engine.contract.api import WorkingStep
from tests.arithmetic import evaluate


def _name(cell):
    array, row, column = cell
    return f"{array}{row}{column}"


@given(rows=st.integers(1, 3), inner=st.integers(1, 4), columns=st.integers(1, 3), seed=st.integers(0, 99))
def test_the_rule_of_a_product_gives_every_cell_of_it(rows, inner, columns, seed):
    random = np.random.default_rng(seed)
    arrays = {"x": random.normal(size=(rows, inner)), "w": random.normal(size=(inner, columns))}
    arrays["b"] = random.normal(size=(1, columns))
    product = arrays["x"] @ arrays["w"] + arrays["b"]
    for row, column in np.ndindex(product.shape):
        made_of = trace("Σ⟨{x[r,k]}·{w[k,c]}⟩ + {b}", ("z", row, column), lambda array: arrays[array].shape, _name)
        value = evaluate(WorkingStep("z", made_of.expression, made_of.values(arrays)))
        assert value == pytest.approx(product[row, column])
        assert sorted(made_of.terms.values()) == sorted([0, *range(1, inner + 1), *range(1, inner + 1)])
        assert made_of.terms["b", 0, column] == 0


def test_a_name_that_is_no_array_stays_as_it_is():
    sizes = {"x": (2, 2)}.get
    made_of = trace("({x:1} − {x[0,c]:2}) / {N}", ("z", 1, 0), sizes, _name)
    assert made_of.expression == "({x10} − {x00}) / {N}"
    assert made_of.terms == {("x", 1, 0): 1, ("x", 0, 0): 2}


def test_a_column_may_be_chosen_row_by_row():
    right = [2, 0]
    made_of = trace("Σ⟨ln({y[k,t]})⟩", ("loss", 0, 0), {"y": (2, 3)}.get, _name, right.__getitem__)
    assert made_of.expression == "ln({y02}) + ln({y10})"


def test_a_sum_of_products_names_its_cells_and_numbers_their_partners():
    products = [{"x": ("x", 0, k), "w": ("w", k, 0), "z": ("z", 0, 0)} for k in range(3)]
    made_of = trace_of_products(
        ("z", 0, 0), enumerate(products, start=1), "{x}·{w}", ("x", "gone"), lambda one: "{}[{},{}]".format(*one),
        is_zero=lambda one: one == ("x", 0, 1), written=2,
    )  # fmt: skip
    assert made_of.expression == "{x[0,0]}·{w[0,0]} + 0·{w[1,0]}"
    assert made_of.terms == {("x", 0, k): k + 1 for k in range(3)}
    assert ("x", 0, 1) not in made_of.cells.values() and made_of.cells["w[2,0]"] == ("w", 2, 0)


def test_without_products_a_sum_is_0_and_terms_that_are_alike_stand_there_once():
    assert trace_of_products(("z", 0, 0), [], "{x}", (), str).expression == "0"
    alike = [(number, {"s": ("s", 0, 0)}) for number in (1, 1, 2)]
    assert trace_of_products(("z", 0, 0), alike, "{s}", ("s",), lambda one: "S").expression == "{S}"
