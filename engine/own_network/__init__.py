"""One network of one's own: a learner's file that grows station by station, from three functions to a training loop.

A station is an exercise whose code is the whole file. What a file may look like is the book's: plain NumPy, its names
and shapes; sigmoid or ReLU in the hidden layer, probabilities or scores from ``predict``.
"""
