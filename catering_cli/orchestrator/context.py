"""What a run needs, in one frozen value. The command line builds it; nothing below it reaches for more.

RunContext     config, chains, providers, journal, cook, check, clock, listener
  TierChain    which tiers are asked for one step, in order
    TierCall   a tier with its provider and its limits for this step
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from catering_cli.domain.decision import Decided
from catering_cli.domain.execution import Attempt, Event, Pattern, Step, Tokens
from catering_cli.domain.finding import Finding
from catering_cli.domain.names import KITCHEN
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan, Score

if TYPE_CHECKING:
    from catering_cli.providers.base import (  # a run without a model loads no line to one
        Fault,
        Provider,
        Reply,
        Request,
    )


def unpriced(_tokens: Tokens) -> Decimal | None:
    """The price of a call to a model without a price: not known."""
    return None


def _has_no_journal(_request: Request) -> bool:
    return False


def _nothing() -> int:
    return 0


def _forgets(_more: int) -> None:
    pass


def _stands_still() -> float:
    return 0.0


def _has_no_key(_request: Request) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class TierCall:
    """A tier as one step may ask it. `provider` None is the kitchen."""

    tier: str
    model: str = KITCHEN
    provider: Provider | None = None
    effort: str | None = None
    temperature: float | None = None
    max_tokens: int = 2_000
    """cap of a request, thinking included"""
    share: int = 2_000
    """of the cap, what the answer itself may take"""
    timeout_s: float = 120.0
    patience_s: float = 0.0
    """how long it is waited for while it is busy; 0 if another model may answer"""
    busy_s: Callable[[], float] = _stands_still
    """for how long it has refused for load and not answered"""
    price: Callable[[Tokens], Decimal | None] = unpriced
    journalled: Callable[[Request], bool] = _has_no_journal
    """whether this run's journal holds the reply to that very request"""
    learned: Callable[[], int] = _nothing
    """tokens beyond `max_tokens` that cut answers of this run have taught"""
    learn: Callable[[int], None] = _forgets
    """is told how many tokens more a cut answer is asked again with"""
    key: Callable[[Request], str] = _has_no_key
    """the hash of a request in the journal; empty if there is none"""
    together: Callable[[Sequence[Request]], Awaitable[Sequence[Reply]]] | None = None
    """asks for several like requests in one; None: only one at a time"""


class TierChain(NamedTuple):
    """The tiers that are asked for one step, in order, and when."""

    calls: tuple[TierCall, ...] = (TierCall(KITCHEN),)
    when: Literal["blocked", "open", "always"] = "open"
    passed: tuple[Attempt, ...] = ()
    """tiers that were passed over before any was asked: no key, cooling, saturated"""
    fallback_task: str = ""
    identity: str = ""
    """the whole chain, whichever tiers are free now: an accepted answer is kept under it; empty: under the calls"""

    @property
    def is_kitchen_alone(self) -> bool:
        """Whether no model may be asked."""
        return bool(self.calls) and all(call.provider is None for call in self.calls)

    @property
    def has_kitchen(self) -> bool:
        """Whether the kitchen may answer in the end."""
        return any(call.provider is None for call in self.calls)


class Memory(Protocol):
    """Answers that stand, across runs. A key is a hash; a payload is JSON text."""

    def recall(self, key: str) -> str | None:
        """The payload that was kept under `key`, or None."""

    def keep(self, key: str, payload: str) -> None:
        """Keep `payload` under `key`, durably."""


class NoMemory:
    """Nothing is remembered: `--no-cache`, and tests."""

    def recall(self, key: str) -> str | None:  # noqa: ARG002, D102
        return None

    def keep(self, key: str, payload: str) -> None:  # noqa: D102
        pass


def _unheard(_event: Event) -> None:
    pass


def _unseen(_plan: CateringPlan) -> None:
    pass


def _stays(_tier: str, _scope: str, _fault: Fault) -> None:
    pass


def _alone(_task: str) -> int:
    return 1


async def at_once() -> None:
    """What is asked next can be asked now."""


def _goes_on() -> bool:
    return False


def _kitchen_alone(_step: Step) -> TierChain:
    return TierChain()


class TierFacts(NamedTuple):
    """What a notice says of a tier: its model, and where its key and its address are set."""

    tier: str
    model: str = ""
    key: str = ""
    address: str = ""


def _unset(tier: str) -> TierFacts:
    return TierFacts(tier)


@dataclass(frozen=True)
class RunContext:
    """What a run needs."""

    cook: Callable[[Order, Sequence[Decided]], CateringPlan]
    check: Callable[[Order, CateringPlan], tuple[tuple[Finding, ...], Score]]
    rank: Callable[[Sequence[Finding], Score], tuple[int, int, float]]
    trial: Callable[[Order, Sequence[Decided]], CateringPlan] | None = None
    """cooks what is only compared, without remedies; None: `cook` does"""
    chain: Callable[[Step], TierChain] = _kitchen_alone
    """the chain for a step, as the routing sees it at the moment of asking"""
    tier_out: Callable[[str, str, Fault], None] = _stays
    """tier, "step" | "cooldown" | "run", the fault: what the routing is told to leave out"""
    batch: Callable[[str], int] = _alone
    """by task, how many of its steps may go in one request"""
    ready: Callable[[], Awaitable[None]] = at_once
    """returns when models can be asked: their SDKs are imported while the kitchen cooks"""
    memory: Memory = field(default_factory=NoMemory)
    facts: Callable[[str], TierFacts] = _unset
    """what a notice says of a tier"""
    tell: Callable[[Event], None] = _unheard
    first: Callable[[CateringPlan], None] = _unseen
    """is shown the kitchen's own plan, before any model is asked"""
    unrefined: Callable[[CateringPlan], None] = _unseen
    """is shown the plan as it is before its rounds of refinement"""
    stopped: Callable[[], bool] = _goes_on
    """whether a person ended the run: nothing further is asked or tried"""
    clock: Callable[[], float] = _stands_still
    """seconds since the run began"""
    pattern: Pattern = "planning-execution"
    config: str = "offline"
    run: str = ""
    version: str = ""
    max_high: int = 4
    """steps marked high beyond these, in plan order, count as medium"""
    rounds: int = 0
    """rounds of refinement after the plan is made"""
    threshold: float = 0.9
    aim: str = ""
    """what rounds of refinement are ranked by; empty: the rank of the checks"""
    times_replies: bool = False
    """whether a call counts with the time that its reply took when it was asked, replayed or not"""
    rules: tuple[str, ...] = ()
    """names of the check registry's rules; empty: a step's `checks` are not looked at"""

    @property
    def is_kitchen_alone(self) -> bool:
        """Whether no task may ask a model."""
        from catering_cli.tasks.registry import TASKS

        return all(self.chain(Step(id=task.name, task=task.name)).is_kitchen_alone for task in TASKS)

    def say(
        self,
        event: str,
        step: str = "",
        task: str = "",
        tier: str = "",
        state: str = "",
    ) -> None:
        """Tell those who watch the run."""
        self.tell(
            Event(
                t=self.clock(),
                event=event,
                step=step,
                task=task,
                tier=tier,
                state=state,
            )
        )
