"""A second process that plays runs beside the window's: it imports the engine and never Qt."""
