def AND(x1, x2, w=(0.5, 0.5), b=-0.7):
    a = np.sum(w * np.array([x1, x2])) + b
    return 1 if a > 0 else 0
