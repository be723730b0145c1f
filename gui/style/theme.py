"""The theme in use, and Qt's palette made from it."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.style.appearance import Appearance, appearance
from gui.style.language import use_qt_translation
from gui.style.tokens import DARK, LIGHT, THEMES, Theme, ThemeName
from gui.style.typography import font

__all__ = ["Appearance", "appearance", "apply_to", "palette", "set_theme", "system_theme", "theme"]

# Fusion draws a control's outline in the window colour of the control's own palette, 1.4 times darker: on a dark
# window it cannot be seen. These widgets do not fill their ground with that colour, so it is free for the outline.
_OUTLINED = ("QCheckBox", "QRadioButton", "QLineEdit", "QAbstractSpinBox", "QComboBox", "QSlider")
_OUTLINE_FACTOR = 140

_theme = LIGHT
_dressed = False


def theme() -> Theme:
    """The theme in use."""
    return _theme


def set_theme(name: str) -> None:
    """Use the theme ``light`` or ``dark`` from now on; the running application is repainted.

    Raises ValueError for another name.
    """
    global _theme
    if name not in THEMES:
        raise ValueError(f"theme {name!r}: must be one of {', '.join(THEMES)}")
    if name != _theme.name:
        _theme = THEMES[name]
        appearance().announce_theme()


def system_theme() -> ThemeName:
    """The theme that the desktop prefers; light if it has no preference.

    Once ``apply_to`` was called, Qt may report the program's own theme instead.
    """
    dark = isinstance(QGuiApplication.instance(), QGuiApplication) and (
        QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    return DARK.name if dark else LIGHT.name


def apply_to(app: QApplication) -> None:
    """Set style, palette, font and Qt's translation of a new application, and update them at every change of
    appearance.

    Must be called before the first widget is made, so that at each change the application is updated before its
    widgets.
    """
    global _dressed
    app.setStyle("Fusion")
    _use_palette()
    _use_font()
    use_qt_translation()
    if not _dressed:
        _dressed = True
        appearance().theme_changed.connect(_use_palette)
        appearance().zoom_changed.connect(_use_font)
        appearance().language_changed.connect(_use_font)


def palette(of: Theme) -> QPalette:
    """A Qt palette for the style Fusion with the colours of a theme; all roles and the disabled group are set."""
    role = QPalette.ColorRole
    made = QPalette()
    colors = {
        role.Window: of.window,
        role.WindowText: of.text,
        role.Base: of.surface,
        role.AlternateBase: of.window,
        role.Text: of.text,
        role.PlaceholderText: of.muted_text,
        role.Button: of.raised,
        role.ButtonText: of.text,
        role.BrightText: of.wrong,
        role.ToolTipBase: of.raised,
        role.ToolTipText: of.text,
        role.Highlight: of.accent,
        role.HighlightedText: of.accent_text,
        role.Accent: of.accent,
        role.Link: of.accent,
        role.LinkVisited: of.accent,
        # Fusion shades its bevels with these; kept close to the surface so that nothing looks raised.
        role.Light: of.surface,
        role.Midlight: of.grid,
        role.Mid: of.hairline,
        role.Dark: of.disabled_text,
        role.Shadow: of.hairline,
    }
    for which, color in colors.items():
        made.setColor(QPalette.ColorGroup.All, which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.ToolTipText, role.Link):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(of.disabled_text))
    for which in (role.Highlight, role.Accent):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(of.hairline))
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(of.muted_text))
    made.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(of.window))
    return made


def _use_palette() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        if sys.platform in ("win32", "darwin"):  # where the title bar, too, is of the system's theme
            dark, light = Qt.ColorScheme.Dark, Qt.ColorScheme.Light
            QGuiApplication.styleHints().setColorScheme(dark if _theme is DARK else light)
        app.setPalette(palette(_theme))
        for widget_class in _OUTLINED:
            app.setPalette(_outlined_palette(_theme), widget_class)  # type: ignore[arg-type] # its stub asks for bytes


def _outlined_palette(of: Theme) -> QPalette:
    made = palette(of)
    for group, outline in (
        (QPalette.ColorGroup.All, of.control_outline),
        (QPalette.ColorGroup.Disabled, of.hairline),
    ):
        made.setColor(group, QPalette.ColorRole.Window, QColor(outline).lighter(_OUTLINE_FACTOR))
    return made


def _use_font() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setFont(font("text"))
