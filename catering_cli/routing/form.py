"""The form of a routing file: one table of keys, read by the loader and printed as its JSON Schema."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catering_cli.domain.names import KITCHEN
from catering_cli.routing.kinds import Flag, Key, Named, Nullable, Number, Record, Several, Text
from catering_cli.routing.values import (
    EFFORTS,
    PROVIDERS,
    Complexity,
    Config,
    Limits,
    Price,
    Refine,
    Route,
    Tier,
)


def _tier(**values: Any) -> Tier:
    return Tier(**values)


def _route(*, temperature: Decimal | None, **values: Any) -> Route:
    return Route(temperature=None if temperature is None else float(temperature), **values)


def _refine(threshold: Decimal, max_iterations: int) -> Refine:
    return Refine(float(threshold), max_iterations)


def _limits(max_cost_usd: Decimal | None, timeout_s: Decimal, concurrency: dict[str, int]) -> Limits:
    return Limits(max_cost_usd, float(timeout_s), concurrency)


_USD = Number()
_COUNT = Number(Decimal(1), whole=True)
_PRICE = Record(
    Price,
    {
        "input": Key(_USD, "USD per million input tokens"),
        "output": Key(_USD, "USD per million output tokens"),
    },
)
_TIER = Record(
    _tier,
    {
        "provider": Key(Text(PROVIDERS), "who answers; builtin is the kitchen"),
        "model": Key(Text(), "the vendor's model id", ""),
        "base_url": Key(Text(), "address of the API; absent: the vendor's, or the SDK's environment variable", None),
        "api": Key(Text(("responses", "chat")), "which API of OpenAI; compatible servers speak chat", "responses"),
        "key_env": Key(Text(), "environment variable that holds the key; absent: the vendor's usual one", None),
        "price": Key(_PRICE, "list price; absent: the price table's", None),
        "efforts": Key(Several(Text(EFFORTS)), "depths of reasoning the model accepts; []: none", None),
        "temperature": Key(Flag(), "whether the model accepts a temperature", None),
        "script": Key(Text(), "answers of the scripted provider, a file beside this one", None),
    },
    lined=True,
)


def _route_record(tasks: tuple[str, ...], tiers: tuple[str, ...]) -> Record:
    keys = {
        "tiers": Key(Several(Text(tiers), least=1), "names of tiers, first asked first"),
        "reasoning": Key(Nullable(Text(EFFORTS)), "depth of reasoning to ask for", None),
        "temperature": Key(Nullable(Number(upper=Decimal(2))), "temperature to ask for", None),
        "max_tokens": Key(_COUNT, "cap of the answer's tokens, reasoning included", 4000),
        "when": Key(Text(("open", "always")), "open: only where the kitchen leaves something open", "open"),
        "batch": Key(_COUNT, "how many like steps may go in one request", 1),
        "fallback_task": Key(Text(tasks), "task asked in its place when every tier has failed", None),
    }
    return Record(_route, keys, lined=True)


def file_record(tasks: tuple[str, ...], tiers: tuple[str, ...]) -> Record:
    """The whole file. Names of tiers are known only once the tiers are read: empty allows any."""
    route = _route_record(tasks, tiers)
    complexity = Record(
        Complexity,
        {
            "high": Key(Nullable(Text(tiers)), "tier where a step marked high starts", None),
            "max_high": Key(Number(whole=True), "steps beyond these count as medium", 4),
        },
    )
    refine = Record(
        _refine,
        {
            "threshold": Key(Number(upper=Decimal(1)), "a score above this is good enough", Decimal("0.9")),
            "max_iterations": Key(Number(whole=True, upper=Decimal(20)), "rounds at most", 3),
        },
    )
    limits = Record(
        _limits,
        {
            "max_cost_usd": Key(Nullable(_USD), "cap of a run; null: no cap", None),
            "timeout_s": Key(Number(Decimal("0.1"), Decimal(3600)), "deadline of one request", Decimal(120)),
            "concurrency": Key(Named(_COUNT, PROVIDERS), "requests at once, by provider", {}),
        },
    )
    return Record(
        Config,
        {
            "tiers": Key(Named(_TIER), "who can be asked, by name"),
            "routes": Key(Named(route, tasks), "how each task is asked; a task without a row takes default", {}),
            "default": Key(route, "the row of a task without one", Route((KITCHEN,))),
            "complexity": Key(complexity, "where steps marked high start", Complexity()),
            "refine": Key(refine, "the refinement loop", Refine()),
            "limits": Key(limits, "money, time and load", Limits()),
        },
    )
