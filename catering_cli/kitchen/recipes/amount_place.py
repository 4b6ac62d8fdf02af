"""Where the amount of a line stands: before its food, behind it, or in brackets behind it."""

from __future__ import annotations

import re
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import NoAmount
from catering_cli.kitchen.quantities.scanner import ParsedAmount

_LAST_AMOUNT: Final = (  # compiled when first needed: most lines begin with their amount
    r"^([^\d:,;(]+?)(?: ?[:,-] ?~?| )((?!00\b)\d[\d/., -]*(?: ?[^\W\d_]+\.?(?: [^\W\d_]+\.?){0,2})?)$"
)
"""A food with its amount after it: "flour: 200 g", "Eau - 1 cuillère à soupe", "eieren 2"."""

_IN_BRACKETS: Final = re.compile(
    r"^([^\d(]+?),? \(((?:about |approx\.? |~ ?)?\d[^()]*|an? [^()]*)\)(.*)$", re.IGNORECASE
)
"""A food with its amount in brackets after it: "Water (60 g)", "butter (3 sticks), melted"."""


def amount_anywhere(body: str, system: str) -> tuple[ParsedAmount | None, str]:
    """The quantity that starts or ends a line, or None for a food alone; and the rest."""
    parsed, rest = _amount(body, system)
    if parsed is None and (turned := _turned(body, system)):
        return _amount(turned, system)
    return parsed, rest


def _amount(body: str, system: str) -> tuple[ParsedAmount | None, str]:
    """The quantity that starts a line, or None for a food alone; and the rest."""
    try:
        parsed = parse_amount(body, system)
    except NoAmount:
        return None, body
    if parsed.rest:
        return parsed, parsed.rest
    unit = units.find(parsed.quantity.unit, system)
    if unit.name == "wine bottle":
        return parsed, "wine"
    if unit.dimension != "measure":
        return parsed, ""
    if " " not in body:
        return None, body
    word = body.rsplit(maxsplit=1)[-1]  # "6 cloves" are the spice
    count = Quantity(parsed.quantity.low, parsed.quantity.high)
    return ParsedAmount(count, warnings=(f"{word!r} is read as the food",)), word


def _turned(body: str, system: str) -> str:
    """A line whose amount stands after its food, turned round; empty if what stands there is no amount."""
    found = _IN_BRACKETS.match(body) or re.match(_LAST_AMOUNT, body)
    if not found:
        return ""
    food, amount, *remark = found.groups()
    try:
        left = parse_amount(amount, system).rest
    except ValueError:
        return ""
    is_pan_width = re.search(r"\b(?:cm|mm|inch(?:es)?)\b|\"", amount)
    last_word = next(reversed(food.lower().split()), "")
    if left or is_pan_width or last_word in _NO_END:
        return ""
    return f"{amount} {food}{''.join(remark)}"


_NO_END: Final = frozenset(
    ("to", "make", "makes", "equal", "from", "of", "and", "or", "with", "plus", "for", "about", "a", "the", "by", "+")
)
"""Words after which a number is no amount of the food before it: "enough water to make 3 cups"."""
