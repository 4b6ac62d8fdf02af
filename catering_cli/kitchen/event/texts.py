"""Texts of a plan: prose with named slots from a closed list of facts, filled once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from catering_cli.domain.decision import Text
from catering_cli.domain.order import Order
from catering_cli.domain.plan import FilledText, Headcount
from catering_cli.domain.plan_parts.diets import Diets
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Timeline
from catering_cli.kitchen.menu.decisions import DecisionIndex

SLOT = re.compile(r"\{([a-z_]+(?::[^{}]{1,200})?)\}")
"""A slot: `{guests}`, `{dish:d3}`, `{count:vegan}`."""

TextName = Literal["client_letter", "kitchen_notes", "floor_briefing"]

FIXED = ("event", "venue", "guests", "style", "service_date", "service_time", "kitchen_start", "menu")
"""Slots that every order has."""

STANDING: Mapping[TextName, str] = {
    "client_letter": (
        "Thank you for trusting us with {event}. We cook for {guests} guests and serve from {service_time} on "
        "{service_date} at {venue}. Your menu: {menu}. Please tell us of every change of guests or needs as soon as "
        "you know it, and answer the open questions of the plan: what is open there is not yet safe to promise."
    ),
    "kitchen_notes": (
        "{event}, {style}, {guests} guests, service {service_time} on {service_date}. Work begins {kitchen_start}. "
        "Cook to the timeline and the batch sizes of the menu; weigh from the scaled lines. Read every label that the "
        "plan asks for before the food is opened, write down each reading of the safety log, and stop if a reading "
        "misses its limit."
    ),
    "floor_briefing": (
        "{event} at {venue}: {guests} guests, {style}, from {service_time}. Know the special meals and "
        "who gets them. If a guest asks what is in a dish, ask the kitchen; never answer from memory. Keep the "
        "chefs told of late tables and speeches."
    ),
}
"""The kitchen's own texts."""


def slots(order: Order, dish_ids: Sequence[str]) -> tuple[str, ...]:
    """The closed list of slots that a text of this order may use."""
    dishes = [f"dish:{dish}" for dish in dish_ids]
    counts = [f"count:{need}" for need in sorted(_needs(order))]
    return (*FIXED, *dishes, *(slot for slot in counts if SLOT.fullmatch(f"{{{slot}}}")))


def _needs(order: Order) -> set[str]:
    """Each need that the order states, in a profile or as a count."""
    guests = order.guests
    needs = {row.diet for row in guests.diets} | {row.allergen for row in guests.allergies}
    for profile in guests.profiles:
        needs.update(profile.needs)
    return needs


def facts(
    order: Order,
    headcount: Headcount,
    dishes: Sequence[Dish],
    diets: Diets,
    timeline: Timeline,
) -> dict[str, str]:
    """What each slot says in this plan."""
    at = order.event.service_at
    start = timeline.first_start
    begins = f"{start:%H:%M} on {_date(start)}" if start else "as the timeline says"
    counts: Counter[str] = Counter()
    for profile in diets.profiles:
        counts.update(dict.fromkeys(profile.needs, profile.count))
    return {
        "event": order.event.name,
        "venue": order.event.venue or "the venue",
        "guests": str(headcount.set_for),
        "style": order.event.style,
        "service_date": f"{_date(at)} {at.year}",
        "service_time": f"{at:%H:%M}",
        "kitchen_start": begins,
        "menu": ", ".join(dish.name for dish in dishes),
        **{f"dish:{dish.id}": dish.name for dish in dishes},
        **{f"count:{need}": str(count) for need, count in counts.items()},
    }


def _date(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"


def fill(text: str, known: Mapping[str, str]) -> str:
    """`text` with its slots filled once, so a fact is never read as a slot; an unknown slot stays."""
    return SLOT.sub(lambda found: known.get(found.group(1), found.group(0)), text)


def texts(
    order: Order,
    headcount: Headcount,
    dishes: Sequence[Dish],
    diets: Diets,
    timeline: Timeline,
    decisions: DecisionIndex,
) -> tuple[FilledText, ...]:
    """The three texts: as decided, else the kitchen's."""
    known = facts(order, headcount, dishes, diets, timeline)
    written = {name: (own, "kitchen") for name, own in STANDING.items()}
    written |= {text.name: (text.text, by) for text, by in decisions.all(Text)}
    return tuple(
        FilledText(
            name=name,
            text=fill(text, known),
            by=by,
        )
        for name, (text, by) in written.items()
    )
