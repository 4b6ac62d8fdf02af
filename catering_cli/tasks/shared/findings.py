"""Findings about proposed decisions: those that reject an answer, and those that leave something open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from catering_cli.domain.decision import Decision
from catering_cli.domain.finding import Finding

D = TypeVar("D")


def rejected(
    rule: str,
    where: str,
    message: str,
    *,
    value: str = "",
    fix: str = "",
) -> Finding:
    """A finding that rejects the answer."""
    return Finding(
        severity="blocking",
        rule=f"task.{rule}",
        where=where,
        message=message,
        value=value[:200],
        fix=fix,
    )


def still_open(rule: str, where: str, message: str) -> Finding:
    """A finding that keeps the answer and asks the next tier for the rest."""
    return Finding(
        severity="open",
        rule=f"task.{rule}",
        where=where,
        message=message,
    )


def of_kind(kind: type[D], decisions: Iterable[Decision]) -> list[D]:
    """The decisions of one kind, in their order."""
    return [decision for decision in decisions if isinstance(decision, kind)]
