def difference(layer, samples=5):
    """backward beside central differences; rand is given"""
    x = rand(samples, 3)
    weights = rand(samples, 3)
    layer.forward(x)
    dx = layer.backward(weights)

    def loss(x):
        return np.sum(weights * layer.forward(x))

    return np.max(np.abs(dx - numerical_gradient(loss, x)))
