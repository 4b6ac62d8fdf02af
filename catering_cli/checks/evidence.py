"""What the rules look at: the order, the plan, and what follows from both by plain indexing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.diets import DishDiets, PlanProfile
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.domain.plan_parts.shopping import ShoppingLine
from catering_cli.domain.plan_parts.timeline import Block

T = TypeVar("T")
P = ParamSpec("P")

Findings = Iterable[Finding]

TOLD = 3
"""Findings of one kind about one thing; of more only their number."""


def placed(path: str, things: Sequence[T]) -> tuple[tuple[str, T], ...]:
    """The entries of a list of the plan, each with its path."""
    return tuple((f"{path}[{index}]", thing) for index, thing in enumerate(things))


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
    def bases(self) -> dict[str, Dish]:
        """Base recipes by id."""
        return {base.id: base for base in self.plan.bases if base.id not in self.dishes}

    @cached_property
    def made(self) -> dict[str, Dish]:
        """Everything that is made, by id: the dishes, then the base recipes in them."""
        return {**self.dishes, **self.bases}

    @cached_property
    def menu(self) -> tuple[tuple[str, Dish], ...]:
        """Each dish with its path, in menu order; of two with one id the first counts."""
        menu = placed("plan.menu", self.plan.menu)
        return tuple((path, dish) for path, dish in menu if self.dishes[dish.id] is dish)

    @cached_property
    def dish_paths(self) -> dict[str, str]:
        """Path of each dish by its id."""
        return {dish.id: path for path, dish in self.menu}

    @cached_property
    def lines(self) -> tuple[tuple[str, Dish, ScaledLine], ...]:
        """Each ingredient line of each dish with its path."""
        out = []
        for path, dish in self.menu:
            out += [(where, dish, line) for where, line in placed(f"{path}.lines", dish.lines)]
        return tuple(out)

    @cached_property
    def purchases(self) -> tuple[tuple[str, ShoppingLine], ...]:
        """Each line of the purchase list with its path."""
        return placed("plan.shopping.lines", self.plan.shopping.lines)

    @cached_property
    def profiles(self) -> dict[str, PlanProfile]:
        """Profiles by id."""
        return {profile.id: profile for profile in self.plan.diets.profiles}

    @cached_property
    def rows(self) -> dict[str, DishDiets]:
        """Rows of the matrix by the id of their dish."""
        return {row.dish: row for row in self.plan.diets.rows}

    @cached_property
    def matrix(self) -> tuple[tuple[str, DishDiets, Dish], ...]:
        """Each row of the matrix whose dish is there, with its path and dish."""
        rows = placed("plan.diets.rows", self.plan.diets.rows)
        return tuple((path, row, self.dishes[row.dish]) for path, row in rows if row.dish in self.dishes)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """Timeline blocks by id."""
        return {block.id: block for block in self.plan.timeline.blocks}

    @cached_property
    def block_paths(self) -> dict[str, str]:
        """Path of each timeline block."""
        return {block.id: path for path, block in placed("plan.timeline.blocks", self.plan.timeline.blocks)}

    @cached_property
    def base_id(self) -> str:
        """Id of the place where the food is made."""
        return next((place.id for place in self.order.places if place.kind == "base"), "base")

    @cached_property
    def answers(self) -> dict[Any, Any]:
        """What `asked_once` keeps: (function, what it was asked about) -> the answer, with what it was asked about."""
        return {}

    def dish_path(self, dish: str) -> str:
        """Path of a dish of the plan."""
        return self.dish_paths.get(dish, "plan.menu")

    @cached_property
    def takers(self) -> dict[str, list[Block]]:
        """The blocks that wait for each block, by its id."""
        takers: dict[str, list[Block]] = {}
        for block in self.plan.timeline.blocks:
            for wait in block.after:
                takers.setdefault(wait.block, []).append(block)
        return takers

    def at(self, block: Block, field: str = "") -> str:
        """Path of a timeline block, or of a field of it."""
        path = self.block_paths[block.id]
        return f"{path}.{field}" if field else path

    def work(self, *kinds: str) -> list[Block]:
        """The blocks of some kinds, in the order of the timeline."""
        return [block for block in self.plan.timeline.blocks if block.kind in kinds]

    def waited(self, block: Block) -> list[Block]:
        """The blocks that a block waits for."""
        return [self.blocks[wait.block] for wait in block.after if wait.block in self.blocks]

    def taking(self, block: Block, *kinds: str) -> list[Block]:
        """The blocks of some kinds that wait for a block."""
        return [one for one in self.takers.get(block.id, ()) if one.kind in kinds]

    def menu_item(self, dish: str) -> MenuItem | None:
        """The order's menu item of a dish id (d1 is the first), or None for an added dish."""
        number = int(dish[1:]) if re.fullmatch(r"d[1-9]\d{0,5}", dish) else 0
        return self.order.menu[number - 1] if 0 < number <= len(self.order.menu) else None

    @cached_property
    def eaten(self) -> frozenset[tuple[str, str]]:
        """Each profile with each dish that its guests eat."""
        return frozenset((one.profile, one.dish) for one in self.plan.diets.eats)


def asked_once(function: Callable[Concatenate[Evidence, P], T]) -> Callable[Concatenate[Evidence, P], T]:
    """The function, answering once for each evidence and argument: many rules ask the same."""

    @wraps(function)
    def answer(evidence: Evidence, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, *map(id, args)) if args else function
        kept = evidence.answers.get(key)
        if kept is None:
            kept = evidence.answers[key] = function(evidence, *args, **kwargs), args
        given: T = kept[0]
        return given

    return answer


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spaces."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def found(severity: Severity, where: str, message: str, value: Any = "", limit: Any = "", **more: Any) -> Finding:
    """A finding; the registry writes the name of its rule into it. `more` holds `fix` and `guests`."""
    return Finding(severity=severity, rule="", where=where, message=message, value=str(value), limit=str(limit), **more)
