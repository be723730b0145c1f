"""The book: every function and class that a learner writes, from the gate AND to a CNN and its training.

Plain Python with NumPy alone, with the names, signatures and shapes of "Deep Learning from Scratch". A page is a
module, and reads from the top to the bottom. Everything that the program asks to be written, mended or put in order is
cut from these pages (``engine.pieces.piece``), and what a learner writes takes their place. Docstrings say shapes,
so that a piece without its lines is a task; comments say why.
"""
