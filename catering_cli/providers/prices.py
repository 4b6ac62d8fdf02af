"""What a call costs: the YAML's price, else the list price; an unknown price is None, never 0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from catering_cli.data.tables import rows

if TYPE_CHECKING:
    from collections.abc import Callable

_PER = Decimal(1_000_000)
_DATED = re.compile(r"-(\d{8}|\d{4}-\d{2}-\d{2})$")


class StatedPrice(Protocol):
    """A price as a config states it: USD per million tokens."""

    @property
    def input(self) -> Decimal:
        """Of what is read."""

    @property
    def output(self) -> Decimal:
        """Of what is written, reasoning included."""


class Used(Protocol):
    """Tokens of a call as domain.attempt has them, which is not imported here: `catering routes` is in a hurry."""

    @property
    def input(self) -> int:
        """Read, the cached and written ones included."""

    @property
    def cached(self) -> int:
        """Read from the vendor's prompt cache."""

    @property
    def written(self) -> int:
        """Written to it."""

    @property
    def output(self) -> int:
        """Written as answer and reasoning."""


@dataclass(frozen=True, slots=True)
class Most:
    """The most that a request may use."""

    input: int
    written: int
    output: int
    cached: int = 0


@dataclass(frozen=True, slots=True)
class ModelPrice:
    """List price of a model. `usd` is exact, long-context tiers and the vendor's prompt cache included."""

    input: Decimal
    """USD per million tokens of a short prompt"""
    output: Decimal
    usd: Callable[[Used], Decimal]

    def worst(self, most_bytes: int, most_output: int) -> Decimal:
        """The most a request can cost: a token is at least one byte, and all of it may be written to the cache."""
        return max(self.usd(Most(most_bytes, written, most_output)) for written in (0, most_bytes))


def model_price(provider: str, model: str, stated: StatedPrice | None) -> ModelPrice | None:
    """The price of a model, or None if no source knows it.

    The list prices of the usual models are rows of data/prices.tsv (a test holds them against the price table), so
    that they are shown without its import; what a call costs is always reckoned by the whole table.
    """
    if stated:
        return _stated(stated.input, stated.output)
    usual = _usual().get((provider, model))
    if usual is None:
        return _listed(provider, model)

    def usd(tokens: Used) -> Decimal:
        known = _listed(provider, model) or _stated(*usual)
        return known.usd(tokens)

    return ModelPrice(*usual, usd)


def _stated(inward: Decimal, outward: Decimal) -> ModelPrice:
    return ModelPrice(inward, outward, lambda tokens: (inward * tokens.input + outward * tokens.output) / _PER)


@cache
def _usual() -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Input and output price by provider and model."""
    return {(row["provider"], row["model"]): (Decimal(row["input"]), Decimal(row["output"])) for row in rows("prices")}


@cache
def _listed(provider: str, model: str) -> ModelPrice | None:
    """From the price table that ships with genai-prices (offline); only under the model's own name, dated or not."""
    from genai_prices import Usage, calc_price

    try:
        found = calc_price(Usage(input_tokens=1, output_tokens=1), model, provider_id=provider)
    except LookupError:
        return None
    if found.model.id not in {model, _DATED.sub("", model)}:
        return None  # the table matches by prefix: a neighbour's price is no price

    def usd(tokens: Used) -> Decimal:
        usage = Usage(
            input_tokens=tokens.input,
            cache_read_tokens=tokens.cached,
            cache_write_tokens=tokens.written,
            output_tokens=tokens.output,
        )
        return calc_price(usage, model, provider_id=provider).total_price

    return ModelPrice(_base(found.model_price.input_mtok), _base(found.model_price.output_mtok), usd)


def _base(listed: Any) -> Decimal:
    """A price; of the shortest prompt if it depends on the length."""
    return Decimal(getattr(listed, "base", listed) or 0)
