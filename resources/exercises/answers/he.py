def he(n, m):
    return np.sqrt(2.0 / n) * randn(n, m)
