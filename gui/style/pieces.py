"""What all that is seen takes from the style, in one place: ``from gui.style.pieces import font, show, theme``."""

from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, scaled

__all__ = ["GRID", "Role", "font", "scaled", "show", "theme"]
