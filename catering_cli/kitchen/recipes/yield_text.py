"""What a recipe makes, as people write it: "serves 4-6", "About 3 dozen", "9x13 pan, 12 servings", "2940 g", "1 batch".

A number counts portions if a word beside it says so. A size belongs to a pan and counts nothing; a mass or a volume is
an amount; a whole cake, loaf or batch says nothing about portions, and is kept as it was written.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any, Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import BadQuantity, normalized, parse_range

_SIZE: Final = re.compile(
    r"\d+(?:\.\d+)? ?(?:x|by) ?\d+(?:\.\d+)?(?: ?x ?\d+(?:\.\d+)?)?(?:[ -]?(?:inch(?:es)?|in|cm|mm)\b|\")?|"
    r"\d+(?:[ -]?\d+/\d+|\.\d+)?(?:[ -]?(?:inch(?:es)?|in|cm|mm)\b|\")",
    re.IGNORECASE,
)
"""A size in inches, centimetres or millimetres: 9x13, 9-inch, 23 cm."""

_GROUPED: Final = re.compile(r"(?<=\d)[.](?=\d{3}(?!\d))")
"""The point of 1.200 as half of Europe writes thousands."""

_SERVED: Final = (
    "portions?|servings?|serves?|people|persons?|guests?|adults|covers|diners|portionen|portion|personen|"
    "personnes?|parts|personas|comensales|raciones|porciones|persone|porzioni"
)
_BESIDE: Final = re.compile(rf"^[ (]*(?:(?!or\b)[a-z]+ ){{0,2}}(?:{_SERVED})\b", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"\b(?:serves?|feeds?|servings?:?|yield for|enough for|sufficient for|for|para|pour|f[uü]r|per)"
    r"(?: (?:about|approximately|around|up to|roughly|at least))?:? ?$",
    re.IGNORECASE,
)
_DOZEN: Final = re.compile(r"^ ?(?:dozens?|doz\.?|dz\.?)(?![a-z])", re.IGNORECASE)
_WHOLE: Final = re.compile(
    r"^[ -]*(?:(?:large|big|small|medium|round|single|double|layer|sheet|bundt|full|half|hotel|deep|dish|\w+ed) )*"
    r"(?:\w+ ){0,2}?(?:cakes?|loaf|loaves|pies?|tarts?|pans?|trays?|batch(?:es)?|recipes?|pots?|bowls?|jars?|quiches?|"
    r"terrines?|cheesecakes?|logs?|roasts?|rings?|wreaths?|braids?|moulds?|molds?|casseroles?|gratins?|crusts?|doughs?|"
    r"bottles?|platters?|boards?|turkeys?|hams?|sheets?|tins?|dishes|dish)\b",
    re.IGNORECASE,
)
_EACH: Final = re.compile(rf"^[)\s-]*(?:each\b|(?:{_SERVED})\b)", re.IGNORECASE)
"""What follows the size of one portion."""

NOT_STATED: Final = "not stated"
"""What `yield.stated` holds if a recipe says nothing about it."""

FEW: Final = 4
"""So many whole cakes or loaves at most are cut up; more of them are pieces, as "24 tarts" and "12 pies" are; [K]."""

_NEXT_NUMBER: Final = re.compile(
    r"(?<![\w.,/])(?:[\d.]|an?(?= dozen)|(?:half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|sixteen|twenty|thirty|forty|fifty)\b)",
    re.IGNORECASE,
)


def parse_yield(text: str, system: str = "us") -> dict[str, Any]:
    """The fields of a `domain.recipe.Yield` that a text writes; a range means its lower end.

    `portions` if the text counts them, `amount` if it says a mass or a volume; the text itself is in `stated` if it
    counts none.
    """
    written = _GROUPED.sub("", normalized(text))
    plain = " ".join(re.sub(r"\( *\)", " ", _SIZE.sub(" ", written)).split())
    portions = _portions(plain, system)
    amount = _amount(plain, portions, system)
    fields: dict[str, Any] = {"amount": amount} if amount else {}
    return fields | ({"portions": portions} if portions else {"stated": " ".join(text.split())[:200]})


def _portions(text: str, system: str) -> int:
    """The number that counts portions or pieces, one beside such a word first; 0 if none does."""
    pieces = 0
    for number, start, end in _numbers(text):
        before, after = text[:start], text[end:]
        dozen = _DOZEN.match(after)
        count = math.floor(number * 12) if dozen else math.floor(number)
        after = after[dozen.end() :] if dozen else after
        if _BESIDE.match(after) or _BEFORE.search(before):
            return count
        pieces = pieces or _pieces(count, after, system, dozen is not None)
    return pieces


def _pieces(count: int, after: str, system: str, by_dozen: bool) -> int:
    """The count, if what follows is things that guests take, or nothing; 0 for a mass, a volume, a whole cake."""
    if by_dozen or not after.strip():
        return count
    is_whole = count == 1 or (count <= FEW and _WHOLE.match(after) is not None)
    return 0 if is_whole or _is_measure(after, system) else count


def _numbers(text: str) -> list[tuple[Fraction, int, int]]:
    """Each number of the text: its lower end, where it starts and where it ends."""
    found, at = [], 0
    while (begins := _NEXT_NUMBER.search(text, at)) is not None:
        try:
            number = parse_range(text, begins.start())
        except BadQuantity:
            number = None
        at = number[2] if number else begins.end()
        if number and number[0] > 0:
            found.append((number[0], begins.start(), at))
    return found


def _is_measure(after: str, system: str) -> bool:
    """Whether a unit of mass or volume follows."""
    word = re.match(r" ?-?(fl\.? oz|[a-zA-Z]+)", after)
    unit = units.lookup(word[1], system) if word else None
    return unit is not None and unit.dimension in ("mass", "volume")


def _amount(text: str, portions: int, system: str) -> Quantity | None:
    """The first mass or volume of the text, that of all portions ("12 (1-cup) servings"); None without one."""
    for _, start, end in _numbers(text):
        if not _is_measure(text[end:], system):
            continue
        try:
            found = parse_amount(text[start:], system)
        except ValueError:
            continue
        return found.quantity.times(portions) if portions and _EACH.match(found.rest) else found.quantity
    return None
