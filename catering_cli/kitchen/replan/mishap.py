"""What happened, at which moment of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

GUESTS = "guests"
"""Name under which the guests themselves are late."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """All that is to be reckoned with from now on."""

    now: datetime
    lost: Mapping[str, int] = field(default_factory=dict)
    """equipment or people that are gone for the rest of the day, by table name or role"""
    late: Mapping[str, int] = field(default_factory=dict)
    """minutes by which something comes later: a role, a machine, a dish, a block, a supplier, or `guests`"""
    guests: int = 0
    """guests more, or fewer"""
    done: frozenset[str] = frozenset()
    """blocks that are done, though they were planned for later"""
    as_planned: bool = False
    """whether the event's own work is done when, and by as many people, as was planned for the guests before"""
    called_in: frozenset[str] = frozenset()
    """lost roles for whom others are called in, as far as those who are left are too few"""

    def said(self) -> tuple[str, ...]:
        """What happened, in words."""
        said = [f"{name.replace('_', ' ')} lost: {count}" for name, count in self.lost.items()]
        said += [f"{name} {minutes} minutes late" for name, minutes in self.late.items()]
        if self.guests:
            said.append(f"{abs(self.guests)} guests {'more' if self.guests > 0 else 'fewer'}")
        said += [f"{block} is done" for block in sorted(self.done)]
        return tuple(said)
