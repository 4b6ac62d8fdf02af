"""What was decided is done, nothing is done that was not decided, and each decision says who made it."""

from __future__ import annotations

from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed, same_name
from catering_cli.checks.reference.decisions import dish_id, fold, for_dish, holding, menu_item, of_kind, source_of
from catering_cli.domain.decision import AddDish, Assign, DropDish, LeaveOut, SplitTask, Substitute
from catering_cli.domain.learnt import Learnt
from catering_cli.domain.names import HOUSE
from catering_cli.domain.order_parts.recipe import Recipe, RecipeStep
from catering_cli.domain.plan_parts.menu import Dish


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
    yield from _measured(evidence)


def _measured(evidence: Evidence) -> Findings:
    """The house's decisions are those that its measurements give, and each that holds is told with its number."""
    due = [row.decision for row in evidence.order.learnt if row.decision]
    held = [one.decision for one in evidence.plan.decisions if one.by == HOUSE]
    if due != held:
        message = "the house's decisions are not those of order.learnt"
        yield found("blocking", "plan.decisions", message, len(held), len(due))
    standing = [one.decision for one in holding(evidence) if one.by == HOUSE]
    for path, row in placed("order.learnt", evidence.order.learnt):
        is_used = row.decision is None or row.decision in standing
        if is_used and not _is_told(evidence, row):
            yield found("warning", path, "the plan rests on it and does not say so", row.value)


def _is_told(evidence: Evidence, row: Learnt) -> bool:
    """Whether an assumption tells a learnt number with its spread."""
    inputs = {"value": str(row.value), "low": str(row.low), "high": str(row.high), "last": row.last}
    rows = [one for one in evidence.plan.assumptions if one.id.startswith(f"learnt.{row.what}.")]
    return any(one.derivation and inputs.items() <= one.derivation.inputs.items() for one in rows)


class WantedDish(NamedTuple):
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


def _wanted(evidence: Evidence) -> dict[str, WantedDish]:
    """The dishes of the order, added dishes, and plates that are assigned and on no menu yet, by id."""
    dropped = {fold(dish_id(evidence, drop.dish)) for drop, _ in of_kind(evidence, DropDish)}
    ordered = []
    for number in range(1, len(evidence.order.menu) + 1):
        item = menu_item(evidence, f"d{number}")
        assert item is not None
        ordered.append(WantedDish(f"d{number}", item.dish, f"order.menu[{number - 1}]"))
    kept = [one for one in ordered if one.id not in dropped]
    number = len(ordered)
    decided = [(one.dish, "decision add_dish") for one, _ in of_kind(evidence, AddDish)]
    for name, where in (*decided, *_plates(evidence, kept)):
        number += 1
        kept.append(WantedDish(f"d{number}", name, where))
    return {one.id: one for one in kept}


def _plates(evidence: Evidence, kept: list[WantedDish]) -> list[tuple[str, str]]:
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
        item = menu_item(evidence, dish.id)
        if item is not None:
            usual = dish.recipe.course if dish.recipe else None
            due = {"course": item.course or usual or dish.course, "service": item.service or ""}
            yield from compare_entry(path, dish, due, BLOCKING)


def honoured(evidence: Evidence) -> Findings:
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
    by_name = (dish for dish in evidence.plan.menu if same_name(dish.name, ident))
    return evidence.dishes.get(ident) or next(by_name, None)


TIMED = sorted(RecipeStep.model_fields.keys() & SplitTask.model_fields.keys() - {"text", "kind"})
"""Fields of a step that a decision gives it."""


def unchanged(evidence: Evidence) -> Findings:
    """Nothing of a recipe differs from its source but the foods that a decision substitutes."""
    for path, dish in evidence.menu:
        source, by = source_of(evidence, dish.id)
        if dish.recipe is None or source is None:
            yield from compare_entry(path, dish, {"recipe": source}, BLOCKING)
            continue
        yield from compare_entry(path, dish, {"recipe_from": by}, BLOCKING)
        steps = source.steps or _decided_steps(evidence, dish.id, source)
        due = {name: getattr(source, name) for name in Recipe.model_fields if name != "ingredients"}
        yield from compare_entry(f"{path}.recipe", dish.recipe, due | {"steps": steps}, BLOCKING)
        out = {fold(one.item) for one, _ in for_dish(evidence, LeaveOut, dish.id)}
        source = _less(source, out)
        swaps = {fold(swap.item): fold(swap.by_item) for swap, _ in for_dish(evidence, Substitute, dish.id)}
        yield from _ingredients(source, dish.recipe, swaps, f"{path}.recipe.ingredients")


def _less(source: Recipe, out: set[str]) -> Recipe:
    """The recipe without the foods that are left out; a base is made whole, and one food always stays."""
    own = [line for line in source.ingredients if not line.part]
    taken = [line for line in own if fold(line.item) in out]
    left = tuple(line for line in source.ingredients if line not in taken)
    return source.model_copy(update={"ingredients": left or source.ingredients})


def _decided_steps(evidence: Evidence, dish_id: str, source: Recipe) -> tuple[RecipeStep, ...]:
    """The steps that decisions give a recipe without any: from the first up to the first gap."""
    timed = {one.step: one for one, _ in for_dish(evidence, SplitTask, dish_id) if one.minutes}
    steps: list[RecipeStep] = []
    while split := timed.get(len(steps) + 1):
        given = {name: getattr(split, name) for name in TIMED}
        known = {name: value for name, value in given.items() if value is not None}
        steps.append(RecipeStep(text=split.text or f"make {source.name}"[:300], **known))
    return tuple(steps)


def _ingredients(source: Recipe, here: Recipe, swaps: dict[str, str], path: str) -> Findings:
    if len(source.ingredients) != len(here.ingredients):
        message = "the recipe has another number of ingredient lines than as written"
        yield found("blocking", path, message, len(here.ingredients), len(source.ingredients))
    for was, (where, now) in zip(source.ingredients, placed(path, here.ingredients), strict=False):
        swap = swaps.get(fold(was.item))
        if swap is None and was != now:
            yield found("blocking", where, "differs from the recipe as written", str(now)[:200], str(was)[:200])
        elif swap is not None and fold(now.item) != swap:
            yield found("blocking", where, "a decided substitution is not made", now.item, swap)


def present(evidence: Evidence) -> Findings:
    """Every dish has a recipe, with steps, a drafted one confirmed; what the plan says is missing is not said again."""
    told = {(one.rule, fold(one.value)) for one in evidence.plan.findings}
    for path, dish in evidence.menu:
        name = fold(dish.name)
        if dish.recipe is None:
            if ("kitchen.recipe_missing", name) not in told:
                message = f"{dish.name} has no recipe"
                yield found("blocking", f"{path}.recipe", message, fix="write it into order.recipes")
        elif not dish.recipe.steps:
            if ("kitchen.duration_unknown", name) not in told:
                message = f"{dish.name}: no steps: say how it is made and how long that takes"
                yield found("open", f"{path}.recipe.steps", message)
        elif dish.recipe_from not in ("order", "catalogue") and ("kitchen.recipe_drafted", name) not in told:
            fix = "read it, move it into order.recipes and set confirmed_by"
            message = f"{dish.name}: the recipe was drafted by {dish.recipe_from}"
            yield found("open", f"{path}.recipe", message, fix=fix)


CHECKS = {
    "decisions.recorded": recorded,
    "menu.complete": menu_is_the_orders,
    "menu.facts": dish_facts,
    "decisions.honoured": honoured,
    "recipes.unchanged": unchanged,
    "recipes.present": present,
}
