"""Recipe cards: a dish as a chef writes it, in plain text; a file holds one card or a family of them.

    # Chicken piccata
    also: lemon caper chicken
    main | 40 portions | hot | full hotel pan | cooked 78 %
    contains: wheat, milk
    source: own recipe

    15 lb chicken breast, boneless, in 6 oz pieces
    + 3 qt Velouté

    1. Trim and pound the chicken.
       prep 45 min, table, fridge, 24 h ahead, keeps 48 h, poultry

Amounts weigh what goes into the pot (trimmed, drained) unless a line says "as purchased". A line that begins with + is
a base recipe of the catalogue. `made as: X` takes the steps of an earlier card of the file; a step that is written out
takes the place of the one of its number. A word without a meaning is refused with its line, never skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

from pydantic import ValidationError

from catering_cli.domain.order_parts.recipe import Course, Recipe
from catering_cli.kitchen.recipes import card_step
from catering_cli.kitchen.recipes.card_lines import CardLines, read_lines, refused
from catering_cli.kitchen.recipes.text_readers import TextReaders

SUFFIX: Final = ".card"
BASE: Final = "base"
"""In the place of a course: a sauce, a dough, a stock that dishes take."""
_COURSES: Final = frozenset((*get_args(Course), BASE))
_SERVED: Final = frozenset(("hot", "cold", "room"))
_MADE = re.compile(r"(\d+) (?:portions|pieces)")
_COOKED = re.compile(r"cooked (\d+) ?%")
_AS_PURCHASED = re.compile(r"\b(?:AP|as purchased)\b")


@dataclass(frozen=True, slots=True)
class Card:
    """A dish as its card says."""

    recipe: Recipe
    also: tuple[str, ...] = ()
    """other names that menus print"""
    contains: tuple[str, ...] = ()
    """allergens as a person read them"""
    is_base: bool = False
    offered: bool = False
    """whether it may be offered if a menu lacks a dish"""


def read_cards(text: str, file: str = "", system: str = "us") -> tuple[Card, ...]:
    """The cards of a text. Raises Refused with file and line."""
    cards: list[Card] = []
    for lines in read_lines(text, file):
        try:
            cards.append(_card(lines, system))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise refused(f"{lines.name}: {place}: {first['msg']}", file, lines.line) from None
        except ValueError as error:
            raise refused(f"{lines.name}: {error}", file, lines.line) from None
    return tuple(cards)


def _card(card: CardLines, system: str) -> Card:
    facts = _facts(card.facts)
    offered = bool(facts.pop("offered", False))
    is_base = facts.get("course") == BASE
    if is_base:
        facts.pop("course")
    fields: dict[str, Any] = {"name": card.name, **facts}
    fields["ingredients"] = list(_ingredients(card.ingredients, system))
    fields["steps"] = [card_step.step(lines, number) for number, lines in sorted(card.steps.items())]
    fields["tags"] = _listed(card.said.get("tags", ""))
    fields["source"] = card.said.get("source", "")
    recipe = Recipe.model_validate(fields, context={"readers": TextReaders(system)})
    also, contains = (_listed(card.said.get(name, "")) for name in ("also", "contains"))
    return Card(recipe, also, contains, is_base, offered)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;,]" if ";" not in text else ";", text) if part.strip())


def _facts(line: str) -> dict[str, Any]:
    """`main | 40 portions | hot | full hotel pan | cooked 78 %`: course, yield, and as far as it is said the rest."""
    if not line:
        raise ValueError("says neither course nor yield; write e.g. main | 40 portions | hot | full hotel pan")
    course, made, *more = (part.strip() for part in line.split("|"))
    if course not in _COURSES:
        raise ValueError(f"{course!r} is not a course; it is one of {', '.join(sorted(_COURSES))}")
    facts: dict[str, Any] = {"course": course, "yield": made}
    if portions := _MADE.fullmatch(made):
        facts["yield"] = {"portions": int(portions[1])}
    for said in more:
        facts.update(_fact(said))
    return facts


def _fact(said: str) -> dict[str, Any]:
    if cooked := _COOKED.fullmatch(said):
        return {"cook_yield_percent": int(cooked[1])}
    if said == "offered":
        return {"offered": True}
    return {"served_at": said} if said in _SERVED else {"vessel": said}


def _ingredients(lines: list[str], system: str) -> Iterator[dict[str, Any]]:
    """The fields of each ingredient: edible weights unless a line says "as purchased"."""
    from catering_cli.kitchen.lines.several_foods import parse_lines  # late: the grammar is loaded with the first card

    for text in lines:
        is_base = text.startswith("+ ")
        read = parse_lines(text.removeprefix("+ "), system)
        if len(read) > 1:
            raise ValueError(f"{text!r} names several foods; write a line for each")
        (line,) = read
        if line.doubts:
            raise ValueError(f"{text!r}: {line.doubts[0].sentence}")
        state = "AP" if _AS_PURCHASED.search(text) else "EP"
        fields = replace(line, state=state, text="").fields()
        yield fields | {"recipe": line.item} if is_base else fields
