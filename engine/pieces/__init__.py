"""Pieces of the book and what goes wrong in them: texts cut from its pages, edits of them, and mistakes, known ones and
generated ones.
"""
