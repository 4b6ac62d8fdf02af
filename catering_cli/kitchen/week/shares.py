"""What each event bears of something shared: parts in whole cents that add up to it exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def shared(total: Decimal, weights: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """`total` by weight, to the cent, by largest remainder; alike if nothing weighs anything. No weights: nothing."""
    if not weights:
        return {}
    whole = sum(weights.values(), Fraction(0))
    even = Fraction(1, len(weights))
    cents = Fraction(total) * 100
    exact = {name: cents * (weight / whole if whole else even) for name, weight in weights.items()}
    parts = {name: int(value) for name, value in exact.items()}
    missing = int(cents) - sum(parts.values())
    by_remainder = sorted(exact, key=lambda name: (parts[name] - exact[name], name))
    for name in by_remainder[:missing]:
        parts[name] += 1
    return {name: part * CENT for name, part in parts.items()}
