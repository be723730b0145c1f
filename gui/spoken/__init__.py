"""What is said of the window to somebody who does not see it; Qt hands it to the screen reader of the system."""
