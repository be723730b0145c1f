"""The learner's file in the window: its editor, commands for the file, and handling of changes by other programs."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.contract.text import Refused, Text, path_words, shortened
from engine.export.writing import write_together
from engine.own_network.headings import with_headings
from gui.app.settings import Settings
from gui.own_network import words
from gui.own_network.own_file import OwnFile
from gui.panels.code.code_editor import KEYS, CodeEditor
from gui.panels.wrapped import wrapped_label
from gui.spoken.spoken import say
from gui.style.foreground import use_secondary_ink
from gui.style.language import language, translate
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window.dialogs import ask_where_to_save

_FROM_WINDOW = "window_"


class FileColumn(QWidget):
    """Shows one file, or without one how to begin. Emits ``opened`` for another file, ``edited`` whenever the text was
    changed or saved, and ``check_wanted``. Nothing that was written is lost: if both the learner and another program
    changed the file, the learner is asked which version to keep.
    """

    opened = Signal()
    edited = Signal()
    check_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._said: Text | None = None
        self._theirs: str | None = None
        self._before = ""
        self.file = OwnFile(self)
        self._build()
        self.restyle()

    @property
    def path(self) -> Path | None:
        """The path of the file; None if there is none."""
        return self.file.path

    @property
    def name(self) -> str:
        """The file's name, or without a file the suggested one."""
        return self.file.path.name if self.file.path is not None else translate(words.FILE_NAME)

    @property
    def source(self) -> str:
        """The text in the editor."""
        return self.editor.source

    # What is done with the file

    def open(self, path: Path) -> None:
        """Open and show a file; if it cannot be read, the reason is shown, and the present file stays."""
        self.keep()
        try:
            self.file.open(path)
        except Refused as refusal:
            self.tell(refusal.text)
            return
        self._show_file()
        kept = _apart_from(path, is_free=False)
        if kept.exists():
            self.tell(words.KEPT_APART(name=kept.name))

    def begin(self, path: Path) -> None:
        """Write a new file with its first lines, and show it."""
        self.keep()
        first = words.FIRST_LINE.render(language())
        try:
            self.file.begin(path, f"{first}\n\nimport numpy as np\n")
        except Refused as refusal:
            self.tell(refusal.text)
            return
        self._show_file()

    def keep(self) -> bool:
        """Save changed text, unless another program has changed the file too; True if the file contains the editor's
        text now.
        """
        if self.file.path is None or self._theirs is not None:
            return False
        if self.source != _as_shown(self.file.text):
            return self._write_file()
        return True

    @property
    def is_apart(self) -> bool:
        """Whether another program has saved a different text, and the learner has not chosen between the two yet."""
        return self._theirs is not None

    def keep_apart(self) -> None:
        """If the learner has not chosen between two versions, save the editor's text in another file beside it, since
        the window is being closed.
        """
        path = self.file.path
        if path is not None and self.is_apart and self.source != _as_shown(self._theirs or ""):
            with suppress(Refused):  # its folder may be gone
                write_together({_apart_from(path, is_free=True): self.source.encode()})

    def is_ready(self) -> bool:
        """Save the file if possible; True if the editor's text can be run: it is saved, or two versions wait for a
        choice.
        """
        if self._theirs is None:
            self._said = None
        return self.file.path is not None and (self.keep() or self._theirs is not None)

    def save(self) -> None:
        """Write the editor's text into the file, even over what another program has saved."""
        if self.file.path is not None:
            self._theirs = None
            if self._write_file():
                self.tell(words.SAVED)

    def put_in(self, text: str) -> None:
        """Insert headings or lines into the text as one undo step, and move the cursor there."""
        made, line = with_headings(self.source if self.source.strip() else "", text)
        self._replace(made)
        self.editor.setTextCursor(QTextCursor(self.editor.document().findBlockByNumber(line - 1)))
        self.editor.centerCursor()
        self.editor.setFocus()

    def tell(self, text: Text) -> None:
        """Show a sentence above the editor, and tell the screen reader."""
        self._said = text
        self._write()
        say(self.line, self.line.text())

    # Inside

    def _build(self) -> None:
        self.about, self.name_label, self.line, self.keys = (wrapped_label() for _ in range(4))
        self.editor = CodeEditor()
        self.new_button, self.open_button, self.save_button = (QPushButton() for _ in range(3))
        self.theirs_button, self.mine_button = QPushButton(), QPushButton()
        files, answers = QHBoxLayout(), QHBoxLayout()
        files.addWidget(self.name_label, 1)
        for button in (self.new_button, self.open_button, self.save_button):
            files.addWidget(button)
        files.addStretch(0)
        for button in (self.theirs_button, self.mine_button):
            answers.addWidget(button)
        answers.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.about)
        self._column.addLayout(files)
        self._column.addWidget(self.line)
        self._column.addLayout(answers)
        self._column.addWidget(self.editor, 1)
        self._column.addWidget(self.keys)
        self._column.addStretch(0)
        self.new_button.clicked.connect(self._ask_new)
        self.open_button.clicked.connect(self._ask_open)
        self.save_button.clicked.connect(self.save)
        self.theirs_button.clicked.connect(self._show_theirs)
        self.mine_button.clicked.connect(self.save)
        self.editor.check_wanted.connect(self.check_wanted)
        self.editor.refused.connect(self.tell)
        self.editor.textChanged.connect(self._edited)
        self.file.came.connect(self._take)
        self.file.refused.connect(self.tell)
        self.file.gone.connect(lambda: self.tell(words.GONE))

    def event(self, event: QEvent) -> bool:
        # Ctrl+S saves the learner's file here, not the session of the experiment.
        if event.type() == QEvent.Type.ShortcutOverride and _saves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _saves(event):
            self.save()
        else:
            super().keyPressEvent(event)

    def _ask_new(self) -> None:
        start = Path(self._settings.folder) / translate(words.FILE_NAME)
        chosen = ask_where_to_save(
            self, words.NEW, start, translate(words.FILES), lambda path, _: path.with_suffix(".py")
        )
        if chosen is not None:
            self._settings.folder = str(chosen.parent)
            self.begin(chosen)

    def _ask_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, translate(words.OPEN), self._settings.folder, translate(words.FILES)
        )
        if name:
            self._settings.folder = str(Path(name).parent)
            self.open(Path(name))

    def _show_file(self) -> None:
        self._settings.own_network = str(self.file.path)
        self._settings.save()
        self._theirs = self._said = None
        self.editor.setPlainText(self.file.text)
        self._write()
        self.opened.emit()

    def _write_file(self) -> bool:
        try:
            self.file.save(self.source)
        except Refused as refusal:
            self.tell(refusal.text)
            return False
        self._write()
        return True

    def _take(self, text: str) -> None:
        """Handle that another program saved the file: show its text, or with changes here, ask the learner."""
        if self.source in (_as_shown(text), self._before):
            self._replace(text)
            self.tell(words.READ_AGAIN)
        else:
            self._theirs = text
            self.tell(words.BOTH_CHANGED)
        self._before = _as_shown(text)

    def _show_theirs(self) -> None:
        if self._theirs is not None:
            text, self._theirs = self._theirs, None
            self._replace(text)
            self.tell(words.READ_AGAIN)

    def _replace(self, text: str) -> None:
        """Replace the editor's text as one undo step; cursor line and scroll position stay."""
        cursor, bar = self.editor.textCursor(), self.editor.verticalScrollBar()
        place, scrolled = cursor.blockNumber(), bar.value()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text.rstrip("\n") + "\n")
        self.editor.setTextCursor(QTextCursor(self.editor.document().findBlockByNumber(place)))
        bar.setValue(scrolled)

    def _edited(self) -> None:
        """Remove the sentence about the file, unless it asks which version to keep."""
        if self._theirs is None:
            self._said = None
        self._write()

    def _write(self) -> None:
        has_file = self.file.path is not None
        if has_file and self._theirs is None:
            self._before = _as_shown(self.file.text)
        is_saved = not has_file or (self.source == _as_shown(self.file.text) and self.file.is_there)
        name = shortened(self.name) if has_file else ""
        self.name_label.setText(name if is_saved else translate(words.UNSAVED(name=name)))
        self.name_label.setToolTip(path_words(self.file.path) if has_file else "")
        self.about.setVisible(not has_file)
        for part in (self.editor, self.keys, self.save_button):
            part.setVisible(has_file)
        self.save_button.setEnabled(not is_saved)
        self.line.setText(translate(self._said) if self._said is not None else "")
        self.line.setVisible(self._said is not None)
        for button in (self.theirs_button, self.mine_button):
            button.setVisible(self._theirs is not None)
        self.edited.emit()

    def restyle(self) -> None:
        """Apply the style's fonts and colours and the language."""
        self._column.setContentsMargins(px(GRID), 0, 0, 0)
        self.about.setFont(font("text"))
        for label, text in ((self.about, words.ABOUT), (self.keys, KEYS)):
            label.setText(translate(text))
        for label in (self.keys, self.name_label):
            label.setFont(font("notes"))
            use_secondary_ink(label)
        self.line.setFont(font("text"))
        named = (
            (self.new_button, words.NEW), (self.open_button, words.OPEN), (self.save_button, words.SAVE),
            (self.theirs_button, words.READ_THE_FILE), (self.mine_button, words.KEEP_MINE),
        )  # fmt: skip
        for button, text in named:
            button.setFont(font("text"))
            button.setText(translate(text))
        self.editor.setAccessibleName(translate(words.EDITOR))
        self._write()


def _apart_from(path: Path, is_free: bool) -> Path:
    """The path ``NAME_window_NUMBER`` beside the learner's file, in which the editor's text is saved when the file has
    another text.

    If ``is_free``, it is the first one that does not exist yet; otherwise the last one that exists, or number 1 if none
    does.
    """
    number = 1
    while (named := path.with_stem(f"{path.stem}_{_FROM_WINDOW}{number}")).exists():
        number += 1
    return named if is_free or number == 1 else path.with_stem(f"{path.stem}_{_FROM_WINDOW}{number - 1}")


def _as_shown(text: str) -> str:
    """A text as the editor returns it, with exactly one line end at its end."""
    return text.rstrip() + "\n"


def _saves(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Save)
