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
from catering_cli.kitchen.foods.mass import doubts
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import BadQuantity, NoAmount, normalized
from catering_cli.kitchen.quantities.scanner import ParsedAmount
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.recipes import shorthand
from catering_cli.kitchen.recipes.preparation import DONE_LATER, split_name

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
_TASTE: Final = re.compile(
    r"[,;]? ?\(?(?:plus (?:more|extra) )?(?:or )?(?:(?:more )?to taste|as (?:needed|required|desired|"
    r"necessary)|if (?:needed|desired|using)|"
    r"to serve|to garnish|optional|for (?:the )?(?:garnish(?:ing)?|serving|dusting|greasing|frying|"
    r"deep[- ]frying|drizzling|sprinkling|brushing|rolling|decoration|topping|pan|coating))\)?$",
    re.IGNORECASE,
)
_LAST_AMOUNT: Final = (  # compiled when first needed: most lines begin with their amount
    r"^([^\d:,;(]+?)(?: ?[:,-] ?~?| )((?!00\b)\d[\d/., -]*(?: ?[^\W\d_]+\.?(?: [^\W\d_]+\.?){0,2})?)$"
)
"""A food with its amount after it: "flour: 200 g", "Eau - 1 cuillère à soupe", "eieren 2"."""
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
    r"^(?:to taste|as needed|some|(?:a )?few|(?:a )?couple|several|optional)(?: of)?[:,]? +", re.IGNORECASE
)
_PART_OF: Final = re.compile(
    r"^((?:(?:finely |freshly )?(?:grated|squeezed) )?(?:juice|zest|rind|peel|grated zest|flesh|"
    r"seeds)(?:,? (?:and|&) (?:finely )?(?:grated )?(?:juice|zest|rind))?) (?:of|from) (.+)$",
    re.IGNORECASE,
)
_OF_MEASURE: Final = re.compile(r"^(\w+) of (.+)$")
_COUNTED: Final = ("", "small", "medium", "large", "extra large", "jumbo")
_LAST_WORD: Final = frozenset(["clove", "stalk", "rib", "sprig", "slice", "rasher", "ear", "bulb"])
_SEALED: Final = frozenset(("can", "jar", "bottle", "tube", "carton"))
"""Containers of food that is trimmed already."""

_TOLD: Final = re.compile(r"(?:about |approximately |approx\.? |~ ?)?(\d.*?)( each| apiece| total| in total)?")
"""A remark that tells a weight."""

_ALL: Final = 100
"""Percent."""


def parse_line(text: str, system: str = "us") -> IngredientLine:
    """What an ingredient line says; a line without a number ("salt, to taste") has no quantity.

    Raises BadQuantity for a line that is empty, or whose amount cannot be an amount (negative, 1e400, "cup flour").
    """
    body = shorthand.written_out(_STAR.sub("", _BULLET.sub("", normalized(text))).strip())
    if not body:
        raise NoAmount("the line is empty; write e.g. 2 lb chicken thighs, trimmed")
    body, taste = cut_taste(body)
    part, body = _cut_part(body)
    parsed, rest = _amount_anywhere(body, system)
    item, before, after, warnings = split_name(rest, counted=parsed is not None)
    if not item.strip():
        raise NoAmount(f"{text[:60]!r} names no food; write e.g. 2 cups flour")
    if parsed is not None and not parsed.quantity.high:
        warnings.append(f"an amount of 0 is read as none: {text[:60]!r}")
        parsed = None
    if parsed is None:
        if _DIGIT.search(item):
            warnings.append(f"{item[:60]!r} has a number that is not read as an amount")
        said = _joined(part, before, after, taste)
        return IngredientLine(item[:LONGEST], None, said, text=text, warnings=tuple(warnings))
    quantity = parsed.quantity
    if quantity.unit in _COUNTED:
        size = quantity.unit
        item, quantity = _last_measure(item, quantity, system)
        before = f"{size} {before}".strip() if quantity.unit != size else before
    alternative = parsed.alternative
    if not part:  # the juice of a lime is not so many spoons of lime
        quantity, alternative, after = _weighed(parsed, quantity, after, item, system)
    state, doubts_of_state = _state(parsed, quantity, item, before, after, system)
    warnings += _misspelled_unit(quantity, item)
    warnings += [*parsed.warnings, *doubts_of_state, *doubts(quantity, item, system)]
    return IngredientLine(
        item=item[:LONGEST],
        quantity=quantity,
        preparation=_joined(part, " ".join([*parsed.notes, before]).strip(), after, taste),
        state=state,
        text=text,
        warnings=tuple(warnings),
        approximate=parsed.approximate,
        alternative=alternative,
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)[:LONGEST]


def _misspelled_unit(quantity: Quantity, item: str) -> list[str]:
    """A doubt if the first word after a bare number is nearly a unit: "3 tableaspoons milk"."""
    first = item.split(" ", maxsplit=1)[0].lower()
    if quantity.unit or len(first) < _SHORT or weights.known_food(item):
        return []
    near = closest(first, _LONG_UNITS, MISSPELT)
    return [f"unrecognized unit {first!r}; did you mean {near}?"] if near else []


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


def _amount_anywhere(body: str, system: str) -> tuple[ParsedAmount | None, str]:
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
    word = body.rsplit(maxsplit=1)[-1]  # "6 cloves" are the spice
    count = Quantity(parsed.quantity.low, parsed.quantity.high)
    return ParsedAmount(count, warnings=(f"{word!r} is read as the food",)), word


def _turned(body: str, system: str) -> str:
    """A line whose amount stands after its food, turned round; empty if what stands there is no amount."""
    found = re.match(_LAST_AMOUNT, body)
    if not found:
        return ""
    food, amount = found[1], found[2]
    try:
        left = parse_amount(amount, system).rest
    except ValueError:
        return ""
    is_pan_width = re.search(r"\b(?:cm|mm|inch(?:es)?)\b|\"", amount)
    last_word = next(reversed(food.lower().split()), "")
    if left or is_pan_width or last_word in _NO_END:
        return ""
    return f"{amount} {food}"


_NO_END: Final = frozenset(
    ("to", "make", "makes", "equal", "from", "of", "and", "or", "with", "plus", "for", "about", "a", "the", "by", "+")
)
"""Words after which a number is no amount of the food before it: "enough water to make 3 cups"."""


def _last_measure(item: str, quantity: Quantity, system: str) -> tuple[str, Quantity]:
    """`4 garlic cloves` and `4 minced cloves of garlic` are 4 cloves of garlic."""
    if found := _OF_MEASURE.match(item):
        named = units.lookup(found[1], system)
        if named and named.dimension == "measure":
            return found[2], Quantity(quantity.low, quantity.high, named.name)
    head, _, last = item.rpartition(" ")
    unit = units.lookup(last, system) if head else None
    if unit is None or unit.name not in _LAST_WORD or head.lower() in ("whole", "ground", "dried"):
        return item, quantity
    return head, Quantity(quantity.low, quantity.high, unit.name)


def _weighed(
    parsed: ParsedAmount, quantity: Quantity, after: str, item: str, system: str
) -> tuple[Quantity, Quantity | None, str]:
    """A weight in brackets after the food ("2 onions (300 g)", "4 breasts (6 oz each)") counts before a mere count."""
    alternative = parsed.alternative
    unit = units.find(quantity.unit, system)
    if alternative is not None:
        is_mass = units.find(alternative.unit, system).dimension == "mass"
        if unit.dimension == "volume" and is_mass and not weights.density(item):
            return alternative, quantity, after
        return quantity, alternative, after
    if unit.dimension not in ("count", "measure"):
        return quantity, None, after
    remarks = after.split("; ")
    for remark in remarks:
        weight = _weight_told(remark, quantity, system)
        if weight is not None:
            return weight, quantity, "; ".join(other for other in remarks if other != remark)
    return quantity, None, after


def _weight_told(remark: str, count: Quantity, system: str) -> Quantity | None:
    """The weight or volume of all that a remark tells: "about 300 g", "6 oz each"."""
    told = _TOLD.fullmatch(remark)
    if told is None:
        return None
    try:
        weight = parse_amount(told[1], system)
    except ValueError:
        return None
    if weight.rest or units.find(weight.quantity.unit, system).dimension not in ("mass", "volume"):
        return None
    is_of_one = (told[2] or "").strip() in ("each", "apiece")
    return weight.quantity.times(count.high if is_of_one else 1)


def _is_sealed(parsed: ParsedAmount, unit: Unit) -> bool:
    """Whether the food comes out of a can, jar or carton, or the unit is a can such as #10."""
    container = parsed.packs.container if parsed.packs else ""
    return container in _SEALED or unit.name.split()[-1:] == ["can"]


def _state(
    parsed: ParsedAmount, quantity: Quantity, item: str, before: str, after: str, system: str
) -> tuple[str, list[str]]:
    """AP or EP by the rule of the line, and a warning if the line does not say it."""
    if parsed.state or before:
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
