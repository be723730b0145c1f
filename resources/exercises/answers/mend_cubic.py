def func1(x):
    """a bowl, lowest at (1, 2, 0) -> a number"""
    return (x[0] - 1) ** 2 + (x[1] - 2) ** 2 + x[2] ** 2
