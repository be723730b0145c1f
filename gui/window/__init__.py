"""The window: its first row, menu, commands and keys, dialogs and notices."""
