"""Acts on the stage and on the window around it: pointer, wheel and keys on pictures, sizes, languages, files."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QTabBar

from tests.attack.inside import pointing
from tests.attack.inside.hands import KEYS, Hands
from tests.attack.inside.pointing import LEFT, Steps, press, seen, strike, strike_keys

_SIZES = ((1024, 640), (1280, 800), (1366, 768), (1600, 900), (1920, 1080), (640, 560), (1100, 1080))
_LOOKS = (
    "Ctrl++", "Ctrl+-", "Ctrl+0", "F11", "Ctrl+1", "F10", "Ctrl+Shift+P", "Shift+F1", "Ctrl+F1", "Ctrl+/", "Escape",
    "F6", "Alt+0", "Alt+0", "Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5",
)  # fmt: skip
_FILES = ("Ctrl+S", "Ctrl+E", "Ctrl+O", "Ctrl+Shift+C", "Ctrl+K")


class StageActs(Hands):
    """What is done to the picture, and to the window as a whole."""

    def use_the_stage(self) -> Steps:
        page = self._window.page
        if page is None:
            return
        port, chance = page.view.stage.viewport(), self.random
        place, other = (pointing.place_in(port.rect(), chance) for _ in range(2))
        way = chance.choice(("press", "press", "twice", "drag", "drag", "wheel", "menu", "hover", "keys"))
        self._watch.say(f"{page.experiment.id} {way} {place.toTuple()}")
        if way == "press":
            press(port, place)
        elif way == "twice":
            pointing.QTest.mouseDClick(port, LEFT, pointing.NONE, place)
        elif way == "drag":
            yield from pointing.drag(port, place, other)
        elif way == "wheel":
            for _ in range(chance.randint(1, 4)):
                held = chance.choice((pointing.NONE, pointing.NONE, Qt.KeyboardModifier.ControlModifier))
                pointing.turn_wheel(port, place, chance.choice((-2, -1, 1, 2)), held)
                yield
        elif way == "menu":
            page.stage_menu_wanted.emit(port.mapToGlobal(place))
        elif way == "hover":
            for _ in range(4):
                pointing.move(port, pointing.place_in(port.rect(), chance))
                yield
        else:
            page.view.stage.setFocus()
            for _ in range(chance.randint(1, 6)):
                strike(chance.choice(KEYS))
                yield
        yield

    def drag_a_handle(self) -> Steps:
        page = self._window.page
        items = list(page.view.handle_items.values()) if page is not None else []
        items = [item for item in items if item.isVisible()]
        if page is not None and items:
            stage, item = page.view.stage, self.random.choice(items)
            start = stage.mapFromScene(item.scenePos())
            if stage.viewport().rect().contains(start):
                end = start + QPoint(self.random.randint(-150, 150), self.random.randint(-150, 150))
                self._watch.say(f"{page.experiment.id} {start.toTuple()} {end.toTuple()}")
                yield from pointing.drag(stage.viewport(), start, end, self.random.choice((1, 4, 12)))
        yield

    def go_somewhere(self) -> Steps:
        """Another chapter or experiment, by its tab or by keys; in few experiments by their names."""
        if self._few:
            self._window.show_experiment(self.random.choice(self._few))
        elif self.random.random() < 0.3:
            strike_keys(self.random.choice(("Ctrl+Tab", "Ctrl+Shift+Tab", f"Ctrl+{self.random.randint(2, 7)}")))
        else:
            yield from self._press_tab(seen(self._window, QTabBar)[:2])
        yield
        if self._window.page is not None:
            self._watch.say(self._window.page.experiment.id)

    def choose_a_tab(self) -> Steps:
        page = self._window.page
        yield from self._press_tab(seen(page if page is not None else self._window, QTabBar))

    def press_a_button(self) -> Steps:
        buttons = seen(self._around(), QAbstractButton)
        if buttons:
            button = self.random.choice(buttons)
            self._watch.say(pointing.about(button))
            press(button)
        yield

    def press_anywhere(self) -> Steps:
        widgets = seen(self._window)
        widget = self.random.choice(widgets)
        button = self.random.choice((LEFT, LEFT, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton))
        self._watch.say(f"{pointing.about(widget)} {button.name}")
        press(widget, pointing.place_in(widget.rect(), self.random), button)
        yield

    def keys_anywhere(self) -> Steps:
        for _ in range(self.random.randint(1, 6)):
            key = self.random.choice(KEYS)
            self._watch.say(key.name)
            strike(key, Qt.KeyboardModifier.ShiftModifier if self.random.random() < 0.15 else pointing.NONE)
            yield

    def open_a_menu(self) -> Steps:
        self._window.top_bar.open_menu()
        yield

    def looks(self) -> Steps:
        keys = self.random.choice(_LOOKS)
        self._watch.say(keys)
        strike_keys(keys)
        yield

    def appearance(self) -> Steps:
        """Another language or theme."""
        buttons = seen(self._window.top_bar, QAbstractButton)
        if self.random.random() < 0.3:
            self._watch.say("the other theme")
            self._window.switch_theme()
        elif buttons:
            button = self.random.choice(buttons)
            self._watch.say(pointing.about(button))
            press(button)
        yield

    def resize(self) -> Steps:
        width, height = self.random.choice(_SIZES)
        if self.random.random() < 0.3:
            width, height = self.random.randint(640, 1920), self.random.randint(560, 1080)
        self._watch.say(f"{width}x{height}")
        self._window.resize(width, height)
        yield

    def files(self) -> Steps:
        """Something is saved, exported, copied or opened; a moving picture rarely."""
        keys = self.random.choice(_FILES)
        if self.random.random() < 0.04:
            keys = "Ctrl+Shift+E"
        self._watch.say(keys)
        strike_keys(keys)
        yield
