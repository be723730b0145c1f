"""The experiment `gradient_field`: reference values, laws of the gradient, what is said of it, and its handles."""

from __future__ import annotations

import math
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus.directions import angle_between
from engine.calculus.surfaces import PLANE, SURFACES
from engine.contract.frame import arrays_of
from engine.contract.handle import ProbePoint
from engine.contract.language import LANGUAGES
from engine.contract.params import field_of
from engine.contract.protocol import RandomStreams
from engine.contract.text import Refused
from engine.experiments.ch4_training.gradient_field import GradientField
from engine.experiments.ch4_training.gradient_field.ground import ground_of
from engine.experiments.ch4_training.gradient_field.params import GradientFieldParams
from engine.experiments.shared.surfaces.surface_choice import OWN
from engine.geometry.contours import contour_segments
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.pace import within
from tests.strategies import params_of

FIELD = GradientField()
SMALL_FRAME = 256 * 1024
NAMES = [name for name, surface in SURFACES.items() if surface.names == PLANE]


def _frame(**values):
    params = GradientFieldParams(**values)
    return params, FIELD.compute(params, RandomStreams(0))


def test_what_only_the_map_shows_is_offered_with_the_map_only():
    """The small arrows stand on the map: the relief has none of them."""
    names = ("arrows", "lengths")
    assert all(GradientFieldParams().shows(name) for name in names)
    assert not any(GradientFieldParams(view="relief").shows(name) for name in names)
    plain = _frame(view="relief")[1]
    for change in ({"arrows": 7}, {"lengths": "equal"}):
        frame = _frame(view="relief", **change)[1]
        assert frame.shown.tolist() == plain.shown.tolist() and np.array_equal(frame.contour, plain.contour)


def test_without_a_gradient_anywhere_there_is_no_table_of_arrows():
    params, frame = _frame(function="own", own="1/((x0-x0)^2)")
    assert "field" not in [table.name for table in FIELD.tables(params, frame)]
    assert "field" in [table.name for table in FIELD.tables(*_frame())]


def _said(params, frame, language="en"):
    return FIELD.headline(params, frame).render(language)


def _places(name):
    """Places in the region of a surface."""
    surface = SURFACES[name]
    sides = [st.floats(low, high) for low, high in zip(surface.low, surface.high, strict=True)]
    return st.tuples(*sides)


# What is known


def test_it_opens_off_the_minimum_by_sixty_four_degrees():
    params, frame = _frame()
    assert frame.gradient == pytest.approx([-0.7, 4])
    assert frame.angle == pytest.approx(64.12835859242544)
    assert frame.minimum.tolist() == [0, 0] and frame.status is None
    assert _said(params, frame) == "−∇f = (0.7, −4) is perpendicular to the contour and misses the minimum by 64.1°."
    assert _said(params, frame, "zh_CN") == "−∇f = (0.7, −4) 与等高线垂直，与最低点的方向差 64.1°。"


def test_dragged_almost_onto_the_axis_it_misses_by_less_than_two_degrees():
    params, frame = _frame()
    moved = params.replaced(FIELD.drag(params, frame, "point", (-7.0, 0.01)))
    after = FIELD.compute(moved, RandomStreams(0))
    assert after.angle == pytest.approx(1.5547, abs=1e-4)
    assert "only 1.55° off the minimum" in _said(moved, after)


@pytest.mark.parametrize(("point", "gradient"), [((3, 4), (6, 8)), ((0, 2), (0, 4)), ((3, 0), (6, 0))])
@pytest.mark.parametrize("way", ["exact", "numerical"])
def test_the_round_bowl_has_the_gradients_of_the_book_and_points_straight_at_its_middle(point, gradient, way):
    params, frame = _frame(function="bowl", point=point, gradient=way)
    assert frame.gradient == pytest.approx(gradient, abs=1e-8)
    assert frame.angle == pytest.approx(0, abs=1e-6)
    assert "points straight at the minimum" in _said(params, frame)


def test_on_a_ray_through_the_middle_of_an_ellipse_the_angle_is_the_same():
    angles = [_frame(point=(-7 * part, 2 * part))[1].angle for part in (1, 0.5, 0.1)]
    assert angles == pytest.approx([angles[0]] * 3)


# Laws


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_small_steps_rise_along_the_gradient_and_fall_against_it_and_the_contour_is_at_a_right_angle(name, data):
    point = data.draw(_places(name))
    _, frame = _frame(function=name, point=point, stride=0.1)
    numerical = np.array([0.0, 0.0])
    f = SURFACES[name].expression
    for axis in range(2):
        step = 1e-5 * np.eye(2)[axis]
        numerical[axis] = (f(*(frame.point + step)) - f(*(frame.point - step))) / 2e-5
    assert frame.gradient == pytest.approx(numerical, rel=1e-4, abs=1e-4)
    assert frame.size == pytest.approx(math.hypot(*frame.gradient))
    if frame.size < 0.05 * frame.map.values.std():
        return  # near a flat place even this step is long
    assert frame.value_up > frame.value
    assert frame.tangent @ frame.gradient == pytest.approx(0, abs=1e-9 * frame.size)
    assert angle_between(frame.arrow, -frame.gradient) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_the_contour_goes_through_the_point_at_a_right_angle_to_the_arrow(name):
    _, frame = _frame(function=name, point=SURFACES[name].start)
    ends = frame.contour.reshape(-1, 2, 2).astype(float)
    ends = ends[np.hypot(*(ends[:, 1] - ends[:, 0]).T) > 1e-4]
    middles = ends.mean(axis=1)
    distances = np.hypot(*(middles - frame.point).T)
    nearest = int(np.argmin(distances))
    width = frame.map.high[0] - frame.map.low[0]
    assert distances[nearest] < 0.01 * width
    piece = ends[nearest, 1] - ends[nearest, 0]
    assert angle_between(piece, frame.arrow) == pytest.approx(90, abs=6)
    heights = SURFACES[name].expression(middles[:, 0], middles[:, 1])
    assert np.median(np.abs(heights - frame.value)) < 0.02 * (frame.heights[1] - frame.heights[0])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lengths", ["size", "equal"])
@pytest.mark.parametrize("arrows", [5, 15, 25])
def test_no_arrow_reaches_its_neighbour_and_all_go_down(name, lengths, arrows):
    _, frame = _frame(function=name, point=SURFACES[name].start, lengths=lengths, arrows=arrows)
    spacing = (frame.map.high[0] - frame.map.low[0]) / arrows
    drawn = np.hypot(frame.field_arrows[:, 0], frame.field_arrows[:, 1]).astype(float)
    assert np.all(drawn < spacing)
    gradients = np.stack(SURFACES[name].expression.gradient(*frame.field_places.T.astype(float)), axis=1)
    steep = np.hypot(*gradients.T)
    assert np.all(np.einsum("nd,nd->n", frame.field_arrows, gradients)[drawn > 0] < 0)
    order = np.argsort(steep)
    assert np.all(np.diff(drawn[order]) >= -1e-6 * spacing)
    if lengths == "equal":
        assert np.ptp(drawn[drawn > 0]) < 1e-6 * spacing
    # A grid of this spacing, as wide as the map.
    sides = [np.unique(frame.field_places[:, side]) for side in range(2)]
    for side, low, high in zip(sides, frame.map.low, frame.map.high, strict=True):
        assert np.diff(side) == pytest.approx(spacing, rel=1e-3)
        assert np.sum((side > low - 1e-4) & (side < high + 1e-4)) in (arrows, arrows + 1)


@pytest.mark.parametrize("name", [*NAMES, OWN])
def test_slices_are_the_function_through_the_point_and_pass_its_value(name):
    params, frame = _frame(function=name)
    f = params.surface.expression
    for places, values, part in ((frame.across, frame.slice0, 0), (frame.along, frame.slice1, 1)):
        other = float(frame.point[1 - part])
        for number in (0, 140, 280):
            place = (places[number], other) if part == 0 else (other, places[number])
            assert values[number] == f(*place)
        assert np.interp(frame.point[part], places, values) == pytest.approx(frame.value, rel=0.02, abs=0.05)


@settings(max_examples=40, deadline=None)
@given(params_of(GradientFieldParams))
def test_whatever_is_typed_and_chosen_is_said_and_drawn_soundly(params):
    frame = FIELD.compute(params, RandomStreams(0))
    assert sum(array.nbytes for array in arrays_of(frame)) <= SMALL_FRAME
    reading = _said(params, frame)
    assert "nan" not in reading and "inf" not in reading and len(reading) < 120
    low, high = frame.heights
    assert low < high and (frame.value is None or low <= frame.value <= high)
    for line in FIELD.working(params, frame):
        assert evaluate(line) == pytest.approx(line.result, rel=1e-6, abs=1e-9), line
    assert all(math.isfinite(part) for handle in FIELD.handles(params, frame) for part in handle.place)
    for table in FIELD.tables(params, frame):
        assert len({len(column.values) for column in table.columns}) == 1 and table.rows, table.name


@pytest.mark.parametrize("name", NAMES)
def test_the_axis_of_the_slices_takes_few_steps_over_the_whole_region(name):
    surface = SURFACES[name]
    heights = {
        tuple(_frame(function=name, point=(x0, x1))[1].heights.tolist())
        for x0 in np.linspace(surface.low[0], surface.high[0], 7)
        for x1 in np.linspace(surface.low[1], surface.high[1], 7)
    }
    spans = sorted(high - low for low, high in heights)
    assert len(heights) <= 6
    assert all(wider / span == pytest.approx(4) for span, wider in pairwise(spans))


@pytest.mark.parametrize("own", ["1e17", "3e16", "x0 + 1e18", "1e20 + x0", "1e16 + x0^2 + x1^2", "-1e17", "-1e100"])
def test_heights_that_the_map_cannot_tell_apart_have_an_axis_all_the_same(own):
    _, frame = _frame(function=OWN, own=own)
    low, high = frame.heights
    assert low <= frame.height <= high and low < high < math.inf


def test_a_value_that_cannot_be_drawn_is_said_and_leaves_the_axis_as_it_is():
    params, frame = _frame(function=OWN, own="1.7e308 + 0*x0")
    assert frame.height is None and frame.value == 1.7e308
    assert frame.heights.tolist() == [-1, 1] and np.isnan(frame.slice0).all()
    assert all(-1 < handle.place[1] < 3 for handle in FIELD.handles(params, frame) if handle.id == "slice0")


@pytest.mark.parametrize(
    "values",
    [
        {"function": "rosenbrock", "point": (-1.2, 1.0)},
        {"function": OWN, "own": "sin(3*x0)*sin(3*x1)"},
        {"function": OWN, "own": "sin(5*x0)*sin(5*x1)", "point": (0.3, 0.3)},
    ],
)
def test_a_frame_of_many_arrows_and_lines_is_small_with_its_map(values):
    _, frame = _frame(**values, arrows=25)
    assert sum(array.nbytes for array in arrays_of(frame)) <= SMALL_FRAME
    assert len(frame.contour) > 300


HUGE = [
    {"own": "exp(100*x0)", "point": (4.0, 0.0)},
    {"own": "x0^200 + x1^2", "point": (6.0, 0.0)},
    {"own": "exp(x0^2 + x1^2)", "reach": 26.0, "point": (10.0, 19.0)},
    {"own": "x0^x1", "point": (0.0, 0.0), "gradient": "numerical"},
    {"own": "sqrt(x0)", "point": (0.0, 0.0)},
    {"own": "1e308*x0*x1", "point": (1.0, 1.0)},
    {"own": "1e308*x0*x1", "point": (-0.5, 0.4), "gradient": "numerical"},
    {"own": "1e308*x0*x1", "point": (-2.0, 2.0)},
    {"own": "1e-320*x0"},
]


@pytest.mark.parametrize("values", HUGE)
@pytest.mark.parametrize("direction", ["descent", "ascent"])
def test_numbers_of_any_size_make_neither_errors_nor_warnings(values, direction):
    params, frame = _frame(function=OWN, direction=direction, **values)
    assert "nan" not in _said(params, frame) and "inf" not in _said(params, frame)
    for line in FIELD.working(params, frame):
        assert math.isfinite(line.result) and evaluate(line) == pytest.approx(line.result, rel=1e-6, abs=1e-9)
    assert FIELD.tables(params, frame) and FIELD.handles(params, frame)
    assert FIELD.probe(params, frame, ProbePoint(*params.point)) is not None


def test_the_nearest_of_several_minima_is_meant_and_named():
    params, frame = _frame(function="himmelblau", point=(-3.0, -2.5))
    assert frame.minimum == pytest.approx([-3.779310, -3.283186])
    assert len(frame.minima) == 4
    assert "off the minimum (−3.78, −3.28)." in _said(params, frame)


def test_frames_share_the_map():
    assert _frame()[1].map is _frame(point=(1.0, 1.0))[1].map


def test_dragging_is_quick():
    params, _ = _frame()
    start = time.thread_time()
    for number in range(20):
        FIELD.compute(params.replaced({"point": (-7 + 0.1 * number, 2.0)}), RandomStreams(0))
    assert within((time.thread_time() - start) / 20, 0.01)


@pytest.mark.parametrize("own", ["sin(50*x0)*sin(50*x1)", "*".join(["sin(x0)*sin(x1)"] * 12)])
def test_a_function_of_many_waves_is_there_within_50_ms(own):
    taken = []
    for number in range(3):
        # Another reach each time: what is kept of a map does not help.
        params = GradientFieldParams(function=OWN, own=own, reach=4.0 + number / 100)
        start = time.thread_time()
        FIELD.compute(params, RandomStreams(0))
        taken.append(time.thread_time() - start)
    assert within(min(taken), 0.05)


# The two directions


def test_uphill_turns_every_arrow_round_and_says_what_a_step_does():
    _, down = _frame()
    uphill, up = _frame(direction="ascent")
    assert up.arrow == pytest.approx(-down.arrow)
    assert np.array_equal(up.field_arrows, -down.field_arrows)
    assert up.shown_angle == pytest.approx(180 - down.angle) and up.angle == down.angle
    assert up.value_up == down.value_up > down.value > down.value_down
    assert _said(uphill, up) == "∇f = (−0.7, 4) points uphill: a step of 0.36 along it raises f from 6.45 to 8.04."


@pytest.mark.parametrize("direction", ["descent", "ascent"])
@given(point=_places(GradientFieldParams().function), stride=st.sampled_from([0.5, 2.0, 40.0]))
def test_a_step_lands_on_the_arrows_ray_where_the_table_says(direction, point, stride):
    params, frame = _frame(direction=direction, point=point, stride=stride)
    if frame.arrow is None:
        assert frame.landing is None
        return
    way = frame.landing - frame.point
    assert np.hypot(*way) == pytest.approx(frame.step_length)
    assert angle_between(way, frame.arrow) == pytest.approx(0, abs=1e-4)
    value = frame.value_up if direction == "ascent" else frame.value_down
    assert float(params.surface.expression(*frame.landing)) == value


def test_too_long_a_step_downhill_ends_higher():
    _, frame = _frame(stride=40.0)
    assert frame.step_length == pytest.approx(7.2)
    assert frame.value_down == pytest.approx(27.5889, abs=1e-3) and frame.value_down > frame.value
    assert frame.change_down == frame.value_down - frame.value and frame.change_up == frame.value_up - frame.value


def test_too_long_a_step_uphill_is_not_said_to_rise():
    params, frame = _frame(function=OWN, own="sin(x0)", reach=4.0, point=(-1.0, 0.0), stride=40.0, direction="ascent")
    assert frame.value_up < math.sin(1.0)
    assert ("raises" in _said(params, frame)) == (frame.value_up > frame.value)
    params, frame = _frame(function=OWN, own="sin(x0)", reach=4.0, point=(1.0, 0.0), stride=40.0, direction="ascent")
    assert frame.value_up < frame.value and "too long" in _said(params, frame)


# What is noted


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("no_value", {"function": OWN, "own": "log(x0)"}),
        ("no_value", {"function": OWN, "own": "log(x0)", "point": (0.0, 1.0)}),
        ("no_value", {"function": OWN, "own": "sqrt(x0 + x1)", "point": (-1.0, 1.0)}),
        ("no_value", {"function": OWN, "own": "1/(x0 - x0)"}),
        ("flat", {"point": (0.0, 0.0)}),
        ("flat", {"function": "saddle", "point": (0.0, 0.0)}),
        ("flat", {"function": OWN, "own": "0"}),
        ("flat", {"function": OWN, "own": "exp(100*x0)"}),
        ("flat", {"function": OWN, "own": "relu(x0)"}),
        ("corner", {"function": OWN, "own": "abs(x0) + abs(x1)", "point": (0.0, 0.0)}),
        ("corner", {"function": OWN, "own": "abs(x0) + abs(x1)", "point": (0.0, 1.0)}),
        ("corner", {"function": OWN, "own": "abs(x0)", "point": (0.0, 1.0), "gradient": "numerical"}),
        ("corner", {"function": OWN, "own": "abs(x0 + x1)"}),
        ("rough", {"function": "beale", "point": (1.0, 1.5), "gradient": "numerical", "h": 1.0}),
        ("rough", {"function": OWN, "own": "1000 + x0^2", "point": (-0.002, 1), "gradient": "numerical", "h": 1e-12}),
    ],
)
@pytest.mark.parametrize("direction", ["descent", "ascent"])
def test_a_status_says_why_and_its_remedy_takes_it_away(kind, values, direction):
    params, frame = _frame(**values, direction=direction)
    assert frame.status.kind == kind
    for language in LANGUAGES:
        assert "nan" not in _said(params, frame, language) and frame.status.text.render(language)
    if kind in ("no_value", "flat", "corner"):
        assert frame.arrow is None and frame.angle is None and frame.value_up is None
    if frame.status.remedy is not None:
        assert FIELD.compute(params.replaced(frame.status.remedy.changes), RandomStreams(0)).status is None


@pytest.mark.parametrize("values", [{"function": "bowl"}, {"function": "himmelblau", "point": (3.0, 2.0)}])
def test_at_a_minimum_nothing_is_said_of_ways_uphill(values):
    params, frame = _frame(**{"point": (0.0, 0.0), **values})
    assert _said(params, frame).endswith("∇f = 0: for a tiny step f hardly changes, whichever way it goes.")
    assert _said(params, frame, "zh_CN").endswith("∇f = 0：不管往哪走一小步，f 都几乎不变。")


def test_a_gradient_that_is_merely_tiny_is_not_called_zero():
    params, frame = _frame(function=OWN, own="exp(100*x0)")
    assert frame.flat and "|∇f| = 1.38×10⁻⁸⁵, next to nothing" in _said(params, frame)
    assert frame.status.remedy.changes["point"][0] > -0.3


def test_at_a_corner_there_is_no_gradient_but_a_slope_along_the_edge():
    params, frame = _frame(function=OWN, own="abs(x0) + abs(x1)", point=(0.0, 1.0))
    assert frame.gradient is None and frame.tangent is None and frame.exact is None
    assert math.isnan(frame.slopes[0]) and frame.slopes[1] == 1
    assert _said(params, frame) == "At (0, 1) the function has no gradient."
    assert "−∇f = (–, −1)" in FIELD.probe(params, frame, ProbePoint(0.0, 1.0)).text.render("en")


@pytest.mark.parametrize("name", NAMES)
def test_no_function_of_the_list_has_a_corner(name):
    surface = SURFACES[name]
    for place in (surface.start, *surface.minima):
        assert not _frame(function=name, point=place[:2])[1].corner


@pytest.mark.parametrize("own", ["0", "1/(x0 - x0)"])
def test_where_nothing_helps_there_is_no_remedy(own):
    assert _frame(function=OWN, own=own)[1].status.remedy is None


def test_a_gradient_lost_in_rounding_is_not_called_flat():
    params, frame = _frame(function=OWN, own="1000 + x0^2", point=(-0.002, 1.0), gradient="numerical", h=1e-12)
    assert frame.flat and frame.exact == pytest.approx([-0.004, 0])
    assert "rounding has swallowed" in _said(params, frame) and "舍入" in _said(params, frame, "zh_CN")


def test_a_numerical_gradient_that_fits_is_no_matter():
    params, frame = _frame(gradient="numerical")
    assert frame.status is None and frame.difference < 1e-9 and frame.lean < 1e-6
    assert np.array_equal(frame.gradient, frame.numerical) and "misses the minimum by 64.1°" in _said(params, frame)


def test_without_a_known_minimum_words_say_why_there_is_no_angle():
    params, frame = _frame(function="saddle", point=(-2.0, 0.01))
    assert frame.angle is None and frame.minimum is None
    assert _said(params, frame) == "−∇f = (4, 0.02) is perpendicular to the contour; this function has no minimum."
    params, frame = _frame(function=OWN)
    assert frame.angle is None and "does not say where the minimum is" in _said(params, frame)


def test_right_at_a_minimum_that_is_known_to_six_digits_there_is_no_angle_to_it():
    params, frame = _frame(function="himmelblau", point=(3.584428, -1.848127))
    assert not frame.flat and frame.angle is None
    assert _said(params, frame).endswith("; the point is at the minimum.")


def test_only_functions_of_two_variables_are_offered():
    options = [option.value for option in field_of(GradientFieldParams, "function").options]
    assert options == [*NAMES, OWN] and "cubic" not in options


def test_where_a_function_has_no_value_no_arrows_stand():
    _, frame = _frame(function=OWN, own="log(x0)", point=(2.0, 1.0))
    assert frame.field_places[:, 0].min() > 0 and len(frame.field_places) > 50


def test_a_wild_function_keeps_its_contour_within_bounds():
    _, frame = _frame(function=OWN, own="sin(90*x0)*sin(90*x1)", point=(0.01, 0.01))
    assert len(frame.contour) == 2000
    assert np.hypot(frame.contour[:, 0] - 0.01, frame.contour[:, 1] - 0.01).max() < 4


@pytest.mark.parametrize(
    ("own", "point"),
    [
        ("sin(20*x0)*sin(20*x1)", (0.3, 0.4)),
        ("sin(20*x0)*sin(20*x1)", (6.5, -6.6)),
        # Waves only far from the point: what is near is too little.
        ("sin(40*relu(x0))*sin(40*x1) - relu(-x0)*0.2", (-4.5, 1.0)),
        ("sin(20*relu(x0 - 4))*sin(40*x1) - relu(4 - x0)*0.2", (2.0, 1.0)),
    ],
)
def test_of_too_many_pieces_of_a_contour_the_nearest_are_kept(own, point):
    params, frame = _frame(function=OWN, own=own, point=point)
    pieces = contour_segments(*ground_of(params.surface, params.arrows).fine, frame.value)
    expected = np.sort(np.hypot(pieces[:, 0] - point[0], pieces[:, 1] - point[1]))[:2000]
    kept = np.hypot(frame.contour[:, 0] - point[0], frame.contour[:, 1] - point[1])
    assert kept == pytest.approx(expected, abs=1e-5)


# The hand


@pytest.mark.parametrize(
    ("handle", "place", "point"),
    [
        ("point", (1.234, -3.456), (1.23, -3.46)),
        ("point", (99, -99), (15.29, -15.29)),
        ("point", (-0.001, 0.001), (0.0, 0.0)),
        ("slice0", (3.0, 50.0), (3.0, 2.0)),
        ("slice1", (50.0, -3.0), (-7.0, -3.0)),
    ],
)
def test_handles_go_where_they_are_asked_to(handle, place, point):
    params, frame = _frame()
    moved = params.replaced(FIELD.drag(params, frame, handle, place))
    assert moved.point == pytest.approx(point) and "-0.0" not in repr(moved.point)


@pytest.mark.parametrize("name", [*NAMES, OWN])
@pytest.mark.parametrize("corner", [(-1e6, -1e6), (1e6, 1e6)])
def test_dragged_beyond_the_map_the_point_stays_at_its_edge(name, corner):
    params, frame = _frame(function=name)
    changes = FIELD.drag(params, frame, "point", corner)
    moved = params.replaced(changes)
    assert moved.point == changes["point"]
    for part, places, way in zip(moved.point, (frame.map.x, frame.map.y), corner, strict=True):
        assert part == pytest.approx(places[0] if way < 0 else places[-1], abs=0.01 * np.ptp(places))


def test_handles_lie_on_the_point_and_on_both_curves():
    params, frame = _frame()
    places = {handle.id: handle.place for handle in FIELD.handles(params, frame)}
    assert places == {"point": (-7, 2), "slice0": (-7, frame.value), "slice1": (frame.value, 2)}


def test_an_unknown_handle_is_an_error():
    with pytest.raises(KeyError, match="line"):
        FIELD.drag(*_frame(), "line", (0, 0))


def test_probes_read_the_map_and_the_slices():
    params, frame = _frame()
    assert FIELD.probe(params, frame, ProbePoint(2.0, 1.0)).text.render("en") == "(2, 1): f = 1.2, −∇f = (−0.2, −2)"
    said = FIELD.probe(params, frame, ProbePoint(2.0, 77.0, "slice0")).text.render("en")
    assert said == "(2, 2): f = 4.2, ∂f/∂x0 = 0.2"
    said = FIELD.probe(params, frame, ProbePoint(77.0, 1.0, "slice1")).text.render("en")
    assert said == "(−7, 1): f = 3.45, ∂f/∂x1 = 2"
    params, frame = _frame(direction="ascent")
    assert "∇f = (0.2, 2)" in FIELD.probe(params, frame, ProbePoint(2.0, 1.0)).text.render("en")
    params, frame = _frame(function=OWN, own="log(x0)")
    assert FIELD.probe(params, frame, ProbePoint(-2.0, 1.0)).text.render("en") == "(−2, 1): no value"


# Working, tables, parameters


def test_the_working_puts_the_numbers_in():
    params, frame = _frame()
    lines = FIELD.working(params, frame)
    assert [line.left for line in lines] == ["∂f/∂x0", "∂f/∂x1", "|∇f|", "cos θ", "f + |∇f|·s", "f − |∇f|·s"]
    assert lines[0].arithmetic() == "(6.449930001 − 6.450070001)/(2·0.0001)"
    assert lines[2].arithmetic() == "sqrt((−0.7)^2 + 4^2)"
    assert math.degrees(math.acos(lines[3].result)) == pytest.approx(frame.angle)
    assert lines[4].result == pytest.approx(6.45 + 4.0607881 * 0.36)


def test_tables_hold_what_is_drawn():
    params, frame = _frame()
    tables = {table.name: table for table in FIELD.tables(params, frame)}
    assert set(tables) == {"point", "field", "slice_x0", "slice_x1", "working"}
    point = dict(tables["point"].rows)
    assert point["angle_to_minimum"] == frame.angle and point["f"] == frame.value
    assert point["df_dx0"] == pytest.approx(-0.7) and point["f_after_step_against_gradient"] == frame.value_down
    x0, x1, d0, d1, length = tables["field"].rows[0]
    assert (d0, d1) == pytest.approx((-x0 / 10, -2 * x1), rel=1e-5) and length > 0


@pytest.mark.parametrize(
    ("name", "value", "base"),
    [
        ("function", "bowl", {"point": (1.0, 2.0)}),
        ("own", "x0 + x1", {"function": OWN}),
        ("reach", 5.0, {"function": OWN}),
        ("point", (1.0, 1.0), {}),
        ("direction", "ascent", {}),
        ("arrows", 9, {}),
        ("lengths", "equal", {}),
        ("gradient", "numerical", {"h": 1e-3, "function": "beale", "point": (1.0, 1.5)}),
        ("h", 0.1, {"function": "beale", "point": (1.0, 1.5)}),
        ("stride", 5.0, {}),
    ],
)
def test_every_parameter_does_something(name, value, base):
    def tables(params):
        frame = FIELD.compute(params, RandomStreams(0))
        return [(table.name, table.rows) for table in FIELD.tables(params, frame)]

    params = GradientFieldParams(**base)
    assert tables(params) != tables(params.replaced({name: value}))


def test_frames_are_the_same_every_time():
    assert frames_equal(_frame(function="beale", point=(1.0, 1.0))[1], _frame(function="beale", point=(1.0, 1.0))[1])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("function", "cubic"), ("own", "x2"), ("point", (1.0,)), ("direction", "left"), ("arrows", 4), ("h", 0.0),
        ("stride", 50.0), ("reach", 0.0),
    ],
)  # fmt: skip
def test_bad_values_are_refused_by_name(name, value):
    with pytest.raises(Refused, match=name):
        GradientFieldParams(**{name: value})
