def race(optimizers, updates):
    """update changes W; randn, loss, gradient are given"""
    start = randn(4)
    losses = []
    for optimizer in optimizers:
        W = start.copy()
        for _ in range(updates):
            optimizer.update(W, gradient(W))
        losses.append(loss(W))
    return np.array(losses)
