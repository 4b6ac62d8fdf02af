"""Who stands where: the station at which a task of the timeline is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from catering_cli.render.wording import plain_name

if TYPE_CHECKING:
    from datetime import datetime

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.timeline import Block

STATIONS: Final = {
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
    "blast_chiller": "Walk-in",
    "fridge_shelf": "Walk-in",
    "freezer_shelf": "Walk-in",
}
"""Equipment -> the station that works it."""

TRANSPORT = "Transport"
FLOOR = "Service floor"
PLATING = "Expo / plating line"
UNASSIGNED = "Unassigned"
_KINDS: Final = {
    "plate": PLATING,
    "pack": TRANSPORT,
    "load": TRANSPORT,
    "drive": TRANSPORT,
    "set_up": FLOOR,
    "serve": FLOOR,
    "refill": FLOOR,
    "strike": FLOOR,
}


def station(block: Block) -> str:
    """Where a task is done: by its kind in transport and on the floor, else by its first equipment."""
    if block.kind in _KINDS:
        return _KINDS[block.kind]
    if not block.equipment:
        return UNASSIGNED
    first = block.equipment[0].name
    return STATIONS.get(first, plain_name(first).capitalize())


def by_station(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    """Station -> its tasks in order of time; stations in the order in which their work begins."""
    found: defaultdict[str, list[Block]] = defaultdict(list)
    for block in sorted(blocks, key=_by_batch):
        found[station(block)].append(block)
    return dict(found)


def _by_batch(block: Block) -> tuple[datetime, str, int, int]:
    """Tasks in order of time; of those that begin together the batches of a step one after another."""
    return block.start, block.dish, block.step or 0, block.batch


def task_text(block: Block, plan: CateringPlan) -> str:
    """What is done, in the whole words of the recipe's step if the label cuts them."""
    dish = next((dish for dish in (*plan.menu, *plan.bases) if dish.id == block.dish), None)
    if dish is None or dish.recipe is None or block.step is None:
        return block.label
    if block.step > len(dish.recipe.steps) or not block.label.startswith(dish.name):
        return block.label
    return dish.recipe.steps[block.step - 1].text
