"""A zoo of work plans: completed, repaired or refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "tasks"))
from planted import order

from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.orchestrator.work_plan import patterns
from catering_cli.orchestrator.work_plan.lint import MOST_STEPS, Rules, lint
from catering_cli.tasks.registry import BY_NAME

RULES = Rules(("d1", "d2"), max_high=2, checks=("diets.unfed",))


def step(name: str, task: str = "unit_conversion", subject: str = "order", **more: object) -> Step:
    return Step.model_validate({"id": name, "task": task, "subject": subject, **more})


COVER = (step("a", "recipe_scaling", "d1"), step("b", "timeline_creation", "d2"))


def refused(*steps: Step, rules: Rules = RULES) -> set[str]:
    return {finding.rule for finding in lint(ExecutionPlan(steps=steps), rules).refused}


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ((step("x", needs=["y"]), step("y", "text_formatting", needs=["x"])), "work.cycle"),
        ((step("x", needs=["x"]),), "work.self_need"),
        ((step("x"), step("x", "text_formatting")), "work.duplicate_id"),
        ((step("strategy"),), "work.duplicate_id"),
        ((step("x", needs=["nobody"]),), "work.unknown_need"),
        ((step("x", "bake_a_cake"),), "work.unknown_task"),
        ((step("x", "recipe_scaling", "d9"),), "work.unknown_subject"),
        ((step("x", "recipe_scaling"),), "work.unknown_subject"),
        ((step("x", "unit_conversion", "d1"),), "work.unknown_subject"),
        ((step("x", "unit_conversion", needs=["c"]), step("c", "recipe_scaling", "d1", needs=["x"])), "work.cycle"),
    ],
)
def test_what_cannot_be_repaired_is_refused(steps: tuple[Step, ...], rule: str) -> None:
    assert refused(*COVER, *steps) == {rule}


def test_what_the_order_requires_is_added_and_nothing_else() -> None:
    """Notes are read, recipes drafted, names and measures settled, whatever a planner left out."""
    rules = Rules(patterns.dish_ids(order()), required=patterns.required(order()))
    linted = lint(ExecutionPlan(steps=(step("conflicts", "text_formatting"),)), rules)
    assert not linted.refused
    added = {(one.task, one.subject) for one in linted.work.steps} - {("text_formatting", "order")}
    assert {("constraint_solving", "order"), ("recipe_scaling", "d3"), ("timeline_creation", "d1")} <= added
    assert {("ingredient_consolidation", "order"), ("unit_conversion", "order")} <= added
    assert ("recipe_scaling", "d2") not in added
    assert [one.id for one in linted.work.steps if one.task == "constraint_solving"] == ["conflicts-"]
    again = lint(linted.work, rules)
    assert again.work.steps == linted.work.steps


def test_five_thousand_steps_are_refused_at_once() -> None:
    many = tuple(step(f"s{number}") for number in range(5_000))
    assert refused(*COVER, *many) == {"work.too_many_steps"}


def test_the_most_steps_there_may_be_are_linted_and_ordered() -> None:
    chain = [*(step(f"s{n}", needs=[f"s{n + 1}"]) for n in range(MOST_STEPS - 3)), step(f"s{MOST_STEPS - 3}")]
    linted = lint(ExecutionPlan(steps=(*COVER, *chain)), RULES)
    assert not linted.refused
    assert linted.work.steps[-1].id == "s0"


def test_a_missing_data_edge_is_added_and_said() -> None:
    late = step("x", "unit_conversion")
    linted = lint(ExecutionPlan(steps=(late, *COVER)), RULES)
    assert [s.id for s in linted.work.steps] == ["a", "x", "b"]
    assert linted.work.steps[1].needs == ("a",)
    assert [finding.rule for finding in linted.findings] == ["work.data_edge"]
    assert linted.told == (), "who waits for whom is nothing to a user"


def test_too_many_high_steps_count_as_medium() -> None:
    hard = tuple(step(f"h{n}", complexity="high") for n in range(5))
    linted = lint(ExecutionPlan(steps=(*COVER, *hard)), RULES)
    assert [s.complexity for s in linted.work.steps[2:]] == ["high", "high", "medium", "medium", "medium"]
    assert "work.too_many_high" in {finding.rule for finding in linted.told}


def test_reasons_with_figures_and_unknown_checks_are_left_out() -> None:
    odd = step("x", why="saves 14 minutes", checks=["diets.unfed", "moon.phase"])
    fixed = lint(ExecutionPlan(steps=(*COVER, odd)), RULES).work.steps[-1]
    assert (fixed.why, fixed.checks) == ("", ("diets.unfed",))


@pytest.mark.parametrize("name", ["$1", "{guests}", "d1", "Caesar salad", "a" * 80, "ζ"])
def test_odd_ids_are_only_names(name: str) -> None:
    linted = lint(ExecutionPlan(steps=(*COVER, step(name), step("y", "text_formatting", needs=[name]))), RULES)
    assert not linted.refused
    assert name in linted.work.steps[-1].needs


NAMES = st.sampled_from(["a", "b", "c", "d", "$1"])


@settings(max_examples=80)
@given(
    st.lists(
        st.builds(
            lambda i, t, s, n: step(i, t, s, needs=n),
            NAMES,
            st.sampled_from([*BY_NAME, "moon"]),
            st.sampled_from(["order", "d1", "d2", "d3"]),
            st.lists(NAMES, max_size=3),
        ),
        max_size=8,
    )
)
def test_whatever_is_written_is_refused_or_runs_in_order(steps: list[Step]) -> None:
    linted = lint(ExecutionPlan(steps=tuple(steps)), RULES)
    if linted.refused:
        return
    seen: set[str] = set()
    for one in linted.work.steps:
        assert set(one.needs) <= seen
        seen.add(one.id)
    assert seen == {one.id for one in steps}


def test_the_houses_own_plans_pass() -> None:
    for own in (patterns.kitchen_plan(order()), patterns.tree(order())):
        linted = lint(own, Rules(patterns.dish_ids(order())))
        assert not linted.refused
    of_no_step = {"plan_evaluation", "plan_refinement", "strategic_planning", "recipe_translation"}
    wanted = set(BY_NAME) - of_no_step
    both = (*patterns.kitchen_plan(order()).steps, *patterns.tree(order()).steps)
    assert wanted <= {one.task for one in both}
