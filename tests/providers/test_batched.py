"""Several like requests as one: put together, taken apart, journalled part by part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catering_cli.domain.execution import Tokens
from catering_cli.providers.base import Answer, Fault, Faulted, Reply, Request
from catering_cli.providers.journal.database import Store
from catering_cli.providers.journal.journal import Journal
from catering_cli.providers.stack.batched import combined
from catering_cli.providers.stack.journaled import Journaled


def request(user: str, most: int = 100) -> Request:
    return Request("m", "s", user, {"type": "object", "properties": {}}, "colours", most)


class Vendor:
    """Says the same to everybody, and remembers what it was asked."""

    address = "nowhere"

    def __init__(self, text: str, fault: Fault | None = None) -> None:
        self.text, self.fault, self.asked = text, fault, []  # type: ignore[var-annotated]

    def body(self, request: Request) -> dict[str, Any]:
        return {"user": request.user, "name": request.schema_name, "cap": request.max_tokens}

    async def complete(self, request: Request) -> Reply:
        self.asked.append(request)
        return Reply({"text": self.text})

    def judge(self, reply: Reply) -> Answer:
        if self.fault:
            raise Faulted(self.fault)
        return Answer(reply.body["text"], Tokens(input=10, output=7))


def test_one_request_holds_all_questions_in_order_with_room_for_all_answers() -> None:
    whole = combined([request("sky?"), request("grass?", 300)])
    assert whole.user.index("sky?") < whole.user.index("grass?")
    assert (whole.schema_name, whole.max_tokens, whole.system) == ("colours_batch", 400, "s")
    assert whole.schema["properties"]["answers"]["items"] == {"type": "object", "properties": {}}
    assert combined([request("a", 30_000), request("b", 30_000)]).max_tokens == 32_000


async def test_parts_are_journalled_each_under_its_own_request(tmp_path: Path) -> None:
    vendor = Vendor('{"answers": [{"sky": "blue"}, {"grass": "green"}, {"snow": "white"}]}')
    journal = Journal(Store(tmp_path))
    run = journal.open_run("k")
    asked = [request(text) for text in ("sky?", "grass?", "snow?")]
    replies = await Journaled(vendor, run).together(asked)
    assert len(vendor.asked) == 1
    answers = [Journaled(vendor, run).judge(reply) for reply in replies]
    assert [json.loads(answer.text) for answer in answers] == [{"sky": "blue"}, {"grass": "green"}, {"snow": "white"}]
    assert sum(answer.tokens.input for answer in answers) == 10
    assert sum(answer.tokens.output for answer in answers) == 7
    run.leave()
    again = Journaled(vendor, journal.open_run("k"))
    assert all(again.journalled(each) for each in asked)
    part = await again.complete(asked[1])
    assert part.journalled
    assert again.judge(part).text == '{"grass": "green"}'
    assert len(vendor.asked) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('{"answers": [{"sky": "blue"}]}', ["", "wrong_schema"]),
        ("no JSON at all", ["wrong_schema", "wrong_schema"]),
        ('{"answers": "blue"}', ["wrong_schema", "wrong_schema"]),
        ('Gladly:\n```json\n{"answers": [{}, {}]}\n```', ["", ""]),
    ],
)
async def test_a_part_that_is_missing_is_that_parts_fault(tmp_path: Path, text: str, kinds: list[str]) -> None:
    asked = Journaled(Vendor(text), Journal(Store(tmp_path)).open_run("k"))
    found = []
    for reply in await asked.together([request("a"), request("b")]):
        try:
            asked.judge(reply)
            found.append("")
        except Faulted as faulted:
            found.append(faulted.fault.kind)
    assert found == kinds


async def test_a_whole_that_is_cut_is_the_fault_of_every_part_and_is_paid_once(tmp_path: Path) -> None:
    fault = Fault("truncated", "stop_reason max_tokens", tokens=Tokens(input=5, output=9))
    asked = Journaled(Vendor("", fault), Journal(Store(tmp_path)).open_run("k"))
    paid = []
    for reply in await asked.together([request("a"), request("b")]):
        with pytest.raises(Faulted, match="truncated") as raised:
            asked.judge(reply)
        paid.append(raised.value.fault.tokens.output)
    assert paid == [5, 4]
