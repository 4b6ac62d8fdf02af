"""Every number of a line is accounted for: as its amount, the same again, a choice, a size, a share or a preparation.

What the reader of the amount took is accounted for by it. Left are numbers in the name of the food, and amounts in a
remark: these are doubts, each with the reading that the plan goes by and the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods import phrases
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.lines.preparation import only_prepares
from catering_cli.kitchen.quantities import display, units
from catering_cli.kitchen.quantities.numerals import BadQuantity, normalized
from catering_cli.kitchen.quantities.same_amount import one_amount, restated
from catering_cli.kitchen.quantities.scanner import Scan


class Doubt(NamedTuple):
    """A line that can be read in two ways."""

    reading: str
    """what the plan goes by"""
    other: str
    """what may have been meant"""

    @property
    def sentence(self) -> str:
        """Both readings, for a finding."""
        return f"{self.reading}; the other reading: {self.other}"


_NUMBER: Final = re.compile(r"(?<![\w.])\d[\d.,/]*(?!\w)")
_NAMED: Final = re.compile(
    r"\d+(?:\.\d+)? ?(?:%|percent\b|proof\b|°)|\b00\b|(?:\d+/)?\d+-[a-z][\w-]*|\btype \d+|\bno\.? ?\d+|"
    r"\b1,?000 island",
    re.IGNORECASE,
)
"""Numbers that are part of a name or a size: 2% milk, 00 flour, 5-spice powder, 9-inch tortillas."""

_DOWNWARD: Final = re.compile(r"(\d+(?:\.\d+)?) ?- ?(\d+(?:\.\d+)?) ?([a-z]+)", re.IGNORECASE)
"""Two numbers and a unit: a range, or a count of a size."""

_COUNTED: Final = re.compile(
    r"(?:, |^|(?<=[a-z]) \+ )(\d+(?:[ -]\d+/\d+|/\d+)?) (?!(?:to|or|x|by|of|per|in|at|inch\w*|cm|mm|minutes?|hours?|"
    r"bones?|pieces?|slices?|parts?|halves|wedges|strips|rounds|thick|left|whole|for|sheets?|large|medium|small|each|"
    r"servings?|leaves|times|percent|yolks?|whites?)\b)([a-z][a-z' -]+)",
    re.IGNORECASE,
)
"""A count of something that opens a part of a remark: ", 2 bay leaves"."""

_COUNT_FIRST: Final = re.compile(
    r"(?:about |approx\.? |approximately |~ ?)?\d+(?: ?- ?\d+)? (?!(?:or|x|by|of|per|in|at|inch\w*|cm|mm|minutes?|"
    r"hours?|percent|days?|ingredients?|people|servings?|years?|months?|recipes?|g|kg|oz|lb|ml|l|cups?|tbsp|tsp)\b)[a-z]+",
    re.IGNORECASE,
)

_OTHER_USE: Final = re.compile(
    r"(?:\bor|\binto|\babout|\bper|\beach|\bto|\bfrom|\byields?|\bmakes?|\bmaking|\bthan|\bof|\bat|\ba|~|≈|-|\d/?) ?$",
    re.IGNORECASE,
)
"""Words before an amount in a remark that make it a choice, a size, a share, or what the food gives."""

_OWN: Final = re.compile(
    r" ?(?:of )?(?:(?:boiling|cold|hot|warm|lukewarm|iced?|tepid|filtered) )*(?:water|juice|zest|rind|leaves)\b",
    re.IGNORECASE,
)
"""What follows an amount in a remark that is not bought: water, and parts of the food itself."""

_OWN_PART: Final = re.compile(
    r"^(?: \w+){0,3} (?:leaves|florets|slices|pieces|kernels|meat|flesh|rest)\b", re.IGNORECASE
)
_AND: Final = re.compile(r" (?:and|&|plus) |, ")


def line_doubts(item: str, quantity: Quantity | None, after: str, system: str) -> tuple[Doubt, ...]:
    """What can be read otherwise in the name of the food and in the remarks of a line."""
    return (
        *_in_name(item, quantity),
        *_in_remarks(after, quantity, system),
        *_counted_foods(item, after, quantity, system),
        *_of_several(item, quantity, system),
    )


def _in_name(item: str, quantity: Quantity | None) -> Iterator[Doubt]:
    left = _NUMBER.search(_NAMED.sub(" ", item))
    if left is None:
        return
    known = "has a number that is not read as an amount" if quantity is None else "has a number beside its amount"
    yield Doubt(f"{item[:60]!r} {known}", f"{left.group()} is an amount or a size")


def upward(body: str, system: str) -> tuple[str, tuple[Doubt, ...]]:
    """A line whose range runs down ("4-3 lb beef") the right way round, with the doubt: it may be four of three."""
    found = _DOWNWARD.match(body)
    unit = units.lookup(found[3], system) if found else None
    if found is None or unit is None or unit.dimension not in ("mass", "volume") or float(found[1]) <= float(found[2]):
        return body, ()
    range_up = f"{found[2]}-{found[1]} {found[3]}"
    doubt = Doubt(f"{found.group()!r} is read as {range_up}", f"{found[1]} of {found[2]} {found[3]} each")
    return f"{range_up}{body[found.end() :]}", (doubt,)


def _in_remarks(after: str, quantity: Quantity | None, system: str) -> Iterator[Doubt]:
    """Amounts of mass or volume in a remark that are neither a choice nor a share of the line's own amount."""
    for at, end, told in _amounts(after, system):
        is_choice = re.split("; ", after[:at])[-1].lower().startswith("or ")
        if is_choice or _OTHER_USE.search(after[:at]) or _OWN.match(after, end):
            continue
        if quantity is not None and _is_share(told, quantity, after[end:], system):
            continue
        said = display.amount_text(told, system)
        yield Doubt(f"{said} in {after[:60]!r} is a remark and is not bought", f"{said} more is needed")


def _counted_foods(item: str, after: str, quantity: Quantity | None, system: str) -> Iterator[Doubt]:
    """Other foods in a remark, by the piece: "1 bunch thyme, tied with string, 2 bay leaves".

    Of a line without an amount a count that opens the remark may be it: "bananas (4-5 small ones)".
    """
    if quantity is None:
        count = _COUNT_FIRST.match(after)
        if count:
            yield Doubt(f"{item[:60]} without an amount", f"{after[:60]!r} says how many")
        return
    for found in _COUNTED.finditer(after):
        food = _food_named(found[2])
        if food and not set(tokens(food)) & set(tokens(item)) and units.lookup(found[2].split()[0], system) is None:
            said = f"{found[1]} {food}"
            yield Doubt(f"{said} in {after[:60]!r} is a remark and is not bought", f"{said} is needed too")


def _food_named(phrase: str) -> str:
    """The food that the first words of a phrase name, at most three of them; empty if they name none."""
    words = phrase.split()[:3]
    heads = (" ".join(words[:end]) for end in range(len(words), 0, -1))
    return next((head for head in heads if identify(head)), "")


def _amounts(text: str, system: str) -> Iterator[tuple[int, int, Quantity]]:
    """Each amount with a unit in a text, with where it begins and ends."""
    plain = normalized(text) if text else ""
    end = 0
    for found in _NUMBER.finditer(plain):
        if found.start() < end:
            continue
        reading = Scan(plain, system, at=found.start())
        try:
            told = one_amount(reading)
            if told is not None:
                restated(reading, told)
        except BadQuantity:
            continue
        if told is not None:
            end = reading.at  # also behind what says it again
            yield found.start(), end, told


def _is_share(told: Quantity, quantity: Quantity, behind: str, system: str) -> bool:
    """Whether an amount in a remark is of the line's own: "divided: 1 1/2 cups and 1/2 cup", "2 cups packed leaves"."""
    one, whole = units.find(told.unit, system), units.find(quantity.unit, system)
    if whole.dimension in ("count", "measure"):
        return only_prepares(re.split("[,;]", behind)[0]) or _OWN_PART.search(behind) is not None
    if one.dimension != whole.dimension:
        return False
    return told.high * one.factor <= quantity.high * whole.factor


def _of_several(item: str, quantity: Quantity | None, system: str) -> Iterator[Doubt]:
    """One amount before two foods: "1 tsp salt and pepper"."""
    if quantity is None or not _AND.search(item) or " with " in item or identify(item):
        return
    foods = [one.name for one in phrases.items(item) or ()]
    if len(foods) > 1:
        amount = display.amount_text(quantity, system)
        yield Doubt(f"{amount} is of {' and '.join(foods)} together", f"{amount} of each")
