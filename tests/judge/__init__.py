"""The judge of a plan: written from the form of orders and plans alone, it shares nothing with kitchen or checks."""

from __future__ import annotations

from collections.abc import Iterator

from judge import food, money, work
from judge.told import Json, Told


def broken(plan: Json) -> Iterator[tuple[str, str]]:
    """(rule, what is wrong) of a plan; of one without a schedule only what does not need one."""
    day = Told(plan)
    scheduled = plan["timeline"]["status"] == "scheduled" and plan["timeline"]["blocks"]
    for rule in (*food.RULES, *money.RULES, *((*food.OF_THE_DAY, *work.RULES) if scheduled else ())):
        yield from ((rule.__name__, said) for said in rule(day))
