"""The export of a run as an animated image or video: the dialog, and the window's side of the process that draws it."""
