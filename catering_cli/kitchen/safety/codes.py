"""Whose food code holds, what it is called, and whether the place of the event has one of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from catering_cli.data.tables import parts, rows
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.recipes.cooking_words import plain, stands_in
from catering_cli.kitchen.safety.limits import limit


def name_of(jurisdiction: str) -> str:
    """What the code of a jurisdiction is called; empty if no table has it."""
    return next((row["name"] for row in rows("codes") if row["jurisdiction"] == jurisdiction), "")


def said(jurisdiction: str, rule: str) -> str:
    """What a code says of raw and undercooked food, in its own words and degrees."""
    return _rule(jurisdiction, rule)["text"]


def cited(jurisdiction: str, rule: str) -> str:
    """Where a code says it; empty if its place is not known."""
    return _rule(jurisdiction, rule)["cite"]


def beside(jurisdiction: str, rule: str) -> str:
    """The same in brackets behind a sentence."""
    place = cited(jurisdiction, rule)
    return f" ({place})" if place else ""


def _rule(jurisdiction: str, rule: str) -> Mapping[str, str]:
    """The row of the jurisdiction itself, or that for any; without one nothing is said."""
    of_rule = {row["jurisdiction"]: row for row in rows("raw_rules") if row["rule"] == rule}
    return of_rule.get(jurisdiction) or of_rule.get("*") or {"text": "", "cite": ""}


def notes(order: Order, jurisdiction: str) -> Iterator[str]:
    """What is said above the log: time as a control, highly susceptible guests."""
    known = {row["jurisdiction"] for row in rows("limits")}
    if jurisdiction not in known:
        yield f"There is no table of limits for {jurisdiction!r}: the strictest shipped limit is used throughout."
    if order.tphc:
        row, _ = limit(jurisdiction, "tphc", "*")
        yield f"The order has a written procedure for time as a control: mark the time. {row['text']}; else discard."
    else:
        yield "Time is not used as a control: the order has no written procedure."
    if order.event.population == "highly_susceptible":
        yield said(jurisdiction, "susceptible")


def questions(order: Order) -> Iterator[Finding]:
    """A warning if words of the event name a state or country with a code of its own that is not the order's."""
    said = _said_of_place(order)
    for row in rows("codes"):
        if order.event.jurisdiction == row["jurisdiction"] or not _is_there(row, said, order.event.timezone or ""):
            continue
        yield Finding(
            severity="warning",
            rule="kitchen.jurisdiction",
            where="order.event.jurisdiction",
            message=f"the place of the event has a food code of its own, the {row['name']}",
            value=order.event.jurisdiction,
            limit=row["jurisdiction"],
            fix=f'"jurisdiction": "{row["jurisdiction"]}" if it is served there',
        )


def _said_of_place(order: Order) -> str:
    """What the order says of where it is, as written: states are told by their capitals."""
    places = [f"{place.name} {getattr(place, 'address', '')}" for place in order.places]
    return " ; ".join((order.event.venue, *places))


def _is_there(row: Mapping[str, str], said: str, timezone: str) -> bool:
    if timezone in parts(row["timezones"]):
        return True
    short = (word for word in parts(row["short"]) if word in said)
    capitals = any(re.search(rf"(?:, |\b){re.escape(word)}(?:,| \d|$| ;)", said) for word in short)
    names = any(stands_in(plain(said), plain(word)) for word in parts(row["places"]))
    return capitals or names
