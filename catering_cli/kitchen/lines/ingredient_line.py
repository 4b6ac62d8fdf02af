"""One line of a recipe: quantity, food, preparation, and whether the amount is weighed before or after it.

"2 lb asparagus, trimmed" is weighed before trimming (AP), "2 lb trimmed asparagus" after (EP). A preparation
without a comma, and a volume of something that must be cut to be measured, are read with a warning; what can be read
in two ways, with a doubt that names both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from catering_cli.domain.quantity import Quantity
from catering_cli.domain.suggest import MISSPELT, closest
from catering_cli.kitchen.foods import weights
from catering_cli.kitchen.foods.mass import doubts
from catering_cli.kitchen.lines import shorthand
from catering_cli.kitchen.lines.accounted import Doubt, line_doubts, upward
from catering_cli.kitchen.lines.amount_place import amount_anywhere
from catering_cli.kitchen.lines.canned import in_cans, in_wholes
from catering_cli.kitchen.lines.line_words import cut_choice, cut_grade, cut_label, cut_part, cut_taste, plain_text
from catering_cli.kitchen.lines.measure_behind import last_measure
from catering_cli.kitchen.lines.name_by_measure import meant_by_measure, short_measure
from catering_cli.kitchen.lines.preparation import split_name
from catering_cli.kitchen.lines.said_again import SaidOfAmount, said_again
from catering_cli.kitchen.lines.weighed_state import weighed_state
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.numerals import BadQuantity, NoAmount
from catering_cli.kitchen.quantities.scanner import ParsedAmount
from catering_cli.kitchen.quantities.vocabulary import word_set

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
    doubts: tuple[Doubt, ...] = ()

    def fields(self) -> dict[str, Any]:
        """The fields of a `domain.recipe.Ingredient`."""
        return {
            "item": self.item,
            "quantity": self.quantity,
            "preparation": self.preparation,
            "state": self.state,
            "text": self.text,
        }


class _Said(NamedTuple):
    """What a line says beside its amount and food."""

    part: str
    """juice, zest"""
    grade: str
    """90/10, 16/20"""
    before: str
    """done before it is weighed"""
    after: str
    """done after it is weighed, and other remarks"""
    taste: str
    """to taste, for garnish"""


def parse_line(text: str, system: str = "us") -> IngredientLine:
    """What an ingredient line says; a line without a number ("salt, to taste") has no quantity.

    Raises BadQuantity for a line that is empty, or whose amount cannot be an amount (negative, 1e400).
    """
    body = shorthand.written_out(plain_text(text))
    if not body:
        raise NoAmount("the line is empty; write e.g. 2 lb chicken thighs, trimmed")
    body, taste = cut_taste(body)
    label, body = cut_label(body, system)
    body, turned = upward(body, system)
    part, body = cut_part(body)
    parsed, rest = amount_anywhere(body, system)
    rest, grade = cut_grade(rest)
    rest, choice = cut_choice(rest)
    item, before, after, warnings = split_name(rest, counted=parsed is not None)
    if not item.strip():
        raise NoAmount(f"{text[:60]!r} names no food; write e.g. 2 cups flour")
    after = "; ".join(said for said in (after, choice, label) if said)
    said = _Said(part, grade, before, after, taste)
    if parsed is not None and not parsed.quantity.high:
        warnings.append(f"an amount of 0 is read as none: {text[:60]!r}")
        parsed = None
    if parsed is not None:
        parsed = _in_its_measure(parsed, short_measure(body, item))
    line = _without_amount(item, said, system) if parsed is None else _with_amount(parsed, item, said, system)
    return replace(line, text=text, warnings=(*warnings, *line.warnings), doubts=(*turned, *line.doubts))


def _in_its_measure(parsed: ParsedAmount, unit: str | None) -> ParsedAmount:
    """The amount in the unit that its short word means here, without the doubt about that word."""
    if unit is None:
        return parsed
    amount = replace(parsed.quantity, unit=unit)
    return replace(parsed, quantity=amount, warnings=tuple(w for w in parsed.warnings if "is read as" not in w))


def _without_amount(item: str, said: _Said, system: str) -> IngredientLine:
    how = _joined(said.part, f"{said.grade} {said.before}".strip(), said.after, said.taste)
    item = meant_by_measure(item, None, how, system)
    return IngredientLine(item[:LONGEST], None, how, doubts=line_doubts(item, None, said.after, system))


def _with_amount(parsed: ParsedAmount, item: str, said: _Said, system: str) -> IngredientLine:
    quantity, before = parsed.quantity, said.before
    if quantity.unit in _SIZES:
        item, quantity = last_measure(item, quantity, system)
        size = "" if quantity.unit == parsed.quantity.unit else parsed.quantity.unit
        before = f"{size} {before}".strip()
    amount = SaidOfAmount(item, quantity, parsed.alternative, said.after)
    if not said.part:  # the juice of a lime is not so many spoons of lime
        amount = said_again(amount, system)
    item, quantity, alternative = in_cans(amount.item, parsed.packs, amount.quantity, amount.alternative)
    quantity, alternative = in_wholes(item, quantity, alternative or _count_of(parsed))
    how = _joined(said.part, " ".join([*parsed.notes, said.grade, before]).strip(), amount.after, said.taste)
    item = meant_by_measure(item, quantity, how, system)
    is_volume = units.find(parsed.quantity.unit, system).dimension == "volume"  # what fills a cup is trimmed
    measured = parsed.quantity if is_volume else quantity
    state, unclear = weighed_state(parsed, measured, item, before, amount.after, system)
    told = [*amount.warnings, *_misspelled_unit(quantity, item), *parsed.warnings, *unclear]
    return IngredientLine(
        item=item[:LONGEST],
        quantity=quantity,
        preparation=how,
        state=state,
        warnings=(*told, *doubts(quantity, item, system)),
        approximate=parsed.approximate,
        alternative=alternative,
        doubts=line_doubts(item, quantity, amount.after, system),
    )


def _count_of(parsed: ParsedAmount) -> Quantity | None:
    """The count of pieces of a size: two of `2 2-pound whole chickens`."""
    return parsed.packs.count if parsed.packs and not parsed.packs.container else None


_SIZES: Final = ("", "small", "medium", "large", "extra large", "jumbo")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)[:LONGEST]


_SHORT: Final = 4
_LONG_UNITS: Final = word_set(
    "tablespoon tablespoons teaspoon teaspoons ounce ounces pound pounds gram grams cups quart pint litre liter "
    "package pinch"
)
"""Units whose misspellings are told."""


def _misspelled_unit(quantity: Quantity, item: str) -> list[str]:
    """A doubt if the first word after a bare number is nearly a unit: "3 tableaspoons milk"."""
    first = item.split(" ", maxsplit=1)[0].lower()
    if quantity.unit or len(first) < _SHORT or weights.known_food(item):
        return []
    near = closest(first, sorted(_LONG_UNITS), MISSPELT)
    return [f"unrecognized unit {first!r}; did you mean {near}?"] if near else []


__all__ = ["BadQuantity", "IngredientLine", "parse_line"]
