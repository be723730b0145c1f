def output_size(n, f, p=0, s=1):
    """n cells, window f, padding p, stride s"""
    return (n + 2 * p - f) // s + 1
