"""Recipes from files beside the order: the house's own JSON, schema.org JSON-LD, Cooklang `.cook`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.recipe import Recipe
from catering_cli.kitchen import cooklang, grammar

MOST_BYTES = 2_000_000
SUFFIXES = (".json", ".jsonld", ".cook")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+(?:\.\d+)?S)?)?")
_TAG = re.compile(r"<[^>]*>")


def is_path(text: str) -> bool:
    """Whether a menu item's `recipe` means a file."""
    return text.lower().endswith(SUFFIXES)


def read(folder: Path, name: str, system: str, place: str) -> Recipe:
    """The recipe in `folder/name`; the file may not lie outside the folder. Raises Refused."""
    path = (folder / name).resolve()

    def refuse(message: str) -> Refused:
        return Refused(Problem(message, place=place, value=repr(name)))

    if not path.is_relative_to(folder.resolve()):
        raise refuse("lies outside the order's folder; put the recipe beside the order.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise refuse(f"is larger than {MOST_BYTES:,} bytes, too large for a recipe.")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise refuse(f"there is no such file beside the order ({path.name}).") from None
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"cannot be read as text: {error.__class__.__name__}.") from None
    try:
        return parse(text, path.suffix.lower(), path.stem, system)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        spot = ".".join(str(part) for part in first["loc"])
        raise refuse(f"is not a recipe: {spot}: {first['msg']}.") from None
    except ValueError as error:
        raise refuse(f"is not a recipe: {error}") from None


def parse(text: str, suffix: str, stem: str, system: str) -> Recipe:
    """The recipe that a file's text writes. Raises ValueError or ValidationError."""
    readers = grammar.TextReaders(system)
    if suffix == ".cook":
        fields = cooklang.fields(text, stem)
    else:
        document = json.loads(text)
        found = _json_ld(document)
        fields = _from_json_ld(found) if found is not None else document
    return Recipe.model_validate(fields, context={"readers": readers})


def _json_ld(document: Any) -> Mapping[str, Any] | None:
    """The schema.org Recipe in a document: itself, in a list, or in its @graph; None where there is none."""
    if isinstance(document, list):
        return next((found for part in document if (found := _json_ld(part)) is not None), None)
    if not isinstance(document, dict):
        return None
    kind = document.get("@type")
    if kind == "Recipe" or (isinstance(kind, list) and "Recipe" in kind):
        return document
    return _json_ld(document.get("@graph")) if "@graph" in document else None


def _from_json_ld(recipe: Mapping[str, Any]) -> dict[str, Any]:
    steps = [text for part in _listed(recipe.get("recipeInstructions")) for text in _instructions(part)]
    timed = _minutes(recipe.get("totalTime")) or _minutes(recipe.get("cookTime"))
    fields: dict[str, Any] = {
        "name": _plain(recipe.get("name") or "recipe"),
        "yield": {"portions": _portions(recipe.get("recipeYield"))},
        "ingredients": [_plain(line) for line in _listed(recipe.get("recipeIngredient")) if _plain(line)],
        "source": _plain(recipe.get("url") or ""),
    }
    if timed and steps:
        fields["steps"] = [{"text": " ".join(steps)[:2000], "minutes": timed, "kind": "cook"}]
    return fields


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: Any) -> str:
    """Text without HTML tags and entities, spaces folded."""
    return " ".join(html.unescape(_TAG.sub(" ", str(value))).split())


def _instructions(part: Any) -> list[str]:
    if isinstance(part, dict):
        if "itemListElement" in part:
            return [text for inner in _listed(part["itemListElement"]) for text in _instructions(inner)]
        return [_plain(part.get("text") or part.get("name") or "")]
    return [_plain(part)]


def _portions(value: Any) -> int:
    """The first whole number of "22 cookies", 22, ["22", "22 cookies"]; ValueError where there is none."""
    for part in _listed(value):
        if found := re.search(r"\d+", str(part)):
            return int(found[0])
    raise ValueError("recipeYield has no number of portions")


def _minutes(value: Any) -> int:
    """Minutes of an ISO 8601 duration; 0 where it is none."""
    found = _DURATION.fullmatch(str(value or ""))
    days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return days * 1440 + hours * 60 + minutes
