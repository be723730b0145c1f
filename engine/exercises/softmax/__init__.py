"""Programming exercises of the experiment ``softmax``."""
