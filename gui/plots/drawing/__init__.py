"""What all drawing by hand stands on: pens and brushes, pixels, items over a plot, grips and invitations."""
