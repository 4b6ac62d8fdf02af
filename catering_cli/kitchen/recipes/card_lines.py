"""The lines of recipe cards as they are written, sorted into names, facts, foods and steps; no figure is read yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from catering_cli.domain.problem import Problem, Refused

LABELS: Final = ("also", "contains", "tags", "made as", "source")
_LABEL = re.compile(rf"({'|'.join(LABELS)}):\s*(.*)")
_STEP = re.compile(r"(\d+)\.(?:\s+(.*))?")


@dataclass(slots=True)
class CardLines:
    """The lines of one card."""

    name: str
    line: int
    """where it begins"""
    said: dict[str, str] = field(default_factory=dict)
    """label -> what stands behind it"""
    facts: str = ""
    ingredients: list[str] = field(default_factory=list)
    steps: dict[int, list[str]] = field(default_factory=dict)
    """number -> the sentence, then its lines of figures"""

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

    def text(self) -> str:
        """The card with the steps that it takes from another, as it would stand alone."""
        head = [f"# {self.name}", self.facts]
        own = [label for label in LABELS if label != "made as"]
        head += [f"{label}: {self.said[label]}" for label in own if self.said.get(label)]
        steps: list[str] = []
        for number, (sentence, *figures) in sorted(self.steps.items()):
            steps += [f"{number}. {sentence}", *(f"   {line}" for line in figures)]
        return "\n".join((*head, "", *self.ingredients, "", *steps)) + "\n"


def read_lines(text: str, file: str = "") -> Iterator[CardLines]:
    """The cards of a text, each with what the head of the file and its model say. Raises Refused with file and line."""
    common: dict[str, str] = {}
    written: dict[str, CardLines] = {}
    for lines in _cut(text, file, common):
        try:
            _take_over(lines, common, written)
        except ValueError as error:
            raise refused(f"{lines.name}: {error}", file, lines.line) from None
        written[lines.name] = lines
        yield lines


def refused(message: str, file: str, line: int) -> Refused:
    """What is wrong with the card that begins at a line."""
    return Refused(Problem(message, file=file, place=f"line {line}"))


def _cut(text: str, file: str, common: dict[str, str]) -> Iterator[CardLines]:
    """The cards of a text line by line; labels before the first card hold for all of them."""
    card: CardLines | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("# "):
            if card is not None:
                yield card
            card = CardLines(line.removeprefix("# ").strip(), number)
        elif label := _LABEL.fullmatch(line):
            (common if card is None else card.said)[label[1]] = label[2].strip()
        elif card is not None:
            card.take(line, indented=raw[:1].isspace())
        elif line:
            raise refused("a card begins with # and the name of the dish", file, number)
    if card is not None:
        yield card


def _take_over(card: CardLines, common: Mapping[str, str], written: Mapping[str, CardLines]) -> None:
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
