"""Programming exercises of the experiment ``perceptron_rule`` (the perceptron's learning rule)."""
