"""Layerwise's engine: the mathematics of every experiment, with NumPy and the standard library only, never Qt.

Symbols, used the same in every module: ``x`` input, ``W`` weights, ``b`` bias, ``a`` weighted sum (before the
activation), ``z`` activation, ``y`` output, ``t`` target output, ``N`` samples in a batch, ``dout`` the gradient that a
layer receives from the next layer in a backward pass.
"""

import os

# One BLAS thread, set before NumPy is imported: with two, some products differ in their last bits from run to run,
# and the same run must give the same frames. Two threads are no faster at the sizes used here.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_variable] = "1"
