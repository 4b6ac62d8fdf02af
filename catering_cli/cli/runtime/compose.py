"""The composition root: options and a routing config become the RunContext that a run needs."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from catering_cli.cli.runtime.interrupt import ONCE
from catering_cli.cli.runtime.options import Options, Shared, Shown, cap_of, config_of, limits_begun
from catering_cli.cli.runtime.ready_tiers import ready_tiers
from catering_cli.cli.version import version

if TYPE_CHECKING:
    from catering_cli.domain.decision import Decided
    from catering_cli.domain.execution import Event, ExecutionPlan, Predicted
    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.orchestrator.context import RunContext
    from catering_cli.orchestrator.foretell import Ahead
    from catering_cli.providers.gateway import Gateway
    from catering_cli.providers.journal.journal import RunJournal
    from catering_cli.routing.values import Config

Tell = Callable[["Event"], None]
T = TypeVar("T")


def run_order(
    order: Order,
    options: Options,
    tell: Tell,
    shared: Shared | None = None,
    shown: Shown | None = None,
) -> CateringPlan:
    """Run an order as `options` describe. Raises Refused for a wrong config."""
    from catering_cli.orchestrator import story

    config = config_of(options)
    with _run_context(config, options, tell, _order_key(order), shared) as open_run:
        shown = shown or Shown()
        return open_run.run(
            lambda context: story.make_plan(order, replace(context, first=shown.first, unrefined=shown.unrefined)),
            finish=_record,
        )


def refined(plan: CateringPlan, options: Options, tell: Tell, shared: Shared | None = None) -> CateringPlan:
    """Improve a plan. What the client says of it becomes the client's own decisions, or an open question."""
    from catering_cli.orchestrator import story

    config = config_of(options)
    about = _About("refine", [plan.model_dump(mode="json"), options.feedback, options.aim], plan.order.event.name)
    with _run_context(config, options, tell, about, shared) as open_run:
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
    from catering_cli.orchestrator.foretell import foretell

    config = config_of(options)
    with _run_context(config, options, tell, _order_key(order), spends=spend) as open_run:

        async def tale(context: RunContext) -> Ahead:
            return await foretell(order, await story.outline(order, context, spend=spend), context)

        ahead = open_run.run(tale)
        expected = predicted(ahead, open_run.journal)
    work = ahead.work
    journalled = " (journalled)" if not spend and work.by in config.tiers and work.by != "kitchen" else ""
    return work, expected, f"Steps by {work.by}{journalled}, config {config.name}."


def run_tale(
    tale: Callable[[RunContext], Awaitable[T]],
    material: Any,
    options: Options,
    tell: Tell,
) -> T:
    """The end of any other tale; `material` is what it is about, as JSON."""
    config = config_of(options)
    with _run_context(config, options, tell, _About("ask", material, "")) as open_run:
        return open_run.run(tale, finish=lambda _: "")


def cooked(order: Order, decisions: Sequence[Decided] = ()) -> CateringPlan:
    """What the kitchen cooks, with the version that cooked it."""
    from catering_cli.kitchen.cook import cook

    return cook(order, decisions, version=version())


def tried(order: Order, decisions: Sequence[Decided] = ()) -> CateringPlan:
    """The same without remedies: what is compared, not told."""
    from catering_cli.kitchen.cook import cook

    return cook(order, decisions, version=version(), remedies=False)


@dataclass(frozen=True, slots=True)
class _About:
    """What a run is keyed by, beside config, pattern and version; and how the journal calls it."""

    kind: str
    material: Any
    title: str


def _order_key(order: Order) -> _About:
    return _About("plan", order.model_dump(mode="json"), order.event.name)


def order_key(order: Order, config: Config, options: Options) -> str:
    """The key under which the journal continues the run of an order."""
    return _run_key(_order_key(order), config, options)


def _run_key(about: _About, config: Config, options: Options, only_here: str = "") -> str:
    from catering_cli.providers.journal.journal import digest

    return digest(about.kind, about.material, repr(config), options.pattern, version(), only_here)


def _record(plan: CateringPlan) -> str:
    """What the journal keeps of a finished run."""
    return plan.run.model_dump_json() if plan.run else ""


class _OpenRun:
    """A run that is open: `run` takes a story through it."""

    def __init__(
        self,
        context: RunContext,
        gateway: Gateway | None = None,
        journal: RunJournal | None = None,
        shared: Shared | None = None,
    ) -> None:
        self.context = context
        self.gateway = gateway
        self.journal = journal
        self.shared = shared or Shared()

    def run(
        self,
        tale: Callable[[RunContext], Awaitable[T]],
        *,
        finish: Callable[[T], str] | None = None,
    ) -> T:
        """The end of the story. Finished, `finish` says what is recorded; else the next command continues the run."""
        told: list[T] = []  # beside the task: asyncio writes out the result of a task that it ends

        async def whole() -> None:
            with self._interruptible():
                if self.gateway is None:
                    told.append(await tale(self.context))
                    return
                gc.enable()  # a run that waits for models may be long
                try:
                    told.append(await tale(self.context))
                finally:
                    await self.gateway.close()

        with self.shared.interrupt.listening():
            asyncio.run(whole())
        (end,) = told
        if finish and self.journal and not self.shared.interrupted:
            self.journal.finish(finish(end))
        return end

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        """The first interrupt is told, the second cancels the task that this runs in."""
        interrupt = self.shared.interrupt
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        cancel = partial(loop.call_soon_threadsafe, task.cancel)
        tell = partial(loop.call_soon_threadsafe, partial(self.context.say, "notice", state=ONCE))
        try:
            with interrupt.telling(tell, cancel):
                yield
        except asyncio.CancelledError:
            if interrupt.leaves():
                raise KeyboardInterrupt from None
            raise


@contextmanager
def _run_context(
    config: Config,
    options: Options,
    tell: Tell,
    about: _About,
    shared: Shared | None = None,
    *,
    spends: bool = True,
) -> Iterator[_OpenRun]:
    tiers = ready_tiers(config)
    shared = shared or Shared()
    common = _common(config, options, tell, shared)
    if not tiers:
        from catering_cli.orchestrator.context import RunContext

        yield _OpenRun(RunContext(**common), shared=shared)
        return
    from catering_cli.cli.runtime.tier_chain import chains, tier_facts
    from catering_cli.orchestrator.context import RunContext, at_once
    from catering_cli.providers.gateway import Gateway

    cap = cap_of(config, options)
    limits = limits_begun(config, options, shared)
    with _journalled(config, options, about, spends=spends) as run:
        folder = Path(config.file).parent
        gateway = Gateway(run, cap, limits, os.environ, folder, overnight=options.overnight)
        context = RunContext(
            **common,
            chain=chains(config, gateway),
            tier_out=gateway.tier_out,
            batch=lambda task: 1 if options.overnight else config.route(task).batch,
            ready=at_once if options.overnight else partial(gateway.ready, tiers),
            facts=tier_facts(config),
            memory=run,
            run=run.id,
        )
        yield _OpenRun(context, gateway, run, shared)


@contextmanager
def _journalled(config: Config, options: Options, about: _About, *, spends: bool) -> Iterator[RunJournal]:
    """The run that is journalled, new or continued; left again at the end."""
    from catering_cli.cli.runtime.journal import opened
    from catering_cli.cli.runtime.paid_twice import refuse_paid_twice

    only_here = options.purse if options.overnight and options.no_cache else ""
    key = _run_key(about, config, options, only_here)
    with opened() as journal:
        run = journal.open_run(
            key,
            title=about.title,
            config=config.name,
            pattern=options.pattern,
            version=version(),
            fresh=options.no_cache and not only_here,
        )
        try:
            if spends and not (options.overnight or options.no_cache):
                refuse_paid_twice(journal.store, key, options.purse)
            if options.purse:
                run.join(options.purse)
            run.alone = options.no_cache
            run.judges_again = options.overnight
            yield run
        finally:
            run.forget()
            run.leave()


def _common(config: Config, options: Options, tell: Tell, shared: Shared) -> dict[str, Any]:
    from catering_cli.checks.registry import RULES, check, rank

    begun = time.monotonic()
    wanted = config.refine.max_iterations if options.refine is None else options.refine
    return {
        "cook": cooked,
        "trial": tried,
        "check": check,
        "rank": rank,
        "tell": tell,
        "stopped": shared.interrupt.stops,
        "clock": lambda: time.monotonic() - begun,
        "pattern": options.pattern,
        "config": config.name,
        "version": version(),
        "max_high": config.complexity.max_high,
        "rounds": wanted,
        "threshold": config.refine.threshold if options.threshold is None else options.threshold,
        "aim": options.aim,
        "rules": tuple(rule.name for rule in RULES),
    }
