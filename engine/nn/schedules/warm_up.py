"""Warm-up: the rate first grows evenly, so that no step is long before the weights have settled, and then decays."""

from __future__ import annotations

from engine.nn.schedules.cosine import cosine


def warm_up(rate: float, update: int, total: int) -> float:
    """η_t = η·(t + 1)/W for the first W updates, a tenth of ``total`` but one at least, then ``cosine`` over the rest.

    t = ``update`` is how many came before. The first update already moves, and the one of number W has the rate that is
    set. The growth is the gradual warm-up of Goyal et al., arXiv:1706.02677, section 2.2; a cosine follows as in He et
    al., arXiv:1812.01187, section 5.1, and in "Dive into Deep Learning", section 12.11. These warm up for a twentieth
    to a quarter of the way; a tenth is the choice made here.
    """
    warm = max(1, round(total / 10))
    if update < warm:
        return rate * (update + 1) / warm
    return cosine(rate, update - warm, total - warm)
