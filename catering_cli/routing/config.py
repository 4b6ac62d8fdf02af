"""The routing config: who may be asked, for what, in which order, within which limits.

`load` turns a YAML file into frozen values or refuses it with every problem in it; `schema` describes the file. Both
read the tables of `form`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from catering_cli.domain.names import KITCHEN
from catering_cli.domain.problem import Problem, Refused
from catering_cli.routing.find import Found, find
from catering_cli.routing.form import file_record
from catering_cli.routing.kinds import Place
from catering_cli.routing.values import Complexity, Config, Limits, Price, Refine, Route, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Complexity", "Config", "Limits", "Price", "Refine", "Route", "Tier", "load", "parse", "schema"]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
DEEPEST = 40
"""levels of nesting in a file; a routing config has four"""


def schema(tasks: tuple[str, ...]) -> dict[str, Any]:
    """The JSON Schema of a routing file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "catering routing config",
        **file_record(tasks, ()).schema(),
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
    config: Config | None = file_record(tasks, named).read(place)
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
        if _depth(yaml.parse(found.text, Loader=yaml.SafeLoader)) > DEEPEST:
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
    """How deep a text is nested, by the reader that stops nowhere on its own.

    Looked at first: the composer recurses, and the C reader has a limit of its own, without our file and remedy.
    """
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
    if tier.base_url and not tier.base_url.startswith(("http://", "https://")):
        yield ".base_url", tier.base_url, "an address begins with http:// or https://."
    elif tier.base_url and "@" in tier.base_url:  # a password, perhaps: it is not repeated
        yield ".base_url", "", "an address holds no user and no password: key_env names what holds the key."
    if tier.key_env and not _VARIABLE.fullmatch(tier.key_env):  # perhaps the key itself: it is not repeated
        yield ".key_env", "", "this is no name of an environment variable; a key stands in the environment, never here."


def _route_wrong(path: str, route: Route) -> Iterator[tuple[str, str, str]]:
    """Key, value and remedy of what does not fit together in a route."""
    for name in sorted({name for name in route.tiers if route.tiers.count(name) > 1}):
        yield ".tiers", name, "a tier stands twice in a chain: keep one."
    if path == f"routes.{route.fallback_task}":
        yield ".fallback_task", path.removeprefix("routes."), "a task cannot be its own fallback: name another one."
