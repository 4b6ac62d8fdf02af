"""Which of the values that a thread says of a field holds: of two messages the later wins, within one it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catering_cli.tasks.reading.forms import Field
from catering_cli.tasks.reading.thread import Words

LISTS = frozenset({"order.menu", "order.guests.profiles", "order.guests.extra_meals", "order.services"})
LISTS_TOO = frozenset({"order.places", "order.staff", "order.contacts", "order.tables"})
"""Fields to which each value is added."""


def is_list(path: str) -> bool:
    """Whether each value is added to the field."""
    return path in LISTS | LISTS_TOO


def moments(read: Sequence[tuple[int, Field]]) -> list[tuple[int, Field]]:
    """Days and times that a form states apart, as one moment of service; of each the last one said."""
    out = [(at, field) for at, field in read if field.path.startswith("order.")]
    days = [(at, field) for at, field in read if field.path == "day"]
    times = [(at, field) for at, field in read if field.path == "time"]
    if days and times:
        (day_at, day), (time_at, time) = days[-1], times[-1]
        quote = day.quote if day.quote == time.quote else f"{day.quote}\n{time.quote}"
        out.append((max(day_at, time_at), Field("order.event.service_at", f"{day.value}T{time.value}", quote)))
    return out


def later_wins(found: Sequence[tuple[int, Field]], words: Words) -> tuple[list[Field], list[Field], list[str]]:
    """The fields that stand, those that a later message replaced, and what two sentences of one message disagree on."""
    entries: list[Field] = []
    by_path: dict[str, list[tuple[int, Field]]] = {}
    for at, field in sorted(found, key=lambda one: one[0]):
        message = words.at[at] if words.at else 0
        if is_list(field.path) and not isinstance(field.value, list):
            entries.append(field)
        else:
            by_path.setdefault(field.path, []).append((message, field))
    standing, doubts = _added(entries)
    replaced: list[Field] = []
    for path, said in by_path.items():
        latest, earlier = _latest(said)
        stands = latest[-1]
        replaced += [field for field in earlier if field.value != stands.value]
        if all(field.value == stands.value for field in latest):
            standing.append(stands)
        else:
            both = " and ".join(f'"{field.quote}"' for field in latest)
            doubts.append(f"Which holds for {path.removeprefix('order.')}: {both}?")
    return standing, replaced, doubts


def _latest(said: Sequence[tuple[int, Field]]) -> tuple[list[Field], list[Field]]:
    """The fields of the last message, and those of the messages before it."""
    last = max(message for message, _ in said)
    latest = [field for message, field in said if message == last]
    earlier = [field for message, field in said if message < last]
    return latest, earlier


def _added(entries: Sequence[Field]) -> tuple[list[Field], list[str]]:
    """The entries of lists, each dish once; of guests both stand, and whether they are the same is asked."""
    standing: list[Field] = []
    doubts: list[str] = []
    for field in entries:
        same_list = [one for one in standing if one.path == field.path]
        alike = [one for one in same_list if _alike(one.value, field.value)]
        if _is_need(field):
            doubts += [f'Are these the same: "{one.quote}" and "{field.quote}"?' for one in alike]
        if not alike or _is_need(field):
            standing.append(field)
    return standing, doubts


def _alike(one: Any, other: Any) -> bool:
    """Whether two entries speak of the same dish or need."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return bool(one == other)
    named = {"dish", "needs", "who", "id"} & one.keys() & other.keys()
    return bool(named) and all(str(one[name]).casefold() == str(other[name]).casefold() for name in named)


def _is_need(field: Field) -> bool:
    """Whether it is guests that an entry counts: then both stand until the client says that they are the same."""
    return field.path == "order.guests.profiles"
