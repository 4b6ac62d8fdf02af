"""Moves that shape a plan: what is on the menu, how much of it, when and where a step is done, who is called in.

A move is judged here by what can be seen on its face. Whether it helps, the cooked plan says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decision
from catering_cli.domain.finding import Finding
from catering_cli.kitchen.recipes import catalogue
from catering_cli.tasks.shaping.shareable import Pair
from catering_cli.tasks.shared import prose
from catering_cli.tasks.shared.findings import rejected
from catering_cli.tasks.shared.task import Wire

Action = Literal[
    "replace_dish", "share", "service", "leave_out", "make_on", "place", "fire_order", "shared_batch", "staffing"
]
Short = Annotated[str, Field(max_length=200)]

MOST_PEOPLE = 3
"""How many more of a role than the work needs may be wished for, as a factor; [K]."""


class Shape(Wire):
    """One proposal; fields that its action does not use are empty or 0."""

    action: Action
    about: Annotated[Short, Field(description="id of the finding it settles; empty: it serves the aim or the critique")]
    dish: Annotated[Short, Field(description="dish id; empty for staffing")]
    to: Annotated[
        Short,
        Field(
            description="replace_dish: a dish of the catalogue given; service: id of a service; leave_out: the "
            "ingredient as the recipe names it; place: base or venue; fire_order: id of the dish that is fired "
            "before; shared_batch: id of the dish that it goes into one oven with; staffing: the role"
        ),
    ]
    step: Annotated[int, Field(ge=0, le=200, description="make_on, place, shared_batch: number of the step")]
    number: Annotated[
        int,
        Field(
            ge=0,
            le=10_000,
            description="share: weight from 1 to 100; make_on: days before the service; shared_batch: "
            "number of the other dish's step; staffing: people",
        ),
    ]
    why: Annotated[str, Field(max_length=300, description="the reason, as one caterer says it to another")]


class Shapeable(NamedTuple):
    """What can be shaped of a plan."""

    dishes: Mapping[str, str]
    """name by id"""
    courses: Mapping[str, str]
    foods: Mapping[str, Sequence[str]]
    steps: Mapping[str, int]
    services: Sequence[str]
    crew: Mapping[str, int]
    pairs: Sequence[Pair]
    """steps that could share an oven"""


_DECIDE: Mapping[str, Callable[[Shape], Decision]] = {
    "replace_dish": lambda m: d.ReplaceDish(dish=m.dish, by_dish=m.to, why=m.why),
    "share": lambda m: d.Share(dish=m.dish, popularity=m.number, why=m.why),
    "service": lambda m: d.ServeAt(dish=m.dish, service=m.to, why=m.why),
    "leave_out": lambda m: d.LeaveOut(dish=m.dish, item=m.to, why=m.why),
    "make_on": lambda m: d.MakeOn(dish=m.dish, step=m.step, days_before=m.number, why=m.why),
    "place": lambda m: d.SplitTask(dish=m.dish, step=m.step, place="venue" if m.to == "venue" else "base", why=m.why),
    "fire_order": lambda m: d.FireOrder(dish=m.dish, after=m.to, why=m.why),
    "shared_batch": lambda m: d.SharedBatch(dish=m.dish, step=m.step, with_dish=m.to, with_step=m.number, why=m.why),
    "staffing": lambda m: d.Staffing(role=m.to, count=m.number, why=m.why),
}
_USES: Mapping[str, tuple[str, ...]] = {
    "replace_dish": ("dish", "to"),
    "share": ("dish",),
    "service": ("dish", "to"),
    "leave_out": ("dish", "to"),
    "make_on": ("dish", "step"),
    "place": ("dish", "step", "to"),
    "fire_order": ("dish", "to"),
    "shared_batch": ("dish", "step", "to", "number"),
    "staffing": ("to", "number"),
}


def decide(moves: Iterable[Shape]) -> tuple[Decision, ...]:
    """The decisions; a move that lacks what its action uses decides nothing."""
    return tuple(_DECIDE[move.action](move) for move in moves if _is_complete(move))


def _is_complete(move: Shape) -> bool:
    used = [getattr(move, name) for name in _USES[move.action]]
    return all(value.strip() if isinstance(value, str) else value for value in used)


Faults = Iterator[tuple[str, str, str]]


def check(there: Shapeable, decisions: Sequence[Decision], facts: str = "") -> list[Finding]:
    """Each move is about what is there, and its reason claims nothing; `facts`: the figures that it may name."""
    out: list[Finding] = []
    for number, decision in enumerate(decisions):
        where = f"shapes[{number}]"
        rule = _CHECK.get(type(decision))
        for name, message, value in rule(decision, there) if rule else ():
            out.append(rejected(name, where, message, value=value))
        why = getattr(decision, "why", "")
        out += prose.as_findings("why", f"{where}.why", why, facts=facts)
    return out


def _known(dish: str, there: Shapeable) -> Faults:
    if dish not in there.dishes:
        yield "no_such_dish", "the id of a dish that is given", dish


def _replace(move: d.ReplaceDish, there: Shapeable) -> Faults:
    yield from _known(move.dish, there)
    recipe = catalogue.recipe_named(move.by_dish)
    if recipe is None:
        yield "no_such_dish", "a dish is replaced by one of the catalogue", move.by_dish
    elif recipe.course and recipe.course != there.courses.get(move.dish, recipe.course):
        yield "another_course", f"a {there.courses[move.dish]} takes its place", f"{move.by_dish}: {recipe.course}"
    if catalogue.key(move.by_dish) in map(catalogue.key, there.dishes.values()):
        yield "dish_twice", "the dish is on the menu", move.by_dish


def _share(move: d.Share, there: Shapeable) -> Faults:
    yield from _known(move.dish, there)


def _service(move: d.ServeAt, there: Shapeable) -> Faults:
    yield from _known(move.dish, there)
    if move.service not in there.services:
        yield "no_such_service", f"services are {', '.join(there.services) or 'not named in this order'}", move.service


def _leave_out(move: d.LeaveOut, there: Shapeable) -> Faults:
    yield from _known(move.dish, there)
    foods = there.foods.get(move.dish, ())
    if move.item.casefold() not in map(str.casefold, foods):
        yield "no_such_item", f"the recipe's ingredients are {', '.join(foods)}", move.item
    named = set(move.item.casefold().split()) & set(there.dishes.get(move.dish, "").casefold().split())
    if len(foods) <= 1 or named:
        yield "is_the_dish", "what a dish is called after is not left out: replace the dish", move.item


def _make_on(move: d.MakeOn, there: Shapeable) -> Faults:
    yield from _known(move.dish, there)
    yield from _step(move.dish, move.step, there)


def _place(move: d.SplitTask, there: Shapeable) -> Faults:
    yield from _known(move.dish, there)
    yield from _step(move.dish, move.step, there)


def _fire_order(move: d.FireOrder, there: Shapeable) -> Faults:
    yield from _known(move.dish, there)
    yield from _known(move.after, there)
    if move.dish == move.after:
        yield "fired_after_itself", "two dishes, one before the other", move.dish


def _shared_batch(move: d.SharedBatch, there: Shapeable) -> Faults:
    asked = {(move.dish, move.step), (move.with_dish, move.with_step)}
    if not any(asked == {pair[:2], pair[2:]} for pair in there.pairs):
        yield "no_such_pair", "one of the pairs given, whose loads fit into one oven", f"{move.dish}, {move.with_dish}"


def _step(dish: str, step: int, there: Shapeable) -> Faults:
    if step > there.steps.get(dish, step):
        yield "no_such_step", f"the recipe has {there.steps[dish]} steps", str(step)


def _staffing(move: d.Staffing, there: Shapeable) -> Faults:
    if move.role not in there.crew:
        yield "no_such_role", f"roles are {', '.join(there.crew)}", move.role
    elif move.count > there.crew[move.role] * MOST_PEOPLE:
        yield "too_many", f"at most {there.crew[move.role] * MOST_PEOPLE}", str(move.count)
    if not move.why.strip():
        yield "no_reason", "a wish for more people says why", ""


_CHECK: Mapping[type, Callable[[Any, Shapeable], Faults]] = {
    d.ReplaceDish: _replace,
    d.Share: _share,
    d.ServeAt: _service,
    d.LeaveOut: _leave_out,
    d.MakeOn: _make_on,
    d.SplitTask: _place,
    d.FireOrder: _fire_order,
    d.SharedBatch: _shared_batch,
    d.Staffing: _staffing,
}
SHAPES = tuple(_CHECK)
"""Types of decision that shape a plan."""
