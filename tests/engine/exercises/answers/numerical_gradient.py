def numerical_gradient(f, x):
    h = 0.0001
    x = np.asarray(x, dtype=float)
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        kept = x[place]
        try:
            x[place] = kept + h
            up = f(x)
            x[place] = kept - h
            down = f(x)
        finally:
            x[place] = kept
        grad[place] = (up - down) / (2 * h)
    return grad
