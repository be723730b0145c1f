def softmax(a):
    """a (C,) or (N, C): scores -> probabilities"""
    a = a - np.max(a, axis=-1, keepdims=True)
    e = np.exp(a)
    return e / np.sum(e, axis=-1, keepdims=True)
