"""Images made of pixels or cells: digits, weights, grids of values, and the canvas to draw on."""
