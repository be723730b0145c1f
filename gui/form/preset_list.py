"""The list of presets, showing which one the parameters equal."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.contract.experiment import Preset
from engine.contract.text.text import Text
from gui.form.editor import ParameterEditor
from gui.form.row import RowContent
from gui.form.widgets.combo import OptionList
from gui.style.language import translate

LABEL = Text("Presets")

_DEFAULTS = Preset("", Text("Defaults"), {})
_OWN = ("*own*", Text("custom"))
_TIP = Text("Ready-made settings for this experiment.")


class PresetList(RowContent):
    """Choosing applies a preset; 'own' is shown, and only then offered, where the parameters equal none."""

    def __init__(self, editor: ParameterEditor) -> None:
        super().__init__()
        self._editor = editor
        presets = tuple(editor.experiment.presets)
        plain = editor.defaults()
        if not any(plain.replaced(preset.changes) == plain for preset in presets):
            presets = (_DEFAULTS, *presets)
        self._presets = {preset.id: preset for preset in presets}
        self.list = OptionList(())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 1)
        self.list.chosen.connect(self._chosen)
        editor.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show which preset the parameters equal."""
        equal = self._editor.equal_preset(self._presets.values())
        options = [(preset.id, preset.label) for preset in self._presets.values()]
        self.list.set_options(options if equal is not None else [_OWN, *options])
        self.list.set_value(_OWN[0] if equal is None else equal.id)

    def retranslate(self) -> None:
        """Take the words from the language in use."""
        self.list.retranslate()
        self.list.setAccessibleName(translate(LABEL))
        self.list.setToolTip(translate(_TIP))

    def natural_width(self) -> int:
        """The width of the longest name."""
        return self.list.natural_width()

    def focus_widgets(self) -> list[QWidget]:
        """What Tab visits, in order."""
        return [self.list]

    def _chosen(self, preset_id: str) -> None:
        if preset_id in self._presets:
            self._editor.apply_preset(self._presets[preset_id])
