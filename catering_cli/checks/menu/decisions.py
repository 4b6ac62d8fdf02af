"""What was decided is done, nothing is done that was not decided, and each decision says who made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, WARNING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed, same_name
from catering_cli.checks.reference.decisions import dish_id, fold, for_dish, of_kind
from catering_cli.checks.reference.recipes import written
from catering_cli.domain.decision import AddDish, Assign, Department, DropDish, Staffing, Substitute
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish


def recorded(evidence: Evidence) -> Findings:
    """Each decision of the client stands in the plan unchanged, and every decision says who made it."""
    held = [one.decision for one in evidence.plan.decisions if one.by == "client"]
    for path, decision in placed("order.decisions", evidence.order.decisions):
        if decision not in held:
            message = f"the client's decision {decision.kind} is not among the plan's decisions"
            yield found("blocking", "plan.decisions", message, "", path)
    for path, one in placed("plan.decisions", evidence.plan.decisions):
        if not one.by.strip():
            yield found("blocking", f"{path}.by", "a decision without its maker", one.decision.kind)


class Wanted(NamedTuple):
    """A dish that the order or a decision puts on the menu."""

    id: str
    name: str
    where: str


def menu_is_the_orders(evidence: Evidence) -> Findings:
    """The menu holds the order's dishes in order with their ids; only a decision adds or drops one."""
    wanted = _wanted(evidence)
    for path, dish in placed("plan.menu", evidence.plan.menu):
        if dish.id not in wanted:
            message = f"{dish.name} is on the plan's menu, but neither the order nor a decision put it there"
            yield found("blocking", path, message, dish.id)
        elif not same_name(wanted[dish.id].name, dish.name):
            yield found("blocking", f"{path}.name", f"{dish.id} is another dish", dish.name, wanted[dish.id].name)
    for one in wanted.values():
        if one.id not in evidence.dishes:
            yield found("blocking", "plan.menu", f"{one.name} is not on the plan's menu", "", one.where)
    there = [dish.id for dish in evidence.plan.menu if dish.id in wanted]
    if there != [ident for ident in wanted if ident in there]:
        yield found("blocking", "plan.menu", "the dishes stand in another order, or one stands twice", " ".join(there))


def _wanted(evidence: Evidence) -> dict[str, Wanted]:
    """The dishes of the order, added dishes, and plates that are assigned and on no menu yet, by id."""
    dropped = {fold(dish_id(evidence, drop.dish)) for drop, _ in of_kind(evidence, DropDish)}
    ordered = [Wanted(f"d{number}", item.dish, f"order.menu[{number - 1}]")
               for number, item in enumerate(evidence.order.menu, start=1)]  # fmt: skip
    kept = [one for one in ordered if one.id not in dropped]
    number = len(ordered)
    decided = [(one.dish, "decision add_dish") for one, _ in of_kind(evidence, AddDish)]
    for name, where in (*decided, *_plates(evidence, kept)):
        number += 1
        kept.append(Wanted(f"d{number}", name, where))
    return {one.id: one for one in kept}


def _plates(evidence: Evidence, kept: list[Wanted]) -> list[tuple[str, str]]:
    """Dishes that are assigned to guests, and neither on the menu nor added to it."""
    known = {one.id for one in kept} | {fold(one.name) for one in kept}
    known |= {fold(one.dish) for one, _ in of_kind(evidence, AddDish)}
    names: dict[str, str] = {}
    for one, _ in of_kind(evidence, Assign):
        names.setdefault(fold(one.dish), one.dish)
    return [(name, "decision assign") for key, name in names.items() if key not in known]


def dish_facts(evidence: Evidence) -> Findings:
    """Course and service of each dish are those of its menu item."""
    for path, dish in evidence.menu:
        item = evidence.menu_item(dish.id)
        if item is not None:
            usual = dish.recipe.course if dish.recipe else None
            due = {"course": item.course or usual or dish.course, "service": item.service or ""}
            yield from compare_entry(path, dish, due, BLOCKING)


def honoured(evidence: Evidence) -> Findings:
    """Staffing, department, substitution and assignment show in the plan as they were decided."""
    for path, dish in evidence.menu:
        yield from _substituted(evidence, dish, path)
    yield from _staffed(evidence)
    yield from _departments(evidence)
    yield from _assigned(evidence)


def _substituted(evidence: Evidence, dish: Dish, path: str) -> Iterator[Finding]:
    """The food that was swapped in says who decided it; `recipes.unchanged` sees that it was."""
    recipe = written(evidence, dish.id)
    before = {fold(line.item) for line in recipe.ingredients} if recipe else set()
    makers = {fold(swap.by_item): by for swap, by in for_dish(evidence, Substitute, dish.id)}
    for where, line in placed(f"{path}.lines", dish.lines):
        by = makers.get(fold(line.item))
        if by and fold(line.item) not in before:
            yield from compare_entry(where, line, {"by": by}, WARNING)


def _staffed(evidence: Evidence) -> Iterator[Finding]:
    for staffing, by in of_kind(evidence, Staffing):
        rows = [(path, row) for path, row in placed("plan.staffing", evidence.plan.staffing)
                if fold(row.role) == fold(staffing.role)]  # fmt: skip
        total = sum(row.count for _, row in rows)
        if total != staffing.count:
            where = f"{rows[0][0]}.count" if rows else "plan.staffing"
            yield found("blocking", where, f"{by} decided on {staffing.count} {staffing.role}", total, staffing.count)


def _departments(evidence: Evidence) -> Iterator[Finding]:
    for decided, _ in of_kind(evidence, Department):
        for path, line in evidence.purchases:
            if fold(decided.item) in map(fold, (line.item, line.food, *line.names)):
                yield from compare_entry(path, line, {"department": decided.department}, WARNING)


def _assigned(evidence: Evidence) -> Iterator[Finding]:
    """A dish that was assigned to guests whom it feeds goes to them."""
    for assign, by in of_kind(evidence, Assign):
        dish, profile = _dish_named(evidence, assign.dish), evidence.profiles.get(assign.profile)
        if dish is None or profile is None or not profile.count or dish.id not in profile.may_eat:
            continue
        if (profile.id, dish.id) not in evidence.eaten:
            message = f"{by} decided that {dish.name} feeds {profile.name or profile.id}; no portion goes there"
            yield found("blocking", "plan.diets.eats", message, "", dish.id)


def _dish_named(evidence: Evidence, name: str) -> Dish | None:
    """The dish of the plan that a decision means, by its id or name."""
    ident = dish_id(evidence, name)
    named = (dish for dish in evidence.plan.menu if dish.id == ident or same_name(dish.name, ident))
    return next(named, None)


CHECKS = {
    "decisions.recorded": recorded,
    "menu.complete": menu_is_the_orders,
    "menu.facts": dish_facts,
    "decisions.honoured": honoured,
}
