"""The form, with a control for each parameter that an experiment declares, and the editor, in which all changes of
parameters are made.
"""
