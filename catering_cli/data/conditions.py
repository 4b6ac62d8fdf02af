"""Conditions of the data tables: when a row of assumptions, contingencies or staff ratios applies.

    CONDITION  always  |  TERM and TERM ...  |  CONDITION or CONDITION ...  |  any PATH: CONDITION of one of its entries
    TERM       PATH is absent  |  PATH is present  |  PATH = VALUE  |  PATH != VALUE  |  PATH >= NUMBER
    PATH       guests.expected: of the order, or of a fact that the caller adds

Absent: left at a default that says nothing (null, 0, empty); or at another default that the order does not repeat.
`and` binds before `or`; `any` takes all that follows its colon.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel


def applies(condition: str, order: object, facts: Mapping[str, object] | None = None) -> bool:
    """Whether the condition is true of `order`; a name in `facts` hides the order's field of that name.

    A field that does not exist is an AttributeError, a form that does not exist a KeyError or ValueError.
    """
    if condition == "always":
        return True
    given = facts or {}
    if condition.startswith("any "):
        path, _, rest = condition.removeprefix("any ").partition(": ")
        return any(applies(rest, entry) for entry in _field(*_owner(path, order, given)))
    clauses = [clause.split(" and ") for clause in condition.split(" or ")]
    return any(all(_term(term, order, given) for term in clause) for clause in clauses)


def _term(term: str, order: object, facts: Mapping[str, object]) -> bool:
    path, sign, value = term.split(" ", 2)
    owner, name = _owner(path, order, facts)
    return _SIGNS[sign if sign != "is" else f"is {value}"](owner, name, value)


_SIGNS: Mapping[str, Callable[[object, str, str], bool]] = {
    "is absent": lambda owner, name, _: not _given(owner, name),
    "is present": lambda owner, name, _: _given(owner, name),
    "=": lambda owner, name, value: str(_field(owner, name)) == value,
    "!=": lambda owner, name, value: str(_field(owner, name)) != value,
    ">=": lambda owner, name, value: int(_field(owner, name)) >= int(value),
}


def _owner(path: str, order: object, facts: Mapping[str, object]) -> tuple[object, str]:
    """What holds the last name of a path, and that name."""
    *parents, name = path.split(".")
    owner: object = facts if path.partition(".")[0] in facts else order
    for parent in parents:
        owner = _field(owner, parent)
    return owner, name


def _field(owner: object, name: str) -> Any:
    """The field of that name; nothing has no fields, so it is nothing too."""
    if owner is None:
        return None
    return owner[name] if isinstance(owner, Mapping) else getattr(owner, name)


def _given(owner: object, name: str) -> bool:
    value = _field(owner, name)
    if not isinstance(owner, BaseModel):
        return bool(value)
    default = type(owner).model_fields[name].default
    repeated = bool(default) and name in owner.model_fields_set
    return value != default or repeated
