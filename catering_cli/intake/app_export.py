"""Exports of recipe apps in JSON, as fields of a `domain.recipe.Recipe`; other exports are refused by name.

Mealie and Nextcloud Cookbook write the vocabulary of schema.org (`schema_org` reads them). Here are Paprika, whose
ingredients are one text, and Tandoor, whose ingredients stand in their steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from catering_cli.intake import schema_org
from catering_cli.kitchen.recipes.step_text import LONGEST, MOST_MINUTES, minutes_in, timed_steps

ARCHIVES: Final = {
    ".paprikarecipes": "a Paprika archive; export from Paprika as HTML",
    ".paprikarecipe": "a Paprika archive; export from Paprika as HTML",
    ".melarecipes": "a Mela archive; share the recipe as a web page or as text",
    ".melarecipe": "a Mela recipe; share it as a web page or as text",
    ".crumb": "a Crouton recipe; share it as a web page or as text",
    ".mmf": "a Meal-Master file; copy the recipe into a .cook or .yaml file",
    ".mxp": "a MasterCook file; export it as a web page or copy it into a .cook or .yaml file",
    ".mx2": "a MasterCook file; export it as a web page or copy it into a .cook or .yaml file",
    ".fdx": "a Living Cookbook file; export it as a web page or copy it into a .cook or .yaml file",
    ".zip": "an archive; unpack it and name the recipe's .json or .html file (schema.org JSON-LD)",
    ".pdf": "a PDF; save the recipe as a web page or copy it into a .cook or .yaml file",
    ".docx": "a Word document; copy the recipe into a .cook or .yaml file",
    ".txt": "plain text; write it as a .cook or .yaml file",
    ".md": "plain text; write it as a .cook or .yaml file",
}
"""Files that people have and that are not read, with the way to one that is."""


def fields(document: Any) -> dict[str, Any] | None:
    """The fields of a Recipe that an export writes; None if it is the export of no known app."""
    if not isinstance(document, Mapping):
        return None
    if isinstance(document.get("ingredients"), str) and "directions" in document:
        return _paprika(document)
    if _is_tandoor(document):
        return _tandoor(document)
    return None


def _paprika(document: Mapping[str, Any]) -> dict[str, Any]:
    said = [line.strip() for line in str(document["directions"]).splitlines() if line.strip()]
    minutes = minutes_in(str(document.get("total_time") or document.get("cook_time") or ""))
    return {
        "name": schema_org.plain_text(document.get("name") or "recipe")[:200],
        "yield": schema_org.stated_yield(document),
        "ingredients": schema_org.ingredient_lines({"ingredients": document["ingredients"]}),
        **_work(said, minutes),
    }


def _is_tandoor(document: Mapping[str, Any]) -> bool:
    """Whether the ingredients stand in the steps."""
    return any("ingredients" in step for step in _objects(document.get("steps")))


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; none of anything else."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _tandoor(document: Mapping[str, Any]) -> dict[str, Any]:
    """A recipe of Tandoor: each step has a text, a time in minutes and its ingredients."""
    steps = _objects(document["steps"])
    ingredients: list[str] = []
    for step in steps:
        rows = _objects(step.get("ingredients"))
        ingredients += [schema_org.structured_ingredient(row) for row in rows if not row.get("is_header")]
    return {
        "name": schema_org.plain_text(document.get("name") or "recipe")[:200],
        "yield": schema_org.stated_yield({"yield": [document.get("servings_text"), document.get("servings")]}),
        "ingredients": ingredients,
        **_tandoor_work(document, steps),
    }


def _tandoor_work(document: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Each step by its own time; without any by the times in the words, or by the whole time."""
    texts = [schema_org.plain_text(step.get("instruction") or "") for step in steps]
    times = [_minutes(step, "time") for step in steps]
    if not any(times):
        return _work(texts, _minutes(document, "working_time") + _minutes(document, "waiting_time"))
    timed = [(text, minutes) for text, minutes in zip(texts, times, strict=True) if text]
    steps = [{"text": text[:LONGEST], "minutes": minutes or minutes_in(text)} for text, minutes in timed]
    return {"steps": steps} | _whole(texts)


def _minutes(holder: Mapping[str, Any], name: str) -> int:
    """A whole number of minutes; 0 if there is none."""
    value = holder.get(name)
    return int(value) if isinstance(value, int | float) and 0 < value <= MOST_MINUTES else 0


def _work(texts: list[str], minutes: int) -> dict[str, Any]:
    """The steps by the times in the words, else one step of the stated time; the text alone if there is neither."""
    if any(map(minutes_in, texts)):
        return {"steps": timed_steps(texts)}
    said = " ".join(texts)
    if not (minutes and said):
        return {"method": said}
    return {"steps": [{"text": said[:LONGEST], "minutes": minutes}]} | _whole([said])


def _whole(texts: Sequence[str]) -> dict[str, str]:
    """The whole text as `method` if a step cannot hold one of them: a food that it names may be in the dish."""
    return {"method": " ".join(texts)} if any(len(text) > LONGEST for text in texts) else {}
