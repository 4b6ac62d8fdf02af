"""Recipes from files beside the order: our own form, an app's export, schema.org JSON-LD or a saved page, Cooklang."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake import yaml_document
from catering_cli.intake.beside import MOST_BYTES, read_beside
from catering_cli.kitchen.recipes.text_readers import TextReaders

MOST_BYTES_OF_A_PAGE = 10_000_000
PAGES = (".html", ".htm")
SUFFIXES = (".json", ".jsonld", ".cook", *yaml_document.SUFFIXES, *PAGES)


def is_path(text: str) -> bool:
    """Whether a menu item's `recipe` means a file."""
    return text.lower().endswith(SUFFIXES)


def read_recipe(folder: Path, name: str, system: str, place: str) -> Recipe:
    """The recipe in `folder/name`; the file may not lie outside the folder. Raises Refused."""
    suffix, stem = Path(name).suffix.lower(), Path(name).stem
    page = suffix in PAGES
    most, errors = (MOST_BYTES_OF_A_PAGE, "replace") if page else (MOST_BYTES, "strict")
    text = read_beside(folder, name, place, "the recipe", most, errors)

    def refuse(message: str) -> Refused:
        return Refused(Problem(message, place=place, value=repr(name)))

    try:
        return parse_recipe(text, suffix, stem, system)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        spot = ".".join(str(part) for part in first["loc"])
        raise refuse(f"is not a recipe: {spot}: {first['msg']}.") from None
    except ValueError as error:
        raise refuse(f"is not a recipe: {error}") from None


def parse_recipe(text: str, suffix: str, stem: str, system: str) -> Recipe:
    """The recipe that a file's text writes. Raises ValueError or ValidationError."""
    readers = TextReaders(system)
    fields = _fields(text, suffix, stem)
    if isinstance(fields, dict):
        _understood(fields.get("ingredients"), readers)
    return Recipe.model_validate(fields, context={"readers": readers})


def _fields(text: str, suffix: str, stem: str) -> Any:
    from catering_cli.intake import cooklang, html_page, schema_org

    if suffix == ".cook":
        return cooklang.fields(text, stem)
    if suffix in PAGES:
        for part in html_page.documents(text):
            if found := schema_org.find_recipe(part):
                return schema_org.fields(found)
        raise ValueError("the page holds no schema.org Recipe as JSON-LD")
    if suffix in yaml_document.SUFFIXES:
        return of_document(_yaml(text))
    try:
        document = json.loads(text)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    return of_document(document)


def _yaml(text: str) -> Any:
    try:
        return yaml_document.parse_yaml(text, "")
    except Refused as refused:
        raise ValueError(str(refused)) from None


def of_document(document: Any) -> Any:
    """The fields of a Recipe that a document writes: in our own form, as an app exports it, or as schema.org has it."""
    from catering_cli.intake import app_export, schema_org

    if exported := app_export.fields(document):
        return exported
    if isinstance(document, dict) and "ingredients" in document:
        return document
    found = schema_org.find_recipe(document)
    return document if found is None else schema_org.fields(found)


def _understood(lines: Any, readers: TextReaders) -> None:
    """Raise ValueError with every line that the grammar does not understand; none is left out or guessed."""
    wrong = []
    for line in lines if isinstance(lines, list | tuple) else ():
        try:
            if isinstance(line, str):
                readers.ingredients(line)
        except ValueError as error:
            wrong.append(f"{line[:60]!r}: {error}")
    if wrong:
        more = f" (and {len(wrong) - MOST_TOLD} more)" if len(wrong) > MOST_TOLD else ""
        raise ValueError(f"unrecognized ingredient lines: {'; '.join(wrong[:MOST_TOLD])}{more}")


MOST_TOLD = 5
"""Lines named in one message."""
