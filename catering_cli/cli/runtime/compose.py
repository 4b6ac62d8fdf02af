"""The composition root: options and a routing config become the RunContext that a run needs."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from catering_cli.cli import output
from catering_cli.cli.runtime.ready_tiers import ready_tiers, tiers_without_key, with_key_names
from catering_cli.cli.runtime.routing import load_routing
from catering_cli.cli.version import version

if TYPE_CHECKING:
    from catering_cli.domain.decision import Decided
    from catering_cli.domain.execution import Event, ExecutionPlan, Pattern, Predicted
    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.orchestrator.context import RunContext
    from catering_cli.providers.gateway import Gateway
    from catering_cli.providers.stack.limits import Limits
    from catering_cli.routing.values import Config, Tier

Tell = Callable[["Event"], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for."""

    config: str | None = None
    pattern: Pattern = "planning-execution"
    refine: int | None = None
    """rounds of improvement; None: what the config says"""
    threshold: float | None = None
    feedback: str = ""
    max_cost: float | None = None
    no_cache: bool = False
    best: bool = False
    quiet: bool = False
    verbose: bool = False
    events: Path | None = None
    purse: str = ""
    """names the money that the runs of one command share"""
    share: int = 1
    """how many processes divide the places of each vendor"""


@dataclass(slots=True)
class Shared:
    """What the orders of one process share: who rests and who is out."""

    limits: Limits | None = None


def planned(
    order: Order,
    options: Options,
    tell: Tell,
    shared: Shared | None = None,
    unrefined: Callable[[CateringPlan], None] = lambda _: None,
) -> CateringPlan:
    """Run an order as `options` describe. Raises Refused for a wrong config.

    If rounds of refinement were asked for, `unrefined` is told the plan as it was before them.
    """
    from catering_cli.orchestrator import story

    config = _config(options)
    with _run_context(config, options, tell, _order_key(order), shared) as open_run:
        return open_run.run(
            lambda context: story.make_plan(order, replace(context, unrefined=unrefined)), finish=_record
        )


def refined(plan: CateringPlan, options: Options, tell: Tell) -> CateringPlan:
    """Improve a plan. What the client says of it becomes the client's own decisions, or an open question."""
    from catering_cli.orchestrator import story

    config = _config(options)
    about = _About("refine", [plan.model_dump(mode="json"), options.feedback], plan.order.event.name)
    with _run_context(config, options, tell, about) as open_run:
        return open_run.run(lambda context: story.refine(plan, context, options.feedback), finish=_record)


def outlined(
    order: Order,
    options: Options,
    tell: Tell,
    *,
    spend: bool,
) -> tuple[ExecutionPlan, Predicted, str]:
    """The steps of a run, what they are expected to cost, and whose they are."""
    from catering_cli.cli.runtime.prediction import predicted
    from catering_cli.orchestrator import story

    config = _config(options)
    with _run_context(config, options, tell, _order_key(order)) as open_run:
        work = open_run.run(lambda context: story.outline(order, context, spend=spend), warm=spend)
        expected = predicted(work, config, open_run.gateway)
    journalled = " (journalled)" if not spend and work.by in config.tiers and work.by != "kitchen" else ""
    return work, expected, f"Steps by {work.by}{journalled}, config {config.name}."


def told(
    tale: Callable[[RunContext], Awaitable[T]],
    material: Any,
    options: Options,
    tell: Tell,
) -> T:
    """The end of any other tale; `material` is what it is about, as JSON."""
    config = _config(options)
    with _run_context(config, options, tell, _About("ask", material, "")) as open_run:
        return open_run.run(tale, finish=lambda _: "")


def cooked(order: Order, decisions: Sequence[Decided] = ()) -> CateringPlan:
    """What the kitchen cooks, with the version that cooked it."""
    from catering_cli.kitchen.cook import cook

    return cook(order, decisions, version=version())


@dataclass(frozen=True, slots=True)
class _About:
    """What a run is keyed by, beside config, pattern and version; and how the journal calls it."""

    kind: str
    material: Any
    title: str


def _order_key(order: Order) -> _About:
    return _About("plan", order.model_dump(mode="json"), order.event.name)


def _record(plan: CateringPlan) -> str:
    """What the journal keeps of a finished run."""
    return plan.run.model_dump_json() if plan.run else ""


def _config(options: Options) -> Config:
    config = load_routing(options.config)
    if options.quiet:
        return config
    if config.notice:
        output.notice(config.notice)
    missing = tiers_without_key(config)
    if missing:
        skipped = ", ".join(map(with_key_names, missing))
        output.notice(f"Skipped, no key set: {skipped}. The kitchen decides in their place.")
    return config


class _OpenRun:
    """A run that is open: `run` takes a story through it."""

    def __init__(
        self,
        context: RunContext,
        gateway: Gateway | None,
        tiers: tuple[Tier, ...],
        finish: Callable[[str], None],
    ) -> None:
        self.context = context
        self.gateway = gateway
        self.tiers = tiers
        self.finish = finish

    def run(
        self,
        tale: Callable[[RunContext], Awaitable[T]],
        *,
        finish: Callable[[T], str] | None = None,
        warm: bool = True,
    ) -> T:
        """The end of the story. Finished, `finish` says what is recorded; else the next command continues the run."""
        told: list[T] = []  # beside the task: asyncio writes out the result of a task that it ends

        async def whole() -> None:
            if self.gateway is None:
                told.append(await tale(self.context))
                return
            gc.enable()  # a run that waits for models may be long
            try:
                if warm:
                    self.gateway.begin_warming(self.tiers)
                told.append(await tale(self.context))
            except asyncio.CancelledError:
                output.notice(
                    "Interrupted: replies that are on their way are awaited and kept. Again to leave at once."
                )
                raise
            finally:
                await self.gateway.close()

        asyncio.run(whole())
        (end,) = told
        if finish:
            self.finish(finish(end))
        return end


@contextmanager
def _run_context(
    config: Config,
    options: Options,
    tell: Tell,
    about: _About,
    shared: Shared | None = None,
) -> Iterator[_OpenRun]:
    tiers = ready_tiers(config)
    common = _common(config, options, tell)
    if not tiers:
        from catering_cli.orchestrator.context import RunContext

        yield _OpenRun(RunContext(**common), None, (), lambda _: None)
        return
    from catering_cli.cli.runtime.journal import opened
    from catering_cli.cli.runtime.tier_chain import chains
    from catering_cli.orchestrator.context import RunContext
    from catering_cli.providers.gateway import Gateway
    from catering_cli.providers.journal.journal import digest
    from catering_cli.providers.stack.limits import Limits

    shared = shared or Shared()
    key = digest(about.kind, about.material, repr(config), options.pattern, version())
    cap = config.limits.max_cost_usd if options.max_cost is None else Decimal(str(options.max_cost))
    shared.limits = shared.limits or Limits(config.limits.concurrency, share=options.share)
    shared.limits.begin()
    with opened() as journal:
        run = journal.open_run(
            key,
            title=about.title,
            config=config.name,
            pattern=options.pattern,
            version=version(),
            fresh=options.no_cache,
        )
        try:
            folder = Path(config.file).parent
            if options.purse:
                run.join(options.purse)
            gateway = Gateway(run, cap, config.limits.concurrency, os.environ, folder, shared.limits)
            context = RunContext(
                **common,
                chain=chains(config, gateway),
                tier_out=gateway.tier_out,
                batch=lambda task: config.route(task).batch,
                ready=gateway.ready,
                memory=run,
                run=run.id,
            )
            yield _OpenRun(context, gateway, tiers, run.finish)
        finally:
            run.forget()
            run.leave()


def _common(config: Config, options: Options, tell: Tell) -> dict[str, Any]:
    from catering_cli.checks.registry import RULES, check, rank

    begun = time.monotonic()
    wanted = config.refine.max_iterations if options.refine is None else options.refine
    return {
        "cook": cooked,
        "check": check,
        "rank": rank,
        "tell": tell,
        "clock": lambda: time.monotonic() - begun,
        "pattern": options.pattern,
        "config": config.name,
        "version": version(),
        "max_high": config.complexity.max_high,
        "rounds": wanted,
        "threshold": config.refine.threshold if options.threshold is None else options.threshold,
        "rules": tuple(rule.name for rule in RULES),
    }
