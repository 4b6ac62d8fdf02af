"""What a conversion yields, in its JSON form and in one line of text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from catering_cli.domain.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in the unit asked for. `to.unit` may carry a state ("kg AP")."""

    input: str
    to: Quantity
    ingredient: str = ""
    source: str = ""
    approximate: bool = False
    warnings: tuple[str, ...] = ()
    by: str = "kitchen"

    def document(self) -> dict[str, Any]:
        """The JSON form; a range gives low and high."""
        return {
            "input": self.input,
            "to": _written(self.to),
            "ingredient": self.ingredient,
            "source": self.source,
            "approximate": self.approximate,
            "warnings": list(self.warnings),
        }

    def text(self) -> str:
        """One line for reading: "2 cups flour = 250 g"."""
        numbers = readable(self.to.low) if not self.to.is_range else f"{readable(self.to.low)}-{readable(self.to.high)}"
        about = "about " if self.approximate else ""
        return f"{self.input} = {about}{numbers} {self.to.unit or 'pieces'}"


def _written(quantity: Quantity) -> dict[str, Any]:
    if not quantity.is_range:
        return {"amount": _number(quantity.low), "exact": str(quantity.low), "unit": quantity.unit}
    return {
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "exact_low": str(quantity.low),
        "exact_high": str(quantity.high),
        "unit": quantity.unit,
    }


def _number(value: Fraction) -> float | int:
    return value.numerator if value.denominator == 1 else float(value)


def readable(value: Fraction) -> str:
    """A number for reading: whole, or six significant digits."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"
