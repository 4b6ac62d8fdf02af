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

_ALL: Final = 100
"""Percent."""


def parse_line(text: str, system: str = "us") -> IngredientLine:
    """What an ingredient line says; a line without a number ("salt, to taste") has no quantity.

    Raises BadQuantity for a line that is empty, or whose amount cannot be an amount (negative, 1e400, "cup flour").
    """
    written = normalized(text)
    body = _STAR.sub("", _BULLET.sub("", written)).strip()
    if not body:
        raise NoAmount("the line is empty; write e.g. 2 lb chicken thighs, trimmed")
    body, taste = _cut_taste(body)
    part = ""
    if found := _PART_OF.match(body):
        part, body = found[1].lower(), found[2]
    parsed, rest = _amount(body, system)
    if parsed is None and (turned := _turned(body, system)):
        parsed, rest = _amount(turned, system)
    item, before, after, warnings = split_name(rest, counted=parsed is not None)
    quantity = parsed.quantity if parsed else None
    if quantity is not None and not quantity.high:
        warnings.append(f"an amount of 0 is read as none: {text[:60]!r}")
        parsed = quantity = None
    if quantity is not None and quantity.unit in _COUNTED:
        size = quantity.unit
        item, quantity = _last_measure(item, quantity, system)
        before = f"{size} {before}".strip() if quantity.unit != size else before
    alternative = parsed.alternative if parsed else None
    if not part:  # the juice of a lime is not so many spoons of lime
        quantity, alternative, after = _weighed(parsed, quantity, after, item, system)
    notes = list(parsed.notes) if parsed else []
    state, more = _state(parsed, quantity, item, before, after, system)
    said = ", ".join(p for p in (part, " ".join([*notes, before]).strip(), after, taste) if p)
    if not item.strip():
        raise NoAmount(f"{text[:60]!r} names no food; write e.g. 2 cups flour")
    warnings += _oversights(parsed, quantity, item)
    warnings += [*(parsed.warnings if parsed else ()), *more, *(doubts(quantity, item, system) if quantity else ())]
    return IngredientLine(
        item[:LONGEST],
        quantity,
        said[:LONGEST],
        state,
        text,
        tuple(warnings),
        bool(parsed and parsed.approximate),
        alternative,
    )


def _oversights(parsed: ParsedAmount | None, quantity: Quantity | None, item: str) -> list[str]:
    """What was probably meant as an amount or a unit, but cannot be read as one."""
    if quantity is None:
        return [f"{item[:60]!r} has a number that is not read as an amount"] if _DIGIT.search(item) else []
    first = item.split(" ", maxsplit=1)[0].lower() if item else ""
    if parsed is None or quantity.unit or len(first) < _SHORT or weights.known_food(item):
        return []
    near = closest(first, _LONG_UNITS, MISSPELT)
    return [f"{first!r} is no unit; did you mean {near}?"] if near else []


def _cut_taste(body: str) -> tuple[str, str]:
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


def _amount(body: str, system: str) -> tuple[ParsedAmount | None, str]:
    """The quantity that starts a line, or None for a food alone; and the rest."""
    try:
        parsed = parse_amount(body, system)
    except NoAmount:
        return None, body
    if not parsed.rest:
        unit = units.find(parsed.quantity.unit, system)
        if unit.name == "wine bottle":
            return parsed, "wine"
        if unit.dimension == "measure":  # "6 cloves" are the spice
            word = body.rsplit(maxsplit=1)[-1]
            return ParsedAmount(
                Quantity(parsed.quantity.low, parsed.quantity.high), warnings=(f"{word!r} is read as the food",)
            ), word
    return parsed, parsed.rest


def _turned(body: str, system: str) -> str:
    """A line whose amount stands after its food, turned round; empty where what stands there is no amount."""
    found = re.match(_LAST_AMOUNT, body)
    if not found:
        return ""
    try:
        left = parse_amount(found[2], system).rest
    except ValueError:
        return ""
    last = found[1].rsplit(maxsplit=1)[-1].lower() if found[1].strip() else ""
    sized = re.search(r"\b(?:cm|mm|inch(?:es)?)\b|\"", found[2])  # a pan's width, not how many
    return "" if left or sized or last in _NO_END else f"{found[2]} {found[1]}"


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
    parsed: ParsedAmount | None, quantity: Quantity | None, after: str, item: str, system: str
) -> tuple[Quantity | None, Quantity | None, str]:
    """A weight in brackets after the food ("2 onions (300 g)", "4 breasts (6 oz each)") counts before a mere count."""
    if parsed is None or quantity is None:
        return quantity, None, after
    alternative = parsed.alternative
    unit = units.find(quantity.unit, system)
    if unit.dimension == "volume" and alternative and units.find(alternative.unit, system).dimension == "mass":
        return (quantity, alternative, after) if weights.density(item) else (alternative, quantity, after)
    for piece in after.split("; "):
        told = re.fullmatch(r"(?:about |approximately |approx\.? |~ ?)?(\d.*?)( each| apiece| total| in total)?", piece)
        if alternative or not told or unit.dimension not in ("count", "measure"):
            continue
        try:
            weight = parse_amount(told[1], system)
        except ValueError:
            continue
        if weight.rest or units.find(weight.quantity.unit, system).dimension not in ("mass", "volume"):
            continue
        times = quantity.high if (told[2] or "").strip() in ("each", "apiece") else 1
        left = "; ".join(p for p in after.split("; ") if p != piece)
        return weight.quantity.times(times), quantity, left
    return quantity, alternative, after


def _state(
    parsed: ParsedAmount | None, quantity: Quantity | None, item: str, before: str, after: str, system: str
) -> tuple[str, list[str]]:
    """AP or EP by the rule of the line, and warnings where the line does not say it."""
    if parsed is None or quantity is None or parsed.state or before:
        return (parsed.state if parsed else "") or "EP", []
    unit = units.find(quantity.unit, system)
    if (parsed.packs and parsed.packs.container in _SEALED) or unit.name.split()[-1:] == ["can"]:
        return "EP", []
    dimension = unit.dimension
    trimmed_off = weights.edible_share(item).percent < _ALL
    prepared = any(w.strip(",;").lower() in DONE_LATER for w in after.split())
    if trimmed_off and dimension == "volume":
        return "EP", [f"a volume of {item} is read as trimmed and cut"] if prepared else []
    if trimmed_off and dimension == "mass" and not prepared:
        return "AP", [f"{item}: no preparation is said; the amount is read as purchased (AP)"]
    return "AP" if prepared or trimmed_off else "EP", []


__all__ = ["BadQuantity", "IngredientLine", "parse_line"]
