def update(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[name]
