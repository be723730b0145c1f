"""Perceptrons: one neuron with a step, its rule, and two layers of them."""
