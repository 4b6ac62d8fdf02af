"""What a plan holds of the house: plant, people and vehicles, each from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.timeline import Block
from catering_cli.kitchen.day.resources import EVERYWHERE
from catering_cli.kitchen.day.standing import Held
from catering_cli.kitchen.event.rota import tasks_by_role
from catering_cli.kitchen.menu.clock import base_id
from catering_cli.scheduling.problem import Resource

BACK = ".drive.back"


def held_by_plan(plan: CateringPlan, base: str) -> Iterator[Held]:
    """What a plan holds at its base and of the people, as another event calls it whose base is `base`."""
    own = base_id(plan.order)
    blocks = plan.timeline.blocks
    for block in blocks:
        end = _returned(block, blocks)
        for use in block.equipment if block.place == own or block.kind == "drive" else ():
            yield Held(Resource("equipment", use.name, base), block.start, end, use.count)
    for role, spans in tasks_by_role(blocks).items():
        for span in spans:
            yield Held(Resource("staff", role, EVERYWHERE), span.start, span.end, 1)


def _returned(block: Block, blocks: tuple[Block, ...]) -> datetime:
    """When what a block takes is free again: a vehicle when its drive back begins, which takes it once more."""
    if block.kind != "drive" or BACK in block.id:
        return block.end
    service = block.id.partition(".drive")[0]
    of_service = [one for one in blocks if one.id.startswith(f"{service}.")]
    backs = [one.start for one in of_service if BACK in one.id]
    return max([block.end, *backs])
