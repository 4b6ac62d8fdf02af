"""Cooklang (`.cook`) recipes: `@flour{500%g}`, `#pan{}`, `~{10%minutes}`, `>> servings: 4` or YAML-like front matter.

Own reader: it needs the ingredient, cookware and timer marks only, and every quantity must go through the
kitchen's own exact grammar. Specification: https://cooklang.org/docs/spec/
"""

from __future__ import annotations

import re
from typing import Any

_MARK = re.compile(r"([@#~])(?:([^@#~{}\n]*?)\{([^{}]*)\}(?:\(([^()]*)\))?|([\w'’-]+))")
_COMMENT = re.compile(r"--[^\n]*|\[-[\s\S]*?-\]")
_META = re.compile(r"^>>\s*([^:]+):\s*(.*)$", re.MULTILINE)
_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
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


def fields(text: str, stem: str) -> dict[str, Any]:
    """Fields of a Recipe. Raises ValueError where the servings are not stated."""
    meta, body = _meta(text.replace("\r\n", "\n"))
    servings = re.search(r"\d+", meta.get("servings") or meta.get("serves") or meta.get("yield") or "")
    if servings is None:
        raise ValueError("no servings are stated; write `>> servings: 4` at the top")
    ingredients: list[str] = []
    steps: list[dict[str, Any]] = []
    said: list[str] = []
    told = ""  # what is done before the next timer
    for paragraph in re.split(r"\n\s*\n", body):
        if paragraph.strip() and not paragraph.lstrip().startswith("="):
            text, minutes = _paragraph(" ".join(paragraph.split()), ingredients)
            said.append(text)
            told = f"{told} {text}".strip()
            if minutes:
                steps.append({"text": told[:2000], "minutes": minutes})
                told = ""
    if told and steps:
        steps[-1]["text"] = f"{steps[-1]['text']} {told}"[:2000]
    if not ingredients:
        raise ValueError("no ingredient is marked with @")
    name = meta.get("title") or stem.replace("-", " ").replace("_", " ").strip().capitalize()
    written = {"name": name, "yield": {"portions": int(servings[0])}, "ingredients": ingredients, "steps": steps}
    whole = " ".join(said)  # where the steps do not hold it all, no word is lost: what it names may be in the dish
    return written if whole == " ".join(step["text"] for step in steps) else written | {"method": whole}


def _meta(text: str) -> tuple[dict[str, str], str]:
    meta: dict[str, str] = {}
    if front := _FRONT.match(text):
        pairs = (line.partition(":") for line in front[1].splitlines() if ":" in line)
        meta = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
        text = text[front.end() :]
    meta.update({key.strip().lower(): value.strip() for key, value in _META.findall(text)})
    return meta, _COMMENT.sub("", _META.sub("", text))


def _paragraph(text: str, ingredients: list[str]) -> tuple[str, int]:
    """Read one step: its ingredients are added; returns its text without marks, and the minutes of its timers."""
    minutes = 0.0
    for sign, long_name, amount, note, short_name in _MARK.findall(text):
        name = (long_name or short_name).strip().lstrip("&?-+")
        number, _, unit = amount.partition("%")
        if sign == "@" and not name:
            raise ValueError("an ingredient mark names no food; write e.g. @flour{500%g}")
        if sign == "@" and not name.startswith("./"):
            line = " ".join(part for part in (number.strip(" ="), unit.strip(), name) if part)
            ingredients.append(f"{line}, {note}" if note else line if number.strip() else f"{name}, to taste")
        elif sign == "@":
            raise ValueError(f"{name[:60]!r} is another recipe; write its ingredients here")
        elif sign == "~":
            minutes += _timer(number, unit)
    plain = _MARK.sub(lambda m: (m[2] or m[5] or f"{m[3]}".replace("%", " ")).strip(), text)
    return plain, max(1, round(minutes)) if minutes else 0


def _timer(number: str, unit: str) -> float:
    word = unit.strip().lower()
    factor = _MINUTES.get(word) or _MINUTES.get(word.removesuffix("s")) or _MINUTES.get(word.removesuffix("utes"))
    found = re.findall(r"\d+(?:\.\d+)?", number)
    return float(found[-1]) * factor if found and factor else 0.0
