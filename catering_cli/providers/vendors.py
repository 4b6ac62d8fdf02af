"""Which vendors there are: one row each. A tier's settings come in, its provider comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from catering_cli.providers import anthropic, openai, scripted
from catering_cli.providers.accepts import accepts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from catering_cli.providers.base import Vendor
    from catering_cli.providers.line import Line
    from catering_cli.providers.prices import Stated


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
    def price(self) -> Stated | None: ...  # noqa: D102
    @property
    def efforts(self) -> tuple[str, ...] | None: ...  # noqa: D102
    @property
    def temperature(self) -> bool | None: ...  # noqa: D102
    @property
    def script(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Row:
    """A vendor: where its keys and its address are looked for, and how its provider is made."""

    keys: tuple[str, ...]
    base_env: str
    base_url: str
    line: Callable[[str, str], Line]
    make: Callable[[TierSettings, str, Line], Vendor]


def _make_anthropic(tier: TierSettings, base_url: str, line: Line) -> Vendor:
    return anthropic.Anthropic(base_url, accepts("anthropic", tier.efforts, tier.temperature), line)


def _make_openai(tier: TierSettings, base_url: str, line: Line) -> Vendor:
    can = accepts("openai", tier.efforts, tier.temperature)
    return openai.OpenAI(base_url, tier.api, can, line, own=tier.base_url is None)


VENDORS = {
    "anthropic": Row(
        ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"),
        "ANTHROPIC_BASE_URL",
        anthropic.BASE_URL,
        anthropic.line,
        _make_anthropic,
    ),
    "openai": Row(("OPENAI_API_KEY",), "OPENAI_BASE_URL", openai.BASE_URL, openai.line, _make_openai),
}
NO_KEY_NEEDED = "none"
"""What is sent as a key to an address of the user's own that names no key: never the vendor's key."""


def key_names(tier: TierSettings) -> tuple[str, ...]:
    """Environment variables that may hold a tier's key; empty where it needs none."""
    if tier.key_env:
        return (tier.key_env,)
    if tier.provider not in VENDORS or tier.base_url:
        return ()
    return VENDORS[tier.provider].keys


def key(tier: TierSettings, env: Mapping[str, str]) -> str | None:
    """A tier's key; None where it is missing."""
    names = key_names(tier)
    if not names:
        return NO_KEY_NEEDED
    return next((env[name].strip() for name in names if env.get(name, "").strip()), None)


class Vendors:
    """The providers of one run. Tiers with one address and key share one client."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        self._env, self._folder = env, folder
        self._lines: dict[tuple[str, str, str], Line] = {}
        self._made: dict[str, Vendor] = {}

    def of(self, tier: TierSettings) -> Vendor:
        """The provider of a tier, made when first asked for; nothing is imported or sent yet."""
        if tier.name not in self._made:
            self._made[tier.name] = self._make(tier)
        return self._made[tier.name]

    def _make(self, tier: TierSettings) -> Vendor:
        if tier.provider == "scripted":
            return scripted.scripted(self._folder / (tier.script or ""))
        house = VENDORS[tier.provider]
        base_url = tier.base_url or self._env.get(house.base_env, "").strip() or house.base_url
        place = (tier.provider, base_url, key(tier, self._env) or "")
        if place not in self._lines:
            self._lines[place] = house.line(*place[1:])
        return house.make(tier, base_url, self._lines[place])

    def warm(self) -> None:
        """Import the SDKs of every provider made so far; slow, so off the event loop."""
        for vendor in self._made.values():
            vendor.warm()

    async def close(self) -> None:
        """Give all connections back."""
        for vendor in self._made.values():
            await vendor.close()
