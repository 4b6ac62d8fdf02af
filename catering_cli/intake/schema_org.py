"""schema.org Recipe in JSON-LD, as real pages write it, as the fields of a `domain.recipe.Recipe`.

HTML inside strings, `@graph`, lists of types, HowToSection, ISO durations, and yields as text, list or number.
Specification: https://schema.org/Recipe
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_DURATION: Final = re.compile(
    r"P(?:(\d+)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_UNITS: Final = (10_080, 1_440, 60, 1, 1 / 60)
"""Minutes of a week, a day, an hour, a minute, a second."""

_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]*>|</[a-zA-Z]*$")
_BREAK: Final = re.compile(r"<\s*/?(?:br|p|li|div)\b[^<>]*>|[\r\n]+", re.IGNORECASE)
_HEADING: Final = re.compile(r"[^\d¼-¾⅐-⅞]{1,60}:|#+ .*|[^\w]*")
"""A line that names no food: "For the sauce:", "## SAUCE", "---"."""

_DEEP: Final = 12
MOST_MINUTES: Final = 10_080
MOST_TEXT: Final = 2_000


def find(document: Any) -> Mapping[str, Any] | None:
    """The Recipe in a document, wherever it stands, one with ingredients first; None where there is none."""
    found = list(_recipes(document, _DEEP))
    return next((one for one in found if _lines(one)), found[0] if found else None)


def fields(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a Recipe. Raises ValueError where it has no ingredients, or says no number of portions."""
    lines = _lines(recipe)
    if not lines:
        raise ValueError("recipeIngredient lists nothing")
    steps = [text for part in _listed(recipe.get("recipeInstructions")) for text in _instructions(part, _DEEP) if text]
    timed = minutes(recipe.get("totalTime")) or minutes(recipe.get("cookTime")) or minutes(recipe.get("prepTime"))
    written: dict[str, Any] = {
        "name": plain(recipe.get("name") or recipe.get("headline") or "recipe")[:200],
        "yield": {"portions": portions(recipe.get("recipeYield") or recipe.get("yield"))},
        "ingredients": lines,
        "source": plain(_first(recipe.get("url")) or _first(recipe.get("mainEntityOfPage")) or "")[:400],
    }
    said = " ".join(steps)
    if timed and steps:  # how long each step takes is not said: the whole is one piece of work
        written["steps"] = [{"text": said[:MOST_TEXT], "minutes": timed, "kind": "cook", **_attended(recipe, timed)}]
    if not timed or len(said) > MOST_TEXT:  # no word of it is lost: what it names may be in the dish
        written["method"] = said
    return written


def _attended(recipe: Mapping[str, Any], whole: int) -> dict[str, int]:
    """Hands are at work for as long as preparing and cooking take; the rest of the whole is waiting (rising, freezing).

    Nothing where the page does not state both: all of it is then work.
    """
    if recipe.get("prepTime") is None or recipe.get("cookTime") is None:
        return {}
    active = minutes(recipe["prepTime"]) + minutes(recipe["cookTime"])
    return {"active_minutes": active} if 0 < active < whole else {}


def plain(value: Any) -> str:
    """Text without HTML tags and entities, escaped once or twice, spaces folded."""
    text = html.unescape(html.unescape(str(value)))
    return " ".join(_TAG.sub(" ", text).split())


def portions(value: Any) -> int:
    """The portions of "22 cookies", 22, ["22", "22 cookies"], "4.5 servings"; a range means its lower end.

    ValueError where there is no number, or less than one portion.
    """
    for part in _listed(value):
        text = plain(part.get("value", "") if isinstance(part, dict) else part)
        if found := re.search(r"\d+(?:[.,]\d{3})+(?!\d)|\d+(?:\.\d+)?", text):
            number = float(re.sub(r"[.,](?=\d{3})", "", found[0]))
            if number >= 1:
                return math.floor(number)
    raise ValueError("recipeYield has no number of portions; write it, e.g. 8")


def minutes(value: Any) -> int:
    """Minutes of an ISO 8601 duration, rounded up; 0 where it is none, or longer than a week."""
    found = _DURATION.fullmatch(str(_first(value) or "").strip())
    if not found:
        return 0
    total = sum(float(part or 0) * unit for part, unit in zip(found.groups(), _UNITS, strict=True))
    return math.ceil(total - 1e-9) if total <= MOST_MINUTES else 0


def _recipes(document: Any, deep: int) -> Iterator[Mapping[str, Any]]:
    if deep == 0:
        return
    if isinstance(document, list):
        for part in document:
            yield from _recipes(part, deep - 1)
    elif isinstance(document, dict):
        kinds = _listed(document.get("@type"))
        if any(re.split(r"[/:#]", str(kind))[-1].lower() == "recipe" for kind in kinds):
            yield document
        for value in document.values():
            if isinstance(value, list | dict):
                yield from _recipes(value, deep - 1)


def _lines(recipe: Mapping[str, Any]) -> list[str]:
    """The ingredient lines, without headings between them."""
    written = recipe.get("recipeIngredient") or recipe.get("ingredients")
    lines = [plain(line) for part in _flat(written, _DEEP) for line in _BREAK.split(part)]
    return [line for line in lines if line and not _HEADING.fullmatch(line)]


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
        yield html.unescape(str(value))


def _instructions(part: Any, deep: int) -> Iterator[str]:
    if deep == 0:
        return
    if isinstance(part, list):
        for inner in part:
            yield from _instructions(inner, deep - 1)
    elif isinstance(part, dict):
        inner = part.get("itemListElement") or part.get("steps")
        if inner:
            yield from _instructions(inner if isinstance(inner, list) else [inner], deep - 1)
        else:
            name, text = plain(part.get("name") or ""), plain(part.get("text") or part.get("description") or "")
            yield text if text.startswith(name.rstrip(" .…")) else f"{name}: {text}" if text else name
    elif part is not None:
        yield plain(part)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("@id") or value.get("url")
    return value[0] if isinstance(value, list) and value else value
