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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from pydantic import ValidationError

from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.recipe import Course, Recipe
from catering_cli.kitchen.recipes import card_step
from catering_cli.kitchen.recipes.text_readers import TextReaders

SUFFIX: Final = ".card"
BASE: Final = "base"
"""In the place of a course: a sauce, a dough, a stock that dishes take."""
_COURSES: Final = frozenset((*get_args(Course), BASE))
_SERVED: Final = frozenset(("hot", "cold", "room"))
_LISTS: Final = frozenset(("also", "contains", "tags"))
_WORDS: Final = frozenset(("source", "made as"))
_LABEL = re.compile(r"(also|contains|tags|source|made as):\s*(.*)")
_STEP = re.compile(r"(\d+)\.(?:\s+(.*))?")
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
    """whether it may be offered where a menu lacks a dish"""


@dataclass(slots=True)
class _Lines:
    """The lines of one card as they are read."""

    name: str
    line: int
    said: dict[str, str] = field(default_factory=dict)
    facts: str = ""
    ingredients: list[str] = field(default_factory=list)
    steps: dict[int, list[str]] = field(default_factory=dict)

    def take(self, line: str, *, indented: bool) -> None:
        """One more line: a step, its figures, the facts or an ingredient."""
        if found := _STEP.fullmatch(line):
            self.steps[int(found[1])] = [found[2] or ""]
        elif indented and self.steps and line:
            self.steps[max(self.steps)].append(line)
        elif "|" in line:
            self.facts = line
        elif line:
            self.ingredients.append(line)


def read_cards(text: str, file: str = "", system: str = "us") -> tuple[Card, ...]:
    """The cards of a text. Raises Refused with file and line."""
    common: dict[str, str] = {}
    cards: dict[str, Card] = {}
    written: dict[str, _Lines] = {}
    for lines in _cut(text, file, common):
        try:
            _take_over(lines, common, written)
            cards[lines.name] = _card(lines, system)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise _refused(f"{lines.name}: {place}: {first['msg']}", file, lines.line) from None
        except ValueError as error:
            raise _refused(f"{lines.name}: {error}", file, lines.line) from None
        written[lines.name] = lines
    return tuple(cards.values())


def _refused(message: str, file: str, line: int) -> Refused:
    return Refused(Problem(message, file=file, place=f"line {line}"))


def _cut(text: str, file: str, common: dict[str, str]) -> Iterator[_Lines]:
    """The cards of a text line by line; labels before the first card hold for all of them."""
    card: _Lines | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("# "):
            if card is not None:
                yield card
            card = _Lines(line.removeprefix("# ").strip(), number)
        elif label := _LABEL.fullmatch(line):
            (common if card is None else card.said)[label[1]] = label[2].strip()
        elif card is not None:
            card.take(line, indented=raw[:1].isspace())
        elif line:
            raise _refused("a card begins with # and the name of the dish", file, number)
    if card is not None:
        yield card


def _take_over(card: _Lines, common: Mapping[str, str], written: Mapping[str, _Lines]) -> None:
    """What the head of the file says of all its cards, and the steps of the card that this one is made as."""
    card.said = {**common, **card.said}
    like = card.said.get("made as")
    if like is None or "made as" in common:
        return
    other = written.get(like)
    if other is None:
        raise ValueError(f"made as {like!r}: no earlier card of the file has this name")
    card.facts = card.facts or other.facts
    for number, lines in other.steps.items():
        own = card.steps.get(number, [""])
        text = own[0] or lines[0]
        card.steps[number] = [text, *(own[1:] or lines[1:])]


def _card(card: _Lines, system: str) -> Card:
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
