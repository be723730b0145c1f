"""Plots of a network's training: loss and accuracy over the updates."""
