"""The questions of the chapter tests: a module for each experiment, named like it.

Every ``Maker`` in a module is used in the test on the experiment's chapter.
"""
