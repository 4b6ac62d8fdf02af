"""A change of an order that might make its day work, and which of several comes first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from catering_cli.domain.finding import Change
from catering_cli.domain.plan_parts.menu import Dish


class Rank(IntEnum):
    """What comes first of changes whose price is not known: the smallest."""

    FREE = 0
    PRICED = 1
    UNPRICED = 2
    NIGHT = 3
    LATER = 4
    OTHER_DISH = 5


class Works(IntEnum):
    """What a changed order comes to."""

    NOT = 0
    BARELY = 1
    """it has a schedule, and something in it blocks: no time in hand, too few runs on time"""
    WELL = 2


@dataclass(frozen=True, slots=True)
class Idea:
    """A change that might do it."""

    rank: Rank
    text: str
    changes: tuple[Change, ...]
    cost: Decimal | None = None
    dishes: tuple[Dish, ...] | None = None
    """the menu as it is then made, if it is known"""
    remade: bool = False
    """whether a dish is then made another way"""
    only: str = ""
    """of ideas that share this one is told: the least that does it"""


def rank_by(cost: Decimal | None) -> Rank:
    """What is free comes before what has a price, and that before what has none known."""
    if cost is None:
        return Rank.UNPRICED
    return Rank.PRICED if cost else Rank.FREE
