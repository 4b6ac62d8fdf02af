"""The tasks of the timeline as lines that a cook reads: the batches of a step on one day are one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Final

from catering_cli.render.clock import clock_time, event_day
from catering_cli.render.stations import station, task_text
from catering_cli.render.weights import MILLILITRES, grams_of, in_pounds, volume_text, weight_text
from catering_cli.render.wording import SEVERAL_EACH, counted, plural

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish
    from catering_cli.domain.plan_parts.timeline import Block
    from catering_cli.render.page import Page

FEW = 3
"""Foods that a line names with their weight."""

NEARLY_ALL: Final = Fraction(95, 100)
"""From this share of the weight in a step the foods that it names are all of it, to a cook's eye. [K]"""

POURED: Final = frozenset({"fl oz", "pt", "qt", "gal", "dL", "L"})
"""Measures by which a kitchen pours and does not weigh."""

TAKEN_UP: Final = "taken up"
"""How a line says that its water is what the food takes up in boiling or soaking."""

TEND: Final = "tend"
VISIT: Final = ".tend"
"""Kind of a visit to a long step, and what stands in its id behind that of the step."""

IN_VESSELS = ("cook", "finish", "reheat", "chill")
"""Kinds of work that leave food in vessels."""

QUARTER: Final = 15
COLD: Final = ("fridge", "freezer", "ambient")

STORES: Final = {"fridge": "walk-in", "freezer": "freezer", "hot": "hot box", "ambient": "room"}
"""Where food waits, as the crew calls it."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """The batches of one step of a dish on one day."""

    day: date
    station: str
    dish: Dish
    blocks: tuple[Block, ...]

    @property
    def first(self) -> Block:
        """The first batch."""
        return self.blocks[0]

    @property
    def start(self) -> datetime:
        """When the first batch begins."""
        return min(block.start for block in self.blocks)

    @property
    def end(self) -> datetime:
        """When the last batch is done."""
        return max(block.end for block in self.blocks)

    @property
    def hands_until(self) -> datetime:
        """Until when it takes hands: what chills or rises after that does so by itself. Its start if it takes none."""
        return max(map(hands_until, self.blocks))

    @property
    def portions(self) -> int:
        """What all batches make; a visit makes nothing."""
        return sum(block.portions for block in self.blocks if not tended(block))


def hands_until(block: Block) -> datetime:
    """Until when a task takes hands; its start if it takes none."""
    return max((block.start + timedelta(minutes=crew.minutes) for crew in block.crew), default=block.start)


def task_lines(plan: CateringPlan) -> list[TaskLine]:
    """A line for each step of a dish and day on which it is done, in order of time.

    The visits to a long step that people come back to are a line of their own.
    """
    dishes = {dish.id: dish for dish in (*plan.menu, *plan.bases)}
    steps = {block.id: block for block in plan.timeline.blocks if block.step is not None}
    found: defaultdict[tuple[date, str, int, str], list[Block]] = defaultdict(list)
    for block in plan.timeline.blocks:
        step = steps.get(step_id(block))
        if step is not None and step.dish in dishes:
            found[event_day(block.start, plan.order), step.dish, step.step or 0, tended(block)].append(block)
    lines = [
        TaskLine(day, station(steps[step_id(blocks[0])]), dishes[dish], tuple(sorted(blocks, key=_by_batch)))
        for (day, dish, _, _), blocks in found.items()
    ]
    return sorted(lines, key=lambda line: (line.start, line.dish.id, line.first.step or 0))


def _by_batch(block: Block) -> tuple[datetime, int]:
    return block.start, block.batch


def step_id(block: Block) -> str:
    """The id of the step's block: its own, or that of the step to which people come back."""
    return block.id.rpartition(VISIT)[0] if tended(block) else block.id


def tended(block: Block) -> str:
    """What tells visits to a step from the step itself."""
    return TEND if block.kind == TEND else ""


def event_blocks(plan: CateringPlan) -> list[Block]:
    """The tasks that are no step of a dish: packing, drives, setting up, serving."""
    of_dishes = {block.id for block in chain.from_iterable(line.blocks for line in task_lines(plan))}
    return [block for block in plan.timeline.blocks if block.id not in of_dishes]


def by_day_and_station(plan: CateringPlan) -> dict[date, dict[str, list[TaskLine]]]:
    """Day -> station -> its lines in order of time."""
    found: dict[date, dict[str, list[TaskLine]]] = {}
    for line in task_lines(plan):
        found.setdefault(line.day, {}).setdefault(line.station, []).append(line)
    return found


def time_text(line: TaskLine, plan: CateringPlan) -> str:
    """From the first batch to the end of the last: 14:45-16:45; of cold work by hand, the quarter hours around it."""
    start, end = line.start, line.end
    if _may_shift(line):
        start -= timedelta(minutes=start.minute % QUARTER, seconds=start.second)
        end += timedelta(minutes=-end.minute % QUARTER)
    return f"{clock_time(start, plan.order)}-{clock_time(end, plan.order)}"


def _may_shift(line: TaskLine) -> bool:
    """Whether a few minutes more or less spoil nothing: cold work by hand, whose food waits where it keeps."""
    recipe, number = line.dish.recipe, line.first.step
    if recipe is None or not number or number > len(recipe.steps) or tended(line.first):
        return False
    step = recipe.steps[number - 1]
    return step.kind == "prep" and step.storage in COLD and step.max_hold_minutes is None and not step.temperature


def line_text(line: TaskLine, plan: CateringPlan) -> str:
    """What is done, in the words of the recipe."""
    step = next(block for block in plan.timeline.blocks if block.id == step_id(line.first))
    return task_text(step, plan)


def batches_text(line: TaskLine, plan: CateringPlan) -> str:
    """How it is batched: 15 batches of 50, 2 at a time; empty if it is done once. Of visits when they are due."""
    if tended(line.first):
        return f"tend at {', '.join(clock_time(block.start, plan.order) for block in line.blocks)}"
    count = len(line.blocks)
    if count == 1:
        return ""
    sizes = sorted({block.portions for block in line.blocks})
    size = f"{sizes[0]:,}" if len(sizes) == 1 else f"{sizes[0]:,}-{sizes[-1]:,}"
    together = most_at_once(line.blocks)
    pace = f", {together} at a time" if together > 1 else ""
    return f"{counted(count, 'batch')} of {size}{pace}"


def most_at_once(blocks: Iterable[Block]) -> int:
    """The most of these tasks that go on at one moment."""
    moments = [(block.start, 1) for block in blocks] + [(block.end, -1) for block in blocks]
    now = most = 0
    for _, step in sorted(moments):
        now += step
        most = max(most, now)
    return most


def crew_of(line: TaskLine) -> str:
    """Who works on it at its busiest."""
    most: dict[str, int] = {}
    for block in line.blocks:
        same = [other for other in line.blocks if other.start <= block.start < other.end]
        for role, heads in _heads(same).items():
            most[role] = max(most.get(role, 0), heads)
    return ", ".join(counted(count, role) for role, count in sorted(most.items()))


def _heads(blocks: list[Block]) -> dict[str, int]:
    """People of each role that these tasks need together."""
    heads: dict[str, int] = {}
    for block in blocks:
        for crew in block.crew:
            heads[crew.role] = heads.get(crew.role, 0) + crew.count
    return heads


def line_amount(line: TaskLine, plan: CateringPlan, page: Page) -> str:
    """How much it is: portions or pieces, the weight of the foods, and the vessels when it is done."""
    return "; ".join(_amounts(line, plan, pounds=in_pounds(plan, page)))


def _amounts(line: TaskLine, plan: CateringPlan, *, pounds: bool) -> Iterator[str]:
    if tended(line.first):
        return
    if line.portions:
        yield counted(line.portions, "piece" if line.dish.course == SEVERAL_EACH else "portion")
    yield from _weights(line, pounds=pounds)
    if line.first.step == _panned(line.dish):
        yield from _vessels(line, plan)


def _weights(line: TaskLine, *, pounds: bool) -> Iterator[str]:
    """The weight of the few foods that go in at the step, or of the one that is most of them; then of all in it."""
    share = _share(line)
    handled = next((one for one in line.dish.handling if one.step == line.first.step), None)
    foods = _few_or_most(_taken_in(line.dish, handled.takes if handled else ()))
    poured = _poured(line.dish)
    for food, grams in foods.items():
        text = weight_text(grams * share, pounds=pounds)
        if food in poured:
            text = volume_text(poured[food] * share, pounds=pounds)
        yield f"{text} {food}"
    percent = handled.percent if handled else 100
    weighed = sum((grams_of(one.mass) or Fraction(0) for one in line.dish.lines), Fraction(0))
    whole = weighed * percent / 100
    if whole * NEARLY_ALL > sum(foods.values()):
        yield f"{weight_text(whole * share, pounds=pounds)} in all"


def _few_or_most(foods: dict[str, Fraction]) -> dict[str, Fraction]:
    """The foods if they are few, else the one that is more than half of them."""
    if len(foods) <= FEW:
        return foods
    half = sum(foods.values()) / 2
    return {food: grams for food, grams in foods.items() if grams > half}


def _panned(dish: Dish) -> int | None:
    """The step after which the food is in the vessels that are packed: the last that cooks, chills or finishes it."""
    return max((one.step for one in dish.handling if one.kind in IN_VESSELS), default=None)


def _taken_in(dish: Dish, takes: Sequence[str]) -> dict[str, Fraction]:
    """What the foods that go in at a step weigh; not those that have no known weight or go in at several steps.

    Nor water that food takes up in a pot of it: that is no amount to measure.
    """
    found: dict[str, Fraction] = {}
    for food in dict.fromkeys(takes):
        lines = [one for one in dish.lines if one.item == food]
        grams = [grams_of(one.mass) for one in lines if not one.preparation.startswith(TAKEN_UP)]
        known = [one for one in grams if one is not None]
        if known and len(known) == len(grams) == takes.count(food):
            found[food] = sum(known, Fraction(0))
    return found


def _poured(dish: Dish) -> dict[str, Fraction]:
    """Millilitres of the foods that the recipe measures by the quart or litre."""
    found: dict[str, Fraction] = {}
    for line in dish.lines:
        if line.quantity and line.quantity.quantity.unit in POURED:
            quantity = line.quantity.quantity
            found[line.item] = found.get(line.item, Fraction(0)) + quantity.high * MILLILITRES[quantity.unit]
    return {food: amount for food, amount in found.items() if _measured_alike(dish, food)}


def _measured_alike(dish: Dish, food: str) -> bool:
    units = [line.quantity.quantity.unit for line in dish.lines if line.item == food and line.quantity]
    return all(unit in POURED for unit in units)


def _share(line: TaskLine) -> Fraction:
    """The share of the dish that is made on this line."""
    if not line.dish.portions or not line.portions:
        return Fraction(1)
    return min(Fraction(line.portions, line.dish.portions), Fraction(1))


def _vessels(line: TaskLine, plan: CateringPlan) -> Iterator[str]:
    """The pans, trays or boxes that the dish is packed in."""
    for packed in plan.packing:
        if packed.dish == line.dish.id and packed.count:
            vessel = packed.item.removeprefix(f"{line.dish.name}: ")
            yield vessel_text(vessel, packed.count)


def vessel_text(vessel: str, count: int) -> str:
    """Vessels with their number: 2 full hotel pans, 2 1/2 in."""
    thing, comma, size = vessel.partition(",")
    kind, of, rest = thing.partition(" of ")
    noun = kind if count == 1 or kind.endswith("s") else plural(kind)
    return f"{count:,} {noun}{of}{rest}{comma}{size}"


def early_text(line: TaskLine) -> str:
    """How long before service it may be done, if it need not wait for the day: it is what to start with."""
    hours = line.first.make_ahead_hours
    return f"{hours} h" if hours else ""


def keep_text(line: TaskLine) -> str:
    """Where it waits and how long it keeps."""
    said = [STORES[line.first.storage]] if line.first.storage else []
    if line.first.shelf_life_hours:
        said.append(f"{line.first.shelf_life_hours} h")
    return ", ".join(said)
