"""Anthropic's Message Batches: questions go in one request, answers come as JSON Lines in any order."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from catering_cli.providers.overnight.batch_api import CALL_S, Brought, json_of, lines_of, whole_body
from catering_cli.providers.vendors import response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.providers.vendors.sdk_client import SdkClient

_LISTED = 100
"""Batches that are looked through for one whose id is not known: the newest."""
_SLACK_S = 300.0
"""How far the vendor's clock may be behind ours; [K]."""


class MessageBatches:
    """The batches behind /v1/messages/batches."""

    def __init__(self, client: SdkClient) -> None:
        self._client = client

    async def begin(self, label: str, questions: Mapping[str, Mapping[str, Any]]) -> str:  # noqa: ARG002
        """Send questions as one batch; the label is in their names, because a batch takes none of its own."""
        requests = [{"custom_id": name, "params": body} for name, body in questions.items()]
        begun = await json_of(self._client, lambda sdk: _raw(sdk).create(requests=requests, timeout=CALL_S))
        return str(begun.get("id") or "")

    async def find(self, label: str, since: float, count: int) -> list[str]:  # noqa: ARG002
        """Batches of that time and size; the names of their answers say in the end which one it is."""
        listed = await json_of(self._client, lambda sdk: _raw(sdk).list(limit=_LISTED, timeout=CALL_S))
        of_that_size = [one for one in response.entries(listed.get("data")) if _count(one) == count]
        return [str(one.get("id")) for one in of_that_size if _began(one) > since - _SLACK_S]

    async def ended(self, batch: str) -> bool:
        """Whether every question is answered, failed, cancelled or expired."""
        now = await json_of(self._client, lambda sdk: _raw(sdk).retrieve(batch, timeout=CALL_S))
        return now.get("processing_status") == "ended"

    async def cancel(self, batch: str) -> None:
        """End it now."""
        await json_of(self._client, lambda sdk: _raw(sdk).cancel(batch, timeout=CALL_S))

    async def results(self, batch: str) -> list[Brought]:
        """Each question with its message, or with none."""
        lines = await lines_of(self._client, lambda sdk: _raw(sdk).results(batch, timeout=CALL_S))
        return [_brought(line) for line in lines]


def _raw(sdk: Any) -> Any:
    return sdk.messages.batches.with_raw_response


def _brought(line: Mapping[str, Any]) -> Brought:
    result = response.json_object(line.get("result"))
    body = whole_body(result.get("message")) if result.get("type") == "succeeded" else None
    return Brought(str(line.get("custom_id")), body)


def _count(batch: Mapping[str, Any]) -> int:
    """How many questions a batch has, in whatever state."""
    counts = response.json_object(batch.get("request_counts"))
    return sum(value for value in counts.values() if isinstance(value, int))


def _began(batch: Mapping[str, Any]) -> float:
    try:
        return datetime.fromisoformat(str(batch.get("created_at"))).timestamp()
    except ValueError:
        return 0.0
