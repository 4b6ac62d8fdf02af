"""The routing config: who may be asked, for what, in which order, within which limits.

`load` turns a YAML file into frozen values or refuses it with every problem in it; `schema` describes the file. Both
read the same tables below.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from catering_cli.domain.problem import Problem, Refused
from catering_cli.routing.find import Found, find
from catering_cli.routing.kinds import (
    Flag,
    Key,
    Named,
    Nullable,
    Number,
    Place,
    Record,
    Several,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Provider = Literal["anthropic", "openai", "scripted", "builtin"]
KITCHEN = "kitchen"
"""The one tier that is built in: exact and free."""
PROVIDERS = ("anthropic", "openai", "scripted", "builtin")
DEEPEST = 40
"""levels of nesting in a file; a routing config has four"""
EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")


@dataclass(frozen=True, slots=True)
class Price:
    """USD per million tokens."""

    input: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True)
class Tier:
    """Who answers. What a model accepts (`efforts`, `temperature`) is data here; None: the vendor's usual."""

    provider: Provider
    model: str = ""
    base_url: str | None = None
    api: Literal["responses", "chat"] = "responses"
    key_env: str | None = None
    price: Price | None = None
    efforts: tuple[str, ...] | None = None
    temperature: bool | None = None
    script: str | None = None
    name: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """How one task is asked: the chain of tiers and what goes with the request."""

    tiers: tuple[str, ...]
    reasoning: str | None = None
    temperature: float | None = None
    max_tokens: int = 4000
    when: Literal["open", "always"] = "open"
    batch: int = 1
    fallback_task: str | None = None
    task: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Complexity:
    """Where a step marked high starts, and how many may be."""

    high: str | None = None
    max_high: int = 4


@dataclass(frozen=True, slots=True)
class Refine:
    """When refinement is good enough, and after how many rounds it stops."""

    threshold: float = 0.9
    max_iterations: int = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """Money, time and load."""

    max_cost_usd: Decimal | None = None
    timeout_s: float = 120.0
    concurrency: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """A whole routing config."""

    tiers: Mapping[str, Tier]
    routes: Mapping[str, Route]
    default: Route
    complexity: Complexity = Complexity()
    refine: Refine = Refine()
    limits: Limits = field(default_factory=Limits)
    name: str = ""
    file: str = ""
    notice: str = ""
    """one line for the user where the file was chosen for them"""

    def route(self, task: str) -> Route:
        """The row of `task`, or the default one."""
        return self.routes.get(task) or replace(self.default, task=task)


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


def _file_record(tasks: tuple[str, ...], tiers: tuple[str, ...]) -> Record:
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


def schema(tasks: tuple[str, ...]) -> dict[str, Any]:
    """The JSON Schema of a routing file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "catering routing config",
        **_file_record(tasks, ()).schema(),
    }


def load(name: str | Path | None, tasks: tuple[str, ...]) -> Config:
    """The config in a file, or one of the shipped ones by name; None: ./configs/default.yaml, else the shipped one.

    Raises Refused with every problem of the file.
    """
    return parse(find(name), tasks)


def parse(found: Found, tasks: tuple[str, ...]) -> Config:
    """The config in a text."""
    problems: list[Problem] = []
    place = Place(found.file, "", _compose(found), problems)
    named = _tier_names(place)
    config: Config | None = _file_record(tasks, named).read(place)
    if config is not None:
        config = replace(
            config,
            tiers={KITCHEN: Tier("builtin"), **config.tiers},
            name=found.name,
            file=found.file,
            notice=found.notice,
        )
        problems.extend(_cross_checks(config))
    if problems or config is None:
        raise Refused(*problems)
    return replace(
        config,
        tiers={name: replace(tier, name=name) for name, tier in config.tiers.items()},
        routes={task: replace(route, task=task) for task, route in config.routes.items()},
    )


def _compose(found: Found) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _depth(yaml.parse(found.text, Loader=loader)) > DEEPEST:
            raise Refused(Problem(f"this is nested deeper than {DEEPEST} levels", found.file))
        node = yaml.compose(found.text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise Refused(Problem(f"this is not YAML: {error.problem or error}", found.file, at)) from None
    except yaml.YAMLError as error:
        raise Refused(Problem(f"this is not YAML: {str(error).splitlines()[0]}", found.file)) from None
    if node is None:
        raise Refused(Problem("the file is empty; `catering schema routing --example` shows a filled one", found.file))
    return node


def _depth(events: Iterable[Any]) -> int:
    """How deep a text is nested. Looked at first: the composer recurses, and its C version crashes the process."""
    from yaml.events import CollectionEndEvent, CollectionStartEvent

    depth = deepest = 0
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest


def _tier_names(place: Place) -> tuple[str, ...]:
    """Names of the tiers of the file, the kitchen included; problems with them are noted when they are read."""
    from yaml.nodes import MappingNode, ScalarNode

    entries = place.node.value if isinstance(place.node, MappingNode) else ()
    for key, value in entries:
        if key.value == "tiers" and isinstance(value, MappingNode):
            names = [str(name.value) for name, _ in value.value if isinstance(name, ScalarNode)]
            return tuple(dict.fromkeys([*names, KITCHEN]))
    return (KITCHEN,)


def _cross_checks(config: Config) -> list[Problem]:
    """What no single value shows."""
    routes = {f"routes.{task}": route for task, route in config.routes.items()} | {"default": config.default}
    found = [
        (tier.line, f"tiers.{name}", *wrong) for name, tier in config.tiers.items() for wrong in _tier_wrong(name, tier)
    ]
    found += [(route.line, path, *wrong) for path, route in routes.items() for wrong in _route_wrong(path, route)]
    return [
        Problem(message, config.file, f"line {line}: {path}{key}" if line else path + key, value)
        for line, path, key, value, message in found
    ]


def _tier_wrong(name: str, tier: Tier) -> Iterator[tuple[str, str, str]]:
    """Key, value and remedy of what does not fit together in a tier."""
    if tier.provider == "builtin" and name != KITCHEN:
        yield ".provider", "builtin", f"only the tier named {KITCHEN} is built in."
    if name == KITCHEN and tier.provider != "builtin":
        yield ".provider", tier.provider, f"the tier {KITCHEN} is built in: provider: builtin."
    if tier.provider in {"anthropic", "openai"} and not tier.model:
        yield "", tier.provider, "the key model is missing: the vendor's model id."
    if tier.provider == "scripted" and not tier.script:
        yield "", "scripted", "the key script is missing: the file with the answers."
    if tier.provider == "anthropic" and tier.temperature:
        yield ".temperature", "true", "Anthropic's Messages take no temperature: leave it out."


def _route_wrong(path: str, route: Route) -> Iterator[tuple[str, str, str]]:
    """Key, value and remedy of what does not fit together in a route."""
    for name in sorted({name for name in route.tiers if route.tiers.count(name) > 1}):
        yield ".tiers", name, "a tier stands twice in a chain: keep one."
    if path == f"routes.{route.fallback_task}":
        yield ".fallback_task", path.removeprefix("routes."), "a task cannot be its own fallback: name another one."
