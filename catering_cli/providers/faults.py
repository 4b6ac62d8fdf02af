"""What each fault is worth: one table, read by `ask`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from catering_cli.domain.execution import FaultKind

Change = Literal["same", "larger", "repair"]
Out = Literal["", "step", "cooldown", "run"]


@dataclass(frozen=True, slots=True)
class After:
    """What follows a fault of a tier.

    `again`: how often the same tier is asked once more, with the `same` body, a `larger` token cap, or a `repair`
    that feeds the findings back. After that `tier_out` says for how long the tier is passed over: not at all (the
    next step may ask it), for the rest of this step, for a cooldown shared by the whole run, or for the run.
    """

    again: int = 0
    change: Change = "same"
    tier_out: Out = "step"
    cooldown_s: float = 0.0
    """how long a cooldown lasts if the vendor does not say"""
    waited_for: bool = False
    """whether a tier that no other model follows is asked again after its rest, within the patience of the config"""
    line: bool = False
    """whether it is a fault of the line: a second one in a row sends the tier to rest, twice as long each time"""
    may_be_charged: bool = False
    """whether the vendor may have charged for the call without saying so: the ledger and the cap count it as spent"""


LARGER = 2
"""A truncated answer is asked again with this many times the cap: the same cap would be cut at the same place."""

AFTER: dict[FaultKind, After] = {
    # the line or the vendor's machine: what may pass by itself is worth one more try, a slow one is not
    "timeout": After(line=True, may_be_charged=True),
    "connection": After(tier_out="cooldown", cooldown_s=10, line=True),
    "cut": After(again=1, line=True, may_be_charged=True),
    "server_error": After(again=1, line=True),
    # load: the next model at once, and this one is not asked for a while; without a next one the rest is waited for
    "rate_limited": After(tier_out="cooldown", cooldown_s=5, waited_for=True),
    "overloaded": After(tier_out="cooldown", cooldown_s=5, waited_for=True),
    # nothing that time or another try would cure
    "out_of_quota": After(tier_out="run"),
    "bad_key": After(tier_out="run"),
    "unknown_model": After(tier_out="run"),
    "wrong_address": After(tier_out="run"),
    "no_client": After(tier_out="run"),
    "no_key": After(tier_out="run"),
    "no_price": After(tier_out="run"),
    "no_journal": After(tier_out="run"),
    # this request, not this tier
    "bad_request": After(),
    "too_large": After(),
    "refused": After(),
    "over_budget": After(),
    # content
    "malformed": After(again=1),
    "empty": After(again=1),
    "truncated": After(again=1, change="larger"),
    "wrong_schema": After(again=1, change="repair"),
    "rejected": After(again=1, change="repair"),
    # not asked at all: another tier was free
    "cooling": After(tier_out=""),
    "saturated": After(tier_out=""),
    # not asked at all: the asking is over
    "out_of_time": After(tier_out=""),
    "interrupted": After(tier_out=""),
}
