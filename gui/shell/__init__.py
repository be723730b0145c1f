"""The window around the experiments: chapters, stage, transport, panels, overview."""
