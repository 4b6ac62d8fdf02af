"""What the batches of both vendors have in common."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from catering_cli.providers.vendors import response
from catering_cli.providers.vendors.http import KEPT, text_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

    from catering_cli.providers.vendors.sdk_client import SdkClient

CALL_S = 120.0
"""Deadline of one call about a batch, its questions and answers included; [K]."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a batch brought for one question: a body as the vendor's ordinary answer has it, or None."""

    name: str
    body: Mapping[str, Any] | None


class BatchApi(Protocol):
    """A vendor's batches. Every method raises Faulted like an ordinary call."""

    async def begin(self, label: str, questions: Mapping[str, Mapping[str, Any]]) -> str:
        """Send questions (wire bodies by name) as one batch; its id."""

    async def find(self, label: str, since: float, count: int) -> Sequence[str]:
        """Batches of the vendor that may be the one of `label`, begun `since` with `count` questions."""

    async def ended(self, batch: str) -> bool:
        """Whether nothing more will come."""

    async def cancel(self, batch: str) -> None:
        """Ask that it be ended now; what is answered by then can still be read."""

    async def results(self, batch: str) -> Sequence[Brought]:
        """What an ended batch brought, in any order."""


async def json_of(client: SdkClient, ask: Callable[[Any], Awaitable[Any]]) -> dict[str, Any]:
    """The JSON object that a call about a batch brings; empty if it brings another thing."""
    return response.json_object(_read(await text_of(client, ask, CALL_S)))


async def lines_of(client: SdkClient, ask: Callable[[Any], Awaitable[Any]]) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, one a line; a line that is none is left out."""
    text = await text_of(client, ask, CALL_S)
    return (response.json_object(_read(line)) for line in text.splitlines() if line.strip())


def whole_body(value: object) -> Mapping[str, Any] | None:
    """An answer's body; what is no JSON object stands in one, to be judged as any such answer."""
    if value is None:
        return None
    return value if isinstance(value, dict) else {response.NOT_JSON: str(value)[:KEPT]}


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
