"""recipe_scaling: how a dish is best made at volume; a drafted recipe for a dish that has none.

Amounts are scaled by the program, exactly; time and temperature are never multiplied. A drafted recipe's
allergens stay unknown until a person confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision, DraftedRecipe, Technique
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.recipe import Course, Ingredient, Recipe, RecipeStep, Yield
from catering_cli.kitchen.serving.reckoned_yield import portion_band
from catering_cli.tasks.shared import dish_steps, durations, order_view, prose
from catering_cli.tasks.shared.briefs import brief_for
from catering_cli.tasks.shared.findings import of_kind, rejected, still_open
from catering_cli.tasks.shared.task import Task, Wire
from catering_cli.tasks.shared.wire import canonical

Text = Annotated[str, Field(max_length=300)]
Kind = Literal["prep", "cook", "rest", "chill", "thaw", "reheat", "finish"]


class Given(Wire):
    """A dish; the foods and steps of its recipe, if it has one."""

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


class DraftedLine(Wire):
    """A line of a drafted recipe, for its whole yield."""

    item: Annotated[str, Field(min_length=1, max_length=120)]
    amount: Annotated[float, Field(ge=0.001, le=100_000)]
    unit: Literal["g", "mL", "piece"]
    preparation: Annotated[str, Field(max_length=120)]


class DraftedStep(Wire):
    """A step of a drafted recipe, for one batch."""

    text: Text
    kind: Kind
    minutes: Annotated[int, Field(ge=1, le=1_440)]
    active_minutes: Annotated[int, Field(ge=0, le=1_440, description="of a person; at most minutes")]
    equipment: Annotated[list[str], Field(max_length=4)]
    storage: Literal["ambient", "fridge", "freezer", "hot"]


class Draft(Wire):
    """A recipe; portions 0 and empty lists if the dish has one."""

    portions: Annotated[int, Field(ge=0, le=200)]
    ingredients: Annotated[list[DraftedLine], Field(max_length=30)]
    steps: Annotated[list[DraftedStep], Field(max_length=15)]
    served_at: Literal["hot", "cold", "room"]


class Answer(Wire):
    """Technique at volume, and a draft if there is no recipe."""

    technique: Annotated[str, Field(max_length=600, description="advice for the cook; empty if there is none")]
    batch_method: Literal["", "one_batch", "batches", "continuous"]
    draft: Draft


NO_DRAFT = Draft(portions=0, ingredients=[], steps=[], served_at="hot")

LEAST_SHARE = Fraction(1, 2)
MOST_SHARE = Fraction(5, 2)
"""Raw mass of a drafted portion over the served band of its course: bones and water go, dry goods swell; [K]."""


def _given(order: Order, subject: str, decisions: Sequence[Decided]) -> Given:
    dish = order_view.menu_dish(order, subject, decisions)
    recipe = dish.recipe
    return Given(
        dish=dish.id,
        name=dish.name,
        course=dish.course,
        style=order.event.style,
        guests=order_view.guests(order),
        brief=brief_for("resources", decisions),
        has_recipe=recipe is not None,
        ingredients=[line.item for line in recipe.ingredients] if recipe else [],
        steps=[step.text for step in recipe.steps] if recipe else [],
        equipment=[] if recipe else dish_steps.plant(),
    )


def _decide(given: Given, answer: Answer) -> tuple[Decision, ...]:
    out: list[Decision] = []
    if answer.technique.strip():
        out.append(Technique(dish=given.dish, text=answer.technique, batch_method=answer.batch_method))
    if answer.draft.portions and answer.draft.ingredients:
        out.append(DraftedRecipe(dish=given.dish, recipe=_recipe(given, answer.draft)))
    return tuple(out)


def _recipe(given: Given, draft: Draft) -> Recipe:
    return Recipe(
        name=given.name,
        course=given.course,
        yields=Yield(portions=draft.portions),
        ingredients=tuple(map(_ingredient, draft.ingredients)),
        steps=tuple(map(_recipe_step, draft.steps)),
        served_at=draft.served_at,
        source="drafted",
    )


def _ingredient(line: DraftedLine) -> Ingredient:
    unit = "" if line.unit == "piece" else line.unit
    return Ingredient(
        item=line.item,
        quantity=Quantity.of(line.amount, unit),
        preparation=line.preparation,
    )


def _recipe_step(step: DraftedStep) -> RecipeStep:
    return RecipeStep(
        text=step.text or "-",
        kind=step.kind,
        minutes=step.minutes,
        active_minutes=step.active_minutes,
        equipment=tuple(step.equipment),
        storage=step.storage,
    )


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    out: list[Finding] = []
    for technique in of_kind(Technique, decisions):
        out += prose.findings("technique", "technique", technique.text, prose.TECHNIQUE, facts=canonical(given))
    drafts = of_kind(DraftedRecipe, decisions)
    for draft in drafts:
        out += _check_draft(given, draft.recipe)
    if not given.has_recipe and not drafts:
        out.append(still_open("recipe_missing", given.dish, "there is no recipe for this dish"))
    return out


def _check_draft(given: Given, recipe: Recipe) -> list[Finding]:
    return [
        rejected(rule, f"draft.{where}", message, value=value) for rule, where, message, value in _wrong(given, recipe)
    ]


def _wrong(given: Given, recipe: Recipe) -> Iterable[tuple[str, str, str, str]]:
    """(rule, where, message, value) of everything that makes a draft unfit."""
    if given.has_recipe:
        yield "draft_unasked", "portions", "the dish has a recipe: it is not drafted again", ""
    if not recipe.steps:
        yield "draft_steps", "steps", "a draft says how the dish is made", ""
    whole = sum(map(_grams, recipe.ingredients), Fraction(0))
    grams = whole / recipe.yields.portions
    least, most = portion_band(given.course)
    low, high = least * LEAST_SHARE, most * MOST_SHARE
    if not low <= grams <= high:
        message = f"a portion of a {given.course} takes {float(low):g} to {float(high):g} g of raw foods"
        yield "draft_portion", "ingredients", message, f"{float(grams):.4g} g"
    names = [line.item.casefold() for line in recipe.ingredients]
    if len(set(names)) < len(names):
        yield "draft_twice", "ingredients", "each food stands once", ""
    for number, step in enumerate(recipe.steps):
        yield from _wrong_step(f"steps[{number}]", step)


def _wrong_step(where: str, step: RecipeStep) -> Iterable[tuple[str, str, str, str]]:
    for fault in prose.faults(step.text, prose.RECIPE):
        yield "draft_text", f"{where}.text", fault, ""
    if step.text == "-":
        yield "draft_text", f"{where}.text", "a step says in words what is done", ""
    low, high = durations.BANDS[step.kind or ""]
    if not low <= step.minutes <= high:
        yield "minutes_band", f"{where}.minutes", f"one batch takes {low} to {high} minutes", str(step.minutes)
    if step.active_minutes is not None and step.active_minutes > step.minutes:
        yield "active_minutes", f"{where}.active_minutes", "at most the step's minutes", str(step.active_minutes)
    plant = dish_steps.plant()
    unknown = [name for name in step.equipment if name not in plant]
    if unknown:
        yield "equipment_unknown", f"{where}.equipment", f"one of {', '.join(plant)}", ", ".join(unknown)


def _grams(line: Ingredient) -> Fraction:
    """A rough mass for the sanity band alone: a millilitre as a gram, a piece as a hundred."""
    if line.quantity is None:
        return Fraction(0)
    if line.quantity.unit == "":
        return line.quantity.low * _PIECE
    return line.quantity.low


_PIECE = 100
"""Grams of a piece if only the order of magnitude matters; [K]."""


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
