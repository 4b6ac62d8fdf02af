"""A model server that also keeps both vendors' batches by their contract: later, in any order, in part, or not at all.

A batch ends after it was looked at `looks` times, or when it is cancelled. `fate` says of each question how it ends:
"ok", "errored" or "expired". Answers are those of the ordinary server, whose faults and log are not touched by them.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from server import _DIALECTS, Asked, Server, _send

MESSAGES = "/v1/messages/batches"
FILES = "/v1/batches"


@dataclass
class Taken:
    """A batch that was sent here."""

    id: str
    questions: dict[str, Asked]
    metadata: dict[str, str]
    looks: int
    began: float = field(default_factory=time.time)
    cancelled: bool = False
    delivered: dict[str, str] = field(default_factory=dict)
    """how each question ended, once it was read"""

    @property
    def ended(self) -> bool:
        return self.looks <= 0 or self.cancelled


class BatchVendor(Server):
    """Both vendors' batches beside their ordinary calls."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.batches: list[Taken] = []
        self.looks = 1
        self.fate: Callable[[Asked], str] = lambda _asked: "ok"
        self.refuses: int = 0
        """status with which a new batch is refused"""
        self.cuts = 0
        """of how many new batches the connection breaks before their ids are told"""
        self.hangs_after_taking = False
        """whether the id of a new batch is never told"""
        self._files: dict[str, str] = {}

    async def _routed(
        self, writer: asyncio.StreamWriter, method: str, path: str, sent: tuple[dict[str, str], bytes]
    ) -> None:
        if not path.startswith((MESSAGES, FILES, "/v1/files")):
            await super()._routed(writer, method, path, sent)
            return
        status, body = self._told(method, path, *sent)
        new = method == "POST" and path in (MESSAGES, FILES)
        if new and self.hangs_after_taking:
            await asyncio.sleep(30)
        cut = new and self.cuts > 0
        self.cuts -= cut
        await _send(writer, status, body.encode(), {}, cut=cut)

    def _told(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> tuple[int, str]:
        """The answer to one call about batches."""
        if method == "POST" and path == "/v1/files":
            return 200, json.dumps({"id": self._kept(_uploaded(raw, headers)), "object": "file", "purpose": "batch"})
        if content := re.fullmatch(r"/v1/files/(.+)/content", path):
            return 200, self._files[content[1]]
        if method == "POST" and path in (MESSAGES, FILES):
            return self._begun(path, json.loads(raw), headers)
        say = self._message_batch if path.startswith(MESSAGES) else self._file_batch
        if path in (MESSAGES, FILES):
            prefix = "msgbatch" if path == MESSAGES else "batch"
            mine = [say(one) for one in self.batches if one.id.startswith(prefix)]
            return 200, json.dumps({"data": mine, "has_more": False, "object": "list"})
        number = path.removeprefix(MESSAGES).removeprefix(FILES).split("/")
        batch = next(one for one in self.batches if one.id == number[1])
        if number[2:] == ["results"]:
            return 200, "".join(json.dumps(line) + "\n" for line in self._message_lines(batch))
        batch.cancelled |= number[2:] == ["cancel"]
        batch.looks -= number[2:] == []
        return 200, json.dumps(say(batch))

    def _begun(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, str]:
        if self.refuses:
            return self.refuses, json.dumps({"error": {"type": "invalid_request_error", "message": "no batches"}})
        if path == MESSAGES:
            asked = {one["custom_id"]: ("messages", one["params"]) for one in body["requests"]}
            prefix, say = "msgbatch", self._message_batch
        else:
            lines = [json.loads(line) for line in self._files[body["input_file_id"]].splitlines()]
            api = {"/v1/responses": "responses", "/v1/chat/completions": "chat"}[body["endpoint"]]
            asked = {one["custom_id"]: (api, one["body"]) for one in lines}
            prefix, say = "batch", self._file_batch
        assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in asked)
        questions = {n: _DIALECTS[api].read(next(self._numbers), sent, headers) for n, (api, sent) in asked.items()}
        assert len({one.model for one in questions.values()}) == 1, "one model a batch"
        taken = Taken(f"{prefix}_{len(self.batches) + 1}", questions, body.get("metadata") or {}, self.looks)
        self.batches.append(taken)
        return 200, json.dumps(say(taken))

    def _message_batch(self, batch: Taken) -> dict[str, Any]:
        counts = {"processing": len(batch.questions), "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0}
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if batch.ended else "in_progress",
            "request_counts": counts,
            "created_at": datetime.fromtimestamp(batch.began, UTC).isoformat(),
            "expires_at": datetime.fromtimestamp(batch.began + 86_400, UTC).isoformat(),
            "results_url": f"{self.url}{MESSAGES}/{batch.id}/results" if batch.ended else None,
        }

    def _file_batch(self, batch: Taken) -> dict[str, Any]:
        told: dict[str, Any] = {"id": batch.id, "object": "batch", "metadata": batch.metadata}
        if not batch.ended:
            return {**told, "status": "in_progress"}
        good, bad = self._file_lines(batch)
        files = {"output_file_id": self._kept(good), "error_file_id": self._kept(bad)}
        return {**told, "status": "cancelled" if batch.cancelled else "completed", **files}

    def _fates(self, batch: Taken) -> list[tuple[str, Asked, str]]:
        """Every question with how it ends, the last one first."""
        for name, asked in batch.questions.items():
            unread = "canceled" if batch.cancelled else self.fate(asked)
            batch.delivered.setdefault(name, unread)
        return [(name, batch.questions[name], fate) for name, fate in reversed(batch.delivered.items())]

    def _message(self, asked: Asked) -> dict[str, Any]:
        text = self._text(asked)
        written: dict[str, Any] = _DIALECTS[asked.api].write(asked, text, "ok", len(text) // 4 + 1)
        return written

    def _message_lines(self, batch: Taken) -> list[dict[str, Any]]:
        lines = []
        for name, asked, fate in self._fates(batch):
            result: dict[str, Any] = {"type": fate}
            if fate == "ok":
                result = {"type": "succeeded", "message": self._message(asked)}
            if fate == "errored":
                result["error"] = {"type": "error", "error": {"type": "api_error", "message": "scripted"}}
            lines.append({"custom_id": name, "result": result})
        return lines

    def _file_lines(self, batch: Taken) -> tuple[str, str]:
        good, bad = "", ""
        for name, asked, fate in self._fates(batch):
            if fate == "ok":
                answer = {"status_code": 200, "request_id": name, "body": self._message(asked)}
                good += json.dumps({"id": name, "custom_id": name, "response": answer, "error": None}) + "\n"
            else:
                error = {"code": f"batch_{fate}", "message": "scripted"}
                bad += json.dumps({"id": name, "custom_id": name, "response": None, "error": error}) + "\n"
        return good, bad

    def _kept(self, text: str) -> str:
        name = f"file-{len(self._files) + 1}"
        self._files[name] = text
        return name


def _uploaded(raw: bytes, headers: dict[str, str]) -> str:
    """The file in a form."""
    boundary = headers["content-type"].partition("boundary=")[2].strip('"').encode()
    part = next(part for part in raw.split(b"--" + boundary) if b'filename="' in part)
    return part.partition(b"\r\n\r\n")[2].rstrip(b"\r\n").decode()
