"""The schema of an answer as a vendor's strict mode takes it.

Strict modes know objects, lists, texts, numbers, choices and anyOf; every object is closed and every property
required. Bounds (lengths, ranges, patterns) are refused by some models and ignored by others, so they become words
in the description, and the answer is checked against them here, not there. A grammar-constrained local server
(llama.cpp) needs lengths and ranges, and takes them if they are not too large.
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
_TAKEN = frozenset({"minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"})
"""Bounds that a local server's grammar takes; older engines refuse the others."""
MOST_REPEATED = 1_000
"""A length beyond it stays in words: llama.cpp's grammars refuse more than 2,000 repetitions of one rule."""
_DROPPED = {"title", "default", "examples", "discriminator", "uniqueItems"}


def strict(schema: Mapping[str, Any], name: str, *, bounds: bool = False) -> dict[str, Any]:
    """`schema` with every object closed and complete, titled `name`; `bounds` keeps lengths and ranges."""
    return {"title": name, **_strict_node(schema, bounds=bounds)}


def _strict_node(schema: Mapping[str, Any], *, bounds: bool) -> dict[str, Any]:
    out: dict[str, Any] = {}
    in_words: list[str] = []
    for key, value in schema.items():
        if key in _BOUNDS and not (bounds and _is_taken(key, value)):
            in_words.append(_BOUNDS[key].format(value))
        elif key not in _DROPPED:
            out |= _keyword(key, value, bounds=bounds)
    if in_words:
        said = [out["description"]] if out.get("description") else []
        out["description"] = "; ".join([*said, *in_words])
    if "properties" in out:
        out |= {"required": list(out["properties"]), "additionalProperties": False}
    return out


def _is_taken(key: str, value: Any) -> bool:
    """Whether a local server's grammar takes a bound."""
    is_length = key.endswith(("Length", "Items"))
    return key in _TAKEN and not (is_length and value > MOST_REPEATED)


def without_bounds(node: Any) -> Any:
    """A schema, or what holds one, without lengths and ranges."""
    if isinstance(node, list):
        return [without_bounds(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: without_bounds(part) for key, part in node.items() if not _is_bound(key, part)}


def _is_bound(key: str, part: Any) -> bool:
    """Whether it is a length or range; what is named like one but is a schema is a field."""
    return key in _BOUNDS and not isinstance(part, dict)


def _keyword(key: str, value: Any, *, bounds: bool) -> dict[str, Any]:
    """One keyword as strict modes know it, with the schemas inside it made strict too."""
    if key == "properties":
        return {key: {name: _strict_node(part, bounds=bounds) for name, part in value.items()}}
    if key in {"anyOf", "oneOf"}:
        return {"anyOf": [_strict_node(part, bounds=bounds) for part in value]}
    if key == "items":
        return {key: _strict_node(value, bounds=bounds)}
    if key == "const":
        return {"enum": [value]}
    return {key: value}
