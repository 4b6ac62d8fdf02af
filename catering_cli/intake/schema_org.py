"""schema.org Recipe in JSON-LD, as real pages write it, as the fields of a `domain.recipe.Recipe`.

HTML inside strings, `@graph`, lists of types, HowToSection, ISO durations, and yields as text, list or number.
Specification: https://schema.org/Recipe
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from catering_cli.intake.html_page import text_lines
from catering_cli.kitchen.recipes.step_text import LONGEST, MOST_MINUTES, minutes_in, timed_steps
from catering_cli.kitchen.recipes.yield_text import NOT_STATED, parse_yield

_DURATION: Final = TypeAdapter(timedelta)
_HEADING: Final = re.compile(r"[^\d¼-¾⅐-⅞]{1,60}:|#+ .*|[^\w]*")
"""A line that names no food: "For the sauce:", "## SAUCE", "---"."""

_DEEP: Final = 12


def find_recipe(document: Any) -> Mapping[str, Any] | None:
    """The Recipe in a document, at any depth, one with ingredients first; None if there is none."""
    found = list(_recipes(document, _DEEP))
    with_ingredients = (one for one in found if ingredient_lines(one))
    return next(with_ingredients, found[0] if found else None)


def fields(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a Recipe. Raises ValueError if it has no ingredients."""
    lines = ingredient_lines(recipe)
    if not lines:
        raise ValueError("recipeIngredient lists nothing")
    source = _first(recipe.get("url")) or _first(recipe.get("mainEntityOfPage")) or ""
    return {
        "name": plain_text(recipe.get("name") or recipe.get("headline") or "recipe")[:200],
        "yield": stated_yield(recipe),
        "ingredients": lines,
        "source": plain_text(source)[:400],
        **_work(recipe),
    }


def _work(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """The instructions as one step of the stated time; without one as steps by the times in the words, and as `method`.

    A text that is too long for a step is kept whole as `method` too: a food that it names may be in the dish.
    """
    texts: list[str] = []
    for part in _as_list(recipe.get("recipeInstructions")):
        texts += filter(None, _instructions(part, _DEEP))
    said = " ".join(texts)
    minutes = _stated_minutes(recipe)
    if not minutes:
        steps = timed_steps(texts) if any(map(minutes_in, texts)) else []
        return {"method": said, "steps": steps}
    if not said:
        return {}
    step = {"text": said[:LONGEST], "minutes": minutes, "kind": "cook"}
    work: dict[str, Any] = {"steps": [step | _attended(recipe, minutes)]}
    return work | {"method": said} if len(said) > LONGEST else work


def _stated_minutes(recipe: Mapping[str, Any]) -> int:
    """The whole time, or else the time of cooking or of preparing; 0 if none is stated."""
    for name in ("totalTime", "cookTime", "prepTime"):
        if minutes := duration_minutes(recipe.get(name)):
            return minutes
    return 0


def _attended(recipe: Mapping[str, Any], whole: int) -> dict[str, int]:
    """The minutes of hand work: preparing and cooking. The rest of the whole is waiting (rising, freezing).

    Empty if the page does not state both: all of it is then work.
    """
    if recipe.get("prepTime") is None or recipe.get("cookTime") is None:
        return {}
    active = duration_minutes(recipe["prepTime"]) + duration_minutes(recipe["cookTime"])
    return {"active_minutes": active} if 0 < active < whole else {}


def plain_text(value: Any) -> str:
    """Text without HTML tags and entities, escaped once or twice, on one line, spaces folded."""
    return " ".join(line for line in text_lines(str(value)) if line)


def stated_yield(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """What the recipe says it makes, as fields of a Yield: the first of several entries that counts portions.

    "22 cookies", 22, ["1 9-inch pie", "8 servings"], {"value": 12}; a range means its lower end. What counts no
    portions is kept as it is written.
    """
    texts: list[str] = []
    for name in YIELDS:
        texts += map(_yield_text, _as_list(recipe.get(name)))
    read = [parse_yield(text) for text in _said_once(texts) if text]
    counted = [fields for fields in read if "portions" in fields]
    return next(iter(counted or read), {"stated": NOT_STATED})


def _said_once(texts: Sequence[str]) -> list[str]:
    """The texts of a yield without a bare number that another says with its noun: of `2` and `2 loaves` the latter."""
    return [text for text in texts if not any(other.startswith(f"{text} ") for other in texts)]


YIELDS: Final = ("recipeServings", "recipeYield", "yield", "servings")
"""Fields that say how much a recipe makes; an app's own count of servings before the vocabulary's."""


def _yield_text(part: Any) -> str:
    if isinstance(part, dict):
        part = " ".join(str(part[name]) for name in ("value", "unitText") if part.get(name))
    text = plain_text("" if part is None else part)
    return text.removesuffix(".0") if text not in ("0", "0.0") else ""


def duration_minutes(value: Any) -> int:
    """Minutes of an ISO 8601 duration, or of a time in words, rounded up; 0 if it is none, or longer than a week."""
    written = str(_first(value) or "").strip().upper()
    if not written.startswith("P"):
        return minutes_in(written)
    try:
        duration = _DURATION.validate_python(written)
    except ValidationError:
        return 0
    minutes = math.ceil(duration / timedelta(minutes=1))
    return minutes if minutes <= MOST_MINUTES else 0


def ingredient_lines(recipe: Mapping[str, Any]) -> list[str]:
    """The ingredient lines, without headings between them."""
    written = recipe.get("recipeIngredient") or recipe.get("ingredients")
    lines = chain.from_iterable(map(text_lines, _flat(written, _DEEP)))
    return [line for line in lines if not _HEADING.fullmatch(line)]


def _recipes(document: Any, deep: int) -> Iterator[Mapping[str, Any]]:
    if deep == 0:
        return
    if isinstance(document, list):
        for part in document:
            yield from _recipes(part, deep - 1)
    elif isinstance(document, dict):
        if any(map(_is_recipe, _as_list(document.get("@type")))) or "recipeIngredient" in document:
            yield document
        for value in document.values():
            yield from _recipes(value, deep - 1)


def _is_recipe(kind: Any) -> bool:
    """Whether a type is Recipe, with or without the address of the vocabulary before it."""
    return re.split(r"[/:#]", str(kind))[-1].lower() == "recipe"


def _flat(value: Any, deep: int) -> Iterator[str]:
    """Texts of a list of texts, lists or objects."""
    if deep == 0 or value is None:
        return
    if isinstance(value, list):
        for part in value:
            yield from _flat(part, deep - 1)
    elif isinstance(value, dict):
        amounted = structured_ingredient(value)
        inner = value.get("itemListElement") or value.get("name") or value.get("text")
        yield from _flat(amounted or inner, deep - 1)
    else:
        yield str(value)


def structured_ingredient(part: Mapping[str, Any]) -> str:
    """The line that an ingredient with an amount of its own writes; empty for any other object.

    A PropertyValue or HowToSupply of the vocabulary (value, unitText, unitCode, requiredQuantity), or the fields of an
    app: quantity or amount, unit, food, note.
    """
    name = _named(part.get("food") or part.get("name"))
    if not name:
        return _named(part.get("originalText") or part.get("display"))
    amount = next((part[key] for key in AMOUNTS if part.get(key) not in (None, "")), None)
    if amount is None and "food" not in part:
        return ""
    number, unit = _measured(amount, part) if amount is not None else ("", "")
    line = " ".join(filter(None, (number, unit, name)))
    return ", ".join(filter(None, (line, plain_text(part.get("note") or ""))))


AMOUNTS: Final = ("requiredQuantity", "quantity", "amount", "value")
UNIT_CODES: Final = {
    "GRM": "g", "KGM": "kg", "MGM": "mg", "LTR": "L", "MLT": "mL", "CLT": "cL", "DLT": "dL", "ONZ": "oz", "LBR": "lb",
    "OZA": "fl oz", "PTL": "pt", "QTL": "qt", "GLL": "gal", "G21": "cup", "G24": "tbsp", "G25": "tsp", "DZN": "dozen",
    "C62": "", "H87": "", "EA": "",
}  # fmt: skip
"""Units by their UN/CEFACT Recommendation 20 code, which schema.org's unitCode holds."""


def _measured(amount: Any, part: Mapping[str, Any]) -> tuple[str, str]:
    """The number and the unit of an amount that may be an object of its own."""
    holder = amount if isinstance(amount, Mapping) else part
    number = holder.get("value", "") if isinstance(amount, Mapping) else amount
    unit = _named(holder.get("unitText") or holder.get("unit"))
    code = str(holder.get("unitCode") or "")
    return plain_text(number).removesuffix(".0"), unit or UNIT_CODES.get(code, code)


def _named(value: Any) -> str:
    """A text, or the name of an object: units and foods of an app are objects."""
    if isinstance(value, Mapping):
        value = value.get("abbreviation") or value.get("name") or value.get("plural_name")
    return plain_text(value) if value else ""


def _instructions(part: Any, deep: int) -> Iterator[str]:
    """The texts of a step, of a section with its steps, or of a list of them."""
    if deep == 0 or part is None:
        return
    if isinstance(part, dict):
        inner = part.get("itemListElement") or part.get("steps")
        if not inner:
            yield _step_text(part)
            return
        part = _as_list(inner)
    if isinstance(part, list):
        for one in part:
            yield from _instructions(one, deep - 1)
    else:
        yield plain_text(part)


def _step_text(step: Mapping[str, Any]) -> str:
    """The text of a step, after its name if the text does not begin with it."""
    name = plain_text(step.get("name") or "")
    text = plain_text(step.get("text") or step.get("description") or "")
    if text.startswith(name.rstrip(" .…")):
        return text
    return f"{name}: {text}" if text else name


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    """The value, the first of several, or the address of an object."""
    if isinstance(value, dict):
        return value.get("@id") or value.get("url")
    return value[0] if isinstance(value, list) and value else value
