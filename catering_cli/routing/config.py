"""The routing config: who may be asked, for what, in which order, within which limits.

`load` turns a YAML file into frozen values or refuses it with every problem in it; `schema` describes the file. Both
read the types of `values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catering_cli.domain.names import KITCHEN
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.field_errors import typed
from catering_cli.intake.yaml_document import located, parse_yaml
from catering_cli.routing.find import Found, find
from catering_cli.routing.values import Config, Price, Route, RoutingFile, Tier

__all__ = ["Config", "Price", "Route", "Tier", "load", "parse", "schema"]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SECRET = re.compile(r"(?:key|token|secret|password)(?:_\w+)?$", re.IGNORECASE)
_COMMENT_OR_BLANK = re.compile(r"(?:\s|#[^\n]*(?:\n|$))*")
_EMPTY = "is empty; `catering schema routing --example` shows a filled one"


def schema() -> dict[str, Any]:
    """The JSON Schema of a routing file."""
    return RoutingFile.model_json_schema()


def load(name: str | Path | None) -> Config:
    """The config in a file, or one of the shipped ones by name; None: ./configs/default.yaml, else the shipped one.

    Raises Refused with every problem of the file.
    """
    return parse(find(name))


def parse(found: Found) -> Config:
    """The config in a text."""
    if _COMMENT_OR_BLANK.fullmatch(found.text):
        raise Refused(Problem(_EMPTY, found.file))
    document = parse_yaml(found.text, found.file)
    try:
        return _checked(document, found)
    except Refused as refused:
        raise Refused(*map(_without_secret, located(refused, document).problems)) from None


def _checked(document: Any, found: Found) -> Config:
    """What a document comes to. Raises Refused with every problem, without its line."""
    known = {"tiers": (*_tier_names(document), KITCHEN)}
    written = typed(RoutingFile, document, file=found.file, root="", context=known)
    config = _config(written, found)
    problems = [Problem(message, found.file, place, value) for place, value, message in _cross_checks(config)]
    if problems:
        raise Refused(*problems)
    return config


def _tier_names(document: Any) -> Iterator[str]:
    """Names of the tiers of the file, the kitchen left out; problems with them are told when they are read."""
    tiers = document.get("tiers") if isinstance(document, dict) else None
    if isinstance(tiers, dict):
        yield from (name for name in tiers if name != KITCHEN)


def _config(written: RoutingFile, found: Found) -> Config:
    """What a file comes to."""
    tiers = {KITCHEN: Tier(provider="builtin", name=KITCHEN)}
    for name, tier in written.tiers.items():
        tiers[name] = Tier(**dict(tier), name=name)
    return Config(
        tiers=tiers,
        routes={task: Route(**dict(route), task=task) for task, route in written.routes.items()},
        default=Route(**dict(written.default)),
        complexity=written.complexity,
        refine=written.refine,
        limits=written.limits,
        name=found.name,
        file=found.file,
        notice=found.notice,
    )


def _without_secret(problem: Problem) -> Problem:
    """The problem without the value that stands there, if that may be a key or a password."""
    key = problem.place.partition(" (")[0]
    if _SECRET.search(key) or "@" in problem.value:
        return Problem(problem.message, problem.file, problem.place)
    return problem


Wrong = tuple[str, str, str]
"""Place, value and remedy of what does not fit together."""


def _cross_checks(config: Config) -> Iterator[Wrong]:
    """What no single value shows."""
    for name, tier in config.tiers.items():
        yield from _wrong_provider(f"tiers.{name}", tier)
        yield from _wrong_address(f"tiers.{name}", tier)
    yield from _wrong_route("default", config.default)
    for task, route in config.routes.items():
        yield from _wrong_route(f"routes.{task}", route)


def _wrong_provider(place: str, tier: Tier) -> Iterator[Wrong]:
    """What a tier of a provider lacks, or has and must not have."""
    is_builtin = tier.provider == "builtin"
    is_kitchen = tier.name == KITCHEN
    if is_builtin != is_kitchen:
        remedy = f"the tier {KITCHEN} is built in, and no other: its provider is builtin."
        yield f"{place}.provider", tier.provider, remedy
    if tier.provider in {"anthropic", "openai"} and not tier.model:
        yield place, tier.provider, "the key model is missing: the vendor's model id."
    if tier.provider == "scripted" and not tier.script:
        yield place, "scripted", "the key script is missing: the file with the answers."
    if tier.provider == "anthropic" and tier.temperature:
        yield f"{place}.temperature", "true", "Anthropic's Messages take no temperature: leave it out."


def _wrong_address(place: str, tier: Tier) -> Iterator[Wrong]:
    """What is no address of a server, and no name of what holds a key. A password or a key is not repeated."""
    url = tier.base_url
    if url and not url.startswith(("http://", "https://")):
        yield f"{place}.base_url", url, "an address begins with http:// or https://."
    elif url and "@" in url:
        yield f"{place}.base_url", "", "an address holds no user and no password: key_env names what holds the key."
    if tier.key_env and not _VARIABLE.fullmatch(tier.key_env):
        remedy = "this is no name of an environment variable; a key stands in the environment, never here."
        yield f"{place}.key_env", "", remedy


def _wrong_route(place: str, route: Route) -> Iterator[Wrong]:
    """A chain that asks the same tier twice, or a task that falls back to itself."""
    for name in sorted(set(route.tiers)):
        if route.tiers.count(name) > 1:
            yield f"{place}.tiers", name, "a tier stands twice in a chain: keep one."
    if route.task and route.task == route.fallback_task:
        yield f"{place}.fallback_task", route.task, "a task cannot be its own fallback: name another one."
