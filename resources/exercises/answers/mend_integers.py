def numerical_gradient(f, x):
    """x (D,): a place -> the gradient of f there"""
    h = 1e-4
    x = x.astype(float)
    grad = np.zeros_like(x)
    for i in range(x.size):
        here = x[i]
        x[i] = here + h
        above = f(x)
        x[i] = here - h
        below = f(x)
        grad[i] = (above - below) / (2 * h)
        x[i] = here
    return grad
