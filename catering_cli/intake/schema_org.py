"""schema.org Recipe in JSON-LD, as real pages write it, as the fields of a `domain.recipe.Recipe`.

HTML inside strings, `@graph`, lists of types, HowToSection, ISO durations, and yields as text, list or number.
Specification: https://schema.org/Recipe
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from catering_cli.intake.html_page import text_lines

_DURATION: Final = TypeAdapter(timedelta)
_HEADING: Final = re.compile(r"[^\d¼-¾⅐-⅞]{1,60}:|#+ .*|[^\w]*")
"""A line that names no food: "For the sauce:", "## SAUCE", "---"."""

_GROUPED_DIGITS: Final = re.compile(r"[.,](?=\d{3})")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|\d+(?:\.\d+)?")
_DEEP: Final = 12
MOST_MINUTES: Final = 10_080
MOST_TEXT: Final = 2_000


def find_recipe(document: Any) -> Mapping[str, Any] | None:
    """The Recipe in a document, at any depth, one with ingredients first; None if there is none."""
    found = list(_recipes(document, _DEEP))
    with_ingredients = (one for one in found if ingredient_lines(one))
    return next(with_ingredients, found[0] if found else None)


def fields(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a Recipe. Raises ValueError if it has no ingredients, or says no number of portions."""
    lines = ingredient_lines(recipe)
    if not lines:
        raise ValueError("recipeIngredient lists nothing")
    source = _first(recipe.get("url")) or _first(recipe.get("mainEntityOfPage")) or ""
    return {
        "name": plain_text(recipe.get("name") or recipe.get("headline") or "recipe")[:200],
        "yield": {"portions": portions(recipe.get("recipeYield") or recipe.get("yield"))},
        "ingredients": lines,
        "source": plain_text(source)[:400],
        **_work(recipe),
    }


def _work(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """The instructions as one step, for a page does not say how long each takes; as `method` if no time is stated.

    A text that is too long for a step is kept whole as `method` too: a food that it names may be in the dish.
    """
    texts: list[str] = []
    for part in _as_list(recipe.get("recipeInstructions")):
        texts += filter(None, _instructions(part, _DEEP))
    said = " ".join(texts)
    minutes = _stated_minutes(recipe)
    if not minutes:
        return {"method": said}
    if not said:
        return {}
    step = {"text": said[:MOST_TEXT], "minutes": minutes, "kind": "cook"}
    work: dict[str, Any] = {"steps": [step | _attended(recipe, minutes)]}
    return work | {"method": said} if len(said) > MOST_TEXT else work


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


def portions(value: Any) -> int:
    """The portions of "22 cookies", 22, ["22", "22 cookies"], "4.5 servings"; a range means its lower end.

    Raises ValueError if there is no number, or less than one portion.
    """
    for part in _as_list(value):
        text = plain_text(part.get("value", "") if isinstance(part, dict) else part)
        found = _NUMBER.search(text)
        number = float(_GROUPED_DIGITS.sub("", found[0])) if found else 0
        if number >= 1:
            return math.floor(number)
    raise ValueError("recipeYield has no number of portions; write it, e.g. 8")


def duration_minutes(value: Any) -> int:
    """Minutes of an ISO 8601 duration, rounded up; 0 if it is none, or longer than a week."""
    written = str(_first(value) or "").strip().upper()
    if not written.startswith("P"):
        return 0
    try:
        duration = _DURATION.validate_python(written)
    except ValidationError:
        return 0
    minutes = math.ceil(duration / timedelta(minutes=1))
    return minutes if minutes <= MOST_MINUTES else 0


def ingredient_lines(recipe: Mapping[str, Any]) -> list[str]:
    """The ingredient lines, without headings between them."""
    written = recipe.get("recipeIngredient") or recipe.get("ingredients")
    lines = [line for part in _flat(written, _DEEP) for line in text_lines(part)]
    return [line for line in lines if line and not _HEADING.fullmatch(line)]


def _recipes(document: Any, deep: int) -> Iterator[Mapping[str, Any]]:
    if deep == 0:
        return
    if isinstance(document, list):
        for part in document:
            yield from _recipes(part, deep - 1)
    elif isinstance(document, dict):
        if any(map(_is_recipe, _as_list(document.get("@type")))):
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
        yield from _flat(value.get("itemListElement") or value.get("name") or value.get("text"), deep - 1)
    else:
        yield str(value)


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
