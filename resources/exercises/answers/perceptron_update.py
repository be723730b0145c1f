def update(w, b, x, t, rate):
    y = 1 if np.dot(w, x) + b > 0 else 0
    error = t - y
    return w + rate * error * x, b + rate * error
