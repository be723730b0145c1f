"""Questions that are asked of a room: their answers as letters, the hands that were counted, and the file of both."""
