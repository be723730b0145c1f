"""Functions that a person types, such as x0^2/20 + x1^2: parsed by a separate grammar, never run as Python.

``characters`` normalises typed characters, ``tokens`` splits them into tokens, ``parser`` builds a syntax tree from the
nodes in ``tree``, whose functions are defined in ``functions``. Other modules use ``expression``.
"""

from engine.calculus.expressions.expression import Expression, ExpressionRefused

__all__ = ["Expression", "ExpressionRefused"]
