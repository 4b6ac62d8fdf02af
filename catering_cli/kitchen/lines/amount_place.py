"""Where the amount of a line stands: before its food, behind it, or in brackets behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.lines.preparation import only_prepares
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import SPELLED, NoAmount, Unclear, UnitAlone, parse_number
from catering_cli.kitchen.quantities.scanner import ParsedAmount
from catering_cli.kitchen.quantities.vocabulary import word_set

_NUMBER: Final = re.compile(rf"(?<![\w.,/#'$-])(?:\d|(?:{SPELLED})\b)", re.IGNORECASE)
_SAID: Final = re.compile(
    r"[:(,-]? ?(?:(?:weighing|about|approximately|approx\.?|roughly|around|~) ?)*$", re.IGNORECASE
)
"""What may stand between a food and the amount behind it."""

_LENGTHS: Final = re.compile(r"\b(?:cm|mm|inch(?:es)?)\b|\"")


def amount_anywhere(body: str, system: str) -> tuple[ParsedAmount | None, str]:
    """The quantity that starts or ends a line, or None for a food alone; and the rest."""
    parsed, rest = _amount(body, system)
    if parsed is None and (turned := _turned(body, system)):
        return _amount(turned, system)
    return parsed, rest


def _amount(body: str, system: str) -> tuple[ParsedAmount | None, str]:
    """The quantity that starts a line, or None for a food alone; and the rest."""
    try:
        parsed = _of_a_kind(body, system) or parse_amount(body, system)
    except (NoAmount, Unclear):
        return None, body
    except UnitAlone as alone:
        parsed = parse_amount(f"1 {body}", system)
        parsed = replace(
            parsed, warnings=(*parsed.warnings, f"no number stands before the {alone.unit}; 1 is read as meant")
        )
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


_KIND: Final = re.compile(rf"(?:\d+|{SPELLED})-(?P<word>[a-z]{{3,}})", re.IGNORECASE)


def _of_a_kind(body: str, system: str) -> ParsedAmount | None:
    """One of a kind whose name has the number: `6-bone rack of lamb`, `12-grain bread`; NoAmount for `5-spice powder`.

    None if the line does not begin so, or the number is of a unit or a length.
    """
    found = _KIND.match(body)
    word = found["word"].lower() if found else ""
    unit = units.lookup(word, system)
    is_measure = word in _MEASURES or (unit is not None and unit.dimension != "measure")
    if found is None or is_measure or _LENGTHS.match(word) or parse_number(word):
        return None
    if identify(body.partition(",")[0]):
        raise NoAmount(f"{body[:40]!r} has no amount; write a number first, e.g. 1 cup")
    parsed = parse_amount(f"1 {body}", system)
    said = f"{found.group()!r} says which, and not how many; 1 is read as meant"
    return replace(parsed, warnings=(*parsed.warnings, said))


_MEASURES: Final = word_set("inch inches dozen bis")


def _turned(body: str, system: str) -> str:
    """A line whose amount stands after its food, turned round; empty if what stands there is no amount.

    `flour: 200 g`, `Water (60 g)`, `butter (3 sticks), melted`, `Sugar 2 cups (400 grams), plus more for coating`.
    """
    for number in _NUMBER.finditer(body):
        said = _SAID.search(body, 0, number.start())
        food = body[: said.start() if said else number.start()].strip(" ,:-")
        is_bracketed = said is not None and "(" in said.group()
        turned = _amount_then_food(food, body[number.start() :], system, is_bracketed=is_bracketed)
        if turned:
            return turned
    return ""


def _amount_then_food(food: str, behind: str, system: str, *, is_bracketed: bool) -> str:
    """The line turned round if `behind` is an amount with at most a remark after it; else empty."""
    amount, closing, remark = behind.partition(")") if is_bracketed else (behind, ")", "")
    if not closing or not _may_end(food):
        return ""
    try:
        rest = parse_amount(amount, system).rest
    except ValueError:
        return ""
    may_follow = not rest or (not is_bracketed and _is_remark(rest))
    amount = amount[: len(amount) - len(rest)].strip() if rest else amount
    if not may_follow or _LENGTHS.search(amount):
        return ""
    more = f", {rest.strip(' ,;')}" if rest else remark
    amount, bracket, inside = amount.partition(" (")  # beside an amount behind its food it is the whole again
    return f"{amount} {food}{bracket}{inside}{more}"


def _may_end(food: str) -> bool:
    """Whether an amount may follow these words as that of their food."""
    last_word = next(reversed(food.lower().split()), "")
    return bool(food) and last_word not in _NO_END and food.count("(") == food.count(")")


def _is_remark(rest: str) -> bool:
    """Whether words after an amount add no food: ", melted", "(packed)", "chopped"."""
    return rest[0] in ",;(" or only_prepares(rest)


_NO_END: Final = word_set(
    "to make makes equal from of and or with plus for about a an the by + into in page pages p p. pp. step chapter no "
    "no. see at until between over under recipe allow serves size grade vitamin per x"
)
"""Words after which a number is no amount of the food before it: "enough water to make 3 cups"."""
