"""Kinds of YAML values: each reads a node, saying file, line, key, value and what is allowed, and has a JSON Schema.

Nodes rather than values are read, because only nodes know their line. A reader collects every problem of a file and
goes on with a default, so that one run of the command shows all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from catering_cli.domain.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

REQUIRED = object()
"""Default of a key that has to be there."""
_NULL = "tag:yaml.org,2002:null"
_SHOWN = 60
_MOST = Decimal(10) ** 12
"""More than any number of a config: 1e999999999 is not even looked at."""
_SECRET = re.compile(r"key|token|secret|password")


@dataclass(frozen=True)
class Place:
    """Where a node stands, and where problems go."""

    file: str
    path: str
    node: Node
    problems: list[Problem] = field(compare=False)

    def at(self, key: str, node: Node) -> Place:
        """The place of a value below this one; `key` is a name or an index in brackets."""
        joint = "" if not self.path or key.startswith("[") else "."
        return replace(self, path=f"{self.path}{joint}{key}", node=node)

    def wrong(self, message: str, *, secret: bool = False) -> None:
        """Note what is the matter here and what would be right; a value that may be a secret is not repeated."""
        line = self.node.start_mark.line + 1
        place = f"line {line}" + (f": {self.path}" if self.path else "")
        self.problems.append(Problem(message, self.file, place, "" if secret else _shown(self.node)))


def _shown(node: Node) -> str:
    if isinstance(node, ScalarNode):
        text = str(node.value)
        return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"


def allowed(text: str, names: tuple[str, ...]) -> str:
    """What would be right instead of `text`: the nearest name, then all of them."""
    near = get_close_matches(text.lower(), names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}Allowed: {', '.join(names)}."


class Kind(Protocol):
    """A kind of value."""

    def read(self, place: Place) -> Any:
        """The value at `place`; None after a problem was noted."""

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""


@dataclass(frozen=True)
class Text:
    """A text; `among` names the allowed ones, if they are known."""

    among: tuple[str, ...] = ()

    def read(self, place: Place) -> str | None:
        """The text."""
        node = place.node
        if not isinstance(node, ScalarNode) or node.tag == _NULL or not node.value.strip():
            place.wrong("a text is needed here." + (f" Allowed: {', '.join(self.among)}." if self.among else ""))
            return None
        text = str(node.value)
        if self.among and text not in self.among:
            place.wrong(f"this is not known. {allowed(text, self.among)}")
            return None
        return text

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string", **({"enum": list(self.among)} if self.among else {})}


@dataclass(frozen=True)
class Number:
    """A decimal number between two bounds; `whole` allows integers only; `upper` is None where there is no limit."""

    lower: Decimal = Decimal(0)
    upper: Decimal | None = None
    whole: bool = False

    def read(self, place: Place) -> Decimal | int | None:
        """The number."""
        node = place.node
        try:
            value = Decimal(node.value) if isinstance(node, ScalarNode) else None
        except InvalidOperation:
            value = None
        fits = (
            value is not None
            and value.is_finite()
            and value <= _MOST
            and value >= self.lower
            and (self.upper is None or value <= self.upper)
            and (not self.whole or value == int(value))
        )
        if value is None or not fits:
            most = _MOST if self.upper is None and value is not None and value > _MOST else self.upper
            bounds = f"at least {self.lower}" if most is None else f"from {self.lower} to {most:f}"
            place.wrong(f"a{' whole' if self.whole else ''} number is needed here, {bounds}.")
            return None
        return int(value) if self.whole else value

    def schema(self) -> dict[str, Any]:
        """A number."""
        out: dict[str, Any] = {"type": "integer" if self.whole else "number", "minimum": _plain(self.lower)}
        return out if self.upper is None else {**out, "maximum": _plain(self.upper)}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def read(self, place: Place) -> bool | None:
        """The flag."""
        value = place.node.value if isinstance(place.node, ScalarNode) else None
        if value not in {"true", "false"}:
            place.wrong("this is neither true nor false. Allowed: true, false.")
            return None
        return bool(value == "true")

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Nullable:
    """A kind, or nothing."""

    kind: Kind

    def read(self, place: Place) -> Any:
        """The value, or None for an explicit null."""
        return None if place.node.tag == _NULL else self.kind.read(place)

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [self.kind.schema(), {"type": "null"}]}


@dataclass(frozen=True)
class Several:
    """A list, each entry of one kind."""

    kind: Kind
    least: int = 0

    def read(self, place: Place) -> tuple[Any, ...] | None:
        """The entries that could be read."""
        if not isinstance(place.node, SequenceNode):
            place.wrong("a list is needed here, such as [a, b].")
            return None
        if len(place.node.value) < self.least:
            place.wrong(f"at least {self.least} entry is needed here.")
        read = [self.kind.read(place.at(f"[{i}]", node)) for i, node in enumerate(place.node.value)]
        return tuple(value for value in read if value is not None)

    def schema(self) -> dict[str, Any]:
        """An array."""
        return {"type": "array", "items": self.kind.schema(), **({"minItems": self.least} if self.least else {})}


@dataclass(frozen=True)
class Named:
    """A mapping from names to values of one kind; `names` are the allowed ones, if they are known."""

    kind: Kind
    names: tuple[str, ...] = ()

    def read(self, place: Place) -> dict[str, Any] | None:
        """Values by name, in the file's order."""
        out = {}
        for key, inner in pairs(place) or ():
            if self.names and key not in self.names:
                inner.wrong(f"{key} is not known. {allowed(key, self.names)}")
            elif (value := self.kind.read(inner)) is not None:
                out[key] = value
        return out

    def schema(self) -> dict[str, Any]:
        """An object."""
        if not self.names:
            return {"type": "object", "additionalProperties": self.kind.schema()}
        properties = {name: self.kind.schema() for name in self.names}
        return {"type": "object", "properties": properties, "additionalProperties": False}


@dataclass(frozen=True)
class Key:
    """A key of a record: its kind, what it means, and its default (REQUIRED: it has to be there)."""

    kind: Kind
    means: str
    default: Any = REQUIRED


@dataclass(frozen=True)
class Record:
    """A mapping with known keys, made into a value by `make`."""

    make: Callable[..., Any]
    keys: Mapping[str, Key]
    lined: bool = False
    """whether `make` also takes the `line` it stands on"""

    def read(self, place: Place) -> Any:
        """The value; None where a required key is missing or wrong."""
        found = pairs(place)
        if found is None:
            return None
        values: dict[str, Any] = {}
        failed = False
        for name, inner in found:
            if name not in self.keys:
                secret = bool(_SECRET.search(name.lower()))
                inner.wrong(f"the key {name} is not known here. {allowed(name, tuple(self.keys))}", secret=secret)
                continue
            before = len(place.problems)
            values[name] = self.keys[name].kind.read(inner)
            failed = failed or len(place.problems) > before
        for name, key in self.keys.items():
            if name not in values and key.default is REQUIRED:
                place.wrong(f"the key {name} is missing: {key.means}")
                failed = True
            values.setdefault(name, key.default)
        line = {"line": place.node.start_mark.line + 1} if self.lined else {}
        return None if failed else self.make(**values, **line)

    def schema(self) -> dict[str, Any]:
        """A closed object."""
        properties = {name: {**key.kind.schema(), "description": key.means} for name, key in self.keys.items()}
        required = [name for name, key in self.keys.items() if key.default is REQUIRED]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def pairs(place: Place) -> list[tuple[str, Place]] | None:
    """Keys of a mapping with the places of their values; None after a problem was noted."""
    if not isinstance(place.node, MappingNode):
        place.wrong("a mapping is needed here, such as {key: value}.")
        return None
    return list(_pairs(place, place.node))


def _pairs(place: Place, node: MappingNode) -> Iterator[tuple[str, Place]]:
    seen = set()
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
        if not key:
            place.at("?", key_node).wrong("a key is a plain text.")
        elif key in seen:
            place.at(key, key_node).wrong(f"the key {key} stands here a second time: keep one.")
        else:
            seen.add(key)
            yield key, place.at(key, value_node)
