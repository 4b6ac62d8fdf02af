"""Which vendors there are: one row each. A tier's settings come in, its provider comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.providers.vendors import anthropic, openai, scripted
from catering_cli.providers.vendors.capabilities import accepts
from catering_cli.providers.vendors.credentials import TierSettings, key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from catering_cli.providers.base import Vendor
    from catering_cli.providers.vendors.sdk_client import Line


@dataclass(frozen=True, slots=True)
class Row:
    """A vendor: where its address is looked for, and how its provider is made."""

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
        "ANTHROPIC_BASE_URL",
        anthropic.BASE_URL,
        anthropic.line,
        _make_anthropic,
    ),
    "openai": Row("OPENAI_BASE_URL", openai.BASE_URL, openai.line, _make_openai),
}


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
