"""What is painted last at a pixel is what is nearest there, and only what is behind it is hidden: for random views."""

from __future__ import annotations

import numpy as np
import pytest

from engine.geometry.aspect import Aspect, corner_turns, unfolded
from engine.geometry.relief import HEIGHT, relief

CELLS = 14
PIXELS = 110
"""Of the picture that the naive depth buffer has, along each side."""
VIEWS = list(range(12))


def surface(seed, cells=CELLS, highest=88.0):
    """A random wavy surface, cut off above and below, and an aspect from anywhere, at most so many degrees above."""
    random = np.random.default_rng(seed)
    x, y = np.linspace(0, 1, cells + 1), np.linspace(0, random.uniform(0.6, 1.4), cells + 1)
    grid_x, grid_y = np.meshgrid(x, y)
    heights = sum(
        random.normal() * np.sin(a * grid_x * 5 + b * grid_y * 5 + random.uniform(0, 6))
        for a, b in random.uniform(-1.5, 1.5, (3, 2))
    )
    floor, ceiling = np.quantile(heights, [0.04, 0.93])
    aspect = Aspect(
        random.choice([0, 90, -90, 180, random.uniform(-180, 180)], p=[0.1] * 4 + [0.6]), random.uniform(10, highest)
    )
    return relief(x, y, heights, float(floor), float(ceiling)), aspect


def halves(shown, aspect):
    """Every face as triangles of vertex numbers, as they are painted, with the number of the face."""
    places = aspect.on_picture(shown.vertices)
    turns = corner_turns(places[shown.outlines])
    away = shown.vertices[:, :2] @ np.array(aspect.away)
    for number in np.argsort(aspect.ranks(shown.cells), kind="stable").tolist():
        face = shown.faces[number]
        if len(face) == 4 and shown.is_square[number]:
            assert turns.shape == (len(shown.faces), 4)
            yield from ((number, half) for half in unfolded(face, away[list(face)]))
        else:
            yield from ((number, (face[0], *face[n : n + 2])) for n in range(1, len(face) - 1))


def to_pixels(places):
    return (places + 1.0) * PIXELS / 2


def inside(triangle):
    """Which pixels a triangle (3, 2) covers, and their weights (3, K)."""
    low, high = np.floor(triangle.min(axis=0)).astype(int), np.ceil(triangle.max(axis=0)).astype(int) + 1
    low, high = np.clip(low, 0, PIXELS), np.clip(high, 0, PIXELS)
    x, y = np.meshgrid(np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5)
    (ax, ay), (bx, by), (cx, cy) = triangle.tolist()
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if abs(area) < 1e-9 or not x.size:
        return np.empty((0, 2), dtype=int), np.empty((3, 0))
    b = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    c = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    weights = np.stack([1 - b - c, b, c])
    covered = (weights >= 0).all(axis=0)
    return np.stack([y[covered], x[covered]], axis=1).astype(int), weights[:, covered]


def depth_buffer(shown, aspect):
    """At each pixel the face painted last, the nearest face, and how near it is; -1 and -inf where there is none."""
    places, nearness = to_pixels(aspect.on_picture(shown.vertices)), aspect.nearness(shown.vertices)
    painted, nearest = np.full((PIXELS, PIXELS), -1), np.full((PIXELS, PIXELS), -1)
    depth, painted_depth = np.full((PIXELS, PIXELS), -np.inf), np.full((PIXELS, PIXELS), -np.inf)
    for number, triangle in halves(shown, aspect):
        pixels, weights = inside(places[list(triangle)])
        rows, columns = pixels.T
        here = nearness[list(triangle)] @ weights
        painted[rows, columns], painted_depth[rows, columns] = number, here
        nearer = here > depth[rows, columns]
        nearest[rows[nearer], columns[nearer]], depth[rows[nearer], columns[nearer]] = number, here[nearer]
    return painted, painted_depth, nearest, depth


@pytest.mark.parametrize("seed", VIEWS)
def test_what_is_painted_last_is_what_is_nearest(seed):
    painted, painted_depth, nearest, depth = depth_buffer(*surface(seed))
    seen = painted >= 0
    assert seen.sum() > 500
    # Two faces may meet in an edge that goes through the middle of a pixel.
    assert np.abs(painted_depth[seen] - depth[seen]).max() < 1e-6
    assert (painted == nearest)[seen].mean() > 0.99


def test_the_other_way_round_it_would_not_be_so():
    """The law above can fail: painted from front to back, most pixels that have two faces are wrong."""
    shown, aspect = surface(1)
    around = Aspect(aspect.turn + 180, 180 - aspect.tilt)
    _, _, nearest, _ = depth_buffer(shown, aspect)
    places = to_pixels(aspect.on_picture(shown.vertices))
    wrong = np.zeros((PIXELS, PIXELS), dtype=bool)
    for number, triangle in halves(shown, around):
        rows, columns = inside(places[list(triangle)])[0].T
        wrong[rows, columns] = nearest[rows, columns] != number
    assert wrong.sum() > 20


@pytest.mark.parametrize("seed", VIEWS)
def test_places_are_hidden_where_a_face_is_nearer(seed):
    shown, aspect = surface(seed, cells=36, highest=40.0)
    _, _, _, depth = depth_buffer(shown, aspect)
    random = np.random.default_rng(seed)
    plane = np.stack([random.uniform(low, high, 1500) for low, high in zip(shown.low, shown.high, strict=True)], axis=1)
    places = shown.in_box(plane, shown.height_at(plane))
    places = places[np.isfinite(places).all(axis=1)]
    columns, rows = to_pixels(aspect.on_picture(places)).astype(int).T
    # Beside the edge of what hides either is right: the pixels around have to agree.
    around = [depth[rows + up, columns + aside] for up in (-1, 0, 1) for aside in (-1, 0, 1)]
    behind = np.stack(around) - aspect.nearness(places)
    far, near = (behind > 0.06).all(axis=0), (behind < 0.03).all(axis=0)
    hidden = aspect.hidden(shown, places)
    assert near.sum() > 100 and hidden[near].mean() < 0.01
    assert not far.any() or hidden[far].mean() > 0.97


def test_from_straight_above_nothing_is_hidden_and_the_picture_is_the_map():
    shown, _ = surface(0)
    above = Aspect(0, 90)
    assert not above.hidden(shown, shown.vertices).any()
    assert above.on_picture(shown.vertices) == pytest.approx(shown.vertices[:, :2])


def test_turning_goes_to_the_left_and_tilting_lifts_the_far_side():
    right = np.array([[0.5, 0.0, 0.0]])
    far = np.array([[0.0, 0.5, 0.0]])
    assert Aspect(90, 90).on_picture(right)[0] == pytest.approx([0, 0.5])
    assert Aspect(0, 30).on_picture(far)[0] == pytest.approx([0, 0.25])
    assert Aspect(0, 30).on_picture(np.array([[0, 0, 1.0]]))[0] == pytest.approx([0, np.sqrt(3) / 2])
    assert Aspect(0, 30).nearness(far)[0] < 0


@pytest.mark.parametrize("seed", VIEWS)
def test_the_place_under_the_pointer_is_the_one_that_is_seen_there(seed):
    shown, aspect = surface(seed)
    random = np.random.default_rng(seed)
    plane = np.stack([random.uniform(low, high, 60) for low, high in zip(shown.low, shown.high, strict=True)], axis=1)
    lifted = shown.in_box(plane, shown.height_at(plane))
    known = np.isfinite(lifted).all(axis=1)
    plane, lifted = plane[known], lifted[known]
    seen = ~aspect.hidden(shown, lifted)
    met = [aspect.met(shown, tuple(place)) for place in aspect.on_picture(lifted[seen]).tolist()]
    apart = [np.hypot(*(np.array(one) - place)) for one, place in zip(met, plane[seen], strict=True) if one is not None]
    # Where a ray only grazes the surface, places far apart are seen at nearly the same pixel.
    assert len(apart) >= 0.85 * seen.sum() and np.quantile(apart, 0.9) < 0.03
    assert aspect.met(shown, (3.0, 0.0)) is None and HEIGHT > 0
