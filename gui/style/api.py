"""The style's names that widgets usually need, in one place: ``from gui.style.api import font, show, theme``."""

from gui.style.language import translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, px

__all__ = ["GRID", "Role", "font", "px", "theme", "translate"]
