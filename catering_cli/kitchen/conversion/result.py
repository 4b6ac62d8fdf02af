"""What a conversion yields, in its JSON form and in one line of text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from catering_cli.domain.names import KITCHEN
from catering_cli.domain.quantity import Quantity

PLAIN_SOURCES = ("SI", "counting")
"""Sources that say nothing to a reader."""


class NeedsIngredient(ValueError):  # noqa: N818  # it is the question that is incomplete
    """Volume, mass and pieces can be compared for a named food only."""


class UnknownDensity(ValueError):  # noqa: N818  # it is the table that has no row
    """No density, weight of a piece, or yield of this food is known; `suggestions` are the closest foods.

    `measure` is the measure without a weight ("bunch" of `item`), which a model may decide; None for a density or a
    yield.
    """

    def __init__(
        self,
        message: str,
        suggestions: tuple[str, ...] = (),
        *,
        item: str = "",
        measure: str | None = None,
    ) -> None:
        super().__init__(message)
        self.suggestions = suggestions
        self.item = item
        self.measure = measure


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in the unit asked for. `to.unit` may carry a state ("kg AP")."""

    input: str
    to: Quantity
    ingredient: str = ""
    source: str = ""
    approximate: bool = False
    warnings: tuple[str, ...] = ()
    by: str = KITCHEN

    def document(self) -> dict[str, Any]:
        """The JSON form; a range gives low and high; `by` names who decided, if it was not the kitchen."""
        told = {
            "input": self.input,
            "to": _written(self.to),
            "ingredient": self.ingredient,
            "source": self.source,
            "approximate": self.approximate,
            "warnings": list(self.warnings),
        }
        return told if self.by == KITCHEN else told | {"by": self.by}

    def text(self) -> str:
        """One line for reading: "2 cups flour = 250 g"."""
        food = f" {self.ingredient}" if self.ingredient and self.ingredient not in self.input else ""
        about = "about " if self.approximate else ""
        source = f"  ({self.source})" if self.source and self.source not in PLAIN_SOURCES else ""
        who = f"  (by {self.by})" if self.by != KITCHEN else ""
        return f"{self.input}{food} = {about}{readable_range(self.to)} {self.to.unit or 'pieces'}{source}{who}"


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


def readable_range(quantity: Quantity) -> str:
    """The number of a quantity for reading, or both of a range."""
    low = readable(quantity.low)
    return f"{low}-{readable(quantity.high)}" if quantity.is_range else low
