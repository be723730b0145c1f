"""Geometry of what is drawn and dragged: lines, contours, maps and surfaces, computed without any drawing."""
