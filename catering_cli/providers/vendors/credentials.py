"""Where a tier's key is looked for. Imports nothing: `catering routes` says which keys are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.providers.prices import StatedPrice

USUAL = {
    "anthropic": ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"),
    "openai": ("OPENAI_API_KEY",),
}
"""Environment variables of the vendors' keys, first found first used."""
NO_KEY_NEEDED = "none"
"""What is sent as a key to an address of the user's own that names no key: never the vendor's key."""


def key_names(tier: TierSettings) -> tuple[str, ...]:
    """Environment variables that may hold a tier's key; empty if it needs none."""
    if tier.key_env:
        return (tier.key_env,)
    if tier.base_url:
        return ()
    return USUAL.get(tier.provider, ())


def tier_key(tier: TierSettings, env: Mapping[str, str]) -> str | None:
    """A tier's key; None if it is missing."""
    names = key_names(tier)
    if not names:
        return NO_KEY_NEEDED
    keys = [env.get(name, "").strip() for name in names]
    return next((key for key in keys if key), None)


class TierSettings(Protocol):
    """What a routing config says of a tier."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def provider(self) -> str: ...  # noqa: D102
    @property
    def model(self) -> str: ...  # noqa: D102
    @property
    def base_url(self) -> str | None: ...  # noqa: D102
    @property
    def api(self) -> str: ...  # noqa: D102
    @property
    def key_env(self) -> str | None: ...  # noqa: D102
    @property
    def price(self) -> StatedPrice | None: ...  # noqa: D102
    @property
    def efforts(self) -> tuple[str, ...] | None: ...  # noqa: D102
    @property
    def temperature(self) -> bool | None: ...  # noqa: D102
    @property
    def script(self) -> str | None: ...  # noqa: D102
