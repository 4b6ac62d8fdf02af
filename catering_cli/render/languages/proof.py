"""Whether a translation of a recipe's step keeps what must not change: numbers, units, temperatures, foods, allergens.

A translation is printed only if nothing is lost and nothing comes in; else the step stays as it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Translation
from catering_cli.render.languages.lexicon import spanish

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?(?: \d/\d)?(?:/\d+)?")
UNIT: Final = re.compile(
    r"(\d)\s*-?\s*(°?\s?[FC]\b|lbs?\b|oz\b|kg\b|g\b|qt\b|gal\b|m?L\b|hours?\b|horas?\b|h\b|minutes?\b|minutos?\b|min\b|"
    r"inch(?:es)?\b|in\b|pulg(?:adas?)?\b|cups?\b|tazas?\b|tbsp\b|cucharadas?\b|tsp\b|cucharaditas?\b|%)"
)
"""A unit behind a number, in either language."""

SAME: Final = {
    "lbs": "lb", "hour": "h", "hours": "h", "hora": "h", "horas": "h", "minute": "min", "minutes": "min",
    "minuto": "min", "minutos": "min", "inch": "in", "inches": "in", "pulg": "in", "pulgada": "in", "pulgadas": "in",
    "cups": "cup", "taza": "cup", "tazas": "cup", "cucharada": "tbsp", "cucharadas": "tbsp", "cucharadita": "tsp",
    "cucharaditas": "tsp",
}  # fmt: skip
"""Words for one unit."""

ENDINGS: Final = "(?:es|s)?"


def proven_steps(plan: CateringPlan) -> dict[str, str]:
    """Steps of the plan's recipes by their text -> the translation that was decided, where it loses nothing."""
    found: dict[str, str] = {}
    for one in plan.decisions:
        made = one.decision
        if isinstance(made, Translation) and (text := _step_text(plan, made)) and not lost(text, made.text):
            found[text] = made.text.strip()
    return found


def _step_text(plan: CateringPlan, made: Translation) -> str:
    """The step that is meant, by the dish's id or its name; empty if there is none."""
    for dish in (*plan.menu, *plan.bases):
        meant = made.dish.strip().casefold() in (dish.id, dish.name.casefold())
        if meant and dish.recipe and made.step <= len(dish.recipe.steps):
            return dish.recipe.steps[made.step - 1].text
    return ""


def lost(original: str, translation: str) -> list[str]:
    """What the translation does not keep, in words; empty if it may be printed."""
    return [
        *_differences("number", numbers_of(original), numbers_of(translation)),
        *_differences("unit", units_of(original), units_of(translation)),
        *_differences("food", foods_of(original, _english()), foods_of(translation, _spanish())),
        *_differences("allergen", foods_of(original, _allergens("en")), foods_of(translation, _allergens("es"))),
    ]


def numbers_of(text: str) -> Counter[str]:
    """Numbers as they stand; a decimal comma is a point."""
    return Counter(found.replace(",", ".") for found in NUMBER.findall(text))


def units_of(text: str) -> Counter[str]:
    """Units behind numbers, with the number's last digit, so that 40 F is no 40 C and no minute becomes an hour."""
    found = ((digit, unit.replace("°", "").strip()) for digit, unit in UNIT.findall(text))
    return Counter(f"{digit} {SAME.get(unit, unit)}" for digit, unit in found)


def foods_of(text: str, names: tuple[tuple[re.Pattern[str], str], ...]) -> Counter[str]:
    """The foods that a text names, each by the English name of its row; the longest name first, each word once."""
    rest = text.casefold()
    found: Counter[str] = Counter()
    for pattern, food in names:
        rest, count = pattern.subn(" ", rest)
        found[food] += count
    return +found


def _differences(what: str, before: Counter[str], after: Counter[str]) -> Iterator[str]:
    for name, count in sorted((before - after).items()):
        yield f"{what} {name} is missing ({count})"
    for name, count in sorted((after - before).items()):
        yield f"{what} {name} is new ({count})"


@cache
def _english() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _patterns((food, other) for food, other in spanish().foods.items())


@cache
def _spanish() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _patterns((other, other) for other in spanish().foods.values())


@cache
def _allergens(column: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    named = [row for row in rows("spanish_words") if row["kind"] == "allergen"]
    return _patterns((row[column].partition(" (")[0], row["en"]) for row in named)


def _patterns(names: Iterator[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Names as patterns that read their plural too, the longest first; each is told by the singular of its Spanish."""
    folded = {(name.casefold(), told.casefold()) for name, told in names}
    ordered = sorted(folded, key=lambda pair: (-len(pair[0]), pair))
    return tuple((re.compile(rf"\b{re.escape(_stem(name))}{ENDINGS}\b"), _stem(told)) for name, told in ordered)


def _stem(name: str) -> str:
    """A name without the ending of its plural."""
    return re.sub(r"(?<=[a-zñ]{3})(?:(?<=[dlnrz])es|s)$", "", name)
