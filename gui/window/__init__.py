"""The main window: top bar, menu, commands and shortcuts, dialogs and notices."""
