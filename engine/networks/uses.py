"""Where a kept network can be at work: the experiments that have a field for it."""

from __future__ import annotations

from engine.networks.kept import KeptNetwork


def used_by(network: KeptNetwork) -> tuple[str, ...]:
    """The ids of the experiments in which it can be chosen, in the order of the book; often there are none.

    Each decides for itself what fits its field, and a test holds that this says the same without loading them.
    """
    if network.kind == "plane":
        return ()
    return ("digits",) if network.kind == "dense" or network.is_permuted else ("digits", "feature_maps")
