"""Pictures made of pixels or cells: digits, weights, and the canvas to draw on."""
