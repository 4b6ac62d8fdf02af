"""Conditions of the data tables, read from their grammar: when a row applies to an order.

`always`; `PATH is absent`, `is present`, `= VALUE`, `!= VALUE`, `>= NUMBER`, joined by `and` before `or`; or
`any PATH: CONDITION` of one of its entries. Absent is what a field says by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def applies(condition: str, order: Any, facts: Mapping[str, Any]) -> bool:
    """Whether a condition is true of an order; `facts` stand for fields of their name."""
    if condition == "always":
        return True
    if condition.startswith("any "):
        path, _, rest = condition.removeprefix("any ").partition(": ")
        return any(applies(rest, entry, {}) for entry in _value(order, path, facts))
    clauses = [clause.split(" and ") for clause in condition.split(" or ")]
    return any(all(_term(term, order, facts) for term in clause) for clause in clauses)


def _term(term: str, order: Any, facts: Mapping[str, Any]) -> bool:
    path, sign, value = term.split(" ", 2)
    said = _value(order, path, facts)
    if sign == "is":
        absent = bool(said == _default(order, path))
        return absent if value == "absent" else not absent
    if sign == ">=":
        return int(said) >= int(value)
    same = str(said) == value
    return same if sign == "=" else not same


def _value(order: Any, path: str, facts: Mapping[str, Any]) -> Any:
    """What stands at a path; None if something on the way is not there."""
    if path in facts:
        return facts[path]
    for name in path.split("."):
        order = getattr(order, name, None)
    return order


def _default(order: Any, path: str) -> Any:
    """What a field says if it is left out; None for what is no field."""
    parents, _, name = path.rpartition(".")
    owner = _value(order, parents, {}) if parents else order
    fields = getattr(type(owner), "model_fields", {})
    return fields[name].default if name in fields else None


def unsure(condition: str, order: Any) -> bool:
    """Whether a condition asks about a field at a default that says something: it may have been left out or said."""
    for term in condition.replace(" or ", " and ").split(" and "):
        path, asked, _ = term.partition(" is ")
        default = _default(order, path) if asked and not path.startswith("any ") else None
        if default and _value(order, path, {}) == default:
            return True
    return False
