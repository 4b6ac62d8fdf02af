"""Whether a translation of a recipe's step keeps what must not change.

Numbers, units, temperatures, foods, allergens and diets are the same, one to one; what is forbidden stays forbidden; a
limit stays on its side. A translation is printed only if so; else the step stays as it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.domain.decision import Translation
from catering_cli.languages.lexicon import spanish

if TYPE_CHECKING:
    from catering_cli.domain.order_parts.recipe import Recipe
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

ENDINGS: Final = "(?:es|e|s)?"
PLAIN: Final = dict(zip("áéíóú", "aeiou", strict=True))

ENGLISH_NUMBERS: Final = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40",
}  # fmt: skip
SPANISH_NUMBERS: Final = {
    "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
    "diez": "10", "once": "11", "doce": "12", "quince": "15", "veinte": "20", "treinta": "30", "cuarenta": "40",
}  # fmt: skip
"""Numbers in words. One is an article too, and says nothing."""


class Sense(NamedTuple):
    """What a text may say in several ways, and must say in both languages or in neither."""

    name: str
    english: re.Pattern[str]
    perhaps: re.Pattern[str]
    """English that may be said so or otherwise"""
    other: re.Pattern[str]


SENSES: Final = tuple(
    Sense(name, *(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in said))
    for name, *said in (
        (
            "a negation",
            r"not?|never|none|neither|nor|without|cannot|\w+n't",
            r"un\w+|\w+less|\w+-free|free|avoid|keep from|before|stop|instead of|rather than",
            "no|sin|nunca|ni|jamás|ningun[oa]s?|ningún",
        ),
        (
            "a lower limit",
            r"or (?:above|more|higher|hotter|over)|at least|minimum",
            "above|over|more than|past",
            r"o (?:más|superior|mayor|(?:por )?encima|arriba)|al menos|por lo menos|mínim[oa]|no (?:menos|baje)",
        ),
        (
            "an upper limit",
            r"or (?:below|less|lower|colder|under)|at most|no more than|maximum",
            "within|under|below|less than|up to|before|by",
            r"o (?:menos|inferior|menor|(?:por )?debajo|abajo)|a lo sumo|máxim[oa]|no (?:más de|pase)",
        ),
        (
            "a claim",
            r"safe\w*|free|\w+-free|allerg\w+|certified|suitable|suits",
            "(?!)",
            r"apt[oa]s?|segur[oa]s?|libres?|al[eé]rg\w+|certificad[oa]s?|adecuad[oa]s?",
        ),
    )
)


def proven_steps(plan: CateringPlan) -> dict[str, str]:
    """Steps of the plan's recipes by their text -> the translation that was decided, where it loses nothing."""
    found: dict[str, str] = {}
    for one in plan.decisions:
        made = one.decision
        recipe = _recipe(plan, made) if isinstance(made, Translation) else None
        if not isinstance(made, Translation) or recipe is None or made.step > len(recipe.steps):
            continue
        text = recipe.steps[made.step - 1].text
        if not lost(text, made.text, [line.item for line in recipe.ingredients]):
            found[text] = made.text.strip()
    return found


def _recipe(plan: CateringPlan, made: Translation) -> Recipe | None:
    """The recipe that is meant, by the dish's id or its name; None if there is none."""
    for dish in (*plan.menu, *plan.bases):
        if made.dish.strip().casefold() in (dish.id, dish.name.casefold()):
            return dish.recipe
    return None


def lost(original: str, translation: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """What the translation does not keep, in words; empty if it may be printed.

    `own` are the foods of the recipe: beans of a recipe with green beans may be said as green beans.
    """
    return _lost(original, translation, tuple(own))


@lru_cache(4_096)
def _lost(original: str, translation: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """An answer is judged again without each of its items in turn."""
    before, after = in_digits(original, ENGLISH_NUMBERS), in_digits(translation, SPANISH_NUMBERS)
    return (
        *_differences("number", numbers_of(before), numbers_of(after)),
        *_differences("unit", units_of(before), units_of(after)),
        *_differences("food", *_foods(original, translation, own)),
        *_differences("allergen", foods_of(original, _safety("en")), foods_of(translation, _safety("es"))),
        *_senses(original, translation),
    )


def glossary(texts: Iterable[str]) -> dict[str, str]:
    """The foods that texts name, each with the word of the table for it: a translation that says it so is proven."""
    known = spanish().foods
    patterns = _patterns((food, food) for food in known)
    whole = {_stem(food.casefold()): food for food in known}
    named: Counter[str] = Counter()
    for text in texts:
        named += foods_of(text, patterns)
    return {whole[told]: known[whole[told]] for told in sorted(named)}


def in_digits(text: str, words: Mapping[str, str]) -> str:
    """The text with its numbers in words written in digits."""
    return re.sub(rf"\b(?:{'|'.join(words)})\b", lambda found: words[found[0].casefold()], text, flags=re.IGNORECASE)


def _senses(original: str, translation: str) -> Iterator[str]:
    for sense in SENSES:
        said = bool(sense.other.search(translation))
        if sense.english.search(original) and not said:
            yield f"{sense.name} is missing"
        elif said and not sense.english.search(original) and not sense.perhaps.search(original):
            yield f"{sense.name} is new"


def numbers_of(text: str) -> Counter[str]:
    """Numbers as they stand; a decimal comma is a point."""
    return Counter(found.replace(",", ".") for found in NUMBER.findall(text))


def units_of(text: str) -> Counter[str]:
    """Units behind numbers, with the number's last digit, so that 40 F is no 40 C and no minute becomes an hour."""
    found = ((digit, unit.replace("°", "").strip()) for digit, unit in UNIT.findall(text))
    return Counter(f"{digit} {SAME.get(unit, unit)}" for digit, unit in found)


def foods_of(text: str, names: tuple[tuple[re.Pattern[str], str], ...]) -> Counter[str]:
    """The foods that a text names, each by the English name of its row; the longest name first, each word once."""
    rest = re.sub(r"[áéíóú](?=[ns]\b)", lambda accent: PLAIN[accent[0]], text.casefold())
    found: Counter[str] = Counter()
    for pattern, food in names:
        rest, count = pattern.subn(" ", rest)
        found[food] += count
    return +found


def _foods(original: str, translation: str, own: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """The foods of both texts, less those that the text calls by the last word of their name alone."""
    before, after = foods_of(original, _english()), foods_of(translation, _spanish())
    new = after - before
    for food in own:
        told = _stem(spanish().foods.get(food.casefold(), "").casefold())
        last = food.casefold().split()[-1:]
        if new[told] and last and _pattern(last[0]).search(original.casefold()):
            del after[told]
            after += Counter({told: before[told]})
    return before, after


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
def _safety(column: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words of allergens and diets."""
    named = [row for row in rows("spanish_words") if row["kind"] in ("allergen", "diet")]
    names = [(row[column].partition(" (")[0], row["en"]) for row in named]
    in_o = [(name, told) for name, told in names if name.endswith("o")]
    feminine = [(f"{name[:-1]}a", told) for name, told in in_o] if column != "en" else []
    return _patterns(iter((*names, *feminine)))


def _patterns(names: Iterator[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Names as patterns that read their plural too, the longest first; each is told by the singular of its Spanish."""
    folded = {(name.casefold(), told.casefold()) for name, told in names}
    told_of = dict(folded)
    found: list[tuple[re.Pattern[str], str]] = []
    for name, told in sorted(folded, key=lambda pair: (-len(pair[0]), pair)):
        other = name.removesuffix("s") if name.endswith("s") else f"{name}s"
        is_another = _stem(told_of.get(other, told)) != _stem(told)  # pepper is no singular of peppers
        found.append((re.compile(rf"\b{re.escape(name)}\b") if is_another else _pattern(name), _stem(told)))
    return tuple(found)


def _pattern(name: str) -> re.Pattern[str]:
    """The name in its singular and its plural."""
    words = [re.escape(word) + ENDINGS for word in _stem(name).split(" ")]
    return re.compile(rf"\b{' '.join(words)}\b")


def _stem(name: str) -> str:
    """A name without the endings of its plurals, and without the accents that go with them: limón, limones."""
    bare = re.sub(r"[áéíóú](?=[ns]\b)", lambda found: PLAIN[found[0]], name)
    return re.sub(r"(?<=[a-zñ]{3})(?:(?<=[dlnrz])es?|s)\b", "", bare)
