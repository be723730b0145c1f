def log_scale(low, high, count):
    return 10.0 ** uniform(low, high, count)
