"""Functions that a person types, such as x0^2/20 + x1^2: parsed by a grammar of our own, never run as Python.

``characters`` turns what keyboards give into plain signs, ``tokens`` cuts these into words, ``parser`` makes a tree of
``tree``'s nodes, whose functions stand in ``functions``; ``expression`` is what others use.
"""

from engine.calculus.expressions.expression import Expression, ExpressionRefused

__all__ = ["Expression", "ExpressionRefused"]
