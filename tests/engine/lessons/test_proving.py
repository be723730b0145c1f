"""A lesson is played: what it says is true, or it is said in which step it is not."""

from __future__ import annotations

import dataclasses

from tests.engine.lessons.proved import prove


def with_step(lesson, index, **changes):
    steps = list(lesson.steps)
    steps[index] = dataclasses.replace(steps[index], **changes)
    return dataclasses.replace(lesson, steps=tuple(steps))


def faults(lesson):
    return [fault.render("en") for fault in prove(lesson)]


def test_what_is_true_holds(lesson):
    assert faults(lesson) == []


def test_an_answer_that_does_not_come_true_and_one_that_does_are_named_with_the_number(lesson):
    question = lesson.steps[0].question
    two, four = question.choices
    swapped = (dataclasses.replace(two, right=True), dataclasses.replace(four, right=False))
    made = with_step(lesson, 0, question=dataclasses.replace(question, choices=swapped))
    assert faults(made) == [
        "step 1: the right answer “Two” does not come true: correct=2, but it is 4.",
        "step 1: the wrong answer “Four” comes true as well.",
    ]
    assert "第 1 步：正确答案“两个”不成立" in prove(made)[0].render("zh_CN")


def test_a_field_that_is_not_there_is_said_of_its_step(lesson):
    question = lesson.steps[1].question
    (said,) = faults(with_step(lesson, 1, question=dataclasses.replace(question, number="y[1]=2")))
    assert said.startswith("step 2: the frame has no field “y[1]”")


def test_a_number_that_is_another_or_none_is_said(lesson):
    question = lesson.steps[1].question
    (said,) = faults(with_step(lesson, 1, question=dataclasses.replace(question, number="x[1]=0.3")))
    assert said == "step 2: the number is not as claimed: x[1]=0.3, but it is 0.002476."
    (said,) = faults(with_step(lesson, 1, question=dataclasses.replace(question, number="verdict=zigzag")))
    assert said == "step 2: “verdict” is no number there: zigzag."


def test_a_goal_that_is_reached_at_once_by_a_near_miss_or_not_at_all_is_said(lesson):
    aim = lesson.steps[2].goal
    right = "reference=s2:[0.5%2C0.5%2C-0.2]"
    for target, said in (
        (f"goal:s2#correct>=1;{right}", "step 3: the goal is reached already as the step opens."),
        ("goal:s2#correct=4;reference=s2:[0.5%2C0.5%2C-0.7]", "step 3: the reference s2=[0.5,0.5,-0.7] does not reach"),
        (f"goal:s2#correct=4;{right};near=s2:[1%2C1%2C-0.5]", "step 3: s2=[1,1,-0.5] is to miss the goal"),
    ):
        found = faults(with_step(lesson, 2, goal=dataclasses.replace(aim, target=target)))
        assert found and found[0].startswith(said)


def test_a_goal_counts_from_the_step_and_not_from_the_defaults(lesson):
    """Everything of the step that differs from the defaults was not changed by the learner."""
    from engine.lessons.lesson import goal_in
    from engine.lessons.proving import attempted

    step = lesson.steps[2]
    made = dataclasses.replace(
        step, goal=dataclasses.replace(step.goal, target="goal:y#correct<=4;reference=y:[1%2C1%2C1]")
    )
    working = attempted(made, goal_in(made, "en"), {"y": "[1,1,1]"})
    try:
        while True:
            next(working)
    except StopIteration as stop:
        assert stop.value is True
