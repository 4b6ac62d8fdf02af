"""Which vendors there are: one row each. A tier's settings come in, its provider comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.providers.vendors import anthropic, openai, scripted
from catering_cli.providers.vendors.capabilities import capabilities
from catering_cli.providers.vendors.credentials import TierSettings, tier_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from catering_cli.providers.base import Vendor
    from catering_cli.providers.vendors.sdk_client import SdkClient

_VERSION = "/v1"
"""Where the API of an address begins that names no path of its own."""


@dataclass(frozen=True, slots=True)
class VendorRow:
    """A vendor: where its address is looked for, and how its provider is made."""

    base_env: str
    base_url: str
    sdk_client: Callable[[str, str], SdkClient]
    make: Callable[[TierSettings, str, SdkClient], Vendor]

    def address(self, given: str) -> str:
        """The base URL as this vendor's SDK takes it, whether or not its `/v1` was given."""
        bare = given.rstrip("/").removesuffix(_VERSION)
        versioned = self.base_url.endswith(_VERSION)
        if given.rstrip("/") != bare or not versioned:
            return bare + _VERSION * versioned
        has_path = "/" in bare.partition("://")[2]
        return bare if has_path else bare + _VERSION


def _make_anthropic(tier: TierSettings, base_url: str, sdk_client: SdkClient) -> Vendor:
    can = capabilities("anthropic", tier.model, tier.efforts, tier.temperature)
    return anthropic.Anthropic(base_url, can, sdk_client)


def _make_openai(tier: TierSettings, base_url: str, sdk_client: SdkClient) -> Vendor:
    can = capabilities("openai", tier.model, tier.efforts, tier.temperature)
    return openai.OpenAI(base_url, tier.api, can, sdk_client, own=tier.base_url is None)


VENDORS = {
    "anthropic": VendorRow(
        "ANTHROPIC_BASE_URL",
        anthropic.BASE_URL,
        anthropic.sdk_client,
        _make_anthropic,
    ),
    "openai": VendorRow("OPENAI_BASE_URL", openai.BASE_URL, openai.sdk_client, _make_openai),
}


class Vendors:
    """The providers of one run. Tiers with one address and key share one client."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        self._env = env
        self._folder = folder
        self._sdk_clients: dict[tuple[str, str, str], SdkClient] = {}
        self._made: dict[str, Vendor] = {}

    def of(self, tier: TierSettings) -> Vendor:
        """The provider of a tier, made when first asked for; nothing is imported or sent yet."""
        if tier.name not in self._made:
            self._made[tier.name] = self._make(tier)
        return self._made[tier.name]

    def client_of(self, tier: TierSettings) -> SdkClient:
        """The client through which a vendor's tier is asked; not for scripted ones."""
        row = VENDORS[tier.provider]
        place = (tier.provider, self._base_url(tier), tier_key(tier, self._env) or "")
        if place not in self._sdk_clients:
            self._sdk_clients[place] = row.sdk_client(*place[1:])
        return self._sdk_clients[place]

    def _base_url(self, tier: TierSettings) -> str:
        row = VENDORS[tier.provider]
        return row.address(tier.base_url or self._env.get(row.base_env, "").strip() or row.base_url)

    def _make(self, tier: TierSettings) -> Vendor:
        if tier.provider == "scripted":
            return scripted.scripted(self._folder / (tier.script or ""))
        return VENDORS[tier.provider].make(tier, self._base_url(tier), self.client_of(tier))

    def warm(self) -> None:
        """Import the SDKs of every provider made so far; slow, so off the event loop."""
        for vendor in self._made.values():
            vendor.warm()

    async def close(self) -> None:
        """Give all connections back."""
        for vendor in self._made.values():
            await vendor.close()
