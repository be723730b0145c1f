"""A rate that falls like 1/t: fast at first, ever slower, and never to 0."""

from __future__ import annotations


def inverse_time(rate: float, update: int, total: int) -> float:
    """η_t = η / (1 + 9t/T) for the update that comes after t = ``update`` others: a tenth of η after T = ``total``.

    That is the schedule of Robbins and Monro, whose rates add up without limit while their squares do not, in the form
    η / (1 + λt) of Bottou, "Stochastic Gradient Descent Tricks" (2012), section 5.2. There λ is weight decay times η;
    here it is chosen so that the run ends at a tenth.
    """
    return rate / (1.0 + 9.0 * update / total)
