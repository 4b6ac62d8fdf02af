"""The revision that every sheet carries: two sheets with the same one belong together."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

DIGITS = 8
"""Enough that two versions of one event never share it, few enough to be read out on the telephone."""


def revision(plan: CateringPlan) -> str:
    """A short hash of what a plan is made from: order, decisions, and the timeline, which a hand may have moved."""
    made_from = plan.model_dump(mode="json", exclude_defaults=True, include={"order", "decisions", "timeline"})
    return sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:DIGITS]
