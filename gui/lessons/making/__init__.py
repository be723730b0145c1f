"""The dialog for making a lesson: steps taken from the stage, with texts, questions and goals that are typed and
checked.
"""
