"""What reading a quantity yields, and the state of reading one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from catering_cli.domain.quantity import Quantity

Numbers = tuple[Fraction, Fraction]
"""The low and the high end of what was written."""


@dataclass(frozen=True, slots=True)
class Packs:
    """How many packs of which size were asked for ("2 x 400 g tins")."""

    count: Quantity
    size: Quantity
    container: str = ""


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """A quantity with what is left of the text, and what a reader should know."""

    quantity: Quantity
    rest: str = ""
    warnings: tuple[str, ...] = ()
    approximate: bool = False
    alternative: Quantity | None = None
    packs: Packs | None = None
    state: str = ""
    """AP or EP, if the unit says so ("10 kg EP")"""
    notes: tuple[str, ...] = ()
    """how it is measured: packed, heaped, 2-inch, large"""


@dataclass(slots=True)
class Scan:
    """Where a text has been read to, and what was noticed on the way."""

    text: str
    system: str
    at: int = 0
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    approximate: bool = False

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match here and move on."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def warn(self, message: str) -> None:
        """Note a warning, once."""
        if message not in self.warnings:
            self.warnings.append(message)
