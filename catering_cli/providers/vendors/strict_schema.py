"""The schema of an answer as a vendor's strict mode takes it.

Strict modes know objects, lists, texts, numbers, choices and anyOf; every object is closed and every property
required. Bounds (lengths, ranges, patterns) are refused by some models and ignored by others, so they become words
in the description, and the answer is checked against them here, not there. A grammar-constrained local server
(llama.cpp) takes the bounds as they are, and needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOUNDS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "pattern": "matching {}",
    "format": "as {}",
}
_DROPPED = {"title", "default", "examples", "discriminator", "uniqueItems"}
_NAMED = ("properties", "$defs")
"""keywords whose value is a mapping from names to schemas"""


def strict(schema: Mapping[str, Any], name: str, *, bounds: bool = False) -> dict[str, Any]:
    """`schema` with every object closed and complete, titled `name`; `bounds` keeps lengths and ranges."""
    return {"title": name, **_node(schema, bounds=bounds)}


def _node(schema: Mapping[str, Any], *, bounds: bool) -> dict[str, Any]:
    out: dict[str, Any] = {}
    said = []
    for key, value in schema.items():
        if key in _BOUNDS and not bounds:
            said.append(_BOUNDS[key].format(value))
        elif key in _NAMED:
            out[key] = {name: _node(part, bounds=bounds) for name, part in value.items()}
        elif key in {"anyOf", "oneOf"}:
            out["anyOf"] = [_node(part, bounds=bounds) for part in value]
        elif key == "items":
            out[key] = _node(value, bounds=bounds)
        elif key not in _DROPPED:
            out[key] = value
    if said:
        out["description"] = "; ".join([*([out["description"]] if out.get("description") else []), *said])
    if "properties" in out:
        out |= {"required": list(out["properties"]), "additionalProperties": False}
    return out
