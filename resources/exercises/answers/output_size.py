def output_size(n, f, p=0, s=1):
    free = n + 2 * p - f
    if free < 0:
        return 0
    return free // s + 1
