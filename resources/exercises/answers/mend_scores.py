def predict(x, W1, b1, W2, b2, train_flg):
    """dropout leaves out half -> probabilities (N, C)"""
    z = relu(x @ W1 + b1)
    z = dropout(z, train_flg)
    scores = z @ W2 + b2
    return softmax(scores)
