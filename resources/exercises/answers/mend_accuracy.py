def accuracy(predict, x, t, batch_size=100):
    """predict(x) -> the class of each sample"""
    right = 0
    for start in range(0, len(x), batch_size):
        part = slice(start, start + batch_size)
        right += np.sum(predict(x[part]) == t[part])
    return right / len(x)
