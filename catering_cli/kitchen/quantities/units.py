"""Units of the kitchen: what a word such as "Tbsp", "#10 can" or "half hotel pan, 4 in" measures.

The table is `data/units.tsv`, one row a unit and system, each with its source; factors are exact fractions to gram
or millilitre. It is our own: pint, the common library, has no #10 can, no hotel pan and no bunch. Cups, spoons, fluid
ounces, pints, quarts and gallons differ by system and are resolved when a quantity is converted; a prefix ("imperial
pint", "US cup") fixes the system for good.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.names import SYSTEMS
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.suggest import closest_few

Dimension = Literal["mass", "volume", "count", "measure", "temperature"]
"""What a unit measures. A `measure` (clove, bunch, can) counts things whose weight depends on the food."""


AMBIGUOUS: Final = {
    "T": "'T' is read as tablespoon; write tbsp",
    "t": "'t' is read as teaspoon; write tsp",
    "gr": "'gr' is read as gram; write g",
}
"""Written forms that are understood with a doubt, which is told."""

_LETTERS: Final = {"T": "tbsp", "t": "tsp", "C": "C", "F": "F", "K": "K"}
_PREFIX: Final = {
    "us": "us",
    "u s": "us",
    "usa": "us",
    "american": "us",
    "us customary": "us",
    "imperial": "imperial",
    "imp": "imperial",
    "uk": "imperial",
    "british": "imperial",
    "metric": "metric",
    "canadian": "metric",
    "au": "au",
    "aus": "au",
    "australian": "au",
}
_SIZED_CAN: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) (g|kg|oz|lb|mL|L|fl oz) (?:can|whole)")
_PAN: Final = re.compile(r"\b(?:hotel|steam table|gn|gastronorm|chafing) pan\b|\bpan\b")
_PAN_PART: Final = {"full": "1/1", "whole": "1/1", "two thirds": "2/3", "two third": "2/3", "half": "1/2"} | {
    word: f"1/{n}" for word, n in (("third", 3), ("quarter", 4), ("fourth", 4), ("sixth", 6))
}
_PAN_SIZE: Final = re.compile(
    r"(?<![\d/.])(1/1|2/3|1/[2346])(?![\d/])|\b(full|whole|two[ -]thirds?|half|third|quarter|fourth|sixth)\b"
)
_PAN_DEPTH: Final = re.compile(r"(?<![\d/.])(2 ?1/2|2\.5|4|6)(?![\d/.])")


class Unit(NamedTuple):
    """One unit under one system. `factor` is g, mL or pieces to one unit; 0 for temperatures."""

    name: str
    dimension: Dimension
    factor: Fraction
    approximate: bool = False
    note: str = ""
    source: str = ""


class UnknownUnit(ValueError):  # noqa: N818  # it is the text that is at fault
    """No unit is called so; `suggestions` are the nearest names."""

    def __init__(self, text: str, suggestions: tuple[str, ...] = ()) -> None:
        near = (
            f"; did you mean {' or '.join(suggestions)}?"
            if suggestions
            else "; write g, kg, mL, L, cup, tbsp, oz, lb ..."
        )
        super().__init__(f"unrecognized unit {text[:40]!r}{near}")
        self.text = text
        self.suggestions = suggestions


def find(text: str, system: str = "us") -> Unit:
    """The unit that `text` names under `system` (us, imperial, metric, au).

    Raises UnknownUnit with the nearest names, and ValueError for an unknown system.
    """
    if system not in SYSTEMS:
        raise ValueError(f"{system[:40]!r} is not a system of measures; write {', '.join(SYSTEMS)}")
    unit = lookup(text, system)
    if unit is None:
        raise UnknownUnit(text.strip(), nearest(text))
    return unit


@lru_cache(maxsize=4096)
def lookup(text: str, system: str = "us") -> Unit | None:
    """Like `find`, but None if no unit is called so."""
    name, fixed = _name(text)
    if name is None:
        return _sized_can(text, system)
    by_system = _table()[name]
    row = by_system.get(fixed or system) or by_system.get("") or by_system["us"]
    label = f"{fixed} {name}" if fixed and "" not in by_system else name
    return _unit(label, row)


def one_of(size: Quantity, what: str) -> str:
    """The unit that is one can, or one whole bird, of a size: `14.5 oz can`, `12 lb whole`; it must be one amount."""
    number = size.low if size.low.denominator > 1 else size.low.numerator
    return f"{number if isinstance(number, int) else float(number):g} {size.unit}{what}"


def _sized_can(text: str, system: str) -> Unit | None:
    """A can or a bird of the size that is written before it, as long as that is a mass or a volume."""
    found = _SIZED_CAN.fullmatch(text)
    size = lookup(found[2], system) if found else None
    if found is None or size is None or size.dimension not in ("mass", "volume"):
        return None
    return Unit(text, size.dimension, Fraction(found[1]) * size.factor, approximate=False, source=size.source)


def convert(amount: Fraction, of: Unit, to: Unit) -> Fraction:
    """`amount` of one unit in another of the same dimension, exactly. Raises ValueError if the dimensions differ."""
    if of.dimension != to.dimension or not to.factor or (of.dimension == "measure" and of.name != to.name):
        one, other = (f"{unit.name or 'pieces'} ({unit.dimension})" for unit in (of, to))
        raise ValueError(f"{one} and {other} do not measure the same")
    return amount * of.factor / to.factor


_METRIC: Final = frozenset(("mcg", "mg", "g", "dag", "kg", "tonne", "mL", "cL", "dL", "L"))


def is_metric(unit: Unit) -> bool:
    """Whether it is a unit of the metric system, and not of the customary ones (spoons and cups among them)."""
    return unit.name in _METRIC


def _beginning_with(text: str) -> tuple[str, ...]:
    return tuple(name for name in _table() if name.startswith(text))


def nearest(text: str, n: int = 3) -> tuple[str, ...]:
    """The canonical names nearest to a word that is no unit."""
    names = _names()
    if _PAN.search(_key(text)):
        return _beginning_with("1/1 hotel pan")[:n]
    if text.strip().startswith("#") and (numbered := _beginning_with(f"{_key(text)} ")):
        return numbered[:n]
    close = closest_few(_key(text), names, 2 * n)
    return tuple(dict.fromkeys(names[key] or "piece" for key in close))[:n]


def _unit(label: str, row: dict[str, str]) -> Unit:
    dimension: Dimension = row["dimension"]  # type: ignore[assignment]  # a test reads every row
    return Unit(label, dimension, Fraction(row["factor"] or 0), bool(row["approximate"]), row["note"], row["source"])


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    """Rows by canonical name and system."""
    table: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows("units"):
        table.setdefault(row["name"], {})[row["system"]] = row
    return table


@cache
def _names() -> dict[str, str]:
    """Canonical names by every lower-case written form, without dots."""
    names: dict[str, str] = {}
    for row in rows("units"):
        for alias in (row["name"], *row["aliases"].split("|")):
            if alias or not row["name"]:
                names.setdefault(alias.lower(), row["name"])
    names["c"] = "cup"
    return names


def _key(text: str) -> str:
    """Lower case, single spaces, no dots but decimal points."""
    return " ".join(re.sub(r"\.(?!\d)", " " if text.count(".") > 1 else "", text).lower().split())


def _name(text: str) -> tuple[str | None, str]:
    """The canonical name that is meant, and the system that a prefix fixes."""
    stripped = text.strip().rstrip(".")
    if stripped in _LETTERS:
        return _LETTERS[stripped], ""
    key = _key(text)
    name = _plain_name(key)
    if name is not None:
        return name, ""
    for size in (1, 2):
        head, rest = " ".join(key.split()[:size]), " ".join(key.split()[size:])
        if rest and head in _PREFIX and (name := _plain_name(rest)) is not None:
            return name, _PREFIX[head]
    return _pan_name(key), ""


def _plain_name(key: str) -> str | None:
    names = _names()
    for form in _forms(key):
        if form in names:
            return names[form]
    return None


def _forms(key: str) -> tuple[str, ...]:
    """The key, and what it may be the plural of."""
    forms = [key]
    if key.endswith("s"):
        forms.append(key[:-1])
    if key.endswith("es"):
        forms.append(key[:-2])
    head, _, tail = key.partition(" ")
    if tail and head.endswith("s"):  # pints dry, fluid ounces
        forms.append(f"{head[:-1]} {tail}")
    return tuple(forms)


def _pan_name(key: str) -> str | None:
    """The hotel pan that "full 2 1/2 inch hotel pan" or "half pan, 4 in deep" names; a frying pan is no measure."""
    words = key.replace("pans", "pan").replace('"', " in ").replace(",", " ").replace("-", " ")
    found, size = _PAN.search(words), _PAN_SIZE.search(words)
    if found is None or (size is None and found.group() == "pan"):
        return None
    depth = _PAN_DEPTH.search(words.replace(size.group(), " ", 1) if size else words)
    if depth is None:
        return None
    inches = "2.5" if depth.group().startswith("2") else depth.group()
    name = f"{_pan_part(size)} hotel pan {inches} in"
    return name if name in _table() else None


def _pan_part(size: re.Match[str] | None) -> str:
    """The part of a full pan; a pan that says none is a full one."""
    if size is None:
        return "1/1"
    return size[1] or _PAN_PART.get(size[2]) or _PAN_PART[size[2].removesuffix("s")]
