def gradient_descent(f, init_x, lr=0.01, step_num=100):
    """init_x: where it begins -> where it ends"""
    x = init_x.copy()
    for _ in range(step_num):
        x -= lr * numerical_gradient(f, x)
    return x
