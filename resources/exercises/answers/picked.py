def picked(y, t):
    n = np.arange(len(y))
    return y[n, t]
