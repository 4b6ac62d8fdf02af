"""What is wrong with an input: data with its place, and the one exception that carries it to the edge."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input file."""

    message: str
    """what is the matter and what would be right, in one or two sentences"""
    file: str = ""
    place: str = ""
    """path in the document (order.menu[1].recipe), or line and column"""
    value: str = ""
    """what stands there, shortened"""

    def __str__(self) -> str:
        place = " at ".join(part for part in (self.file, self.place) if part)
        value = f" ({self.value})" if self.value else ""
        return f"{place}{value}: {self.message}" if place else f"{self.message}{value}"


class Refused(Exception):  # noqa: N818  # it is the input that is at fault
    """Bad input. Raised by readers and loaders, turned into a message and exit code 2 at the edge."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems
