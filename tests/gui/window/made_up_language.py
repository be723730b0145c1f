"""A program: the window with another language from a folder, and what it then says. It prints what it found as JSON.

It has to be a process of its own, since the languages are known before anything else is imported.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine.contract import language

if __name__ == "__main__":
    language.offer(language.read_language(Path(sys.argv[1])))
    id = Path(sys.argv[1]).name

    from PySide6.QtWidgets import QApplication, QMenu, QToolButton

    from engine.contract.catalogue import chapters, entry_of, load
    from engine.contract.protocol import RandomStreams
    from engine.contract.text import LANGUAGES, counted, listed, notation
    from engine.glossary import term
    from engine.guides.guide import load_guide
    from gui.style.language import set_language, translate
    from gui.style.typography import text_families
    from gui.window.top_bar import TopBar

    application = QApplication([])
    bar = TopBar(chapters(), QMenu())
    chosen: list[str] = []
    bar.language_chosen.connect(chosen.append)
    bar.language_chosen.connect(set_language)
    (chooser,) = (one for one in bar.findChildren(QToolButton) if one.menu() and one.menu().actions())
    names = [action.text() for action in chooser.menu().actions()]
    chooser.menu().actions()[-1].trigger()
    gates = load("gates")
    params = gates.params_type()
    guide = load_guide("gates", id)
    found = {
        "languages": list(LANGUAGES),
        "names": names,
        "chosen": chosen,
        "sign": chooser.text(),
        "step": [translate(counted(count, "step")) for count in (1, 2)],
        "row": [translate(listed(["a", "b", "c"])), translate(listed([counted(2, "step"), "b"]))],
        "title": [translate(entry_of("gates").name), translate(entry_of("gates").line)],
        "alike": translate(notation("w1 = {w}")(w=-0.5)),
        "reading": [gates.headline(params, gates.compute(params, RandomStreams(0))).render(one) for one in (id, "en")],
        "missing": list(language.missing(id)),
        "guide": [guide.language, guide.title],
        "term": translate(term("weight").name),
        "fonts": [list(text_families(one)) for one in (id, "en")],
    }
    print(json.dumps(found))
