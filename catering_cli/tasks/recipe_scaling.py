"""recipe_scaling: how a dish is best made at volume; a drafted recipe for a dish that has none.

Amounts are scaled by the program, exactly; time and temperature are never multiplied. A drafted recipe's
allergens stay unknown until a person confirms it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from catering_cli.data.equipment_names import equipment_name
from catering_cli.data.tables import rows
from catering_cli.domain.decision import Decided, Decision, DraftedRecipe, Technique
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Course, Recipe
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.drafts import rules, trial
from catering_cli.tasks.drafts.wire import NO_DRAFT, Draft, recipe_of
from catering_cli.tasks.shared import dish_steps, order_view, prose
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.findings import of_kind, rejected, still_open
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical


class Given(Wire):
    """A dish; the foods and steps of its recipe, if it has one; else what a draft has to suit."""

    dish: str
    name: str
    course: Course
    style: str
    guests: int
    """roughly"""
    brief: str
    has_recipe: bool
    ingredients: list[str]
    steps: list[str]
    equipment: list[str]
    """what the kitchen has"""
    needs: list[str]
    """of the guests; a dish is drafted so that it suits as many as it can"""
    portions: int
    """roughly how many are made"""
    services: list[str]
    travels: bool
    """whether the food leaves the kitchen by road"""


class Answer(Wire):
    """Technique at volume, and a draft if there is no recipe."""

    technique: Annotated[str, Field(max_length=600, description="advice for the cook; empty if there is none")]
    batch_method: Literal["", "one_batch", "batches", "continuous"]
    draft: Draft


def _given(order: Order, subject: str, decisions: Sequence[Decided]) -> Given:
    dish = order_view.menu_dish(order, subject, decisions)
    recipe = None if dish.recipe is None or dish.recipe.is_of_family else dish.recipe
    given = Given(
        dish=dish.id,
        name=dish.name,
        course=dish.course,
        style=order.event.style,
        guests=order_view.guests(order),
        brief=brief_for("resources", decisions),
        has_recipe=recipe is not None,
        ingredients=[],
        steps=[],
        equipment=[],
        needs=[],
        portions=0,
        services=[],
        travels=False,
    )
    return given.model_copy(update=_of_recipe(recipe) if recipe else _of_a_draft(order, dish))


def _of_recipe(recipe: Recipe) -> dict[str, Any]:
    return {
        "ingredients": [line.item for line in recipe.ingredients],
        "steps": [step.text for step in recipe.steps],
    }


def _of_a_draft(order: Order, dish: MenuDish) -> dict[str, Any]:
    """What a draft has to suit."""
    return {
        "equipment": _plant(order),
        "needs": order_view.needs(order),
        "portions": order_view.two_figures(dish.portions or order_view.guests(order)),
        "services": _services(order, dish),
        "travels": order_view.travels(order),
    }


def given_of_recipe(recipe: Recipe) -> Given:
    """What is given of a recipe that stands alone, with no order around it."""
    return Given(
        dish="d1",
        name=recipe.name,
        course=recipe.course or "main",
        style="buffet",
        guests=recipe.yields.portions,
        brief="",
        has_recipe=True,
        ingredients=[line.item for line in recipe.ingredients],
        steps=[step.text for step in recipe.steps],
        equipment=[],
        needs=[],
        portions=0,
        services=[],
        travels=False,
    )


def _plant(order: Order) -> list[str]:
    """Equipment that a step may occupy: fixed plant only if the order's kitchen has it, when that is listed."""
    listed = order.kitchen.equipment
    if listed is None:
        return dish_steps.plant()
    there = {equipment_name(name) for name, count in listed.items() if count}
    fixed = {row["name"] for row in rows("equipment") if row["kind"] == "plant"}
    return [name for name in dish_steps.plant() if name not in fixed - there]


def _services(order: Order, dish: MenuDish) -> list[str]:
    """Styles of the services at which the dish is served."""
    served = [one for one in order.services if dish.service in ("", one.id)]
    return sorted({one.style or order.event.style for one in served} or {order.event.style})


def _decide(given: Given, answer: Answer) -> tuple[Decision, ...]:
    out: list[Decision] = []
    if answer.technique.strip():
        out.append(Technique(dish=given.dish, text=answer.technique, batch_method=answer.batch_method))
    if answer.draft.portions and answer.draft.ingredients:
        drafted = recipe_of(given.name, given.course, answer.draft)
        out.append(DraftedRecipe(dish=given.dish, recipe=drafted))
    return tuple(out)


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    out: list[Finding] = []
    for technique in of_kind(Technique, decisions):
        out += prose.as_findings("technique", "technique", technique.text, prose.TECHNIQUE, facts=canonical(given))
    drafts = of_kind(DraftedRecipe, decisions)
    for draft in drafts:
        out += _check_draft(given, draft.recipe)
    if not given.has_recipe and not drafts:
        out.append(still_open("recipe_missing", given.dish, "there is no recipe for this dish"))
    return out


def _check_draft(given: Given, recipe: Recipe) -> list[Finding]:
    """What makes a draft unfit; only one without a fault of its own is cooked on trial."""
    wrong = [*_unsuited(given, recipe), *rules.draft_faults(recipe)]
    if not wrong:
        wrong += [rules.Fault("draft_trial", "steps", message) for message in trial.blocks(recipe)]
    return [rejected(one.rule, f"draft.{one.where}", one.message, value=one.value) for one in wrong]


def _unsuited(given: Given, recipe: Recipe) -> Iterator[rules.Fault]:
    if given.has_recipe:
        yield rules.Fault("draft_unasked", "portions", "the dish has a recipe: it is not drafted again")
        return
    for number, step in enumerate(recipe.steps):
        missing = [name for name in step.equipment if name not in given.equipment]
        if missing:
            message = f"this kitchen has {', '.join(given.equipment)}"
            yield rules.Fault("equipment_missing", f"steps[{number}].equipment", message, ", ".join(missing))


RECIPE_SCALING: Task[Given, Answer] = Task(
    name="recipe_scaling",
    prompt="recipe_scaling.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(technique="", batch_method="", draft=NO_DRAFT),
    decide=_decide,
    check=_check,
    is_open=lambda given: not given.has_recipe,
    whole=lambda _: ("draft",),
    wants=("strategic_planning", "constraint_solving"),
    per_dish=True,
)
