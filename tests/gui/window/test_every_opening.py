"""Every experiment as the window opens it: said, seen, explained, reached by keys, and the way on from it.

Bringing an experiment to the screen takes longer than looking at it: each is opened once, for all laws in turn.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea

from engine.contract.catalogue import entry_of
from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from gui.form.controls.base import Control
from gui.page.field_help import meaning_of
from gui.stage.accessible.help_texts import meaning_at
from gui.style.language import language, set_language, translate
from gui.style.theme import theme
from gui.style.typography import set_zoom, text_families
from tests.gui.window.shown import shown
from tests.walk import EXPERIMENT_IDS

LAPTOP = (1366, 768)
SMALL, LARGE = (640, 560), (2560, 1440)
_SETTLED = 6


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_an_opening(qtbot, window, subtests, experiment_id):
    window.resize(*LAPTOP)
    page = shown(qtbot, window, experiment_id)
    _laid_out()
    shares = page.side.sizes()
    for name in LANGUAGES:
        set_language(name)
        _laid_out()
        for law in (_its_reading_is_said, _is_seen_without_scrolling, _no_button_is_too_narrow, _all_is_explained):
            with subtests.test(law=law.__name__, language=name):
                law(page)
    with subtests.test(law="another language and back shares the room out as before"):
        set_language("en")
        _laid_out()
        assert page.side.sizes() == shares
    window.resize(*LAPTOP)
    set_zoom(2.0)
    for name in LANGUAGES:
        with subtests.test(law="in large letters nothing of the stage is cut off", language=name):
            set_language(name)
            _laid_out()
            _nothing_of_the_stage_is_cut_off(page)
    set_zoom(1.0)
    set_language("en")
    with subtests.test(law="who comes back to the overview sees the card"):
        window.show_overview()
        card = window.overview.cards[experiment_id]
        assert QApplication.focusWidget() is card
        qtbot.waitUntil(lambda: card.visibleRegion().boundingRect() == card.rect())
    with subtests.test(law="looking touches nothing and changing or running does"):
        window.show_experiment(experiment_id)
        assert not window.learner.progress(experiment_id).is_begun
        _change_or_run(page)
        qtbot.waitUntil(lambda: window.learner.progress(experiment_id).touched)
    set_language("en")
    with subtests.test(law="a guide ends with the next experiment and the last with the overview"):
        _leads_on(window, page)


@pytest.mark.whole
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_an_opening_in_every_size_by_keys_and_in_use(qtbot, window, subtests, request, experiment_id):
    window.resize(*LAPTOP)
    page = shown(qtbot, window, experiment_id)
    _laid_out()
    for size in (LAPTOP, SMALL):
        with subtests.test(law="every stop of Tab can be seen", size=size):
            window.resize(*size)
            _every_stop_of_tab_can_be_seen(qtbot, page)
        with subtests.test(law="the timeline has room", size=size):
            _the_timeline_has_room(page)
    for size in (SMALL, LARGE):
        with subtests.test(law="language, theme and type change at once", size=size):
            window.resize(*size)
            _language_theme_and_type_change(window, page)
    window.resize(*LAPTOP)
    for name in LANGUAGES if request.config.getoption("--whole") else LANGUAGES[-1:]:
        with subtests.test(law="no preset and no step moves the stage", language=name):
            set_language(name)
            _no_preset_and_no_step_moves_the_stage(qtbot, window, page)


def _laid_out():
    for _ in range(_SETTLED):
        QApplication.processEvents()


def _its_reading_is_said(page):
    sentence = translate(page.experiment.headline(page.controller.snapshot.params, page.controller.snapshot.frame))
    assert sentence in [label.text() for label in page.headline.findChildren(QLabel)]
    assert page.view.stage.spoken().help == sentence


# What is seen without scrolling, in the window of an ordinary laptop


def _is_seen_without_scrolling(page):
    assert text_families(language())
    guide = page.panels.guide
    first = guide.open_row
    assert first is guide.path[0]
    parts = [guide._place_label, first.button, *first.answers, first.entry, first.not_sure]
    unseen = [part for part in parts if part is not None and not _in(guide, part)]
    assert not unseen, f"{len(unseen)} parts of the first try are out of sight"
    assert page.form.width() == page.controls_area.viewport().width()
    assert [row.label.text() for row in _rows(page) if not _in(page.controls_area, row)] == []


def _in(area, widget) -> bool:
    """Whether the whole of a widget is in sight in a scrolled area."""
    return area.viewport().rect().contains(QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size()))


def _rows(page):
    """The rows of the form as they stand below each other."""
    grid = page.form._grid
    rows = [grid.itemAt(index).widget() for index in range(grid.count())]
    shown_rows = [row for row in rows if row.isVisible() and row is not page.form.more_button]
    return sorted(shown_rows, key=lambda row: row.y())


def _no_button_is_too_narrow(page):
    buttons = [one for one in page.form.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    assert buttons
    for button in buttons:
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()), button.text()


def _all_is_explained(page):
    """Everything says in a sentence what it is."""
    viewport = page.view.stage.viewport()
    for x in range(8, viewport.width(), 80):
        for y in range(8, viewport.height(), 60):
            meaning = meaning_at(page.view, QPoint(x, y))
            assert len(meaning.sentence) > 3, (x, y)
            assert "{" not in meaning.sentence
    for item in page.view.handle_items.values():
        if item.isVisible() and not item.body:
            place = page.view.stage.mapFromScene(item.mapToScene(0, 0))
            # Where several lie close together, one of them is meant.
            assert meaning_at(page.view, place).name
    for control in page.findChildren(Control):
        meaning = meaning_of(control, control.mapToGlobal(QPoint(1, 1)))
        assert translate(control.field.help) in meaning.sentence
    for panel in (page.panels.guide, page.panels.working, page.panels.code, page.panels.data, page.headline):
        assert meaning_of(panel, panel.mapToGlobal(panel.rect().center())).sentence


# Keys and sizes


def _every_stop_of_tab_can_be_seen(qtbot, page):
    # The headline's height follows the opening's words only when the layout is next asked, and so do rows of the form.
    qtbot.waitUntil(lambda: page.headline.height() >= page.headline.minimumSizeHint().height())
    form = page.form
    qtbot.waitUntil(lambda: not form.isVisible() or form.height() >= form.minimumSizeHint().height())
    page.view.stage.setFocus()
    visited = set()
    for _ in range(120):
        focus = QApplication.focusWidget()
        if focus in visited and focus is page.view.stage and len(visited) > 8:
            break
        visited.add(focus)
        assert _seen_height(focus) > 8, focus
        # A scrolled area around others says nothing by itself; the stage shows its handles, a text its links.
        assert type(focus) is not QScrollArea and focus is not page.panels.guide
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert len(visited) > 6


def _the_timeline_has_room(page):
    if page.experiment.has_course(page.editor.params):
        assert page.transport.line.width() >= 0.25 * page.transport.width()


def _seen_height(widget):
    """How many rows of pixels of a widget no ancestor cuts off."""
    seen, ancestor = widget.rect(), widget
    while not ancestor.isWindow():
        seen = seen.translated(ancestor.pos())
        ancestor = ancestor.parentWidget()
        seen = seen.intersected(ancestor.rect())
    return seen.height() if widget.isVisible() else 0


def _language_theme_and_type_change(window, page):
    for factor in (2.0, 0.8):
        window.switch_theme()
        set_zoom(factor)
        for _ in LANGUAGES:
            window.switch_language()
            assert not page.view.grab().isNull()
    assert (language(), theme().name) == ("en", "light")


def _nothing_of_the_stage_is_cut_off(page):
    stage = page.view.stage
    needed = stage.ci.layout.effectiveSizeHint(Qt.SizeHint.MinimumSize).height()
    assert needed <= stage.viewport().height() + 1


def _no_preset_and_no_step_moves_the_stage(qtbot, window, page):
    before = _place(page.view, window)
    for preset in page.experiment.presets:
        page.editor.apply_preset(preset)
        qtbot.waitUntil(lambda: window.runner.is_settled)
        qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)
        if page.experiment.has_course(page.editor.params):
            page.controller.step()
            qtbot.waitUntil(lambda: window.runner.is_settled)
            assert _place(page.view, window) == before, preset.id


def _place(widget, window):
    """Where a widget lies in the window once everything that was asked to be laid out is."""
    _laid_out()
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


# The way on


def _change_or_run(page):
    if page.experiment.has_course(page.editor.params):
        page.controller.step()
        return
    changes = [preset.changes for preset in page.experiment.presets]
    page.editor.change(next(one for one in changes if page.editor.params.replaced(one) != page.editor.params))


def _leads_on(window, page):
    place = EXPERIMENT_IDS.index(page.experiment.id)
    following = EXPERIMENT_IDS[place + 1] if place + 1 < len(EXPERIMENT_IDS) else None
    name = translate(entry_of(following).name) if following else "Overview"
    guide = page.panels.guide
    assert guide.next_button.words() == f"Next: {name} {load_guide(page.experiment.id, 'en').next}".rstrip()
    QTest.mouseClick(guide.next_button, Qt.MouseButton.LeftButton)
    if following:
        assert window.page.experiment.id == following
    else:
        assert window._stack.currentWidget() is window.overview
