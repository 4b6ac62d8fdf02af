"""The composition root: options and config become the House that a run needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli.version import version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from catering_cli.domain.decision import Decided
    from catering_cli.domain.event import Event
    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.orchestrator.house import House


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for."""

    config: str | None = None
    pattern: str = "planning-execution"
    refine: int | None = None
    threshold: float | None = None
    feedback: str = ""
    max_cost: float | None = None
    no_cache: bool = False
    best: bool = False
    quiet: bool = False
    verbose: bool = False
    events: Path | None = None


def planned(order: Order, options: Options, tell: Callable[[Event], None]) -> CateringPlan:
    """Run an order through the house that `options` describe. Raises Refused for a wrong config."""
    import asyncio

    from catering_cli.orchestrator import story

    return asyncio.run(story.plan(order, _house(options, tell)))


def cooked(order: Order, decisions: Sequence[Decided] = ()) -> CateringPlan:
    """What the kitchen cooks, with the version that cooked it."""
    from catering_cli.kitchen.cook import cook

    return cook(order, decisions, version=version())


def _house(options: Options, tell: Callable[[Event], None]) -> House:
    from catering_cli.checks.registry import check, rank
    from catering_cli.orchestrator.house import House

    return House(cook=cooked, check=check, rank=rank, tell=tell, version=version(), rounds=options.refine or 0)
