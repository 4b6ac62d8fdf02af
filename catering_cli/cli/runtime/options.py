"""What the user asked for: the options of a command, and the routing config that they name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli import output
from catering_cli.cli.runtime.interrupt import Interrupt
from catering_cli.cli.runtime.ready_tiers import (
    ready_tiers,
    tiers_without_key,
    unpriced_tiers,
    wants_models,
    with_key_names,
)
from catering_cli.cli.runtime.routing import load_routing

if TYPE_CHECKING:
    from catering_cli.domain.execution import Pattern
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.providers.stack.limits import Limits
    from catering_cli.routing.values import Config


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for."""

    config: str | None = None
    pattern: Pattern = "planning-execution"
    refine: int | None = None
    """rounds of improvement; None: what the config says"""
    threshold: float | None = None
    feedback: str = ""
    aim: str = ""
    """what rounds are ranked by; empty: the rank of the checks"""
    max_cost: float | None = None
    no_cache: bool = False
    best: bool = False
    quiet: bool = False
    verbose: bool = False
    events: Path | None = None
    deadline: float | None = None
    """seconds for asking models; None: what the config says"""
    strict: bool = False
    """models that were wanted and none of which answered are a failure"""
    purse: str = ""
    """names the money that the runs of one command share"""
    share: int = 1
    """how many processes divide the places of each vendor"""
    overnight: bool = False
    """whether questions to models wait for their vendors' batches"""


@dataclass(slots=True)
class Shared:
    """What the orders of one process share: who rests, who is out, and whether a person ended the asking."""

    limits: Limits | None = None
    interrupt: Interrupt = field(default_factory=Interrupt)

    @property
    def interrupted(self) -> bool:
        """Whether a person ended the asking; the plan is then as decided so far."""
        return self.interrupt.stops()


def _unshown(_plan: CateringPlan) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Shown:
    """Who is shown a plan on the way: the kitchen's own, and the one before rounds of refinement."""

    first: Callable[[CateringPlan], None] = _unshown
    unrefined: Callable[[CateringPlan], None] = _unshown


def answered_in_vain(plan: CateringPlan, options: Options) -> bool:
    """Whether models were wanted and none answered."""
    from catering_cli.orchestrator.left_models import answered, any_wanted

    steps = plan.run.steps if plan.run else ()
    config = load_routing(options.config)
    unready = wants_models(config) and not ready_tiers(config)
    return not answered(steps) and (any_wanted(steps) or unready)


def config_of(options: Options) -> Config:
    """The routing config of a run; who will not be asked, and why, is told before the run."""
    config = load_routing(options.config)
    if options.quiet:
        return config
    if config.notice:
        output.notice(config.notice)
    missing = tiers_without_key(config)
    if missing:
        skipped = ", ".join(map(with_key_names, missing))
        output.notice(f"Skipped, no key set: {skipped}. The kitchen decides in their place.")
    cap = cap_of(config, options)
    for tier in () if cap is None else unpriced_tiers(config):
        output.notice(
            f"{tier.name}: no price is known of {tier.model}, and the run may cost ${cap}: it is not asked. "
            f"Give `tiers.{tier.name}.price`, or set `limits.max_cost_usd: null`."
        )
    return config


def cap_of(config: Config, options: Options) -> Decimal | None:
    """The most that a run may cost in USD; None: whatever it costs."""
    return config.limits.max_cost_usd if options.max_cost is None else Decimal(str(options.max_cost))


def limits_begun(config: Config, options: Options, shared: Shared) -> Limits:
    """How many may ask at once and until when; several orders share them."""
    from catering_cli.providers.stack.asking import Asking
    from catering_cli.providers.stack.limits import Limits

    if shared.limits is None:
        asking = Asking(config.limits.silence_s, stopped=shared.interrupt.stops)
        shared.limits = Limits(config.limits.concurrency, share=options.share, asking=asking)
    shared.limits.begin(config.limits.deadline_s if options.deadline is None else options.deadline)
    return shared.limits
