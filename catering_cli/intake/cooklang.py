"""Cooklang (`.cook`) recipes: `@flour{500%g}`, `#pan{}`, `~{10%minutes}`, `>> servings: 4` or YAML-like front matter.

Own reader: it needs the ingredient, cookware and timer marks only, and every quantity must go through the
kitchen's own exact grammar. Specification: https://cooklang.org/docs/spec/
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_MARK = re.compile(r"([@#~])(?:([^@#~{}\n]*?)\{([^{}]*)\}(?:\(([^()]*)\))?|([\w'’-]+))")
_COMMENT = re.compile(r"--[^\n]*|\[-[\s\S]*?-\]")
_META = re.compile(r"^>>\s*([^:]+):\s*(.*)$", re.MULTILINE)
_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
MOST_TEXT = 2_000
_MINUTES = {
    "s": 1 / 60,
    "sec": 1 / 60,
    "second": 1 / 60,
    "m": 1,
    "min": 1,
    "minute": 1,
    "h": 60,
    "hour": 60,
    "day": 1440,
}


class _Paragraph(NamedTuple):
    """A paragraph: its text without marks, the minutes of its timers, and its ingredient lines."""

    text: str
    minutes: int
    ingredients: list[str]


def fields(text: str, stem: str) -> dict[str, Any]:
    """Fields of a Recipe. Raises ValueError if the servings are not stated."""
    meta, body = _meta(text.replace("\r\n", "\n"))
    servings = _servings(meta)
    written = (" ".join(part.split()) for part in re.split(r"\n\s*\n", body))
    paragraphs = [_paragraph(part) for part in written if part and not part.startswith("=")]
    ingredients = [line for paragraph in paragraphs for line in paragraph.ingredients]
    if not ingredients:
        raise ValueError("no ingredient is marked with @")
    steps = _steps(paragraphs)
    recipe = {
        "name": meta.get("title") or stem.replace("-", " ").replace("_", " ").strip().capitalize(),
        "yield": {"portions": servings},
        "ingredients": ingredients,
        "steps": steps,
    }
    whole = " ".join(paragraph.text for paragraph in paragraphs)
    if whole != " ".join(step["text"] for step in steps):
        recipe["method"] = whole  # the steps do not hold every word: what it names may be in the dish
    return recipe


def _servings(meta: dict[str, str]) -> int:
    stated = meta.get("servings") or meta.get("serves") or meta.get("yield") or ""
    number = re.search(r"\d+", stated)
    if number is None:
        raise ValueError("no servings are stated; write `>> servings: 4` at the top")
    return int(number[0])


def _steps(paragraphs: list[_Paragraph]) -> list[dict[str, Any]]:
    """A step ends with each timer; what follows the last timer belongs to the last step."""
    steps: list[dict[str, Any]] = []
    told = ""
    for paragraph in paragraphs:
        told = f"{told} {paragraph.text}".strip()
        if paragraph.minutes:
            steps.append({"text": told[:MOST_TEXT], "minutes": paragraph.minutes})
            told = ""
    if told and steps:
        steps[-1]["text"] = f"{steps[-1]['text']} {told}"[:MOST_TEXT]
    return steps


def _meta(text: str) -> tuple[dict[str, str], str]:
    meta: dict[str, str] = {}
    if front := _FRONT.match(text):
        pairs = (line.partition(":") for line in front[1].splitlines() if ":" in line)
        meta = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
        text = text[front.end() :]
    meta.update({key.strip().lower(): value.strip() for key, value in _META.findall(text)})
    return meta, _COMMENT.sub("", _META.sub("", text))


def _paragraph(text: str) -> _Paragraph:
    minutes = 0.0
    ingredients = []
    for sign, long_name, amount, note, short_name in _MARK.findall(text):
        if sign == "@":
            name = (long_name or short_name).strip().lstrip("&?-+")
            ingredients.append(_ingredient(name, amount, note))
        elif sign == "~":
            number, _, unit = amount.partition("%")
            minutes += _timer(number, unit)
    plain = _MARK.sub(_without_mark, text)
    return _Paragraph(plain, max(1, round(minutes)) if minutes else 0, ingredients)


def _without_mark(mark: re.Match[str]) -> str:
    """What a mark says: its name, or the amount of a timer without one."""
    said: str = mark[2] or mark[5] or f"{mark[3]}".replace("%", " ")
    return said.strip()


def _ingredient(name: str, amount: str, note: str) -> str:
    """The ingredient line that a mark says: `@flour{500%g}(sifted)` is "500 g flour, sifted"."""
    if not name:
        raise ValueError("an ingredient mark names no food; write e.g. @flour{500%g}")
    if name.startswith("./"):
        raise ValueError(f"{name[:60]!r} is another recipe; write its ingredients here")
    number, _, unit = amount.partition("%")
    line = " ".join(part for part in (number.strip(" ="), unit.strip(), name) if part)
    if note:
        return f"{line}, {note}"
    return line if number.strip() else f"{name}, to taste"


def _timer(number: str, unit: str) -> float:
    word = unit.strip().lower()
    factor = _MINUTES.get(word) or _MINUTES.get(word.removesuffix("s")) or _MINUTES.get(word.removesuffix("utes"))
    found = re.findall(r"\d+(?:\.\d+)?", number)
    return float(found[-1]) * factor if found and factor else 0.0
