"""What an earlier command has planned already: a plan is found again by the key of what was asked.

The key covers the order, the options, the routing and which of its models can be asked, and the version. A command
that was interrupted is given again: the orders whose plans are whole and were asked for alike are not planned twice.
"""

from __future__ import annotations

import json
from dataclasses import fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from catering_cli.cli.actions.seal import digest_of
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.many.beside import Worked
from catering_cli.cli.runtime.ready_tiers import ready_tiers
from catering_cli.cli.runtime.routing import load_routing
from catering_cli.cli.version import version
from catering_cli.domain.finding import blocking
from catering_cli.domain.names import ABOUT_CAP, ABOUT_MODELS, ABOUT_ROUNDS

if TYPE_CHECKING:
    from pathlib import Path

    from catering_cli.cli.runtime.options import Options
    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan


ASIDE = frozenset({"config", "no_cache", "quiet", "verbose", "events", "purse", "share", "overnight"})
"""Options that change no plan, or stand in the key by what they name."""

LEFT_OUT = (ABOUT_MODELS, ABOUT_CAP, ABOUT_ROUNDS)
"""How notices begin that the same command might not give again: it would ask what was not asked or not answered."""


class Told(NamedTuple):
    """What the summary says of a plan."""

    event: str
    blocking: int
    score: float | None
    code: Status
    worked: Worked | None
    """None: it has no day"""


def key(order: Order, options: Options) -> str:
    """What was asked, as the SHA-256 of all that a plan depends on."""
    config = load_routing(options.config)
    asked = (
        order.model_dump_json(by_alias=True, exclude_unset=True),
        repr(config),
        [tier.name for tier in ready_tiers(config)],
        [(field.name, getattr(options, field.name)) for field in fields(options) if field.name not in ASIDE],
        version(),
    )
    return sha256(repr(asked).encode()).hexdigest()


def with_key(plan: CateringPlan, asked: str) -> CateringPlan:
    """The plan with what it was asked by in the record of its run."""
    return plan.model_copy(update={"run": plan.run and plan.run.model_copy(update={"asked": asked})})


def summary_of(plan: CateringPlan, code: Status) -> Told:
    """What the summary says of a new plan, whose run ended with `code`."""
    score = plan.score.value if plan.score else None
    order = plan.order.model_dump(mode="json", by_alias=True, exclude_unset=True)
    first, last = plan.timeline.first_start, plan.timeline.last_end
    days = (first.date().isoformat(), last.date().isoformat()) if first and last else None
    return Told(plan.order.event.name, len(blocking(plan.findings)), score, code, _worked(order, days))


def plan_at(path: Path, asked: str) -> Told | None:
    """What a file says if it is the whole, unchanged plan of what is asked; None if it is not."""
    try:
        document = json.loads(path.read_bytes()) if path.is_file() else {}
        return _told(document) if _is_whole(document, asked) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_whole(document: dict[str, Any], asked: str) -> bool:
    """Whether every model that was wanted has answered, and no hand has changed the plan since."""
    run = document["run"]
    stopped = any(step["state"] in ("failed", "stopped") for step in run["steps"])
    left_out = any(notice.startswith(LEFT_OUT) for notice in run["notices"])
    return run["asked"] == asked and not stopped and not left_out and document["digest"] == digest_of(document)


def _told(document: dict[str, Any]) -> Told:
    blocking = sum(finding["severity"] == "blocking" for finding in document["findings"])
    score = document["score"]["value"] if document["score"] else None
    code = Status.BLOCKING if blocking else Status.GOOD
    first, last = document["timeline"]["first_start"], document["timeline"]["last_end"]
    worked = _worked(document["order"], (first[:10], last[:10]) if first and last else None)
    return Told(document["order"]["event"]["name"], blocking, score, code, worked)


def _worked(order: dict[str, Any], days: tuple[str, str] | None) -> Worked | None:
    """Where and when: the kitchen as the order has it, and its base."""
    if not days:
        return None
    base = [place for place in order.get("places", ()) if place.get("kind") == "base"]
    kitchen = json.dumps([order.get("kitchen", {}), base], sort_keys=True)
    return Worked(kitchen, *days)
