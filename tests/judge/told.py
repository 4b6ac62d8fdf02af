"""An order and its plan as JSON, read with plain Python: nothing of the product is imported here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

Json = dict[str, Any]
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


ABSENT: Json = {
    "staff": None, "budget": None, "kitchen": {}, "places": (), "legs": (), "services": (), "supply": (), "prices": (),
    "decisions": (), "on_hand": (),
}  # fmt: skip
"""What an order need not say."""


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def amount(value: Json) -> Fraction:
    """The exact number of an amount; of a range its upper end."""
    for key in ("exact", "amount", "exact_high", "high"):
        if value.get(key) is not None:
            return Fraction(str(value[key]))
    raise KeyError(f"no number in {value}")


def most(spans: Iterable[tuple[datetime, datetime, int]]) -> int:
    """The most at once."""
    changes = [change for start, end, count in spans for change in ((start, 1, count), (end, 0, -count))]
    top = now = 0
    for _, _, count in sorted(changes):
        now += count
        top = max(top, now)
    return top


@dataclass(frozen=True)
class Told:
    """A plan, with the order that it was made of."""

    plan: Json

    @cached_property
    def order(self) -> Json:
        order = ABSENT | self.plan["order"]
        supply = [{"supplier": "", "lead_days": 0} | one for one in order["supply"]]
        return order | {"supply": supply, "event": {"travel_minutes": 0} | order["event"]}

    @cached_property
    def event(self) -> Json:
        return self.order["event"]  # type: ignore[no-any-return]

    @cached_property
    def blocks(self) -> list[Json]:
        blocks = self.plan["timeline"]["blocks"]
        return [b | {"from": moment(b["start"]), "to": moment(b["end"])} for b in blocks]

    @cached_property
    def by_id(self) -> dict[str, Json]:
        return {block["id"]: block for block in self.blocks}

    @cached_property
    def base(self) -> str:
        return next((place["id"] for place in self.order["places"] if place["kind"] == "base"), "base")

    @cached_property
    def services(self) -> list[Json]:
        rows = self.plan["service"]
        return [row | {"from": moment(row["at"]), "to": moment(row["until"])} for row in rows]

    @cached_property
    def dishes(self) -> list[Json]:
        return [*self.plan["menu"], *self.plan["bases"]]

    @cached_property
    def steps(self) -> dict[tuple[str, int], list[Json]]:
        """Blocks by dish and step, in order of their end."""
        found: dict[tuple[str, int], list[Json]] = defaultdict(list)
        for block in self.blocks:
            if block["dish"] and block["step"] is not None:
                found[block["dish"], block["step"]].append(block)
        return {key: sorted(blocks, key=lambda b: (b["to"], b["id"])) for key, blocks in found.items()}

    def of(self, *kinds: str) -> list[Json]:
        return [block for block in self.blocks if block["kind"] in kinds]

    def of_service(self, dish: Json) -> list[Json]:
        """The services at which a dish is eaten."""
        return [one for one in self.services if dish["id"] in one["dishes"]]

    @cached_property
    def roads(self) -> dict[tuple[str, str], int]:
        """Minutes from place to place, over the legs in either direction."""
        ways: dict[tuple[str, str], int] = {}
        for leg in self.order["legs"]:
            ways[leg["from"], leg["to"]] = leg["minutes"]
            ways.setdefault((leg["to"], leg["from"]), leg["minutes"])
        if not ways:
            for one in self.services:
                if one["place"] != self.base:
                    ways[self.base, one["place"]] = ways[one["place"], self.base] = self.event["travel_minutes"]
        return _shortest(ways)

    def road(self, one: str, then: str) -> int:
        return 0 if one == then else self.roads.get((one, then), 0)

    def outward(self) -> list[Json]:
        """Drives with food, to a place that is eaten at."""
        return [b for b in self.of("drive") if ".back" not in b["id"]]

    def says(self, *rules: str) -> bool:
        """Whether a finding that is open or blocking is of one of these rules."""
        return any(f["rule"] in rules and f["severity"] in ("open", "blocking") for f in self.plan["findings"])


def _shortest(ways: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    places = sorted({place for pair in ways for place in pair})
    far = dict(ways)
    for by in places:
        for one in places:
            for then in places:
                if (one, by) in far and (by, then) in far and one != then:
                    far[one, then] = min(far.get((one, then), 10**6), far[one, by] + far[by, then])
    return far


def claims(blocks: Iterable[Json], role: str) -> Iterator[tuple[datetime, datetime, int]]:
    """(from, to, people) of the hands of a role that blocks take."""
    for block in blocks:
        for crew in block["crew"]:
            if crew["role"] == role and crew["minutes"]:
                yield block["from"], block["from"] + crew["minutes"] * MINUTE, crew["count"]
