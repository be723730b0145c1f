"""The window of the shell's tests."""

from tests.gui.shell.conftest import settings, window

__all__ = ["settings", "window"]
