"""A vendor's price list: "Butter, AA, unsalted, 36/1 lb" is unsalted butter, in cases of 36 lb.

The words behind a comma describe the food before it. Grades, sizes and containers (`data/vendor_words.tsv`) change
nothing about which food it is; any other word that the table of foods does not understand leaves the item without a
food, and its price goes to none.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import permutations
from typing import Final, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.quantities.case_packs import CASE, SINGLE, parse_pack
from catering_cli.kitchen.quantities.numerals import normalized

_GRADE: Final = re.compile(r"\b[uU]?/?\d{1,3}/\d{1,3}\b|\bU-?\d{1,2}\b|\b\d{1,3}(?:\.\d+)? ?%|\b\d{1,2} ?\+ ?\d{1,2}\b")
"""Pieces a pound (16/20, U/10), lean and fat (80/20), fat in milk (40%)."""

MOST_QUALIFIERS: Final = 4
"""Words behind commas of which every order is tried."""


class VendorItem(NamedTuple):
    """What a line of a price list is."""

    food: str
    """the product that recipes need; empty if its words are not understood"""
    pack: Quantity | None
    """what one of it holds, if the text says so"""


def parse_item(text: str, system: str = "us") -> VendorItem:
    """The food and the pack of a vendor's text."""
    written = normalized(text[:200])
    packs = [found.group() for found in CASE.finditer(written)]
    rest = CASE.sub(" ", written)
    packs += [found.group() for found in SINGLE.finditer(rest)]
    read = [parse_pack(pack, system) for pack in packs]
    in_units = [one for one in read if one.unit]
    pack = next(iter(in_units or read), None)  # "14/18 ct, 15#" is 15 lb of such slices
    canned = pack is not None and pack.unit.endswith("can")
    return VendorItem(_food(SINGLE.sub(" ", rest), canned=canned), pack)


@cache
def _food(name: str, *, canned: bool) -> str:
    """The product that a name without its pack means; empty if the table does not understand it whole."""
    ungraded = _GRADE.sub(" ", name)
    parts = list(filter(None, map(_plain, re.split(r"[,;]|(?<=\w) - ", ungraded))))
    # as written first: 2% milk is a food of its own, but in "Cream, heavy, 40%" the share is a grade
    tried = [_plain(name), _plain(ungraded)]
    if len(parts) == 1:
        parts = parts[0].split()  # "Rice Basmati": the words stand behind the food without a comma too
    if len(parts) <= MOST_QUALIFIERS + 1:
        orders = [" ".join(order) for order in permutations(reversed(parts))]
        tried = [*(f"canned {one}" for one in orders if canned), *tried, *orders]
    return next(filter(None, map(_known, tried)), "")


def _known(name: str) -> str:
    resolved = resolve_name(name)
    return resolved.product.name if resolved.identified else ""


def _plain(part: str) -> str:
    """A part of a name in words of recipes, without grades, sizes and containers."""
    text = f" {' '.join(part.lower().replace('(', ' ').replace(')', ' ').split())} "
    for word, means in _words():
        text = text.replace(f" {word} ", f" {means} " if means else " ")
    return " ".join(text.strip(" .-*").split())


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """The vendors' words, the longest first."""
    words = [(row["word"], row["means"]) for row in rows("vendor_words")]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))
