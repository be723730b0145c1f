"""The network of the frame that is shown is kept from the window, listed, taken elsewhere, brought in and chosen."""

from __future__ import annotations

import json

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from engine.contract.catalogue import entries, load
from engine.contract.run import Run
from engine.networks.archive import forget, read_network
from engine.networks.folder import kept_files
from engine.playing import Player
from gui.networks.list_dialog import ListDialog
from gui.networks.networks import NetworkNameDialog
from gui.style.language import set_language, translate
from tests.gui.window.shown import shown
from tests.kept_networks import convolutional, dense, laid_in, plane

WAIT = 20_000


def _dialog(qtbot, window, kind):
    found = []

    def there():
        found[:] = [one for one in window.findChildren(kind) if one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there, timeout=WAIT)
    return found[0]


def _gone(dialog):
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _expected(run: Run, update: int):
    player = Player(load(run.experiment), run)
    player.go(update)
    return player.network()


def _is(path, kept):
    read = read_network(path)
    assert (read.updates, read.seed, read.experiment) == (kept.updates, kept.seed, kept.experiment)
    assert {name: values.tobytes() for name, values in read.arrays.items()} == {
        name: values.tobytes() for name, values in kept.arrays.items()
    }


def test_what_is_kept_is_the_network_of_the_frame_that_is_shown_and_it_reads_where_it_fits(qtbot, window):
    page = shown(qtbot, window, "training")
    page.editor.change({"hidden": 6, "image_side": "14", "samples": "300"})
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=WAIT)
    update = window.runner.entry.update
    page.transport.keep.click()
    dialog = _dialog(qtbot, window, NetworkNameDialog)
    assert dialog.name.text() == f"Mini-batch training {update}"
    dialog.name.setText("mine / first")
    assert "mine first" in dialog.note.text()
    dialog.keep_button.click()
    qtbot.waitUntil(lambda: len(kept_files()) == 1, timeout=WAIT)
    (first,) = kept_files()
    assert first.name == "mine first.network.npz" and first.parent == window._settings.path.parent / "networks"
    _is(first, _expected(window.runner.run, update))
    assert "mine first" in window.notice.words

    # Scrubbed back it is that of then, computed again beside the window.
    window.runner.seek(update // 2)
    earlier = window.runner.entry.update
    assert 0 < earlier < update
    window.networks.keep_as("mine first")
    qtbot.waitUntil(lambda: len(kept_files()) == 2, timeout=WAIT)
    second = next(path for path in kept_files() if path != first)
    assert second.name == "mine first 2.network.npz"
    _is(second, _expected(window.runner.run, earlier))

    # One press, and it reads what is drawn.
    window.networks.use_in("digits", first)
    digits = window.page
    qtbot.waitUntil(
        lambda: digits.controller.snapshot is not None and digits.controller.snapshot.frame.origin is not None,
        timeout=WAIT,
    )
    assert digits.experiment.id == "digits" and digits.editor.params.network == str(first)
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=WAIT)
    frame = digits.controller.snapshot.frame
    assert frame.origin.updates == update and digits.view.layers._layers[0].size == 6

    # The settings name it, so that the next start begins with it; what was thrown away gives way with a sentence.
    window._keep_what_was_set()
    left = json.loads(window._settings.left("digits"))
    assert left["params"] == {"network": {"kept": "mine first"}}
    control = digits.form.controls["network"]
    shown_names = [control.options.itemText(place) for place in range(control.options.count())]
    assert shown_names == ["the program's", "mine: mine first", "mine: mine first 2"]
    control.options.chosen.emit("")
    assert digits.editor.params.network == ""
    qtbot.waitUntil(lambda: digits.controller.snapshot.frame.origin is None, timeout=WAIT)


def test_networks_are_listed_brought_in_taken_elsewhere_and_thrown_away(qtbot, window, tmp_path):
    page = shown(qtbot, window, "feature_maps")
    assert not page.can_keep_network and page.transport.keep.isHidden()
    window.networks.keep()
    assert not window.findChildren(NetworkNameDialog)
    window.networks.show_all()
    dialog = _dialog(qtbot, window, ListDialog)
    assert dialog.table.rowCount() == 0 and dialog.note.isVisible()
    for name, network in (("conv", convolutional()), ("dense", dense()), ("plane", plane())):
        window.networks.bring_in_from(laid_in(tmp_path, network, name))
    assert [path.name.partition(".")[0] for path in kept_files()] == ["conv", "dense", "plane"]
    cells = [[dialog.table.item(row, column).text() for column in range(5)] for row in range(3)]
    assert cells[0] == ["conv", "convolutional", "1,200", "92.8% on 500 images", "Handwritten digits, Feature maps"]
    assert cells[1][4] == "Handwritten digits" and cells[2][4] == "only as a file"
    set_language("zh_CN")
    assert dialog.table.item(2, 4).text() == "只能当文件用"
    set_language("en")
    spoiled = tmp_path / "spoiled.network.npz"
    spoiled.write_bytes(b"PK nothing")
    window.networks.bring_in_from(spoiled)
    assert "spoiled" in dialog.note.text() and len(kept_files()) == 3
    out = tmp_path / "out.network.npz"
    window.networks.export_to(kept_files()[0], out)
    assert out.read_bytes() == kept_files()[0].read_bytes()
    dialog.table.selectRow(1)
    dialog.buttons["delete"].click()
    box = _dialog(qtbot, window, QMessageBox)
    assert "dense" in box.text()
    next(one for one in box.buttons() if one.text() == "Delete").click()
    qtbot.waitUntil(lambda: len(kept_files()) == 2, timeout=WAIT)
    assert dialog.table.rowCount() == 2
    _gone(dialog)

    # In the form only what fits is offered, and what does not says why.
    control = page.form.controls["network"]
    control.options.offer("")
    assert [control.options.itemText(place) for place in range(control.options.count())] == [
        "the program's", "mine: conv"
    ]  # fmt: skip
    for name, reason in (("plane", "points of the plane"), ("dense", "no convolution")):
        control.take_file(tmp_path / f"{name}.network.npz")
        assert reason in translate(control.reason()) and page.editor.params.network == ""
    control.take_file(tmp_path / "conv.network.npz")
    assert control.reason() is None and page.editor.params.network == str(kept_files()[0])
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.count == 3, timeout=WAIT)
    kept_files()[0].unlink()
    # What is at work goes on until the program ends.
    page.editor.change({"layer": "hidden"})
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.count == 7, timeout=WAIT)
    forget()


def test_a_digit_is_read_while_the_run_goes_on_and_scrubbing_back_shows_what_it_was_then(qtbot, window):
    page = shown(qtbot, window, "cnn")
    assert page.view.canvas.scene() is None
    page.editor.change({"filters": 2, "hidden": 5})
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=WAIT)
    page.editor.change({"reads": True})
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.canvas is not None, timeout=WAIT)
    view = page.view
    qtbot.waitUntil(lambda: view.wrong.scene() is None, timeout=WAIT)
    assert view.canvas.scene() is view.bars.scene() is not None
    begun = page.controller.snapshot.frame
    for _ in range(3):
        page.controller.step()
    qtbot.waitUntil(lambda: window.runner.entry.update == begun.update + 3, timeout=WAIT)
    later = page.controller.snapshot.frame
    assert not np.array_equal(later.drawn_scores, begun.drawn_scores)
    port, canvas = view.stage.viewport(), view.canvas
    spots = [view.stage.mapFromScene(canvas.mapToScene(canvas._point(one))) for one in ((0.2, 0.3), (0.8, 0.3))]
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=spots[0])
    QTest.mouseMove(port, spots[1])
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=spots[1])
    qtbot.waitUntil(lambda: len(page.controller.snapshot.params.drawing) == 3, timeout=WAIT)
    qtbot.waitUntil(lambda: not np.array_equal(page.controller.snapshot.frame.canvas, later.canvas), timeout=WAIT)
    window.runner.seek(begun.update)
    back = page.controller.snapshot
    assert np.array_equal(back.frame.drawn_scores, begun.drawn_scores) and len(back.params.drawing) == 2


def test_only_what_has_a_network_offers_to_keep_it(window):
    keeping = [entry.id for entry in entries() if load(entry.id).keeps_network]
    assert keeping == ["training", "playground", "cnn"]
