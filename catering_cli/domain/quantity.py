"""Exact amounts.

A `Quantity` is a rational number (or a range of two) of a unit; nothing in it is ever rounded. An
`Amount` is how a plan shows one: a float for reading, the exact fraction that wins, and the words a
cook would use. Both are plain dataclasses, so that arithmetic on them does not load pydantic's models.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
    from pydantic_core import CoreSchema

_NUMBER = re.compile(r"-?\d{1,120}(?:/\d{1,120}|(?:\.\d{1,120})?(?:[eE][+-]?\d{1,2})?)")
"""Exact fractions of a plan run to forty digits; the bound keeps a hostile file from costing more than it is worth."""

POUND = Fraction("453.59237")
OUNCE = POUND / 16
"""Grams (NIST Handbook 44, App. C)."""


def exact(value: Any) -> Fraction:
    """The exact number that `value` writes: an int, a Fraction, a Decimal, a float as printed, "1/3" or "2.5".

    A float is read as its shortest decimal text, so 0.1 is one tenth. Raises ValueError for anything else,
    NaN and infinity included.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number")
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value!r} is not a finite number")
    text = str(value).strip() if isinstance(value, str | float | Decimal) else ""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{value!r} is not a number such as 2, 2.5 or 1/3")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f"{value!r} divides by zero") from None


_ROUNDED_FROM = 1_000


def three_figures(value: Fraction) -> str:
    """A number for reading: whole, or to three significant figures."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    size = float(value)
    return f"{size:,.0f}" if abs(size) >= _ROUNDED_FROM else f"{size:.3g}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount of `unit`; `low == high` unless it is a range such as "2-3 cups".

    The empty unit counts things ("3 eggs"). Units are canonical names of the unit table.
    """

    low: Fraction
    high: Fraction
    unit: str = ""

    @classmethod
    def of(cls, amount: Any, unit: str = "") -> Quantity:
        """A single amount, e.g. `Quantity.of("1/3", "cup")`."""
        number = exact(amount)
        return cls(number, number, unit)

    @property
    def is_range(self) -> bool:
        """Whether low and high differ."""
        return self.low != self.high

    def times(self, factor: Fraction | int) -> Quantity:
        """This quantity multiplied exactly."""
        return Quantity(self.low * factor, self.high * factor, self.unit)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read and write `{"amount", "exact", "unit"}` or `{"low", "high", "unit"}`.

        Text such as "2 x 400 g" is read if the validation context brings `Readers`.
        """
        from pydantic_core import core_schema as cs

        def read(value: Any, info: ValidationInfo) -> Quantity:
            if isinstance(value, cls):
                return value
            if isinstance(value, str):
                return readers_of(info).quantity(value)
            low, high, unit, _ = _read(value)
            readers: Readers | None = (info.context or {}).get("readers")
            return cls(low, high, readers.unit(unit) if readers else unit)

        return cs.with_info_plain_validator_function(
            read, serialization=cs.plain_serializer_function_ser_schema(lambda q: _write(q, None))
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """One amount or a range; as input also text."""
        schema_of = _json_schema(kitchen=False)
        if getattr(handler, "mode", "validation") == "validation":
            schema_of["anyOf"].append({"type": "string", "description": 'as written: "2 lb", "1 1/2 cups"'})
        return schema_of


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity of a plan, with the words a cook uses for it ("1/2 cup" for 8 tbsp)."""

    quantity: Quantity
    kitchen: str = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read and write `{"amount", "exact", "unit", "kitchen"}` or `{"low", "high", "unit", "kitchen"}`."""
        from pydantic_core import core_schema as cs

        def read(value: Any) -> Amount:
            if isinstance(value, cls):
                return value
            low, high, unit, kitchen = _read(value)
            return cls(Quantity(low, high, unit), kitchen)

        return cs.no_info_plain_validator_function(
            read, serialization=cs.plain_serializer_function_ser_schema(lambda a: _write(a.quantity, a.kitchen))
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """One amount or a range."""
        return _json_schema(kitchen=True)


class Readers(Protocol):
    """How text becomes typed values; the kitchen's grammar is handed in as `context={"readers": ...}`.

    Each raises ValueError with a message that says what would be right.
    """

    def quantity(self, text: str) -> Quantity:
        """The quantity that "1 1/2 cups" writes."""

    def unit(self, text: str) -> str:
        """The canonical name of the unit that "kgs" or "" writes."""

    def ingredients(self, text: str) -> tuple[Any, ...]:
        """The fields of each `Ingredient` that "2 lb chicken thighs, trimmed" or "salt and pepper" writes."""

    def pack(self, text: str) -> Quantity:
        """What the pack of a price list holds: "36/1 lb" is 36 lb."""

    def yields(self, text: str) -> Any:
        """The fields of a `Yield` that "about 3 dozen" writes."""

    def step(self, text: str) -> Any:
        """The fields of a `RecipeStep` that "Slice the onions, 20 minutes." writes."""

    def steps(self, text: str) -> Any:
        """The steps of a method in running text."""


def readers_of(info: ValidationInfo) -> Readers:
    """The readers of a validation; ValueError if none were handed in."""
    readers: Readers | None = (info.context or {}).get("readers")
    if readers is None:
        raise ValueError("is text here; an object with amount and unit was expected")
    return readers


def _read(value: Any) -> tuple[Fraction, Fraction, str, str]:
    if not isinstance(value, dict):
        raise ValueError('an amount is an object such as {"amount": 2, "unit": "cup"}')
    known = {"amount", "exact", "low", "high", "exact_low", "exact_high", "unit", "kitchen"}
    if unknown := sorted(set(value) - known):
        raise ValueError(f"an amount has no field {unknown[0]!r}; it has {', '.join(sorted(known))}")
    unit = value.get("unit", "")
    kitchen = value.get("kitchen") or ""
    if not isinstance(unit, str) or not isinstance(kitchen, str):
        raise ValueError("the unit of an amount is text")
    if "low" in value or "high" in value:
        low = exact(value.get("exact_low", value.get("low")))
        high = exact(value.get("exact_high", value.get("high")))
    else:
        low = high = exact(value.get("exact", value.get("amount")))
    if low < 0 or high < low:
        raise ValueError("an amount is not negative, and a range runs from low to high")
    return low, high, unit, kitchen


def _write(quantity: Quantity, kitchen: str | None) -> dict[str, Any]:
    if quantity.is_range:
        out: dict[str, Any] = {
            "low": _readable(quantity.low),
            "high": _readable(quantity.high),
            "exact_low": str(quantity.low),
            "exact_high": str(quantity.high),
        }
    else:
        out = {"amount": _readable(quantity.low), "exact": str(quantity.low)}
    out["unit"] = quantity.unit
    if kitchen is not None:
        out["kitchen"] = kitchen
    return out


def _readable(number: Fraction) -> float | int:
    """Six significant digits: for reading; `exact` is what counts."""
    if number.denominator == 1:
        return number.numerator
    return float(f"{float(number):.6g}")


def _json_schema(*, kitchen: bool) -> dict[str, Any]:
    number = {"type": "number", "minimum": 0}
    fraction = {"type": "string", "pattern": r"^\d+(/\d+)?$", "description": "the exact rational number; it wins"}
    common: dict[str, Any] = {"unit": {"type": "string", "description": "canonical unit; empty counts things"}}
    if kitchen:
        common["kitchen"] = {"type": "string", "description": "the amount in a cook's words, rounded for reading"}
    single = {
        "type": "object",
        "properties": {"amount": number, "exact": fraction, **common},
        "required": ["amount", "unit"],
        "additionalProperties": False,
    }
    span = {
        "type": "object",
        "properties": {
            "low": number,
            "high": number,
            "exact_low": fraction,
            "exact_high": fraction,
            **common,
        },
        "required": ["low", "high", "unit"],
        "additionalProperties": False,
    }
    return {"anyOf": [single, span]}
