"""Where one thing is wrong a hundred times over, three findings and a number say so."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from catering_cli.checks.registry import run
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.cook import cook

ORDER = Order.model_validate(
    json.loads((Path(__file__).parents[2] / "sample_orders" / "corporate_buffet.json").read_text(encoding="utf-8"))
)


@pytest.fixture(scope="module")
def plan() -> CateringPlan:
    return cook(ORDER)


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def test_an_oven_that_is_gone_is_named_at_its_three_worst_times_and_the_others_are_counted(plan: CateringPlan) -> None:
    gone = tuple(one.model_copy(update={"count": 0}) if one.name == "oven" else one for one in plan.timeline.capacities)
    changed = plan.model_copy(update={"timeline": plan.timeline.model_copy(update={"capacities": gone})})
    found = run(["timeline.capacity"], ORDER, changed)
    assert len(found) == 3
    assert sum(_number(r"and (\d+) other times", one.message) for one in found) > 0


def test_a_kitchen_that_is_hardly_open_is_told_three_times_a_dish(plan: CateringPlan) -> None:
    last = plan.timeline.openings[-1]
    short = (last.model_copy(update={"end": last.start + timedelta(minutes=1)}),)
    changed = plan.model_copy(update={"timeline": plan.timeline.model_copy(update={"openings": short})})
    found = run(["timeline.open"], ORDER, changed)
    blocks = {f"plan.timeline.blocks[{i}].start": block.dish for i, block in enumerate(plan.timeline.blocks)}
    named = [blocks[one.where] for one in found]
    worked = [block for block in plan.timeline.blocks if block.step is not None and block.crew]
    assert {dish for dish in named if dish} == {block.dish for block in worked}
    assert max(named.count(dish) for dish in named) == 3
    untold = sum(_number(r"and (\d+) others", one.message) for one in found)
    assert len([one for one in named if one]) + untold >= len(worked)
