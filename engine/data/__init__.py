"""The data sets of the experiments: points in the plane, digits, images and tables, shipped with the program or the
learner's own.
"""
