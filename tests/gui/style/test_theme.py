"""Setting a theme repaints the application and tells the window once."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QRadioButton, QSpinBox

from gui.style.appearance import appearance
from gui.style.foreground import contrast
from gui.style.theme import apply_to, palette, set_theme, system_theme, theme
from gui.style.tokens import DARK, LIGHT, THEMES


def test_a_new_theme_changes_palette_and_tokens_before_the_signal(qapp, qtbot):
    seen = []
    appearance().theme_changed.connect(lambda: seen.append((theme().name, qapp.palette().window().color().name())))
    with qtbot.waitSignals([appearance().theme_changed, appearance().changed], order="strict"):
        set_theme("dark")
    assert seen == [("dark", DARK.window)]
    assert theme() is DARK


def test_setting_the_theme_in_use_tells_nobody(qtbot):
    with qtbot.assertNotEmitted(appearance().changed):
        set_theme("light")


def test_an_unknown_theme_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'sepia'.*light, dark"):
        set_theme("sepia")
    assert theme() is LIGHT


@pytest.mark.parametrize("of", THEMES.values(), ids=THEMES)
def test_the_palette_leaves_no_role_of_any_group_to_chance(of):
    made = palette(of)
    known = {QColor(color).rgb() for color in of.colors().values()}
    no_roles = {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}
    roles = [role for role in QPalette.ColorRole if role not in no_roles]
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in roles:
            assert made.color(group, role).rgb() in known, (group, role)


@pytest.mark.parametrize("of", THEMES.values(), ids=THEMES)
def test_disabled_text_differs_from_usual_text(of):
    made = palette(of)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        assert made.color(QPalette.ColorGroup.Disabled, role) != made.color(QPalette.ColorGroup.Active, role)


def test_fusion_is_the_style_without_a_style_sheet(qapp):
    apply_to(qapp)
    assert qapp.style().name() == "fusion"
    assert qapp.styleSheet() == ""


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("widget_class", [QCheckBox, QRadioButton, QLineEdit, QSpinBox, QComboBox])
def test_a_control_is_outlined_so_that_it_can_be_found(qtbot, name, widget_class):
    set_theme(name)
    control = widget_class()
    qtbot.addWidget(control)
    control.resize(control.sizeHint())
    picture = control.grab().toImage()
    found = sum(
        contrast(picture.pixelColor(x, y).name(), theme().window) >= 2.9
        for x in range(picture.width())
        for y in range(picture.height())
    )
    # A radio button is the smallest: a ring of some 12 pixels across, with soft edges.
    assert found >= 15, f"only {found} pixels stand out"


def test_a_widget_that_exists_follows_the_theme(qtbot):
    button = QPushButton("x")
    qtbot.addWidget(button)
    set_theme("dark")
    qtbot.waitUntil(lambda: button.palette().buttonText().color().name() == DARK.text)


def test_the_system_theme_is_one_of_the_two():
    assert system_theme() in THEMES


def test_where_the_system_draws_the_title_bar_it_is_told_the_theme(monkeypatch, qapp):
    told = []
    hints = SimpleNamespace(setColorScheme=told.append)
    monkeypatch.setattr("gui.style.theme.QGuiApplication", SimpleNamespace(styleHints=lambda: hints))
    set_theme("dark")
    monkeypatch.setattr("sys.platform", "win32")
    set_theme("light")
    set_theme("dark")
    assert told == [Qt.ColorScheme.Light, Qt.ColorScheme.Dark]
