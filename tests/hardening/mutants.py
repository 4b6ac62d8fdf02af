"""Documents that are nearly right: one to three places of an order, a plan or a recipe changed by a hand that errs.

A mutant follows from its seed, so that a case that once failed is told by a number.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

NASTY: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 0.5, 1e308, -1e308, 10**30, 10**400, 2**63, [], {}, [[]], [{}], [None], "", " ",
    "\x00", "NaN", "Infinity", "-0", "1e999", "%s%n", "kg\x00", "null", "d1", "d99", "p0", "../../etc/passwd",
    "a.cook", "x.json",
    "\u202egpj.exe", "\x1b[31mred", "🥕" * 40, "x" * 5_000, "1/0", "0", "-3 kg", "1 kg", "half a dozen", "12:00",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2027-04-17T12:30:00", "2027-02-30T10:00:00Z",
    "UTC", "Europe/Nowhere",
    "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\nb", "{{slot}}", "[bold]x[/bold]", "USD",
    "preference", "main",
)  # fmt: skip
"""What stands where something else was meant."""

Place = tuple[Any, Any]
"""A dictionary or list, and a key or index in it."""


def mutant(document: Any, seed: int) -> Any:
    """The document with one to three places changed."""
    draw = Random(seed)
    changed = copy.deepcopy(document)
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        places = list(_places(changed))
        if places:
            holder, key = draw.choice(places)
            draw.choice(CHANGES)(draw, holder, key, places)
    return changed


def _places(value: Any) -> Iterator[Place]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _nasty(draw: Random, holder: Any, key: Any, _: list[Place]) -> None:
    holder[key] = draw.choice(NASTY)


def _gone(_: Random, holder: Any, key: Any, __: list[Place]) -> None:
    del holder[key]


def _renamed(draw: Random, holder: Any, key: Any, _: list[Place]) -> None:
    if isinstance(holder, dict):
        holder[draw.choice((f"{key}s", str(key).upper(), "", "\x00", "note"))] = holder.pop(key)


def _doubled(draw: Random, holder: Any, key: Any, _: list[Place]) -> None:
    if isinstance(holder, list):
        holder.extend(copy.deepcopy(holder[key]) for _ in range(draw.choice((1, 2, 40))))


def _moved(draw: Random, holder: Any, key: Any, places: list[Place]) -> None:
    other, name = draw.choice(places)
    holder[key] = copy.deepcopy(other[name])


def _seventh(value: float) -> float:
    """A seventh of a number; what is too large for a fraction of it stays whole."""
    return value / 7 if abs(value) < 2**1000 else value // 7


def _stretched(draw: Random, holder: Any, key: Any, _: list[Place]) -> None:
    value = holder[key]
    if isinstance(value, str):
        holder[key] = draw.choice((value * 3, value[: len(value) // 2], value.upper(), f"{value}\u00a0", value[::-1]))
    elif isinstance(value, int | float):
        holder[key] = draw.choice((-value, value * 1_000, value * 10**9, _seventh(value), str(value), value + 1))


CHANGES: tuple[Callable[[Random, Any, Any, list[Place]], None], ...] = (
    _nasty, _nasty, _nasty, _gone, _renamed, _doubled, _moved, _moved, _stretched, _stretched,
)  # fmt: skip
