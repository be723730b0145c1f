def add_weight_decay(loss, params, grads, decay):
    for key in params:
        if key.startswith("W"):
            loss += 0.5 * decay * np.sum(params[key] ** 2)
            grads[key] = grads[key] + decay * params[key]
    return loss
