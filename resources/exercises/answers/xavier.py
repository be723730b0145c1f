def xavier(n, m):
    return np.sqrt(1.0 / n)
