"""Cooklang (`.cook`) recipes: `@flour{500%g}`, `#pan{}`, `~{10%minutes}`, `>> servings: 4` or YAML-like front matter.

Own reader: it needs the ingredient, cookware and timer marks only, and every quantity must go through the
kitchen's own exact grammar. Specification: https://cooklang.org/docs/spec/
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Any, Final, NamedTuple

from catering_cli.kitchen.quantities.numerals import BadQuantity, normalized, parse_range
from catering_cli.kitchen.recipes.step_text import LONGEST, MOST_MINUTES, UNITS
from catering_cli.kitchen.recipes.yield_text import NOT_STATED

_MARK: Final = re.compile(
    r"([@#~])(?:((?!\s)[^@#~{}\n]*?)\{([^{}@]*(?=\})|[^{}()@\n]*(?=\)))[})](?:\(([^()]*)\))?|"
    r"([\w'’\u2600-\u27bf\U0001F000-\U0001FAFF-]+))"
)
"""A mark with its amount; a bracket of the wrong kind closes it too: `@soy sauce{1.5%tbsp)`."""
_COMMENT: Final = re.compile(r"(?<!-)--(?!-)[^\n]*|\[-[\s\S]*?-\]")
_META: Final = re.compile(r"^>>\s*([^:\n]+):\s*(.*)$", re.MULTILINE)
_FRONT: Final = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_SECTION: Final = re.compile(r"=+\s*[^=\n]*=*\s*")
_MODIFIERS: Final = "&?-+@"
"""Signs of extensions before a name: named before, optional, hidden, new, a recipe."""

_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHIFT: Final = 0xF0000
"""Escaped characters stand in a private range while marks are looked for, so that none of them is one."""

SERVINGS: Final = ("servings", "serves", "yield", "portions", "makes")
"""Keys of the metadata that say how many a recipe serves; the first that is there counts."""


class _Paragraph(NamedTuple):
    """A paragraph: its text without marks, the minutes of its timers, and its ingredients as lines or fields."""

    text: str
    minutes: int
    ingredients: list[str | dict[str, Any]]


def fields(text: str, stem: str) -> dict[str, Any]:
    """Fields of a Recipe. Raises ValueError if no ingredient is marked."""
    meta, body = _meta(_shifted(text.replace("\r\n", "\n")))
    named: set[str] = set()
    paragraphs = [_paragraph(part, named) for part in _parts(body)]
    ingredients = list(chain.from_iterable(paragraph.ingredients for paragraph in paragraphs))
    if not ingredients:
        raise ValueError("no ingredient is marked with @")
    stated = next((meta[key] for key in SERVINGS if meta.get(key)), {"stated": NOT_STATED})
    recipe: dict[str, Any] = {
        "name": meta.get("title") or _name_of_file(stem),
        "yield": stated,
        "ingredients": ingredients,
        "steps": _steps(paragraphs),
    }
    whole = " ".join(paragraph.text for paragraph in paragraphs)
    if whole != " ".join(step["text"] for step in recipe["steps"]):
        recipe["method"] = whole  # the steps do not hold every word: what it names may be in the dish
    return recipe


def _name_of_file(stem: str) -> str:
    return stem.replace("-", " ").replace("_", " ").strip().capitalize()


def _parts(body: str) -> Iterator[str]:
    """The paragraphs of the method, each on one line, without headings and notes."""
    lines: list[str] = []
    for line in [*body.split("\n"), ""]:
        told = line.strip()
        if told and not _SECTION.fullmatch(told):
            lines.append(told)
            continue
        if lines and not lines[0].startswith(">"):
            yield " ".join(" ".join(lines).split())
        lines = []


def _steps(paragraphs: list[_Paragraph]) -> list[dict[str, Any]]:
    """A step ends with each timer; what follows the last timer belongs to the last step."""
    steps: list[dict[str, Any]] = []
    told = ""
    for paragraph in paragraphs:
        told = f"{told} {paragraph.text}".strip()
        if paragraph.minutes:
            steps.append({"text": told[:LONGEST], "minutes": paragraph.minutes})
            told = ""
    if told and steps:
        steps[-1]["text"] = f"{steps[-1]['text']} {told}"[:LONGEST]
    return steps


def _meta(text: str) -> tuple[dict[str, str], str]:
    """The metadata by key in lower case, and the text without them and without comments."""
    meta: dict[str, str] = {}
    if front := _FRONT.match(text):
        pairs = (line.partition(":") for line in front[1].splitlines() if ":" in line)
        meta = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
        text = text[front.end() :]
    meta.update({key.strip().lower(): value.strip() for key, value in _META.findall(text)})
    return {key: _plain(value) for key, value in meta.items()}, _COMMENT.sub("", _META.sub("", text))


def _paragraph(text: str, named: set[str]) -> _Paragraph:
    """A paragraph read; the foods it names are added to those `named` before it."""
    minutes = Fraction(0)
    ingredients: list[str | dict[str, Any]] = []
    for mark in _MARK.finditer(text):
        sign, long_name, amount, note, short_name = (_plain(part or "") for part in mark.groups())
        if sign == "@":
            ingredients += _ingredient(long_name or short_name, amount, note, named)
        elif sign == "~":
            minutes += _timer(amount)
    plain = _plain(_MARK.sub(_without_mark, text))
    whole = math.ceil(minutes) if minutes <= MOST_MINUTES else 0  # weeks of curing are no step of a kitchen's day
    return _Paragraph(plain, whole, ingredients)


def _without_mark(mark: re.Match[str]) -> str:
    """What a mark says: its name, or the amount of a timer without one."""
    said: str = mark[2] or mark[5] or f"{mark[3]}".replace("%", " ")
    return said.strip().lstrip(_MODIFIERS if mark[1] == "@" else "").split("|")[-1]


def _ingredient(written: str, amount: str, note: str, named: set[str]) -> list[str | dict[str, Any]]:
    """The ingredient that a mark says: `@flour{500%g}(sifted)` is "500 g flour, sifted".

    A path is another recipe, `=` before a number fixes the amount; a food that is only named again (`&`) is none.
    """
    signs = written[: len(written) - len(written.strip().lstrip(_MODIFIERS))]
    name = written.strip().lstrip(_MODIFIERS).split("|")[0].strip()
    if not name:
        raise ValueError("an ingredient mark names no food; write e.g. @flour{500%g}")
    if "&" in signs and not amount.strip() and name.casefold() in named:
        return []
    named.add(name.casefold())
    path = name if name.startswith(("./", "../", ".\\")) else ""
    if path:
        name = re.split(r"[/\\]", path)[-1].removesuffix(".cook")
    line = _line(name, amount, note, made=bool(path))
    extra: dict[str, Any] = {"fixed": True} if amount.strip().startswith("=") else {}
    extra |= {"recipe": path} if path else {}
    return [{"text": line} | extra] if extra else [line]


def _line(name: str, amount: str, note: str, *, made: bool) -> str:
    number, _, unit = amount.partition("%")
    number = number.strip(" =")
    if not number:
        return f"1 batch {name}" if made else f"{name}, {note or 'to taste'}"
    line = " ".join(part for part in (number, unit.strip(), name) if part)
    return f"{line}, {note}" if note else line


def _timer(amount: str) -> Fraction:
    """Minutes of a timer, of a range the upper end; 0 if it says no time."""
    try:
        number = parse_range(normalized(amount.replace("%", " ")))
    except BadQuantity:
        return Fraction(0)
    if number is None:
        return Fraction(0)
    word = amount.replace("%", " ").split()[-1].lower().strip(".")
    return number[1] * UNITS.get(word, Fraction(0))


def _shifted(text: str) -> str:
    """Text with its escaped characters out of the way."""
    return _ESCAPED.sub(lambda found: chr(_SHIFT + ord(found[1])), text)


def _plain(text: str) -> str:
    """Text with its escaped characters put back."""
    return "".join(chr(ord(char) - _SHIFT) if ord(char) >= _SHIFT else char for char in text)
