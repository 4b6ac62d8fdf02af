"""What `routes` does: the routing in effect, as a table that leaves no question open before money is spent."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.cli import output
from catering_cli.cli.runtime.routing import load_routing
from catering_cli.domain.names import TASKS

if TYPE_CHECKING:
    from catering_cli.routing.values import Config, Route, Tier


def printed(name: str | None, *, as_json: bool) -> None:
    """Print the routing of a config."""
    config = load_routing(name)
    if config.notice:
        output.notice(config.notice)
    if as_json:
        output.json_result(document(config))
        return
    output.result("\n".join(_text(config)))


def document(config: Config) -> dict[str, Any]:
    """The routing as JSON."""
    return {
        "config": config.name,
        "file": config.file,
        "tiers": {name: _tier(tier) for name, tier in config.tiers.items()},
        "routes": {task: _route(config, config.route(task)) for task in TASKS},
        "complexity": {"high": config.complexity.high, "max_high": config.complexity.max_high},
        "refine": {"threshold": config.refine.threshold, "max_iterations": config.refine.max_iterations},
        "limits": {
            "max_cost_usd": None if config.limits.max_cost_usd is None else float(config.limits.max_cost_usd),
            "timeout_s": config.limits.timeout_s,
            "concurrency": dict(config.limits.concurrency),
        },
    }


def _tier(tier: Tier) -> dict[str, Any]:
    from catering_cli.providers.vendors.credentials import key_names, tier_key

    return {
        "provider": tier.provider,
        "model": tier.model,
        "address": tier.base_url,
        "keys": list(key_names(tier)),
        "key_present": tier_key(tier, os.environ) is not None,
        "price": _price(tier),
    }


def _price(tier: Tier) -> dict[str, float] | None:
    """USD per million tokens; None if it is not known."""
    if tier.provider == "builtin":
        return {"input": 0.0, "output": 0.0}
    from catering_cli.providers.prices import model_price

    known = model_price(tier.provider, tier.model, tier.price)
    return None if known is None else {"input": float(known.input), "output": float(known.output)}


def _route(config: Config, route: Route) -> list[dict[str, Any]]:
    from catering_cli.providers.vendors.capabilities import capabilities, fit

    chain = []
    for name in route.tiers:
        tier = config.tiers[name]
        entry: dict[str, Any] = {"tier": name, "model": tier.model or "kitchen", "when": route.when}
        if tier.provider != "builtin":
            accepted = capabilities(tier.provider, tier.model, tier.efforts, tier.temperature)
            fitted = fit(accepted, route.reasoning, route.temperature)
            entry["effort"] = fitted.effort
            entry["temperature"] = fitted.temperature
            entry["max_tokens"] = route.max_tokens
            entry["cap"] = accepted.cap(route.max_tokens, route.reasoning)
            entry["left_out"] = list(fitted.left_out)
        chain.append(entry)
    return chain


def _text(config: Config) -> Iterator[str]:
    """The tiers, the chain of each task, what is left out of a request, and the limits."""
    yield f"Routing {config.name} ({_origin(config)})"
    yield from ("", "Tiers")
    width = max(map(len, config.tiers))
    for name, tier in config.tiers.items():
        yield f"  {name:<{width}}  {_tier_text(tier)}"
    yield from ("", "Tasks: who is asked, in order")
    left_out: list[str] = []
    for task in TASKS:
        route = config.route(task)
        chain = _route(config, route)
        links = " > ".join(map(_link_text, chain))
        yield f"  {task:<24}  {route.when:<7}  {links}"
        left_out += _left_out(task, chain)
    if left_out:
        yield from ("", "Left out of what is sent", *left_out)
    yield from _limits(config)


def _origin(config: Config) -> str:
    """The file of a config; shipped, if it is one of ours."""
    from catering_cli.routing.find import SHIPPED, shipped

    is_shipped = config.name in SHIPPED and Path(config.file) == shipped(config.name)
    return "shipped" if is_shipped else config.file


def _left_out(task: str, chain: Sequence[dict[str, Any]]) -> Iterator[str]:
    for entry in chain:
        for text in entry.get("left_out", ()):
            yield f"  {task}, {entry['tier']}: {text}"


def _limits(config: Config) -> Iterator[str]:
    high = config.complexity.high
    if high:
        yield ""
        yield f"A step marked high starts at {high}; at most {config.complexity.max_high} of them."
    cap = config.limits.max_cost_usd
    most = "none" if cap is None else f"${cap:.2f}"
    yield f"Cost cap of a run: {most}; one request {config.limits.timeout_s:g} s."


def _tier_text(tier: Tier) -> str:
    if tier.provider == "builtin":
        return "built in: exact, free, no key"
    from catering_cli.providers.vendors.credentials import key_names, tier_key

    price = _price(tier)
    cost = "price not known" if price is None else f"${price['input']:g} in, ${price['output']:g} out per MTok"
    names = " or ".join(key_names(tier))
    state = "is set" if tier_key(tier, os.environ) is not None else "is not set: this tier is skipped"
    told = f"{names} {state}" if names else "no key needed"
    where = f" at {tier.base_url}" if tier.base_url else ""
    return f"{tier.provider} {tier.model}{where}; {cost}; {told}"


def _link_text(entry: Mapping[str, Any]) -> str:
    """A tier, with what is asked of it beside the question."""
    sent = []
    if entry.get("effort"):
        sent.append(f"effort {entry['effort']}")
    if entry.get("temperature") is not None:
        sent.append(f"temperature {entry['temperature']:g}")
    return f"{entry['tier']} ({', '.join(sent)})" if sent else str(entry["tier"])
