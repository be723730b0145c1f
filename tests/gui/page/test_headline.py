"""What the headline says is seen whole."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.contract.frame import Status
from engine.contract.language import LANGUAGES
from engine.contract.params import changed_texts
from engine.contract.run import LearnerCode, Run
from engine.contract.text import untranslated
from gui.page.headline import Headline, with_whose_code
from gui.style.language import set_language, translate
from gui.style.plain import letters_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("roomy", [True, False])
def test_what_was_put_away_is_said_whole_beside_a_long_status(qtbot, language, roomy):
    set_language(language)
    headline = Headline()
    qtbot.addWidget(headline)
    headline.keep_room(roomy)
    headline.resize(640, 200)
    headline.show()
    for length in range(10, 200, 10):
        headline.show_reading(untranslated("x"), Status("dead", untranslated("hidden units " * (length // 10))))
        headline.show_put_away(16, is_earlier=False)
        note = headline.note
        width = headline._width_for_note()
        assert note.heightForWidth(width) <= headline._rows[1].height(), length


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("roomy", [True, False])
@pytest.mark.parametrize("experiment_id", ["gates", "xor", "softmax", "descent"])
def test_what_was_changed_is_cut_in_front_of_a_comma_and_all_of_it_is_in_the_tip(qtbot, language, roomy, experiment_id):
    set_language(language)
    headline = Headline()
    qtbot.addWidget(headline)
    headline.keep_room(roomy)
    experiment = load(experiment_id)
    headline.show()
    before = experiment.params_type()
    status = " ".join(["A sentence that takes a good part of the line."] * 2)
    for width in (400, 640, 1500):
        headline.resize(width, 200)
        headline.show_reading(untranslated("x"), Status("dead", untranslated(status)))
        for preset in experiment.presets:
            after = before.replaced(preset.changes)
            headline.show_changes(before, after)
            shown, tip = headline.note.text().removeprefix(status).strip(), letters_of(headline.note.toolTip())
            # What is only looked at is named where nothing else differs.
            told = after.seen_as(before) if after.seen_as(before) != before else after
            every = [translate(change) for _, change in changed_texts(before, told)]
            if all(change in shown for change in every):
                assert not tip, shown
                continue
            assert all(change in tip for change in every), (preset.id, tip)
            whole = shown.rstrip("…, ")
            assert not shown or (tip.startswith(whole) and tip[len(whole)] in ",，、"), (shown, tip)


def test_what_is_only_looked_at_is_no_second_difference_and_goes_with_the_view(qtbot):
    set_language("en")
    headline = Headline()
    qtbot.addWidget(headline)
    headline.resize(1400, 200)
    headline.show_reading(untranslated("x"), None)
    before = load("playground").params_type().replaced({"selected": 4})
    more = before.replaced({"hidden": (*before.hidden[:-1], before.hidden[-1] + 1), "selected": 5})
    headline.show_changes(before, more)
    assert "the only difference" in headline.note.text() and "Weight or bias" not in headline.note.text()
    headline.forget_view()
    assert "the only difference" in headline.note.text()
    headline.show_changes(before, before.replaced({"selected": 5}))
    assert "Weight or bias 4 → 5" in headline.note.text()
    headline.forget_view()
    assert headline.note.text() == ""


@pytest.mark.parametrize("name", ["momentum", "adagrad", "rmsprop", "adam"])
def test_numbers_of_another_optimizer_are_not_said_to_be_the_learners(name):
    written = LearnerCode(name, "", called=True)
    experiment = load("optimizers")
    others = {one: experiment.params_type(selected=one) for one in ("sgd", "momentum", "adagrad", "rmsprop", "adam")}
    run = Run("optimizers", others["sgd"], written=(written,))
    reading = untranslated("f = 1.")
    named = [one for one, params in others.items() if with_whose_code(reading, run, params) is not reading]
    assert named == [name]


@pytest.mark.parametrize("name", ["step_function", "sigmoid", "relu_function"])
def test_a_function_that_is_not_drawn_is_not_said_to_be_the_learners(name):
    run = Run("activations", load("activations").params_type(), written=(LearnerCode(name, "", called=True),))
    drawn = name.removesuffix("_function")
    reading = untranslated("a = 2.")
    for functions in (("tanh",), ("sigmoid", "relu"), ("step", "tanh")):
        said = with_whose_code(reading, run, run.params.replaced({"functions": functions}))
        assert (said is not reading) == (drawn in functions)
