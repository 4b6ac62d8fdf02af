"""What the rules look at: the order, the plan, and what follows from both by plain indexing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.timeline import Block

D = TypeVar("D")
T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True)
class Evidence:
    """An order and the plan that claims to serve it."""

    order: Order
    plan: CateringPlan

    @cached_property
    def dishes(self) -> dict[str, Dish]:
        """Dishes by id; of two with one id the first counts."""
        found: dict[str, Dish] = {}
        for dish in self.plan.menu:
            found.setdefault(dish.id, dish)
        return found

    @cached_property
    def places(self) -> dict[str, int]:
        """Index in `plan.menu` of each dish id."""
        return {dish.id: index for index, dish in reversed(list(enumerate(self.plan.menu)))}

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """Timeline blocks by id."""
        return {block.id: block for block in self.plan.timeline.blocks}

    @cached_property
    def block_paths(self) -> dict[str, str]:
        """Path of each timeline block."""
        return {block.id: f"plan.timeline.blocks[{i}]" for i, block in enumerate(self.plan.timeline.blocks)}

    @cached_property
    def base_id(self) -> str:
        """Id of the place where the food is made."""
        return next((place.id for place in self.order.places if place.kind == "base"), "base")

    @cached_property
    def answers(self) -> dict[tuple[Any, ...], Any]:
        """What `asked_once` keeps: (function, what it was asked about) -> the answer, with what it was asked about."""
        return {}

    def decided(self, kind: type[D]) -> Iterator[D]:
        """The decisions of one kind that the plan was made with, in its order."""
        return (one.decision for one in self.plan.decisions if isinstance(one.decision, kind))

    def dish_path(self, dish: str) -> str:
        """Path of a dish of the plan."""
        return f"plan.menu[{self.places[dish]}]" if dish in self.places else "plan.menu"

    def menu_item(self, dish: str) -> MenuItem | None:
        """The order's menu item of a dish id (d1 is the first), or None for an added dish."""
        number = int(dish[1:]) if re.fullmatch(r"d[1-9]\d{0,5}", dish) else 0
        return self.order.menu[number - 1] if 0 < number <= len(self.order.menu) else None

    def is_dish(self, dish: Dish, name: str) -> bool:
        """Whether a decision's `name` (an id or a dish's name) means `dish`."""
        return name == dish.id or same_name(name, dish.name)


def asked_once(function: Callable[Concatenate[Evidence, P], T]) -> Callable[Concatenate[Evidence, P], T]:
    """The function, answering once for each evidence and argument: many rules ask the same."""

    @wraps(function)
    def answer(evidence: Evidence, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, *(one if isinstance(one, str) else id(one) for one in args))
        if key not in evidence.answers:
            evidence.answers[key] = function(evidence, *args, **kwargs), args
        kept: T = evidence.answers[key][0]
        return kept

    return answer


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spaces."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def found(severity: Severity, where: str, message: str, value: Any = "", limit: Any = "", **more: Any) -> Finding:
    """A finding; the registry writes the name of its rule into it. `more` holds `fix` and `guests`."""
    return Finding(severity=severity, rule="", where=where, message=message, value=str(value), limit=str(limit), **more)


Findings = Iterable[Finding]


TOLD = 3
"""Findings of one kind about one thing; of more only their number."""
