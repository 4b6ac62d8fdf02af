"""Packs as price lists write them: "36/1 lb", "50#", "15 dz", "115 ct", "6/#10"."""

from __future__ import annotations

import re
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities.numerals import BadQuantity, normalized

_UNIT: Final = (
    r"(?P<unit>fl ?oz|oz|lbs?|kg|g|gal|gallons?|qts?|quarts?|pts?|pints?|ltr|lt|l|ml|ct|count|ea|each|pcs?|pc|"
    r"dz|doz|dozen|bu|bunch(?:es)?|hd|heads?|#10|#2\.5|#300|#5|#)"
)
CASE: Final = re.compile(
    rf"(?<![\w/.])(?P<count>\d{{1,4}}) ?(?:/|x|-(?=\d)|per(?= )) ?(?P<size>\d{{1,4}}(?:\.\d+)?)?(?:-\d+(?:\.\d+)?)?"
    rf" ?-?{_UNIT}(?![\w])\.?(?: ?(?:cans?|tins?))?",
    re.IGNORECASE,
)
"""Packs in a case: 36/1 lb, 6/#10, 4 x 1 gal."""

SINGLE: Final = re.compile(
    rf"(?<![\w/.])(?P<size>\d{{1,4}}(?:\.\d+)?)(?:-\d+(?:\.\d+)?)? ?-?{_UNIT}(?![\w])\.?(?: ?(?:cans?|tins?))?",
    re.IGNORECASE,
)
"""One pack: 50#, 15 dz, 115 ct."""

_CONTAINER: Final = re.compile(
    r"(?:an? )?(?:bags?|case|cartons?|box(?:es)?|tubs?|pails?|jugs?|jars?|bottles?|sacks?)", re.IGNORECASE
)

_UNITS: Final = {
    "#": "lb", "ct": "", "count": "", "ea": "", "each": "", "pc": "", "pcs": "", "dz": "dozen", "doz": "dozen",
    "ltr": "L", "lt": "L", "hd": "head", "bu": "bunch", "lbs": "lb", "qts": "qt", "pts": "pt",
    "#10": "#10 can", "#2.5": "#2.5 can", "#5": "#5 can", "#300": "#300 can",
}  # fmt: skip
"""Units as price lists write them; the others are those of the unit table."""


def parse_pack(text: str, system: str = "us") -> Quantity:
    """What a pack holds: "36/1 lb" is 36 lb, "15 dz" 180 pieces, "6/#10" six #10 cans. Raises ValueError."""
    from catering_cli.kitchen.quantities.amount import parse_amount  # late: most price lists say no pack in words

    written = normalized(text)
    found = CASE.fullmatch(written) or SINGLE.fullmatch(written)
    if found is None:
        parsed = parse_amount(written, system)
        if parsed.rest and not _CONTAINER.fullmatch(parsed.rest):
            raise BadQuantity(f"{text[:40]!r} is no pack; write e.g. 36/1 lb, 15 dz or 25 kg")
        return parsed.quantity
    unit = _UNITS.get(found["unit"].lower(), found["unit"])
    one = parse_amount(f"{found['size'] or 1} {unit}".strip(), system).quantity
    if one.unit == "dozen":
        one = Quantity.of(one.low * 12)
    return one.times(int(found.groupdict().get("count") or 1))
