"""A plan in the measures of another system, for reading only: what is checked and stored stays as it was cooked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catering_cli.domain.quantity import Amount
from catering_cli.domain.value import Value
from catering_cli.kitchen.conversion import systems
from catering_cli.kitchen.conversion.result import UnknownDensity
from catering_cli.kitchen.quantities import display, temperature, units

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

AS_ORDERED = frozenset({"order", "decisions", "run", "findings"})
"""What a person or a model wrote, and what was found of it: never reworded."""

_DEGREES = {"metric": "C", "us": "F"}


def in_system(plan: CateringPlan, system: str) -> CateringPlan:
    """`plan` with every amount and every oven temperature in `system` (metric or us)."""
    changed = {name: _value(getattr(plan, name), system) for name in type(plan).model_fields if name not in AS_ORDERED}
    return plan.model_copy(update=changed)


def _value(value: Any, system: str) -> Any:
    if isinstance(value, Amount):
        return _amount(value, system)
    if isinstance(value, tuple):
        return tuple(_value(item, system) for item in value)
    if isinstance(value, Value):
        changed = {name: _field(name, getattr(value, name), system) for name in type(value).model_fields}
        return value.model_copy(update=changed)
    return value


def _field(name: str, value: Any, system: str) -> Any:
    return _heat(value, system) if name == "temperature" else _value(value, system)


def _amount(amount: Amount, system: str) -> Amount:
    """The same amount in the other measures; a bunch or a piece, which has none, stays as it is."""
    try:
        there = systems.to_system(amount.quantity, "", system).to
        return Amount(there, display.amount_text(there, system))
    except (UnknownDensity, units.UnknownUnit):
        return amount


def _heat(said: str, system: str) -> str:
    """An oven's "375 F" as "191 C"; text that is no plain temperature stays."""
    try:
        read = temperature.parse_temperature(said)
    except ValueError:  # colder than anything can be: the checks tell it, this form prints what was written
        return said
    if read is None:
        return said
    there = temperature.convert_temperature(read, _DEGREES[system])
    return display.amount_text(there, system) if there.unit != read.unit else said
