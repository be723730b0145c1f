"""Checks the learner's own network: one file that grows station by station, from three functions to a training loop.

A station is an exercise whose code is the whole file. The file follows the book: plain NumPy, the book's names and
shapes, sigmoid or ReLU in the hidden layer, and probabilities or scores from ``predict``.
"""
