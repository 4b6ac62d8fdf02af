"""One comparer for every figure that follows from the order and the rest of the plan.

A rule says which values are due at which places, and each value that is another is named. `compare` takes paths of the
plan ("headcount.set_for"; "contingency[*].owner" is that field of all entries), `compare_entry` fields of an entry
that the rule has at hand, `compare_rows` the entries of a list by fields that tell them apart: none lost, none added.
A frozenset is due if the order of a list means nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from catering_cli.checks.evidence import found
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.quantity import Quantity

Expected = Mapping[str, Any]
"""Path, or field of an entry -> the value that is due there."""

Severities = Mapping[str, Severity]
"""Path or field -> what a wrong value there is worth; "" stands for all others."""

BLOCKING: Severities = {"": "blocking"}
WARNING: Severities = {"": "warning"}

_TITLES = ("label", "name", "item", "role", "food", "allergen", "id")
"""Fields that tell what an entry of the plan is; the first that it has is used in messages."""


def compare(expected: Expected, plan: CateringPlan, severities: Severities) -> Iterator[Finding]:
    """A finding for each value of the plan that is not the one expected at its path."""
    for path, due in expected.items():
        said = value_at(plan, path)
        if said != due and (not isinstance(due, frozenset) or frozenset(said) != due):
            yield _differs(f"plan.{path.replace('[*]', '')}", "", said, due, severities.get(path, severities[""]))


def compare_entry(where: str, entry: Any, expected: Expected, severities: Severities) -> Iterator[Finding]:
    """A finding for each field of the entry at the path `where` that is not the one expected."""
    for field, due in expected.items():
        said = value_at(entry, field)
        if said != due and (not isinstance(due, frozenset) or frozenset(said) != due):
            place = f"{where}.{field.partition('.quantity')[0]}"
            yield _differs(place, _title(entry), said, due, severities.get(field, severities[""]))


def compare_rows(
    rows: Iterable[tuple[str, Any]], fields: tuple[str, ...], due: Mapping[Any, Expected], severities: Severities
) -> Iterator[Finding]:
    """The same for entries of a list, each with its path; `due` has them by the values of `fields`."""
    seen: list[Any] = []
    path = "plan"
    for where, row in rows:
        path = where.rpartition("[")[0]
        values = tuple(value_at(row, field) for field in fields)
        key = values if len(values) > 1 else values[0]
        if key not in due or key in seen:
            yield found(severities[""], where, f"{_title(row)}: not called for, or there twice", _text(key))
        else:
            yield from compare_entry(where, row, due[key], severities)
        seen.append(key)
    for key in due:
        if key not in seen:
            yield found(severities[""], path, f"{_text(key)}: not there", "", _text(key))


def value_at(entry: Any, path: str) -> Any:
    """What stands at a path ("needed.quantity.high"); None if something on the way is not there."""
    for name in _names(path):
        several = isinstance(entry, tuple)
        entry = tuple(getattr(one, name) for one in entry) if several else getattr(entry, name, None)
    return entry


@cache
def _names(path: str) -> tuple[str, ...]:
    return tuple(path.replace("[*]", "").split("."))


def _differs(where: str, title: str, said: Any, due: Any, severity: Severity) -> Finding:
    field = where.rpartition(".")[2].replace("_", " ")
    subject = f"{title}: {field}" if title else field
    if isinstance(due, frozenset):
        said, due = frozenset(said) - due, due - frozenset(said)
    return found(severity, where, f"{subject}: not what the order and the plan give", _text(said), _text(due))


def _title(entry: Any) -> str:
    """What an entry of the plan is called in a message."""
    return next((str(getattr(entry, name)) for name in _TITLES if getattr(entry, name, "")), "")


def _text(value: Any) -> str:
    """A value for reading."""
    if isinstance(value, frozenset | tuple):
        parts = sorted(value, key=str) if isinstance(value, frozenset) else value
        return ", ".join(map(_text, parts))
    if isinstance(value, Quantity):
        return quantity_shown(value)
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def quantity_shown(quantity: Quantity) -> str:
    """A quantity for reading in a finding, exact if that is short."""
    ends = (quantity.low, quantity.high) if quantity.is_range else (quantity.low,)
    return f"{'-'.join(map(number_text, ends))} {quantity.unit}".strip()


LEGIBLE = 12
"""Characters that a fraction may have before it is shown as a decimal."""


def number_text(number: Fraction) -> str:
    """A number for reading, exact if that is short."""
    return str(number) if len(str(number)) < LEGIBLE else f"{float(number):.6g}"
