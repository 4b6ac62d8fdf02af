"""Which models a run may ask: those that a route names, if their key is set."""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.routing.values import Config, Tier


def ready_tiers(config: Config) -> tuple[Tier, ...]:
    """The tiers with a model that a route asks, and whose key is set."""
    return tuple(tier for tier in _models(config) if _has_key(tier))


def tiers_without_key(config: Config) -> list[Tier]:
    """The tiers with a model that a route asks, and whose key is not set."""
    return [tier for tier in _models(config) if not _has_key(tier)]


def with_key_names(tier: Tier) -> str:
    """A tier with the names of the keys that it takes."""
    from catering_cli.providers.vendors.credentials import key_names

    return f"{tier.name} ({' or '.join(key_names(tier))})"


def unpriced_tiers(config: Config) -> list[Tier]:
    """The tiers that may be asked and whose price no source knows."""
    from catering_cli.providers.prices import model_price

    ready = [tier for tier in ready_tiers(config) if tier.provider != "scripted"]
    return [tier for tier in ready if model_price(tier.provider, tier.model, tier.price) is None]


def wants_models(config: Config) -> bool:
    """Whether a route asks any model."""
    return bool(_models(config))


def _models(config: Config) -> list[Tier]:
    routes = (*config.routes.values(), config.default)
    used = {config.complexity.high, *chain.from_iterable(route.tiers for route in routes)}
    tiers = [tier for name, tier in config.tiers.items() if name in used]
    return [tier for tier in tiers if tier.provider != "builtin"]


def _has_key(tier: Tier) -> bool:
    from catering_cli.providers.vendors.credentials import tier_key

    return tier_key(tier, os.environ) is not None
