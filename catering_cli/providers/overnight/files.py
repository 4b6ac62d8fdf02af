"""OpenAI's Batch: questions go as a file, answers and errors come as two others, in any order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from catering_cli.providers.overnight.batch_api import CALL_S, Brought, json_of, lines_of, whole_body
from catering_cli.providers.vendors import response

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catering_cli.providers.vendors.sdk_client import SdkClient

_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_LISTED = 100
"""Batches that are looked through for one whose id is not known: the newest."""
_OK = 200


class FileBatches:
    """The batches behind /v1/batches, of questions to one endpoint."""

    def __init__(self, client: SdkClient, endpoint: str) -> None:
        self._client = client
        self._endpoint = endpoint

    async def begin(self, label: str, questions: Mapping[str, Mapping[str, Any]]) -> str:
        """Send questions as one batch that carries the label."""
        file = "".join(self._lines(questions)).encode("utf-8", "backslashreplace")
        sent = await json_of(
            self._client,
            lambda sdk: sdk.files.with_raw_response.create(
                file=(f"{label}.jsonl", file), purpose="batch", timeout=CALL_S
            ),
        )
        begun = await json_of(
            self._client,
            lambda sdk: _raw(sdk).create(
                completion_window="24h",
                endpoint=self._endpoint,
                input_file_id=str(sent.get("id")),
                metadata={"label": label},
                timeout=CALL_S,
            ),
        )
        return str(begun.get("id") or "")

    def _lines(self, questions: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
        for name, body in questions.items():
            line = {"custom_id": name, "method": "POST", "url": self._endpoint, "body": body}
            yield json.dumps(line) + "\n"

    async def find(self, label: str, since: float, count: int) -> list[str]:  # noqa: ARG002
        """The batch that carries the label."""
        listed = await json_of(self._client, lambda sdk: _raw(sdk).list(limit=_LISTED, timeout=CALL_S))
        found = response.entries(listed.get("data"))
        return [str(one.get("id")) for one in found if response.json_object(one.get("metadata")).get("label") == label]

    async def ended(self, batch: str) -> bool:
        """Whether nothing more will come."""
        return (await self._now(batch)).get("status") in _ENDED

    async def cancel(self, batch: str) -> None:
        """End it now."""
        await json_of(self._client, lambda sdk: _raw(sdk).cancel(batch, timeout=CALL_S))

    async def results(self, batch: str) -> list[Brought]:
        """What stands in the file of answers; what stands in that of errors brought none."""
        file = (await self._now(batch)).get("output_file_id")
        if not file:
            return []
        lines = await lines_of(self._client, lambda sdk: sdk.files.with_raw_response.content(str(file), timeout=CALL_S))
        return [_brought(line) for line in lines]

    async def _now(self, batch: str) -> dict[str, Any]:
        return await json_of(self._client, lambda sdk: _raw(sdk).retrieve(batch, timeout=CALL_S))


def _raw(sdk: Any) -> Any:
    return sdk.batches.with_raw_response


def _brought(line: Mapping[str, Any]) -> Brought:
    answer = response.json_object(line.get("response"))
    body = whole_body(answer.get("body")) if answer.get("status_code") == _OK else None
    return Brought(str(line.get("custom_id")), body)
