"""Programming exercises of the experiment ``convolution``."""
