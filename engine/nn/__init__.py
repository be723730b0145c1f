"""Neural networks from scratch: the functions and layers that the experiments run, readable beside the plots."""

from engine.nn.activations import sigmoid, step
from engine.nn.perceptron import distance_from_line, perceptron, weighted_sum
from engine.nn.perceptron_rule import perceptron_update

__all__ = ["distance_from_line", "perceptron", "perceptron_update", "sigmoid", "step", "weighted_sum"]
