"""Themed parts of pictures that the views share; they know no experiment."""
