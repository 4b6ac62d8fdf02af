"""Which decisions hold: the last on a thing, and the client's own before all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.foods import row_of
from catering_cli.domain.decision import Decided, Department, SameFood
from catering_cli.domain.shopping import ShoppingLine

D = TypeVar("D")
THING = {
    "substitute": ("dish", "item"), "assign": ("profile", "dish"), "add_dish": ("dish",), "drop_dish": ("dish",),
    "same_food": ("food",), "informal_measure": ("item", "measure"), "drafted_recipe": ("dish",),
    "technique": ("dish",), "split_task": ("dish", "step"), "department": ("item",), "staffing": ("role",),
    "overage": ("dish",), "brief": ("audience",), "text": ("name",), "open_question": ("about", "text"),
}  # fmt: skip
"""What a decision of each kind is about; a later one on the same thing takes its place."""


def fold(name: str) -> str:
    """A name for comparing: case and outer spaces aside."""
    return name.strip().casefold()


def dish_id(evidence: Evidence, name: str) -> str:
    """The id that a decision's dish name means: the first dish of that name on the order's menu, else itself."""
    for number, item in enumerate(evidence.order.menu, start=1):
        if fold(item.dish) == fold(name):
            return f"d{number}"
    return name.strip()


@asked_once
def holding(evidence: Evidence) -> tuple[Decided, ...]:
    """The decisions that hold, weakest claim first; dish names of the menu are turned into ids."""
    others = [one for one in evidence.plan.decisions if one.by != "client"]
    clients = [one for one in evidence.plan.decisions if one.by == "client"]
    own = [Decided(decision=one, by="client") for one in evidence.order.decisions]
    standing: dict[tuple[str, ...], Decided] = {}
    for one in (*others, *clients, *own):
        standing[_thing(evidence, one.decision)] = one
    return tuple(standing.values())


def _thing(evidence: Evidence, decision: Any) -> tuple[str, ...]:
    names = []
    for field in THING.get(decision.kind, ()):
        value = str(getattr(decision, field))
        names.append(fold(dish_id(evidence, value) if field == "dish" and decision.kind != "add_dish" else value))
    return (decision.kind, *names)


def of_kind(evidence: Evidence, kind: type[D]) -> Iterator[tuple[D, str]]:
    """The decisions of one kind that hold, each with who made it."""
    for one in holding(evidence):
        if isinstance(one.decision, kind):
            yield one.decision, one.by


@asked_once
def meant(evidence: Evidence) -> dict[str, tuple[str, str]]:
    """Foods that written names were decided to mean, by folded name, each with who decided it."""
    return {fold(item): (one.food, by) for one, by in of_kind(evidence, SameFood) for item in one.items}


def for_dish(evidence: Evidence, kind: type[D], dish: str) -> Iterator[tuple[D, str]]:
    """The decisions of one kind that hold about the dish of that id."""
    for decision, by in of_kind(evidence, kind):
        if fold(dish_id(evidence, getattr(decision, "dish", ""))) == fold(dish):
            yield decision, by


TAP = "tap"


def tapped(evidence: Evidence, line: ShoppingLine) -> bool:
    """Whether a line is no purchase: the table has its food from the tap, or it was decided so."""
    row = row_of(line.item)
    decided = {fold(one.item): one.department for one, _ in of_kind(evidence, Department)}
    return line.department == TAP == decided.get(fold(line.item), row["department"] if row else "")


UNKNOWN = "kitchen.food_unknown"


@asked_once
def unknown(evidence: Evidence) -> frozenset[str]:
    """Folded names of the ingredients whose every line names no food, each reported as unrecognized."""
    told = {one.where for one in evidence.plan.findings if one.rule == UNKNOWN}
    named: dict[str, bool] = {}
    for i, dish in enumerate(evidence.plan.menu):
        for j, line in enumerate(dish.lines):
            bare = not line.food and f"plan.menu[{i}].lines[{j}]" in told
            named[fold(line.item)] = named.get(fold(line.item), True) and bare
    return frozenset(name for name, bare in named.items() if bare)


def bought_unknown(evidence: Evidence, names: tuple[str, ...]) -> bool:
    """Whether a line of the purchase list is of such ingredients alone."""
    return bool(names) and all(fold(name) in unknown(evidence) for name in names)
