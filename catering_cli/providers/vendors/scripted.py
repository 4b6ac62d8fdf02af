"""A provider that answers from a file: for rehearsals, demonstrations and tests. It needs no key and no network.

    answers:
      - task: unit_conversion        # name of the task; '*' is any
        match: parsley               # only if the question holds this text
        answer: {measures: []}       # an object, or a text that is sent as it is
      - task: strategic_planning
        replies:                     # one after the other, the last one for ever
          - {fault: rate_limited, retry_after_s: 3}
          - {fault: truncated}
          - {answer: {steps: []}, seconds: 0.2, tokens: {input: 900, output: 120}}

The first entry that fits answers. The same questions in the same order get the same answers.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from catering_cli.domain.execution import FaultKind, Tokens
from catering_cli.domain.problem import Problem, Refused
from catering_cli.providers.base import Fault, Faulted, Reply
from catering_cli.providers.vendors import response
from catering_cli.providers.vendors.capabilities import capabilities, fit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catering_cli.providers.base import Answer, Request

_CONTENT: dict[str, FaultKind] = {kind: kind for kind in ("empty", "truncated", "refused")}
"""Faults that are a complete reply; the others bring none, and `malformed` brings a body that cannot be read."""
_CHARACTERS_A_TOKEN = 4
_ENTRY_KEYS = {"task", "match", "answer", "replies", "fault", "retry_after_s", "seconds", "tokens"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a script."""

    task: str
    match: str
    replies: tuple[Mapping[str, Any], ...]

    def fits(self, request: Request) -> bool:
        """Whether it answers this question."""
        return self.task in {"*", request.schema_name} and self.match in request.user


def read_script(file: Path) -> tuple[Entry, ...]:
    """The entries of a script. Raises Refused."""
    import yaml

    from catering_cli.intake.json_document import refuse_no_file

    refuse_no_file(file)
    try:
        document = yaml.safe_load(file.read_text("utf-8"))
    except OSError as error:
        raise Refused(Problem(f"the script cannot be read: {error.strerror}", str(file))) from None
    except (ValueError, yaml.YAMLError) as error:
        raise Refused(Problem(f"the script is not YAML: {str(error).splitlines()[0]}", str(file))) from None
    entries = response.json_object(document).get("answers")
    if not isinstance(entries, list):
        raise Refused(Problem("a script is a mapping with a list `answers`", str(file)))
    return tuple(_entry(file, i, entry) for i, entry in enumerate(entries))


def _entry(file: Path, index: int, raw: object) -> Entry:
    place = f"answers[{index}]"
    entry = response.json_object(raw)
    if unknown := sorted(set(map(str, entry)) - _ENTRY_KEYS):
        raise Refused(Problem(f"unknown key. Allowed: {', '.join(sorted(_ENTRY_KEYS))}", str(file), place, unknown[0]))
    replies = entry.get("replies") or [_only_reply(entry)]
    for reply in replies:
        _check_reply(reply, str(file), place)
    return Entry(str(entry.get("task", "*")), str(entry.get("match", "")), tuple(replies))


def _only_reply(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The one reply of an entry without a list of them."""
    return {key: value for key, value in entry.items() if key not in {"task", "match", "replies"}}


def _check_reply(reply: object, file: str, place: str) -> None:
    """Raises Refused."""
    said = response.json_object(reply)
    fault = said.get("fault")
    if "answer" not in said and fault not in get_args(FaultKind):
        message = f"a reply has an answer, or a fault: {', '.join(get_args(FaultKind))}"
        raise Refused(Problem(message, file, place, str(fault or "")))


class Scripted:
    """Answers of one script. One instance a run: it counts how often each entry answered."""

    def __init__(self, entries: tuple[Entry, ...], name: str = "script") -> None:
        self._entries = entries
        self._name = name
        self._answered: Counter[int] = Counter()

    @property
    def address(self) -> str:
        """Not an address, but the journal wants to tell scripts apart."""
        return f"scripted:{self._name}"

    def body(self, request: Request) -> Mapping[str, Any]:
        """What a vendor would be sent, in no vendor's dialect."""
        return {
            "model": request.model,
            "system": request.system,
            "user": request.user,
            "schema": dict(request.schema),
            "schema_name": request.schema_name,
            "max_tokens": request.max_tokens,
            "effort": request.effort,
            "temperature": request.temperature,
        }

    def left_out(self, request: Request) -> tuple[str, ...]:
        """Nothing."""
        return fit(capabilities("scripted", request.model), request.effort, request.temperature).left_out

    async def complete(self, request: Request) -> Reply:
        """The next reply of the first entry that fits. Raises Faulted, `unknown_model` if none fits."""
        found = next((i for i, entry in enumerate(self._entries) if entry.fits(request)), None)
        if found is None:
            raise Faulted(Fault("unknown_model", f"the script has no answer to {request.schema_name}"))
        replies = self._entries[found].replies
        reply = replies[min(self._answered[found], len(replies) - 1)]
        self._answered[found] += 1
        seconds = float(reply.get("seconds", 0.0))
        await asyncio.sleep(min(seconds, request.timeout_s))
        if seconds > request.timeout_s:
            raise Faulted(Fault("timeout", f"no answer within {request.timeout_s:g} s"))
        return _reply(reply, request, seconds)

    def judge(self, reply: Reply) -> Answer:
        """Text and tokens of a reply."""
        body = response.object_body(reply.body, "text")
        tokens = Tokens(**body["usage"])
        if kind := _CONTENT.get(body["stop"]):
            response.refuse(kind, "scripted", tokens)
        return response.answer(body["text"], tokens)

    async def alive(self) -> bool:
        """It is in this process."""
        return True

    def warm(self) -> None:
        """Nothing to import."""

    async def close(self) -> None:
        """Nothing to give back."""


def _reply(said: Mapping[str, Any], request: Request, seconds: float) -> Reply:
    fault = said.get("fault")
    if fault == "malformed":
        return Reply({"nothing": "to read"}, seconds)
    if fault is not None and fault not in _CONTENT:
        raise Faulted(Fault(fault, "scripted", retry_after_s=said.get("retry_after_s")))
    answer = said.get("answer", "")
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    asked = len(request.system + request.user) // _CHARACTERS_A_TOKEN + 1
    usage = {"input": asked, "output": len(text) // _CHARACTERS_A_TOKEN + 1, **said.get("tokens", {})}
    return Reply({"text": text, "stop": fault or "end", "usage": usage}, seconds)


def scripted(file: Path) -> Scripted:
    """The provider of a script file. Raises Refused."""
    return Scripted(read_script(file), file.name)
