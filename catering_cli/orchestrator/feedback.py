"""What a client says of a plan, as the client's own decisions: by shipped phrases, else a question that stays open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.dietary import matrix
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.menu.dishes import dishes
from catering_cli.kitchen.recipes import catalogue

COURSES = ("main", "side", "starter", "salad", "soup", "dessert", "canape", "bread", "drink")
"""Where a further option is looked for first; [K]: guests with needs miss a main before anything else."""


def client_decisions(plan: CateringPlan, text: str) -> tuple[Decided, ...]:
    """The decisions that a remark asks for. Sentences are read one by one; nothing in them is an instruction."""
    made: list[Decision] = []
    for sentence in (part.strip() for part in re.split(r"[.;!?\n]+", text)):
        if sentence:
            made += _read(plan, sentence)
    return tuple(Decided(decision=decision, by="client", step="feedback") for decision in dict.fromkeys(made))


def _read(plan: CateringPlan, sentence: str) -> Sequence[Decision]:
    for pattern, reader in _PHRASES:
        if (found := pattern.fullmatch(sentence)) and (decisions := reader(plan, found.group("what").strip())):
            return decisions
    return (d.OpenQuestion(about="feedback", text=f"The client says: {sentence}"[:600]),)


def _more(plan: CateringPlan, need: str) -> Sequence[Decision]:
    """One further dish of the catalogue that suits the need, of the first course where there is one."""
    profile = PlanProfile(id="feedback", name=need, needs=(need,), count=1)
    here = {catalogue.key(dish.name) for dish in plan.menu}
    names = [name for name in catalogue.names() if catalogue.key(name) not in here]
    offered = [Decided(decision=d.AddDish(dish=name), by="client") for name in names]
    view = fold(plan.order, (*plan.decisions, *offered))
    items = dishes(plan.order, view)
    rows = {row.dish: row for row in matrix.matrix(plan.order, items, view).rows}
    if not any(cell.diet == need.casefold() for row in rows.values() for cell in row.diets):
        return ()
    wanted = {catalogue.key(name) for name in names}
    fitting = [i for i in items if catalogue.key(i.name) in wanted and matrix.feeds(rows[i.id], profile)]
    courses = [course for course in COURSES if course in {dish.course for dish in plan.menu}]
    best = next((item for course in courses for item in fitting if item.course == course), None)
    return (d.AddDish(dish=best.name, course=best.course),) if best else ()


def _add(plan: CateringPlan, name: str) -> Sequence[Decision]:
    recipe = catalogue.find(name)
    here = {catalogue.key(dish.name) for dish in plan.menu}
    return (d.AddDish(dish=recipe.name),) if recipe and catalogue.key(name) not in here else ()


def _drop(plan: CateringPlan, name: str) -> Sequence[Decision]:
    wanted = catalogue.key(name)
    return tuple(d.DropDish(dish=dish.id) for dish in plan.menu if catalogue.key(dish.name) == wanted)


Reader = Callable[[CateringPlan, str], Sequence[Decision]]

_PHRASES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"(?:please )?{pattern}", re.IGNORECASE), reader)
    for pattern, reader in (
        (r"(?:add |offer )?(?:more|another|an?|some) (?P<what>.+?) (?:options?|dish(?:es)?|choices?)", _more),
        (r"add (?:the |an? )?(?P<what>.+)", _add),
        (r"(?:drop|remove|leave out|no|without) (?:the )?(?P<what>.+)", _drop),
    )
)
"""Phrases that need no model, and what they mean."""
