def looks(samples, batch_size, updates):
    """-> the updates at which the accuracy is taken"""
    per_epoch = int(np.ceil(samples / batch_size))
    return [i for i in range(updates) if i % per_epoch == 0]
