"""The food-safety log: a point for everything that is cooked, cooled, reheated or held, at the limit of the place."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish
from catering_cli.domain.safety import ControlPoint
from catering_cli.domain.timeline import Block

POINT_OF = {"cook": "cook", "reheat": "reheat", "chill": "cool"}
"""Kind of control point that a kind of block calls for."""

RAW_ANIMAL = frozenset({"poultry", "ground_meat", "whole_meat", "roast", "fish", "eggs"})
OTHER_NAMES = {"us": "us-fda-2022"}


def jurisdiction(evidence: Evidence) -> str:
    """The order's jurisdiction by its full name."""
    said = evidence.order.event.jurisdiction
    return OTHER_NAMES.get(said, said)


def of_dish(dish: Dish) -> str:
    """Food class of a dish as it is held: that of raw animal food if it has any, else of its last step."""
    stated = [step.food_class for step in dish.recipe.steps if step.food_class] if dish.recipe else []
    animal = [one for one in stated if one in RAW_ANIMAL]
    return str((animal or stated or ["unknown"])[-1])


def points_there(evidence: Evidence) -> Findings:
    """Every block that cooks, cools or reheats controlled food has its point; so have holding and the road."""
    said = {(point.dish, point.kind, point.block): i for i, point in enumerate(evidence.plan.safety.points)}
    due: set[tuple[str, str, str]] = set()
    groups = _groups(evidence)
    for dish in evidence.plan.menu:
        if of_dish(dish) == "not_tcs" or not dish.portions:
            continue
        for kind, block in _due(evidence, dish):
            alike = groups[_group(evidence.blocks[block])] if block in evidence.blocks else [block]
            blocks = {ident for ident in alike if (dish.id, kind, ident) in said}
            due |= {(dish.id, kind, ident) for ident in blocks}
            if not blocks:
                message = f"{dish.name}: no control point ({kind.replace('_', ' ')})"
                yield found("blocking", "plan.safety.points", message, "", f"{kind} of {block or dish.id}")
    for key in sorted(set(said) - due):
        if key[0] in evidence.dishes:
            message = f"{evidence.dishes[key[0]].name}: a point that nothing calls for"
            yield found("warning", f"plan.safety.points[{said[key]}]", message, f"{key[1]} of {key[2]}")
    if evidence.plan.safety.jurisdiction != jurisdiction(evidence):
        where = "plan.safety.jurisdiction"
        yield found("blocking", where, "not the order's", evidence.plan.safety.jurisdiction, jurisdiction(evidence))


def _due(evidence: Evidence, dish: Dish) -> Iterator[tuple[str, str]]:
    """Kind and block of each point that a dish must have; the last block stands for holding."""
    general = of_dish(dish)
    blocks = [block for block in evidence.plan.timeline.blocks if block.dish == dish.id]
    service = evidence.plan.timeline.service_at
    if any((block.food_class or general) in RAW_ANIMAL for block in blocks):
        yield "receive", ""
    for block in blocks:
        own, kind = block.food_class or general, POINT_OF.get(block.kind)
        if own == "not_tcs":
            continue
        if kind is not None and (own != "ready_to_eat" or kind == "cool"):
            yield kind, block.id
        if block.storage == "fridge" and service and block.end.date() < service.date():
            yield "date_mark", block.id
    hot = bool(dish.recipe and dish.recipe.served_at == "hot")
    yield "hot_hold" if hot else "cold_hold", max(blocks, key=lambda one: one.start).id if blocks else ""
    drives = [block.id for block in evidence.plan.timeline.blocks if block.kind == "drive"]
    if drives:
        yield "transport", drives[0]


def _groups(evidence: Evidence) -> dict[tuple[object, ...], list[str]]:
    """Blocks of a dish that start together, and all drives: any of them may stand for another of its group."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for block in evidence.plan.timeline.blocks:
        groups.setdefault(_group(block), []).append(block.id)
    return groups


def _group(block: Block) -> tuple[object, ...]:
    return ("drive",) if block.kind == "drive" else (block.dish, block.kind, block.start)


def limits_true(evidence: Evidence) -> Findings:
    """Each point stands at the time of its block, with the limit that the table has for the place and the class."""
    for index, point in enumerate(evidence.plan.safety.points):
        path = f"plan.safety.points[{index}]"
        dish = evidence.dishes.get(point.dish)
        if dish is None:
            yield found("blocking", f"{path}.dish", "a point for a dish that is not on the menu", point.dish)
            continue
        block = evidence.blocks.get(point.block) if point.block else None
        if point.block and block is None:
            yield found("blocking", f"{path}.block", "a point at a block that is not there", point.block)
        if block is not None and point.at != block.end:
            yield found("blocking", f"{path}.at", "not when its block ends", point.at, block.end.isoformat())
        due_class = _class_due(point, block, dish)
        if point.food_class != due_class:
            yield found("blocking", f"{path}.food_class", f"{dish.name} is another class", point.food_class, due_class)
        yield from _limit(evidence, point, due_class, dish, path)
        if block is not None and block.crew and point.who != block.crew[0].role:
            yield found("warning", f"{path}.who", "not who does the work", point.who, block.crew[0].role)
        if point.reading:
            yield found("blocking", f"{path}.reading", "a reading before it is measured", point.reading, "blank")


def _class_due(point: ControlPoint, block: Block | None, dish: Dish) -> str:
    if point.kind in ("receive", "hot_hold", "cold_hold", "transport") or block is None:
        return of_dish(dish)
    return block.food_class or of_dish(dish)


def _limit(evidence: Evidence, point: ControlPoint, food_class: str, dish: Dish, path: str) -> Iterator[Finding]:
    wanted = food_class
    if point.kind == "transport":
        wanted = "hot" if dish.recipe and dish.recipe.served_at == "hot" else "cold"
    right = _rows(jurisdiction(evidence), point.kind, wanted)
    if right and not any((row["id"], row["text"]) == (point.limit_id, point.limit) for row in right):
        message = f"{dish.name}: not the limit of {jurisdiction(evidence)} for {point.kind} of {wanted}"
        yield found("blocking", f"{path}.limit", message, point.limit, f"{right[0]['text']} ({right[0]['id']})")
    if not right and not any(
        row["id"] == point.limit_id and row["text"] == point.limit for row in tables.rows("limits")
    ):
        yield found("blocking", f"{path}.limit", "a limit of no table", point.limit, point.limit_id)


def _rows(place: str, kind: str, food_class: str) -> list[dict[str, str]]:
    """Rows that may judge: the place's own for the class, else its general one, else the strictest of any place."""
    of_kind = [row for row in tables.rows("limits") if row["kind"] == kind]
    for narrow in (food_class, "*"):
        own = [row for row in of_kind if row["jurisdiction"] == place and row["food_class"] == narrow]
        if own:
            return own
    fitting = [row for row in of_kind if row["food_class"] in (food_class, "*")] or of_kind
    measured = [row for row in fitting if row["c"]]
    if not measured:
        return fitting
    pick = max if measured[0]["side"] == "min" else min
    degrees = pick(float(row["c"]) for row in measured)
    return [row for row in measured if float(row["c"]) == degrees]


CHECKS = {
    "safety.points": points_there,
    "safety.limits": limits_true,
}
