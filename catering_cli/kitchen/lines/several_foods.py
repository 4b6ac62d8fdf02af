"""Lines that name several foods: each becomes a line of its own, with its amount, so that each is bought.

`50g each almonds, hazelnuts and sesame seeds`, `4 oz ham, 4 oz cheddar, 2 eggs`, `1 egg plus 1 egg yolk`,
`salt and pepper`. A choice ("butter or oil") and what belongs together ("half and half") stay one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.lines import shorthand
from catering_cli.kitchen.lines.ingredient_line import IngredientLine, parse_line
from catering_cli.kitchen.lines.line_words import cut_label, cut_taste, plain_text
from catering_cli.kitchen.lines.preparation import only_prepares
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.scanner import ParsedAmount

_EACH: Final = re.compile(r"(?P<amount>.{1,40}?),? (?:of )?each(?: of)?:? (?P<foods>.+)", re.IGNORECASE)
_EACH_BEHIND: Final = re.compile(
    r"(?P<foods>[^\d(]+?)(?:,|:| -)? \(?(?P<amount>\d[^()]{0,30}?) (?:of )?each\)?", re.IGNORECASE
)
_EACH_AGAIN: Final = re.compile(r"\d.* each\b", re.IGNORECASE)
"""What each piece weighs: `2 1-inch thick each fillets, about 6 oz each`."""

_LISTED: Final = re.compile(r", (?:and |& )?|;? and | & | \+ |; ", re.IGNORECASE)
_ADDED: Final = re.compile(
    r"(?P<plus> ?\+ ?|,? (?:plus|and|&) (?:an (?:additional|extra) |another )?)(?=\d|an? )|, ?(?=\d)|; ?(?=\d)",
    re.IGNORECASE,
)
_PLUS_IN_BRACKETS: Final = re.compile(r",? \((plus (?:an additional |another )?\d[^()]*)\),?", re.IGNORECASE)
_IN_A_CHOICE: Final = re.compile(r"\bor\b(?! \d+ (?:small|medium|large)\b).*\d", re.IGNORECASE)
"""A second way to make it, of which the following amounts are part: "or 2 tbsp butter and 1 tbsp oil"."""

_OWN_PART: Final = re.compile(r"(?:leaves|stems|stalks|roots|seeds|peel|tops) ", re.IGNORECASE)
_FOR: Final = re.compile(r"(?:more |extra )?(?:for|to) ", re.IGNORECASE)
_FEWEST: Final = 2
"""Foods from which a list is one."""


def parse_lines(text: str, system: str = "us") -> tuple[IngredientLine, ...]:
    """What a line says, food by food; most lines name one. Raises BadQuantity as `parse_line` does."""
    whole = _PLUS_IN_BRACKETS.sub(r", \1,", shorthand.written_out(plain_text(text)))
    _, body = cut_label(whole, system)
    label = whole.removesuffix(body)
    for parts in (_of_each(body, system), _one_after_the_other(body, system), _without_amount(body, system)):
        if len(parts) >= _FEWEST:
            return tuple(replace(parse_line(f"{label}{part}", system), text=text) for part in parts)
    return (parse_line(text, system),)


def _of_each(body: str, system: str) -> list[str]:
    """`1 tsp each cumin, mustard powder and salt`, `salt and pepper, 1 tsp each`: the amount counts for each food."""
    found = _EACH.fullmatch(body) or _EACH_BEHIND.fullmatch(body)
    if found is None or not _is_amount(found["amount"], system) or _EACH_AGAIN.search(found["foods"]):
        return []
    foods = _with_their_noun(_foods_of(found["foods"]))
    return [f"{found['amount']} {food}" for food in foods]


def _is_amount(text: str, system: str) -> bool:
    try:
        return not parse_amount(text, system).rest
    except ValueError:
        return False


def _foods_of(listed: str) -> list[str]:
    """The foods of a list, each with the preparation that follows it."""
    foods: list[str] = []
    for part in _LISTED.split(listed):
        if foods and (only_prepares(part) or _OWN_PART.match(part)):
            foods[-1] = f"{foods[-1]}, {part}"
        elif part.strip():
            foods.append(part.strip())
    return foods


def _with_their_noun(foods: list[str]) -> list[str]:
    """`light and dark soy sauce` are light soy sauce and dark soy sauce: a word alone takes the noun of the last."""
    nouns = foods[-1].partition(",")[0].split()
    return [_completed(food, nouns) for food in foods]


def _completed(food: str, nouns: list[str]) -> str:
    if _is_known(food):
        return food
    whole = (" ".join([food, *nouns[at:]]) for at in range(1, len(nouns)))
    return next((name for name in whole if _is_known(name)), food)


def _one_after_the_other(body: str, system: str) -> list[str]:
    """`4 oz ham, 4 oz cheddar, 2 eggs`, `8 cups broth + 2 cups water`, `200 g flour, plus 2 tbsp for dusting`."""
    parts = [body]
    while pair := next(_pairs(parts[-1], system), None):
        parts[-1:] = pair
    return parts


def _pairs(body: str, system: str) -> Iterator[tuple[str, str]]:
    """A food with its amount and what follows it, which begins with the amount of another food or more of the first."""
    for found in _ADDED.finditer(body):
        left, right = body[: found.start()].strip(" ,"), body[found.end() :]
        if left.count("(") != left.count(")") or _IN_A_CHOICE.search(left):
            continue
        second = _read(right, system)
        pair = _added(left, right, second, system) if found["plus"] and second else None
        if pair is None and second and _names_a_food(second) and _is_known(_food_of_text(left, system)):
            pair = left, right
        if pair is not None:
            yield pair


def _food_of_text(text: str, system: str) -> str:
    """The food of a text that begins with an amount; empty without one."""
    parsed = _read(text, system)
    return _food_of(parsed) if parsed else ""


def _added(left: str, right: str, second: ParsedAmount, system: str) -> tuple[str, str] | None:
    """Two lines if a plus adds more of the same food: "plus 2 tbsp for dusting", "1/4 lb plus 4 tbsp butter"."""
    first = _read(left, system)
    food = _food_of(first) if first else _plain_food(left)
    if _says_no_food(second):
        return (left, _more_of(right, second, food)) if food and (first or _is_known(food)) else None
    if first is None or _is_known(food) or _is_a_sum(first, second, system) or not _is_known(_food_of(second)):
        return None
    whole = _with_food_of_the_second(first, left, _food_of(second))
    return (whole, right) if whole else None


def _more_of(right: str, second: ParsedAmount, food: str) -> str:
    """The second amount as a line of the first food."""
    amount = right[: len(right) - len(second.rest)].strip()
    return f"{amount} {food}, {second.rest}".strip(" ,")


def _is_a_sum(first: ParsedAmount, second: ParsedAmount, system: str) -> bool:
    """Whether two amounts of one dimension are one: `2 tbsp plus 1 tsp vinegar`."""
    one, other = (units.find(parsed.quantity.unit, system).dimension for parsed in (first, second))
    return not first.rest and one == other and one in ("mass", "volume")


def _with_food_of_the_second(first: ParsedAmount, left: str, food: str) -> str:
    """`1/4 pound plus 4 tbsp butter`, `1 green and 1 red pepper`: the food that both amounts are of; empty if none."""
    if not first.rest:
        return f"{left} {food}" if first.quantity.unit else ""
    nouns = food.split()
    whole = (f"{first.rest} {' '.join(nouns[at:])}" for at in range(1, len(nouns)))
    known = next((name for name in whole if _is_known(name)), "")
    return f"{left}{known.removeprefix(first.rest)}" if known else ""


def _read(text: str, system: str) -> ParsedAmount | None:
    try:
        return parse_amount(text, system)
    except ValueError:
        return None


def _food_of(parsed: ParsedAmount) -> str:
    return _plain_food(parsed.rest)


def _plain_food(text: str) -> str:
    """The words up to the comma, bracket, purpose or amount that follows the food."""
    return re.split(r",| \(| \+ | plus | and \d|;| for | - ", text)[0].strip()


def _names_a_food(parsed: ParsedAmount) -> bool:
    food = _food_of(parsed)
    return bool(food) and not only_prepares(food) and _is_known(food)


def _says_no_food(parsed: ParsedAmount) -> bool:
    """Whether a further amount is of the same food: "plus 2 tbsp", "plus 2 tbsp for dusting", "plus 1 cup, melted"."""
    if not parsed.quantity.unit:
        return False
    rest = parsed.rest.strip(" ,")
    return not rest or only_prepares(rest) or bool(_FOR.match(rest))


def _without_amount(body: str, system: str) -> list[str]:
    """`salt and pepper`, `S&P`, `salt, white pepper to taste`: foods that are all known, none with an amount."""
    food, said = cut_taste(body)
    if re.search(r"\d|\bor\b|\bof\b", food) or _read(food, system) or identify(food):
        return []
    parts = _LISTED.split(food)
    if not all(identify(part) for part in parts):
        return []
    return [f"{part}, {said}".strip(" ,") for part in parts]


def _is_known(food: str) -> bool:
    return identify(food) is not None or weights.known_food(food)
