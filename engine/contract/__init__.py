"""The contract of experiments: their base classes, parameters, frames, texts and tables, and the protocol of their
runs.
"""
