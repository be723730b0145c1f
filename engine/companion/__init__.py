"""The companion process, which plays runs beside the window's process: it imports the engine and never Qt."""
