"""What the kitchen itself could not settle: findings that cannot be derived from the finished plan alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from catering_cli.domain.decision import OpenQuestion, SplitTask
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Ingredient, RecipeStep
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.event import order_times
from catering_cli.kitchen.event.notes import sentences
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.recipes import catalogue, dish_names


def reports(
    order: Order,
    items: Sequence[MenuDish],
    dishes: Sequence[Dish],
    timeline: Timeline,
    decisions: DecisionIndex,
) -> tuple[Finding, ...]:
    """Missing recipes, unknown foods and measures, unstated durations, the conflict of an impossible day."""
    lines = [_lines(index, dish) for index, dish in enumerate(dishes)]
    return (
        *_recipes(items),
        *chain.from_iterable(lines),
        *_doubts(order, dishes),
        *_unfed_services(order, items),
        *_yields(items),
        *_bases(order, items),
        *_durations(items, dishes, decisions),
        *_schedule(timeline),
        *order_times.time_questions(order),
        *order_times.early_starts(order, timeline),
        *_ways(order),
        *sentences.open_sentences(order, decisions),
        *_questions(decisions),
    )


def _recipes(items: Sequence[MenuDish]) -> Iterator[Finding]:
    """Dishes without a recipe, and recipes that a task drafted."""
    for item in items:
        where = f"{item.where}.recipe"
        if item.recipe is None:
            near = dish_names.nearest(item.name)
            instead = f", or take a dish of the catalogue: {', '.join(near)}" if near else ""
            yield Finding(
                severity="blocking",
                rule="kitchen.recipe_missing",
                where=where,
                message=f"there is no recipe for {item.name!r}: it cannot be bought, cooked or judged for allergens",
                value=item.name,
                fix=f"give a recipe in order.recipes{instead}",
            )
        elif item.recipe.is_stand_in:
            yield Finding(
                severity="open",
                rule="kitchen.recipe_stand_in",
                where=where,
                message=f"{item.name!r} is {item.recipe.source}",
                value=item.recipe.name,
                fix=f"read it, then keep it as yours: catering confirm PLAN {item.id} --by NAME",
            )
        elif item.recipe_from == "catalogue" and item.recipe.name != item.name:
            yield from _by_name(item)
        elif item.recipe_from not in ("catalogue", "order") or item.recipe.is_unread_draft:
            by = f" by {item.recipe_from}" if item.recipe_from != "order" else ""
            yield Finding(
                severity="open",
                rule="kitchen.recipe_drafted",
                where=where,
                message=f"the recipe for {item.name!r} was drafted{by}; its allergens are unknown",
                value=item.name,
                fix=f"read it, then keep it as yours: catering confirm PLAN {item.id} --by NAME",
            )


def _by_name(item: MenuDish) -> Iterator[Finding]:
    """Which recipe of the catalogue stands behind a name; a slip in spelling is asked about."""
    assert item.recipe is not None
    found = dish_names.called(item.name)
    spelled = found is not None and found.how == "spelled"
    yield Finding(
        severity="open" if spelled else "advice",
        rule="kitchen.recipe_by_name",
        where=f"{item.where}.recipe",
        message=f"{item.name!r} is {'read as' if spelled else 'made by the recipe'} {item.recipe.name!r}",
        value=item.name,
        fix="name the dish so, or give another recipe in order.recipes",
    )


def _unfed_services(order: Order, items: Sequence[MenuDish]) -> Iterator[Finding]:
    """Services that get nothing to eat, if the services of dishes were told by their names."""
    if not any(item.by_name for item in order.menu):
        return
    food = [item for item in items if item.course != "drink"]
    for index, service in enumerate(order.services):
        if not any(item.service in ("", service.id) for item in food):
            yield Finding(
                severity="open",
                rule="kitchen.service_unfed",
                where=f"order.services[{index}]",
                message=f"no name on the menu says what is eaten at {service.id!r}",
                value=service.id,
                fix=f'say it beside a dish: "service": "{service.id}"',
            )


def _yields(items: Sequence[MenuDish]) -> Iterator[Finding]:
    """Recipes that do not say how many portions they make."""
    for item in items:
        if item.recipe is None or not item.recipe.yields.stated:
            continue
        made = item.recipe.yields
        yield Finding(
            severity="open",
            rule="kitchen.yield_unknown",
            where=f"{item.where}.yield",
            message=f"{item.name}: the yield {made.stated!r} is no number of portions; taken as {made.portions}, "
            f"by the usual portion of a {item.course}",
            value=made.stated,
            fix='say how many it serves beside the dish: "yield": {"portions": N}',
        )


def _bases(order: Order, items: Sequence[MenuDish]) -> Iterator[Finding]:
    """Base recipes of which it is not said how much is made, and recipes of the order that nothing uses."""
    for item in items:
        for part in item.recipe.parts if item.recipe else ():
            if part.assumed:
                yield Finding(
                    severity="open",
                    rule="kitchen.base_amount",
                    where=f"{item.where}.recipe",
                    message=f"{item.name}: {part.assumed}",
                    value=part.name,
                    fix=f"say what {part.name} makes in weight, volume or portions, and how much of it is taken",
                )
    used = set(map(catalogue.key, chain.from_iterable(map(_recipe_names, items))))
    for index, recipe in enumerate(order.recipes):
        if catalogue.key(recipe.name) not in used:
            yield Finding(
                severity="advice",
                rule="kitchen.recipe_unused",
                where=f"order.recipes[{index}]",
                message=f"no dish of the menu uses the recipe {recipe.name!r}",
                value=recipe.name,
                fix="name it in a dish or in a line of a recipe, or leave it out",
            )


def _recipe_names(item: MenuDish) -> tuple[str, ...]:
    """The recipe that a dish is made by, and the base recipes in it."""
    if item.recipe is None:
        return ()
    return (item.recipe.name, *(part.name for part in item.recipe.parts))


def _lines(index: int, dish: Dish) -> Iterator[Finding]:
    """Lines whose food no table has, and lines that cannot be weighed."""
    for number, line in enumerate(dish.lines):
        where = f"plan.menu[{index}].lines[{number}]"
        if not line.food:
            yield _unknown_food(dish, line, where)
        if line.quantity is not None and line.mass is None:
            unit = line.quantity.quantity.unit or "piece"
            yield Finding(
                severity="open",
                rule="kitchen.measure_unknown",
                where=where,
                message=f"{dish.name}: no weight on file for one {unit} of {line.item!r}",
                value=line.quantity.kitchen,
                fix="give the line in g or oz",
            )


def _unknown_food(dish: Dish, line: ScaledLine, where: str) -> Finding:
    near = identify.near(line.item)
    known = f"name it as one of: {', '.join(near)}" if near else "name a food of the table, or give its label"
    unknown = [one for one in dish.handling if one.food_class == "unknown"]
    step = next((one.step for one in unknown if one.reads), None)
    judged = "" if step is None else ", judged by the strictest food class"
    field = "" if step is None else f"; recipe.steps[{step - 1}].food_class says what it is for food safety"
    return Finding(
        severity="open",
        rule="kitchen.food_unknown",
        where=where,
        message=f"{dish.name}: unrecognized ingredient {line.item!r}, allergens unknown{judged}",
        value=line.item,
        fix=known + field,
    )


def _doubts(order: Order, dishes: Sequence[Dish]) -> Iterator[Finding]:
    """Lines written as text that can be read in two ways: "8 oz milk", "2 handfulls", "3 T"."""
    for index, dish in enumerate(dishes):
        lines = dish.recipe.ingredients if dish.recipe else ()
        for number, line in enumerate(lines):
            for doubt, severity in _doubtful(line, order.system):
                yield Finding(
                    severity=severity,
                    rule="kitchen.line_doubtful",
                    where=f"plan.menu[{index}].recipe.ingredients[{number}]",
                    message=f"{dish.name}: {doubt}",
                    value=line.text[:80],
                    fix="rewrite the line with one clear amount and food",
                )


def _doubtful(line: Ingredient, system: str) -> Iterator[tuple[str, Severity]]:
    """The reader's doubts about a line of text, of its food alone if it names several; none if there is no text.

    What can be read in two ways is open, for a purchase depends on it; a measure that is only rough is a warning.
    """
    if not line.text.strip():
        return
    from catering_cli.kitchen.lines.several_foods import parse_lines  # late: most orders bring no text to read

    read = next((one for one in parse_lines(line.text, system) if one.item == line.item), None)
    if read is None:
        return
    for doubt in read.doubts:
        yield doubt.sentence, "open"
    for warning in read.warnings:
        yield warning, "advice" if "read as" in warning else "warning"


def _durations(items: Sequence[MenuDish], dishes: Sequence[Dish], decisions: DecisionIndex) -> Iterator[Finding]:
    """Recipes without steps, and steps without minutes that nothing tells."""
    reckoned: set[tuple[str, int]] = set()
    for dish in dishes:
        reckoned |= {(dish.id, load.step) for load in dish.loads if load.minutes}
    for item in items:
        if item.recipe is None:
            continue
        if not item.recipe.steps:
            yield Finding(
                severity="open",
                rule="kitchen.duration_unknown",
                where=f"{item.where}.recipe.steps",
                message=f"{item.name}: the recipe has no steps, so its time is unknown",
                value=item.name,
                fix="give steps with minutes, equipment and hold limit",
            )
        for number, step in enumerate(item.recipe.steps, start=1):
            decided = decisions.one(SplitTask, item.id, str(number))
            is_decided = decided is not None and bool(decided.minutes)
            if not (is_decided or _says_its_minutes(step)) and (item.id, number) not in reckoned:
                yield Finding(
                    severity="open",
                    rule="kitchen.duration_unknown",
                    where=f"{item.where}.recipe.steps[{number - 1}].minutes",
                    message=f"{item.name}: step {number} has no minutes",
                    fix="give its minutes",
                )


def _says_its_minutes(step: RecipeStep) -> bool:
    return bool(step.minutes) or step.active_minutes is not None


NO_CHANGE_FOUND = (
    "no change of hours, equipment, staff, dishes or service time was found that makes the day work: "
    "make several of them, or drop a dish"
)


def _schedule(timeline: Timeline) -> Iterator[Finding]:
    """Why an impossible day cannot work, with what would make it work."""
    remedies = [one.text if one.cost is None else f"{one.text} (adds {one.cost})" for one in timeline.repairs]
    for sentence in timeline.conflict:
        yield Finding(
            severity="blocking",
            rule="kitchen.no_schedule",
            where="plan.timeline",
            message=sentence,
            fix="; or ".join(remedies) or NO_CHANGE_FOUND,
        )


def _ways(order: Order) -> Iterator[Finding]:
    """Venues that are served and to which no drive is said: they are taken as next door."""
    served = {service.place for service in order.services}
    reached = {leg.to for leg in order.legs}
    for index, place in enumerate(order.places):
        far = place.kind == "venue" and place.id in served and place.id not in reached
        if far and not order.event.travel_minutes:
            yield Finding(
                severity="open",
                rule="kitchen.way_unknown",
                where=f"order.places[{index}]",
                message=f"how far it is to {place.name or place.id} is not said: it is taken as next door",
                value=place.id,
                fix='give the drive in order.legs: {"from": "base", "to": "' + place.id + '", "minutes": 30}',
            )


def _questions(decisions: DecisionIndex) -> Iterator[Finding]:
    for question, by in decisions.all(OpenQuestion):
        yield Finding(
            severity="open",
            rule="kitchen.open_question",
            where=question.about,
            message=question.text,
            value=f"asked by {by}",
            fix="answer it in the order",
        )
