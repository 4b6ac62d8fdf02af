"""One line of a recipe: quantity, food, preparation, and whether the amount is weighed before or after it.

"2 lb asparagus, trimmed" is weighed before trimming (AP), "2 lb trimmed asparagus" after (EP). A preparation
without a comma, and a volume of something that must be cut to be measured, are read with a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from catering_cli.domain.quantity import Quantity
from catering_cli.domain.suggest import MISSPELT, closest
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.identify import identify
from catering_cli.kitchen.foods.mass import doubts
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, NoAmount, normalized
from catering_cli.kitchen.quantities.scanner import ParsedAmount
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.quantities.vocabulary import word_set
from catering_cli.kitchen.recipes import shorthand
from catering_cli.kitchen.recipes.amount_place import amount_anywhere
from catering_cli.kitchen.recipes.canned import in_cans
from catering_cli.kitchen.recipes.name_by_measure import meant_by_measure
from catering_cli.kitchen.recipes.preparation import DONE_LATER, split_name
from catering_cli.kitchen.recipes.said_again import SaidOfAmount, said_again

LONGEST: Final = 200
"""Characters of a food's name or preparation."""


@dataclass(frozen=True, slots=True)
class IngredientLine:
    """An ingredient as it was written and understood."""

    item: str
    quantity: Quantity | None
    preparation: str = ""
    state: str = "EP"
    text: str = ""
    warnings: tuple[str, ...] = ()
    approximate: bool = False
    alternative: Quantity | None = None

    def fields(self) -> dict[str, Any]:
        """The fields of a `domain.recipe.Ingredient`."""
        return {
            "item": self.item,
            "quantity": self.quantity,
            "preparation": self.preparation,
            "state": self.state,
            "text": self.text,
        }


_BULLET: Final = re.compile(r"^(?:[-*•▢☐▪◦‣·+]\s+|\d+\.\s+(?=\d))+")
_TAG: Final = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|\S+))*\s*/?>|</?(?:span|div|p|li|ul|em|strong|b|i|a|br)(?=[\s\d])"
)
"""A tag, closed or not: what follows one that is not closed is still text."""

_ROUND: Final = str.maketrans("[]{}", "()()")
_NESTED: Final = re.compile(r"\(([^()]*)\(([^()]*\d[^()]*)\)([^()]*)\)")
_TASTE: Final = re.compile(
    r"[,;]? ?\(?(?:plus (?:more|extra) )?(?:or )?(?:(?:more )?to taste|as (?:needed|required|desired|"
    r"necessary)|if (?:needed|desired|using)|"
    r"to serve|to garnish|optional|for (?:the )?(?:garnish(?:ing)?|serving|dusting|greasing|frying|"
    r"deep[- ]frying|drizzling|sprinkling|brushing|rolling|decoration|topping|pan|coating))\)?$",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_SHORT: Final = 4
_LONG_UNITS: Final = (
    "tablespoon",
    "tablespoons",
    "teaspoon",
    "teaspoons",
    "ounce",
    "ounces",
    "pound",
    "pounds",
    "gram",
    "grams",
    "cups",
    "quart",
    "pint",
    "litre",
    "liter",
    "package",
    "pinch",
)
"""Units whose misspellings are told."""

_STAR: Final = re.compile(r"\*(?! ?\d)")
"""A footnote's mark, not a times sign."""

_TASTE_FIRST: Final = re.compile(
    r"^(?:to taste|as needed|some|a (?:little|bit)|(?:very )?little|a touch|optional)(?: of)?[:,]? +(?!gem)",
    re.IGNORECASE,
)
_PART_OF: Final = re.compile(
    r"^((?:the )?(?:(?:finely |freshly |strained )?(?:grated|squeezed|strained) )?(?:juice|zest|rind|peel|grated zest|"
    r"flesh|seeds|leaves|needles|kernels|yolks?|whites?|stems|pulp)(?:,? (?:and|&) (?:\w+ )?(?:grated )?"
    r"(?:juice|zest|rind|pulp|seeds))?) (?:(?:of|from) (?=an? |the |half |about |\d|[a-z]+ (?:to|or) |(?:one|two|three|"
    r"four|five|six) )|(?=\d))(.+)$",
    re.IGNORECASE,
)
_GRADE: Final = re.compile(
    r"(?P<grade>(?:\d\d/\d{1,2}|U[-/]?\d{1,2})(?: ?-?(?:ct|count)\b\.?)?|"
    r"\d{1,3} ?(?:-|to|/) ?\d{1,3} ?-?(?:ct|count)\b\.?|"
    r"\d\d ?(?:ct|count)\b\.?|[a-z]+-(?:shaped|sized?)|\d\d ?(?:%|percent)[ -](?:lean|fat))"
    r"(?: per (?:lb|pound))?,? (?=[A-Za-z])",
    re.IGNORECASE,
)
"""How lean a meat is (90/10), how many make a pound (16/20, U-15), what shape it has: no amount, no name."""

_CHOICE: Final = re.compile(r",? or (?=\d)", re.IGNORECASE)
_OF_MEASURE: Final = re.compile(r"^(\w+) of (.+)$")
_COUNTED: Final = ("", "small", "medium", "large", "extra large", "jumbo")
_LAST_WORD: Final = word_set("clove sprig slice rasher ear bulb")
_OF_PLANTS: Final = word_set("stalk leaf spear stick head stem")
_SEALED: Final = frozenset(("can", "jar", "bottle", "tube", "carton"))
"""Containers of food that is trimmed already."""

_UNTRIMMED: Final = word_set("whole frozen thawed fresh raw large small medium unpeeled washed scrubbed rinsed and or")
"""Words before a food that leave it as it is bought."""

_ALL: Final = 100
"""Percent."""


def parse_line(text: str, system: str = "us") -> IngredientLine:
    """What an ingredient line says; a line without a number ("salt, to taste") has no quantity.

    Raises BadQuantity for a line that is empty, or whose amount cannot be an amount (negative, 1e400, "cup flour").
    """
    body = shorthand.written_out(plain_text(text))
    if not body:
        raise NoAmount("the line is empty; write e.g. 2 lb chicken thighs, trimmed")
    body, taste = cut_taste(body)
    part, body = _cut_part(body)
    parsed, rest = amount_anywhere(body, system)
    rest, graded = _cut_grade(rest)
    rest, choice = _cut_choice(rest)
    item, before, after, warnings = split_name(rest, counted=parsed is not None)
    if not item.strip():
        raise NoAmount(f"{text[:60]!r} names no food; write e.g. 2 cups flour")
    after = "; ".join(part for part in (after, choice) if part)
    if parsed is not None and not parsed.quantity.high:
        warnings.append(f"an amount of 0 is read as none: {text[:60]!r}")
        parsed = None
    if parsed is None:
        if _DIGIT.search(item):
            warnings.append(f"{item[:60]!r} has a number that is not read as an amount")
        how = _joined(part, f"{graded} {before}".strip(), after, taste)
        item = meant_by_measure(item, None, how, system)
        return IngredientLine(item[:LONGEST], None, how, text=text, warnings=tuple(warnings))
    quantity = parsed.quantity
    if quantity.unit in _COUNTED:
        size = quantity.unit
        item, quantity = _last_measure(item, quantity, system)
        before = f"{size} {before}".strip() if quantity.unit != size else before
    alternative = parsed.alternative
    if not part:  # the juice of a lime is not so many spoons of lime
        said = said_again(SaidOfAmount(item, quantity, alternative, after), system)
        item, quantity, alternative, after = said.item, said.quantity, said.alternative, said.after
        warnings += said.warnings
    item, quantity, alternative = in_cans(item, parsed.packs, quantity, alternative)
    how = _joined(part, " ".join([*parsed.notes, graded, before]).strip(), after, taste)
    item = meant_by_measure(item, quantity, how, system)
    is_volume = units.find(parsed.quantity.unit, system).dimension == "volume"  # what fills a cup is trimmed
    measured = parsed.quantity if is_volume else quantity
    state, doubts_of_state = _state(parsed, measured, item, before, after, system)
    warnings += _misspelled_unit(quantity, item)
    warnings += [*parsed.warnings, *doubts_of_state, *doubts(quantity, item, system)]
    return IngredientLine(
        item=item[:LONGEST],
        quantity=quantity,
        preparation=how,
        state=state,
        text=text,
        warnings=tuple(warnings),
        approximate=parsed.approximate,
        alternative=alternative,
    )


def plain_text(text: str) -> str:
    """A line without bullets, footnote marks and tags of a web page, its brackets round and not nested."""
    plain = _TAG.sub(" ", normalized(text)).translate(_ROUND)
    plain = _NESTED.sub(r"(\1/ \2\3)", plain)
    return " ".join(_STAR.sub("", _BULLET.sub("", plain)).split())


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)[:LONGEST]


def _misspelled_unit(quantity: Quantity, item: str) -> list[str]:
    """A doubt if the first word after a bare number is nearly a unit: "3 tableaspoons milk"."""
    first = item.split(" ", maxsplit=1)[0].lower()
    if quantity.unit or len(first) < _SHORT or weights.known_food(item):
        return []
    near = closest(first, _LONG_UNITS, MISSPELT)
    return [f"unrecognized unit {first!r}; did you mean {near}?"] if near else []


def _cut_grade(rest: str) -> tuple[str, str]:
    """The text after an amount without the grade or shape of the food (90/10, 16/20, cup-shaped), and that."""
    found = _GRADE.match(rest)
    return (rest[found.end() :], found["grade"]) if found else (rest, "")


def _cut_choice(rest: str) -> tuple[str, str]:
    """The first of two foods with amounts ("1 cup milk or 2 cups water"), and the other."""
    found = _CHOICE.search(rest)
    is_whole = found is not None and rest[: found.start()].count("(") == rest[: found.start()].count(")")
    return (rest[: found.start()], rest[found.start() :].strip(" ,")) if found and is_whole else (rest, "")


def _cut_part(body: str) -> tuple[str, str]:
    """The part of a food that a line asks for ("juice of 2 limes"), and the line without it."""
    found = _PART_OF.match(body)
    return (found[1].lower(), found[2]) if found else ("", body)


def cut_taste(body: str) -> tuple[str, str]:
    """The line without "to taste", "for garnish" and the like, and those words."""
    said: list[str] = []
    while found := _TASTE.search(body):
        left = body[: found.start()]
        if not left or left.count("(") != left.count(")"):
            break
        said.insert(0, found.group().strip(" ,;()"))
        body = body[: found.start()].rstrip(" ,;")
    if found := _TASTE_FIRST.match(body):
        said.append(found.group().strip(" :,"))
        body = body[found.end() :]
    return body, ", ".join(said)


def _last_measure(item: str, quantity: Quantity, system: str) -> tuple[str, Quantity]:
    """`4 garlic cloves` and `4 minced cloves of garlic` are 4 cloves of garlic."""
    if found := _OF_MEASURE.match(item):
        named = units.lookup(found[1], system)
        if named and named.dimension == "measure":
            return found[2], Quantity(quantity.low, quantity.high, named.name)
    head, _, last = item.rpartition(" ")
    unit = units.lookup(last, system) if head else None
    belongs = head.lower() in ("whole", "ground", "dried") or head.lower().endswith(" the")
    if unit is None or belongs or not (unit.name in _LAST_WORD or _is_of_a_plant(unit, head, item)):
        return item, quantity
    return head, Quantity(quantity.low, quantity.high, unit.name)


def _is_of_a_plant(unit: Unit, head: str, item: str) -> bool:
    """Whether a leaf, stick or rib is of a vegetable or herb: celery ribs, no pork ribs, no curry leaves."""
    food = identify(head) if unit.name in _OF_PLANTS and not weights.known(item) else None
    return food is not None and food.department == "produce" and identify(item) in (None, food)


def _is_sealed(parsed: ParsedAmount, unit: Unit) -> bool:
    """Whether the food comes out of a can, jar or carton, or the unit is a can such as #10."""
    container = parsed.packs.container if parsed.packs else ""
    return container in _SEALED or unit.name.split()[-1:] == ["can"]


def _state(
    parsed: ParsedAmount, quantity: Quantity, item: str, before: str, after: str, system: str
) -> tuple[str, list[str]]:
    """AP or EP by the rule of the line, and a warning if the line does not say it."""
    if parsed.state or not _UNTRIMMED.issuperset(before.lower().split()):
        return parsed.state or "EP", []
    unit = units.find(quantity.unit, system)
    if _is_sealed(parsed, unit):
        return "EP", []
    is_trimmed = weights.edible_share(item).percent < _ALL
    is_prepared = any(word.strip(",;").lower() in DONE_LATER for word in after.split())
    if is_trimmed and unit.dimension == "volume":
        return "EP", [f"a volume of {item} is read as trimmed and cut"] if is_prepared else []
    if is_trimmed and unit.dimension == "mass" and not is_prepared:
        return "AP", [f"{item}: no preparation is said; the amount is read as purchased (AP)"]
    return "AP" if is_prepared or is_trimmed else "EP", []


__all__ = ["BadQuantity", "IngredientLine", "parse_line"]
