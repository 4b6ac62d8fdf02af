"""What was decided is done, nothing is done that was not decided, and each decision says who made it."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found, same_name
from catering_cli.checks.reference.decisions import dish_id, fold, for_dish, of_kind
from catering_cli.checks.reference.recipes import written
from catering_cli.domain.decision import AddDish, Assign, Department, DropDish, Overage, Staffing, Substitute
from catering_cli.domain.finding import Finding


def recorded(evidence: Evidence) -> Findings:
    """Each decision of the client stands in the plan unchanged, and every decision says who made it."""
    held = [one.decision for one in evidence.plan.decisions if one.by == "client"]
    for index, decision in enumerate(evidence.order.decisions):
        if decision not in held:
            message = f"the client's decision {decision.kind} is not among the plan's decisions"
            yield found("blocking", "plan.decisions", message, "", f"order.decisions[{index}]")
    for index, one in enumerate(evidence.plan.decisions):
        if not one.by.strip():
            yield found("blocking", f"plan.decisions[{index}].by", "a decision without its maker", one.decision.kind)


def menu_is_the_orders(evidence: Evidence) -> Findings:
    """The menu holds the order's dishes in order with their ids; only a decision adds or drops one."""
    expected = list(_expected(evidence))
    due = {ident: name for ident, name, _ in expected}
    for index, dish in enumerate(evidence.plan.menu):
        path = f"plan.menu[{index}]"
        if dish.id not in due:
            message = f"{dish.name} is on the plan's menu, but neither the order nor a decision put it there"
            yield found("blocking", path, message, dish.id)
        elif not same_name(due[dish.id], dish.name):
            yield found("blocking", f"{path}.name", f"{dish.id} is another dish", dish.name, due[dish.id])
    for ident, name, where in expected:
        if ident not in evidence.dishes:
            yield found("blocking", "plan.menu", f"{name} is not on the plan's menu", "", where)
    ids = [dish.id for dish in evidence.plan.menu]
    if [ident for ident, _, _ in expected if ident in ids] != [ident for ident in ids if ident in due]:
        yield found("blocking", "plan.menu", "the dishes stand in another order, or one stands twice", " ".join(ids))


def _expected(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    dropped = {fold(dish_id(evidence, drop.dish)) for drop, _ in of_kind(evidence, DropDish)}
    number = 0
    known: set[str] = set()
    for number, item in enumerate(evidence.order.menu, start=1):
        if f"d{number}" not in dropped:
            known |= {f"d{number}", fold(item.dish)}
            yield f"d{number}", item.dish, f"order.menu[{number - 1}]"
    for added, _ in of_kind(evidence, AddDish):
        number += 1
        known |= {f"d{number}", fold(added.dish)}
        yield f"d{number}", added.dish, "decision add_dish"
    for assigned, _ in of_kind(evidence, Assign):
        if fold(assigned.dish) not in known:
            number += 1
            known.add(fold(assigned.dish))
            yield f"d{number}", assigned.dish, "decision assign"


def dish_facts(evidence: Evidence) -> Findings:
    """Course and service of each dish are those of its menu item."""
    for number, item in enumerate(evidence.order.menu, start=1):
        dish = evidence.dishes.get(f"d{number}")
        if dish is None:
            continue
        path = evidence.dish_path(dish.id)
        course = item.course or (dish.recipe.course if dish.recipe else None)
        if course and dish.course != course:
            yield found("blocking", f"{path}.course", "another course than the order's", dish.course, course)
        if (item.service or "") != dish.service:
            yield found("blocking", f"{path}.service", "another service than the order's", dish.service, item.service)


def honoured(evidence: Evidence) -> Findings:
    """Overage, staffing, department, substitution and assignment show in the plan as they were decided."""
    for dish in evidence.plan.menu:
        path = evidence.dish_path(dish.id)
        for overage, by in for_dish(evidence, Overage, dish.id):
            if dish.over_percent != overage.percent:
                message = f"{by} decided an overage of {overage.percent} %"
                yield found("blocking", f"{path}.over_percent", message, dish.over_percent, overage.percent)
        yield from _substituted(evidence, dish.id, path)
    yield from _staffed(evidence)
    yield from _departments(evidence)
    yield from _assigned(evidence)


def _substituted(evidence: Evidence, dish: str, path: str) -> Iterator[Finding]:
    lines = evidence.dishes[dish].lines
    decided = [(swap, by) for swap, by in for_dish(evidence, Substitute, dish)]
    brought = {fold(swap.by_item) for swap, _ in decided}
    for swap, by in decided:
        for index, line in enumerate(lines):
            if fold(line.item) == fold(swap.item) and fold(line.item) not in brought:
                message = f"{by} decided that {swap.by_item} takes the place of {swap.item}"
                yield found("blocking", f"{path}.lines[{index}].item", message, line.item, swap.by_item)
            if fold(line.item) == fold(swap.by_item) and line.by != by and not _written(evidence, dish, swap.by_item):
                yield found("warning", f"{path}.lines[{index}].by", "says another made the swap", line.by, by)


def _written(evidence: Evidence, dish: str, item: str) -> bool:
    """Whether the recipe, as written, had that food already."""
    recipe = written(evidence, dish)
    return recipe is not None and any(fold(line.item) == fold(item) for line in recipe.ingredients)


def _staffed(evidence: Evidence) -> Iterator[Finding]:
    for staffing, by in of_kind(evidence, Staffing):
        rows = [(i, row) for i, row in enumerate(evidence.plan.staffing) if fold(row.role) == fold(staffing.role)]
        total = sum(row.count for _, row in rows)
        if total != staffing.count:
            where = f"plan.staffing[{rows[0][0]}].count" if rows else "plan.staffing"
            yield found("blocking", where, f"{by} decided on {staffing.count} {staffing.role}", total, staffing.count)


def _departments(evidence: Evidence) -> Iterator[Finding]:
    for decided, by in of_kind(evidence, Department):
        for index, line in enumerate(evidence.plan.shopping.lines):
            named = fold(decided.item) in {fold(name) for name in (line.item, line.food, *line.names)}
            if named and line.department != decided.department:
                where = f"plan.shopping.lines[{index}].department"
                message = f"{by} decided that {decided.item} is bought in {decided.department}"
                yield found("warning", where, message, line.department, decided.department)


def _assigned(evidence: Evidence) -> Iterator[Finding]:
    profiles = {profile.id: profile for profile in evidence.plan.diets.profiles}
    for assign, by in of_kind(evidence, Assign):
        dish = next((one for one in evidence.plan.menu if evidence.is_dish(one, dish_id(evidence, assign.dish))), None)
        profile = profiles.get(assign.profile)
        if dish is None or profile is None or dish.id not in profile.may_eat or not profile.count:
            continue
        if not any(eats.profile == profile.id and eats.dish == dish.id for eats in evidence.plan.diets.eats):
            message = f"{by} decided that {dish.name} feeds {profile.name or profile.id}; no portion goes there"
            yield found("blocking", "plan.diets.eats", message, "", dish.id)


CHECKS = {
    "decisions.recorded": recorded,
    "menu.complete": menu_is_the_orders,
    "menu.facts": dish_facts,
    "decisions.honoured": honoured,
}
