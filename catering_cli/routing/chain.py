"""Who is asked for one step, in order: the route, where a hard step starts, and who is free right now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from catering_cli.domain.names import KITCHEN
from catering_cli.routing.config import Config, Route, Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from catering_cli.domain.execution import Complexity, FaultKind

    State = FaultKind | Literal[""]
    """What is in the way of a tier; empty: it is free"""


@dataclass(frozen=True, slots=True)
class Link:
    """A tier of a chain and what goes with a request to it."""

    tier: Tier
    effort: str | None
    temperature: float | None
    max_tokens: int
    patient: bool = False
    """whether a request waits while the tier is busy, because no model after it may answer"""


@dataclass(frozen=True, slots=True)
class Chain:
    """Links in order of asking, and the tiers that were passed over, each with the reason."""

    links: tuple[Link, ...]
    passed: tuple[tuple[Tier, FaultKind], ...]
    when: Literal["blocked", "open", "always"]
    batch: int = 1
    fallback_task: str | None = None
    identity: str = ""
    """the whole chain in words, no matter which tier is free now: what an accepted answer is kept under"""


def order(config: Config, task: str, complexity: Complexity = "medium") -> tuple[Tier, ...]:
    """The tiers of a step before it is asked which of them are free.

    A step marked high starts at the tier that `complexity` names, then follows its route. A route of the kitchen
    alone stays so: the author of the route wants no model there.
    """
    names = config.route(task).tiers
    start = config.complexity.high
    if complexity == "high" and start is not None and names != (KITCHEN,):
        names = (start, *(name for name in names if name != start))
    return tuple(config.tiers[name] for name in names)


def chain(
    config: Config,
    task: str,
    complexity: Complexity = "medium",
    state: Callable[[Tier], State] | None = None,
) -> Chain:
    """The chain of a step at the moment of asking.

    A tier that is out (no key, bad key, no quota ...) is left out. One that is cooling, or whose places are all taken,
    is passed over when another model is free: a short rest ends soon, and the kitchen should not answer for a model
    that is merely busy. If no model is free the chain stays, and the last model's request waits.
    """
    route = config.route(task)
    states = [(tier, _state(tier, state)) for tier in order(config, task, complexity)]
    free = {tier.name for tier, how in states if not how}
    passed: list[tuple[Tier, FaultKind]] = []
    links: list[Link] = []
    for tier, how in states:
        if how and not _stays(how, free):
            passed.append((tier, how))
        else:
            links.append(_link(tier, route))
    return Chain(
        links=tuple(_with_patience(links)),
        passed=tuple(passed),
        when=route.when,
        batch=route.batch,
        fallback_task=route.fallback_task,
        identity=_identity(route, [tier for tier, how in states if how != "no_key"]),
    )


def _state(tier: Tier, state: Callable[[Tier], State] | None) -> State:
    """What is in the way of a tier; nothing ever is of the kitchen."""
    return state(tier) if state and tier.name != KITCHEN else ""


def _stays(how: FaultKind, free: Collection[str]) -> bool:
    """Whether a tier that is not free is waited for: it rests, or it is busy, and no other model is free."""
    return how in ("cooling", "saturated") and set(free) <= {KITCHEN}


def _link(tier: Tier, route: Route) -> Link:
    return Link(tier, route.reasoning, route.temperature, route.max_tokens)


def _with_patience(links: Sequence[Link]) -> list[Link]:
    """The links, the last model patient."""
    models = [index for index, link in enumerate(links) if link.tier.name != KITCHEN]
    return [replace(link, patient=index == max(models, default=-1)) for index, link in enumerate(links)]


def _identity(route: Route, tiers: Iterable[Tier]) -> str:
    """A tier that rests, is busy or has failed is still part of it; one without a key was never asked."""
    asked = [f"{tier.name} {tier.provider} {tier.model} {tier.base_url or ''}".strip() for tier in tiers]
    how = f"{route.reasoning} {route.temperature} {route.max_tokens}"
    return " > ".join([*asked, how])
