"""The basis of drawing by hand: pens and brushes, pixel coordinates, overlays of plots, grips, invitations."""
