"""The window of Layerwise: PySide6 and pyqtgraph, drawing what the engine computes."""
