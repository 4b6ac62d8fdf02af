"""Open items as people settle them: what one line can tell together, by the rule that found it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from catering_cli.domain.finding import SEVERITIES
from catering_cli.render.wording import counted

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding

GRAVE: Final = ("blocking", "open")


def grave(findings: Iterable[Finding]) -> list[Finding]:
    """What has to be settled, the gravest first."""
    found = [item for item in findings if item.severity in GRAVE]
    return sorted(found, key=lambda item: SEVERITIES.index(item.severity))


def kinds(items: list[Finding]) -> list[list[Finding]]:
    """Open items that one line can tell together, by rule; every other item, each blocking one among them, alone."""
    found: dict[str, list[Finding]] = {}
    for item in items:
        together = item.severity == "open" and item.rule in TOGETHER
        found.setdefault(item.rule if together else f"{item.rule} {len(found)}", []).append(item)
    return list(found.values())


def line(items: list[Finding]) -> str:
    """What a kind of items says in one line; the message of the only one."""
    first = items[0]
    if len(items) > 1:
        return TOGETHER[first.rule](items)
    return f"{first.message[:1].upper()}{first.message[1:]}"


def _labels(items: list[Finding]) -> str:
    """What the labels are read for: the needs, each once."""
    needs = ", ".join(sorted({str(item.value) for item in items}))
    guests = counted(len({item.where for item in items}), "group of guests", "groups of guests")
    return f"Read labels and certificates for {needs}: {guests} wait for them."


def _notes(items: list[Finding]) -> str:
    """The sentences that are in no field yet."""
    return f"Settle {counted(len(items), 'sentence')} of the notes: put each into its field, or pass it on."


TOGETHER: Final[dict[str, Callable[[list[Finding]], str]]] = {"diets.labels": _labels, "kitchen.note": _notes}
"""Rule -> what one line says of several of its findings."""
