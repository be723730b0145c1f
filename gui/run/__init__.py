"""Playing experiments beside the window: a worker thread, the record of its frames, and the facade for both."""
