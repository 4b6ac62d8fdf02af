"""One order under one configuration. Replies are journalled under it and replayed: a second time nothing is asked."""

from __future__ import annotations

import asyncio
import os
import time
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.cli import output
from catering_cli.cli.bench.grade import TaskGrade, Usage, changing, grades
from catering_cli.cli.runtime import compose
from catering_cli.cli.runtime.ready_tiers import ready_tiers, tiers_without_key
from catering_cli.cli.runtime.routing import load_routing
from catering_cli.cli.version import version
from catering_cli.domain.execution import Tokens

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from decimal import Decimal

    from catering_cli.domain.execution import Attempt, Pattern, Run
    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.orchestrator.context import RunContext
    from catering_cli.providers.gateway import Gateway
    from catering_cli.routing.values import Config

PLANNER = "planner"
"""The tier that all is asked in the comparison."""


class Measured(NamedTuple):
    """What an order came to under a configuration."""

    order: str
    config: str
    run: str
    tasks: tuple[TaskGrade, ...]
    blocking: int
    open: int
    score: float
    usd: Decimal | None
    """at list price, replayed or not; None if a price is not known"""
    all_planner_usd: Decimal | None
    """the same tokens at the price of the planner; None if it has none"""
    seconds: float
    """that models took, added up"""
    asked: int
    """requests that were sent this time"""


def measured(order: Order, name: str | None, pattern: Pattern, replay: str, limit: float | None) -> Measured:
    """Run the order under the configuration. `replay`: a run whose replies to the same requests are taken as well."""
    config = load_routing(name)
    if missing := tiers_without_key(config):
        output.notice(f"{config.name}: no key set for {', '.join(tier.name for tier in missing)}; skipped.")
    return asyncio.run(_measured(order, config, pattern, replay, limit))


async def _measured(order: Order, config: Config, pattern: Pattern, replay: str, limit: float | None) -> Measured:
    from decimal import Decimal

    from catering_cli.cli.runtime.journal import opened
    from catering_cli.orchestrator import story
    from catering_cli.providers.gateway import Gateway
    from catering_cli.providers.journal.exchanges import run_named
    from catering_cli.providers.journal.journal import digest
    from catering_cli.providers.stack.asking import Asking
    from catering_cli.providers.stack.limits import Limits

    key = digest("bench", order.model_dump(mode="json"), repr(config), pattern, version())
    cap = config.limits.max_cost_usd if limit is None else Decimal(str(limit))
    with opened() as journal:
        title = f"bench: {order.event.name}"
        run = journal.open_run(key, title=title, config=config.name, pattern=pattern, version=version())
        try:
            if replay:
                run.also_from(run_named(journal, replay).id)
            limits = Limits(config.limits.concurrency, asking=Asking(config.limits.silence_s))
            limits.begin(config.limits.deadline_s)
            folder = Path(config.file).parent
            gateway = Gateway(run, cap, limits, os.environ, folder)
            plan = await story.make_plan(order, _context(config, gateway, run.id, pattern))
            await gateway.close()
            return _of(plan, config, gateway)
        finally:
            run.forget()
            run.leave()


def _context(config: Config, gateway: Gateway, run: str, pattern: Pattern) -> RunContext:
    """What the run needs: it decides alone and improves nothing, so that the answers are what is measured."""
    from catering_cli.checks.registry import RULES, check, rank
    from catering_cli.cli.runtime.tier_chain import chains, tier_facts
    from catering_cli.orchestrator.context import RunContext

    begun = time.monotonic()
    return RunContext(
        cook=compose.cooked,
        check=check,
        rank=rank,
        chain=chains(config, gateway),
        tier_out=gateway.tier_out,
        batch=lambda task: config.route(task).batch,
        ready=partial(gateway.ready, ready_tiers(config)),
        facts=tier_facts(config),
        clock=lambda: time.monotonic() - begun,
        pattern=pattern,
        config=config.name,
        times_replies=True,
        run=run,
        version=version(),
        max_high=config.complexity.max_high,
        rules=tuple(rule.name for rule in RULES),
    )


def _of(plan: CateringPlan, config: Config, gateway: Gateway) -> Measured:
    assert plan.run is not None
    assert plan.score is not None
    models = {name: tier for name, tier in config.tiers.items() if tier.provider != "builtin"}
    by_models = _attempts(plan.run, models)

    def usage(some: Sequence[Attempt]) -> Usage:
        usd = _sum([gateway.usd(models[one.tier], one.tokens) for one in some])
        return Usage(usd, sum(one.seconds for one in some))

    planner = config.tiers.get(PLANNER)
    at_planner = [gateway.usd(planner, one.tokens) for one in by_models] if planner else [None]
    sent = [one for one in by_models if not one.journalled]
    whole = usage(by_models)
    return Measured(
        order=" ".join(plan.order.event.name.split()),
        config=config.name,
        run=plan.run.id,
        tasks=grades(plan, changing(plan), usage),
        blocking=plan.score.blocking,
        open=plan.score.open,
        score=plan.score.value,
        usd=whole.usd,
        all_planner_usd=_sum(at_planner),
        seconds=whole.seconds,
        asked=sum(one.tokens != Tokens() for one in sent),
    )


def _attempts(run: Run, tiers: Container[str]) -> list[Attempt]:
    """The attempts of some tiers."""
    attempts = chain.from_iterable(step.attempts for step in run.steps)
    return [attempt for attempt in attempts if attempt.tier in tiers]


def _sum(prices: Sequence[Decimal | None]) -> Decimal | None:
    from decimal import Decimal

    total = Decimal(0)
    for price in prices:
        if price is None:
            return None
        total += price
    return total
