"""recipe_translation: the steps of recipes in the crew's second language, each printed only if it is proven."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decided, Decision, Translation
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan import CateringPlan
from catering_cli.languages.proof import glossary, lost
from catering_cli.tasks.shared import order_view
from catering_cli.tasks.shared.findings import of_kind, rejected, still_open
from catering_cli.tasks.shared.task import Task, Wire

NAMES = {"es": "Spanish"}
"""Languages of an order -> what a model calls them."""

LONGER = 3
"""[K] No translation is so many times as long as its step; what is longer says more."""

SHORT = 20
"""Characters of a step up to which its length says nothing."""


class StepText(Wire):
    """A step of a recipe."""

    step: Annotated[int, Field(ge=1, description="its number in the recipe")]
    text: Annotated[str, Field(max_length=4_000)]


class DishTexts(Wire):
    """A dish or a base with the steps of its recipe that are not yet translated."""

    id: str
    name: str
    foods: list[str]
    steps: list[StepText]


class Word(Wire):
    """A food, and the house's word for it."""

    english: str
    word: str


class Given(Wire):
    """The language that is wanted, empty for none; the house's words; the recipes."""

    language: str
    words: list[Word]
    dishes: list[DishTexts]


class TranslatedStep(Wire):
    """A step in the language that is wanted."""

    dish: Annotated[str, Field(max_length=80)]
    step: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(max_length=4_000)]


class Answer(Wire):
    """The steps; one that cannot be translated is left out."""

    steps: Annotated[list[TranslatedStep], Field(max_length=1_000)]


def _given(order: Order, _subject: str, decisions: Sequence[Decided]) -> Given:
    items = order_view.menu_dishes(order, decisions) if order.languages else ()
    return _texts(order, [(item.id, item.name, item.recipe) for item in items])


def _of_plan(plan: CateringPlan) -> Given:
    """The recipes as they are printed: bases and dishes that decisions brought are among them."""
    return _texts(plan.order, [(dish.id, dish.name, dish.recipe) for dish in (*plan.menu, *plan.bases)])


def _texts(order: Order, recipes: Sequence[tuple[str, str, Recipe | None]]) -> Given:
    """The steps of the recipes, each text once."""
    seen: set[str] = set()
    dishes: list[DishTexts] = []
    for ident, name, recipe in recipes if order.languages else ():
        if recipe is None:
            continue
        numbered = [StepText(step=number, text=step.text) for number, step in enumerate(recipe.steps, start=1)]
        steps = [step for step in numbered if step.text not in seen]
        seen |= {step.text for step in steps}
        if steps:
            foods = [line.item for line in recipe.ingredients]
            dishes.append(DishTexts(id=ident, name=name, foods=foods, steps=steps))
    words = [Word(english=food, word=word) for food, word in glossary(sorted(seen)).items()]
    return Given(language=" ".join(NAMES[one] for one in order.languages), words=words, dishes=dishes)


def _decide(_given: Given, answer: Answer) -> tuple[Decision, ...]:
    return tuple(
        Translation(dish=one.dish, step=one.step, text=one.text.strip()) for one in answer.steps if one.text.strip()
    )


def _check(given: Given, decisions: Sequence[Decision]) -> list[Finding]:
    """Every translation is one of a step that was given and keeps all of it; a step without one is open."""
    out: list[Finding] = []
    made = of_kind(Translation, decisions)
    known: dict[tuple[str, int], tuple[str, list[str]]] = {}
    for dish in given.dishes:
        known |= {(dish.id, step.step): (step.text, dish.foods) for step in dish.steps}
    for one in made:
        if (one.dish, one.step) not in known:
            out.append(rejected("translation", "steps", "there is no such step", value=f"{one.dish} {one.step}"))
            continue
        text, foods = known[one.dish, one.step]
        where = f"steps of {one.dish}, {one.step}"
        out += [rejected("translation", where, fault, value=one.text) for fault in _faults(text, one.text, foods)]
    there = {(one.dish, one.step) for one in made}
    left = [key for key in known if key not in there]
    return [*out, *(still_open("translation", f"{ident} step {step}", "stays in English") for ident, step in left)]


def _faults(text: str, translation: str, foods: Sequence[str]) -> Iterator[str]:
    yield from lost(text, translation, foods)
    if translation.casefold() == text.strip().casefold():
        yield "this is the English: leave it out"
    if len(translation) > LONGER * max(SHORT, len(text)):
        yield "this says more than the step"


def _rest(given: Given, decisions: Sequence[Decision]) -> Given:
    """The steps that have no translation yet."""
    there = {(one.dish, one.step) for one in of_kind(Translation, decisions)}
    dishes: list[DishTexts] = []
    for dish in given.dishes:
        steps = [step for step in dish.steps if (dish.id, step.step) not in there]
        if steps:
            dishes.append(dish.model_copy(update={"steps": steps}))
    return given.model_copy(update={"dishes": dishes})


RECIPE_TRANSLATION: Task[Given, Answer] = Task(
    name="recipe_translation",
    prompt="recipe_translation.md",
    Given=Given,
    Answer=Answer,
    given=_given,
    default=lambda _: Answer(steps=[]),
    decide=_decide,
    check=_check,
    is_open=lambda given: bool(given.dishes),
    is_empty=lambda given: not given.dishes,
    rest=_rest,
    given_plan=_of_plan,
    wants=("constraint_solving", "recipe_scaling"),
)
