"""Numbers as the checker reads, rounds and shows them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from catering_cli.domain.quantity import Quantity


def fraction(text: str) -> Fraction | None:
    """The exact number a text of the plan writes, or None."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def up(number: Fraction) -> int:
    """The next whole number."""
    return -(-number.numerator // number.denominator)


def shown(quantity: Quantity) -> str:
    """A quantity for reading in a finding, exact where that is short."""
    ends = (quantity.low, quantity.high) if quantity.is_range else (quantity.low,)
    return f"{'-'.join(number_text(end) for end in ends)} {quantity.unit}".strip()


LEGIBLE = 12
"""Characters that a fraction may have before it is shown as a decimal."""


def number_text(number: Fraction) -> str:
    """A number for reading, exact if that is short."""
    return str(number) if len(str(number)) < LEGIBLE else f"{float(number):.6g}"


def to_cents(amount: Fraction) -> Decimal:
    """Money rounded half up to the cent."""
    whole = int(amount * 100 + Fraction(1, 2))
    return Decimal(whole) / 100
