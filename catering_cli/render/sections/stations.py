"""Who stands where: the work of the timeline by station, one sheet each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from catering_cli.render.page import Column, Line, Page, Part, Section, Table
from catering_cli.render.wording import clock, dishes, stamp, zone

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.timeline import Block

STATIONS = {
    "oven": "Ovens",
    "burner": "Stove",
    "fryer": "Fryer and grill",
    "grill": "Fryer and grill",
    "griddle": "Fryer and grill",
    "steamer": "Stove",
    "kettle": "Stove",
    "mixer": "Mixers and machines",
    "blender": "Mixers and machines",
    "food_processor": "Mixers and machines",
    "coffee_urn": "Drinks",
    "prep_table": "Prep tables",
    "hot_box": "Hot holding",
    "blast_chiller": "Cold store",
    "fridge_shelf": "Cold store",
    "freezer_shelf": "Cold store",
}
"""Equipment -> the station at which somebody works it."""

ROAD = "Packing and road"
FLOOR = "Service floor"
PLATING = "Pass"
HANDS = "Anywhere"
_KINDS = {
    "plate": PLATING,
    "pack": ROAD,
    "load": ROAD,
    "drive": ROAD,
    "set_up": FLOOR,
    "serve": FLOOR,
    "strike": FLOOR,
}


def station(block: Block) -> str:
    """Where a block is worked: by its kind on the road and the floor, else by its first equipment."""
    if block.kind in _KINDS:
        return _KINDS[block.kind]
    for use in block.equipment:
        return STATIONS.get(use.name, use.name.replace("_", " ").capitalize())
    return HANDS


def by_station(blocks: tuple[Block, ...] | list[Block]) -> dict[str, list[Block]]:
    """Station -> its blocks in order of time; stations in the order in which their work begins."""
    found: defaultdict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        found[station(block)].append(block)
    return dict(found)


def work(block: Block, plan: CateringPlan) -> str:
    """What is done, in the whole words of the recipe's step where the label cuts them."""
    dish = next((dish for dish in plan.menu if dish.id == block.dish), None)
    if dish is None or dish.recipe is None or block.step is None or block.step > len(dish.recipe.steps):
        return block.label
    if not block.label.startswith(dish.name):
        return block.label
    return dish.recipe.steps[block.step - 1].text


def production(plan: CateringPlan, page: Page) -> Section:
    """A production sheet for each station."""
    del page
    parts: list[Part] = [
        Table(_COLUMNS, tuple(_row(block, plan) for block in blocks), title=name, fold=8)
        for name, blocks in by_station(plan.timeline.blocks).items()
    ]
    return Section("production", "Production by station", tuple(parts) or (Line("Nothing to do."),))


_COLUMNS = (
    Column("From"),
    Column("Until"),
    Column("Dish", wide=True),
    Column("Work", wide=True),
    Column("Batch", right=True),
    Column("Portions", right=True),
    Column("Heat", spare=True),
    Column("Who", spare=True),
    Column("Keeps", wide=True, spare=True),
)


def _row(block: Block, plan: CateringPlan) -> tuple[str, ...]:
    same = block.start.astimezone(zone(plan.order)).date() == block.end.astimezone(zone(plan.order)).date()
    return (
        stamp(block.start, plan.order),
        clock(block.end, plan.order) if same else stamp(block.end, plan.order),
        dishes(plan).get(block.dish, "-"),
        work(block, plan),
        f"{block.batch} of {block.of}" if block.of > 1 else "",
        f"{block.portions:,}" if block.portions else "",
        block.temperature,
        ", ".join(f"{crew.count} {crew.role}" for crew in block.crew),
        _keeps(block),
    )


def _keeps(block: Block) -> str:
    """Where the result waits and how long it keeps."""
    where = block.storage or ""
    long = f"{block.shelf_life_hours} h" if block.shelf_life_hours else ""
    return ", ".join(part for part in (where, long) if part)
