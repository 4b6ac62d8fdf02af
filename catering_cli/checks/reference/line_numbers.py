"""Numbers in the text of a line as a cook wrote it, with the unit behind each and what they are to each other."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from catering_cli.checks.reference.weights import base_unit, unit_factor
from catering_cli.data import tables


class NumberSaid(NamedTuple):
    """A number of a text as a cook wrote it, and what it is to the one before."""

    value: float
    unit: str
    """the mass, volume or length behind it; else empty"""
    sign: int
    """1 if it is added to the one before, -1 if it is taken away, else 0"""
    to: bool
    """whether it is the other end of a range"""
    plus: bool
    """whether a word adds it or takes it away"""
    linked: bool
    """whether it says the amount before it another way, or is a choice"""
    opens: bool = False
    """whether it has its unit from the other end of its range"""


_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (
    dict(zip(_ONES[1:], range(2, 10), strict=True))
    | dict(zip(_TEENS, range(10, 20), strict=True))
    | dict(zip(_TENS, range(20, 100, 10), strict=True))
)
_FACTORS = {
    "half": 1 / 2, "halves": 1 / 2, "quarter": 1 / 4, "quarters": 1 / 4, "third": 1 / 3, "thirds": 1 / 3,
    "eighth": 1 / 8, "couple": 2.0, "pair": 2.0, "few": 3.0, "several": 3.0, "dozen": 12.0, "flat": 30.0, "flats": 30.0,
}  # fmt: skip
"""Words that may say a number, and need not."""

_TOKEN = re.compile(
    r"(?P<number>(?:\d+(?:,\d{3})*(?:[.,]\d+)?|\.\d+)(?:[ -]\d+/\d+(?!\d|-in|-cm|-mm)|/\d+)?)"
    r"(?:[- ]?(?P<unit>fl\.? ?oz|fluid ounces?|[^\W\d]+))?|(?P<word>[^\W\d]+)"
)
"""A number with the word behind it, or another word."""

_LINK = re.compile(
    r"(?:\([^()]*|(?:[/=~≈]|\b(?:or|about|approx|approximately|roughly|around|weighing|total|totalling|each|is|as|to|"
    r"makes?|equal|yields?|gives?))(?:[\W\d]|\b(?:a|an|scant|generous|heaping|just|nearly)\b)*)$",
    re.IGNORECASE,
)
"""What stands before an amount that says the one before it another way, or before a choice."""

_PLUS = re.compile(
    r"(?:\+|&|\b(?:plus|and|und|et|y)\b)[^\w(]*(?:\b(?:an|additional|another|extra|more)\b\W*)*$", re.IGNORECASE
)
_MINUS = re.compile(r"\b(?:minus|less)\b\W*$", re.IGNORECASE)
_TO = re.compile(r"\s*-?\s*(?:-|to|or|à|bis)\s*", re.IGNORECASE)
_ALL = re.compile(r"\W*(?:in )?(?:total|each|altogether)\b", re.IGNORECASE)
_SPACES = str.maketrans({"\u00a0": " ", "\u00ad": ""})
LENGTH = "cm"
_LENGTHS = re.compile(r"(?:inch(?:es)?|in|cm|mm|centimet\w+|millimet\w+)$", re.IGNORECASE)
_SPELLED = re.compile(rf"\b({'|'.join(_TENS)})[- ]({'|'.join(_ONES)})\b", re.IGNORECASE)
_METRIC = ("g", "kg", "mg", "ml", "mL", "l", "L", "cl", "dl")


@lru_cache(maxsize=8192)
def said_numbers(text: str) -> tuple[tuple[NumberSaid, ...], tuple[float, ...]]:
    """Numbers of a text in their order, and those that its words may say."""
    plain = _plain(text)
    said: list[NumberSaid] = []
    factors = [1.0]
    end = 0
    for one in _TOKEN.finditer(plain):
        word = (one["word"] or one["unit"] or "").lower()
        factors += [_FACTORS[word]] if word in _FACTORS else []
        value = _value(one["number"]) if one["number"] else _WORDS.get(word)
        if value is None:
            continue
        before, unit = said[-1] if said else None, _measure(one["unit"] or "")
        number = _said(value, unit, before, plain[: one.start()], plain[end : one.start()])
        end = one.end() if unit else one.start() + len(one["number"] or word)
        if before is not None and number.to:
            said[-1] = before._replace(unit=before.unit or unit, opens=not before.unit)
        said.append(number._replace(linked=number.linked or _ALL.match(plain, end) is not None))
    return tuple(said), tuple(factors)


def _plain(text: str) -> str:
    """A text with its fractions and number words in figures."""
    plain = unicodedata.normalize("NFKC", re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", text.translate(_SPACES)))
    plain = re.sub(r"(?<=\d)\?(?=\d)", "/", plain.replace("⁄", "/").replace("–", "-"))
    plain = re.sub(r"\bplus an? (?=pinch|dash)", "plus 1 ", plain)
    plain = re.sub(r"\bc\. ?(?=à|a )", "spoon ", plain)
    return _SPELLED.sub(lambda two: str(_WORDS[two[1].lower()] + _ONES.index(two[2].lower()) + 1), plain)


def _said(value: float, unit: str, before: NumberSaid | None, ahead: str, gap: str) -> NumberSaid:
    """A number with what the words before it, and those since the one before, make of it."""
    link = _LINK.search(ahead)
    linked = link is not None and bool(before or ahead[: link.start()].strip())
    if before is None:
        return NumberSaid(float(value), unit, 0, to=False, plus=False, linked=linked)
    if _TO.fullmatch(gap) and _one_kind(before.unit, unit, gap):
        return NumberSaid(float(value), unit, before.sign, to=True, plus=False, linked=False)
    plus, minus = _PLUS.search(gap) is not None, _MINUS.search(gap) is not None
    sign = -1 if minus else int(plus or _descends(before.unit, unit, gap))
    return NumberSaid(float(value), unit, sign, to=False, plus=plus or minus, linked=linked and not sign)


def _one_kind(above: str, unit: str, gap: str) -> bool:
    """Whether two amounts can be the ends of a range; between units that differ, "or" is a choice."""
    if above in ("", unit):
        return True
    return base_unit(above, "us")[0] == base_unit(unit, "us")[0] and "or" not in gap.lower()


@lru_cache(maxsize=1024)
def _measure(text: str) -> str:
    """The mass, volume or length that a word names; empty for another word."""
    if _LENGTHS.match(text):
        return LENGTH
    forms = (text, text.casefold(), text.removesuffix("s"), text.casefold().removesuffix("s"))
    unit = next((_aliases()[form] for form in forms if form in _aliases()), "")
    known = unit_factor(unit, "us") if unit else None
    return unit if known and known[0] in ("mass", "volume") else ""


@cache
def _aliases() -> dict[str, str]:
    """Units by each of their names, as written and in lower case."""
    names: dict[str, str] = {}
    for row in tables.rows("units"):
        for name in (row["name"], *tables.parts(row.get("aliases", ""))):
            names.setdefault(name, row["name"])
            names.setdefault(name.casefold(), row["name"])
    return names


def _descends(above: str, unit: str, gap: str) -> bool:
    """Whether an amount goes on in a smaller unit of the same system: 1 lb 4 oz."""
    if not above or not unit or gap.strip(" -,"):
        return False
    one, other = unit_factor(above, "us"), unit_factor(unit, "us")
    same = one and other and one[0] == other[0] and (above in _METRIC) == (unit in _METRIC)
    return bool(same and one and other and one[1] > other[1])


def _value(text: str) -> float:
    total = 0.0
    for part in re.split(r"[ -]", re.sub(r",(?=\d{3}(?!\d))", "", text).replace(",", ".")):
        above, _, below = part.partition("/")
        total += float(above) / (float(below or 1) or 1)
    return total
