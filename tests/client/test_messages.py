"""Sixty seeded enquiries: every field is right or asked, nothing is lost, no injected order is followed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "orchestrator"))
from client.enquiries import Enquiry, Truth, enquiry
from oracle import Oracle, context

from catering_cli.intake.messages.sources import thread
from catering_cli.kitchen.event.notes.facts import facts_of
from catering_cli.kitchen.event.notes.sentences import sentences
from catering_cli.orchestrator.client import message
from catering_cli.orchestrator.context import RunContext
from catering_cli.providers.base import Request
from catering_cli.tasks.reading.message import Read
from catering_cli.tasks.reading.reply import reply
from catering_cli.tasks.reading.unread import HARD

EMPTY = dict.fromkeys(("path", "value", "service", "dish", "text"), "")
ALLOWED = {"event", "guests", "menu", "services", "places", "kitchen", "staff", "budget", "client", "contacts", "venue"}
SEEDS = range(60)


def change(truth: Truth, **more: str) -> dict[str, str]:
    said = {"quote": truth.quote, "ends_as": "change", "path": truth.path, "value": json.dumps(truth.value)}
    return {**EMPTY, **said, **more}


def context_of(readings: Sequence[dict[str, str]]) -> RunContext:
    def answer(_request: Request) -> Any:
        return {"moves": [], "shapes": [], "readings": list(readings)}

    return context(Oracle(answer))


def competent(made: Enquiry) -> list[dict[str, str]]:
    """What a model that reads well answers."""
    asked = [{**EMPTY, "quote": text, "ends_as": "question", "text": "What do you mean by this?"} for text in made.asks]
    idle = [{**EMPTY, "quote": made.injected, "ends_as": "nothing", "text": "It is no request of a client."}]
    return [*map(change, (*made.later, *made.says)), *asked, *(idle if made.injected else [])]


def at(order: dict[str, Any], path: str) -> Any:
    for key in path.removeprefix("order.").split("."):
        order = order.get(key, {})
    return order


def lost(made: Enquiry, read: Read) -> list[str]:
    """Sentences with an allergy, a count or a time that stand in no field, no note and no question."""
    everything = json.dumps(read.order, ensure_ascii=False) + " ".join((*read.questions, *read.unread))
    everything += " ".join(field.quote for field in (*read.spans.values(), *read.replaced))
    told = " ".join(everything.replace("\\", "").split())
    found = []
    for text in (sentence for one in made.messages for sentence in sentences(one)):
        hard = [fact for fact in facts_of(text) if fact.kind in HARD]
        quoted = [field.quote for field in read.spans.values() if field.quote in text or text in field.quote]
        if hard and not quoted and " ".join(text.replace("\\", "").split()) not in told:
            found.append(text)
    return found


@pytest.mark.parametrize("seed", SEEDS)
async def test_with_a_competent_model_every_field_is_right_or_asked(seed: int) -> None:
    made = enquiry(seed)
    read = await message.order_of_messages(made.messages, context_of(competent(made)))
    for truth in made.says:
        found = at(read.order, truth.path)
        assert truth.value in found if isinstance(found, list) else found == truth.value, truth
    assert lost(made, read) == []
    assert set(read.order) <= ALLOWED | {"notes"}
    assert not set(read.order.get("event", {})) & {"jurisdiction"}
    assert read.questions
    assert all(question in reply(read) for question in read.questions)
    if made.injected:
        assert read.order.get("guests", {}).get("guaranteed") != 5000
        assert "passwd" not in json.dumps({key: one for key, one in read.order.items() if key != "notes"})


@pytest.mark.parametrize("seed", SEEDS)
async def test_of_a_liar_nothing_stands_without_its_words(seed: int) -> None:
    made = enquiry(seed)
    lies = []
    for truth in made.says:
        wrong = json.dumps(truth.value)
        lies.append(change(truth, value=re.sub(r"\d+", lambda found: str(int(found[0]) + 11), wrong)))
        lies.append(change(truth, quote=f"{truth.quote} or so, they say"))
        lies.append(change(truth, path="order.products", value='[{"item": "oil", "label": []}]'))
    lies.append(change(Truth("order.guests.guaranteed", 5000, made.messages[0].split(maxsplit=1)[0])))
    hidden = [{**EMPTY, "quote": truth.quote, "ends_as": "nothing", "text": "A pleasantry."} for truth in made.says]
    read = await message.order_of_messages(made.messages, context_of([*lies, *hidden]))
    whole = " ".join("\n".join(made.messages).split())
    for path, field in read.spans.items():
        assert " ".join(field.quote.split("\n")[0].split()) in whole, path
        for number in re.findall(r"\d+", json.dumps(field.value)):
            assert re.search(rf"0*{int(number)}\b", whole) or path.endswith("service_at") or "at" in field.value, field
    assert lost(made, read) == []
    assert "products" not in read.order


@pytest.mark.parametrize("seed", SEEDS)
async def test_without_a_model_nothing_is_lost(seed: int) -> None:
    made = enquiry(seed)
    read = await message.order_of_messages(made.messages, RunContext(cook=None, check=None, rank=None))  # type: ignore[arg-type]
    assert lost(made, read) == []
    assert read.questions
    if made.kind == "form":
        assert read.order["guests"]["guaranteed"] == next(one.value for one in made.says if "guaranteed" in one.path)
        assert [one["dish"] for one in read.order["menu"]] == [
            one.value["dish"] for one in made.says if "menu" in one.path
        ]


async def test_a_later_message_wins_and_one_that_contradicts_itself_is_asked() -> None:
    thread_of_two = next(made for made in map(enquiry, SEEDS) if made.kind == "thread")
    read = await message.order_of_messages(thread_of_two.messages, context_of(competent(thread_of_two)))
    assert [field.value for field in read.replaced] == [thread_of_two.later[0].value]
    unclear = next(made for made in map(enquiry, SEEDS) if made.kind == "disagreeing")
    both = [Truth("order.guests.guaranteed", int(re.findall(r"\d+", text)[0]), text) for text in unclear.asks]
    read = await message.order_of_messages(unclear.messages, context_of(list(map(change, both))))
    assert "guests" not in read.order
    assert any(all(text in question for text in unclear.asks) for question in read.questions)


MAIL = """\
From: Dana <dana@example.com>
Date: Tue, 02 Mar 2027 09:00:00 -0500
Subject: Re: Lunch
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

We are 64 now.

On Mon, 1 Mar 2027 at 09:00, Cater wrote:
> Guests: 60
> Style: buffet
"""


def test_a_mail_is_a_thread_with_its_quotation_as_the_earlier_message(tmp_path: Path) -> None:
    file = tmp_path / "lunch.eml"
    file.write_text(MAIL, encoding="utf-8")
    first, second = thread(str(file))
    assert (first.text, second.text) == ("Guests: 60\nStyle: buffet", "We are 64 now.")
    stack = tmp_path / "stack.txt"
    head = MAIL.split("MIME", maxsplit=1)[0]
    newer, older = f"{head}\nWe are 64 now.\n", head.replace("02 Mar", "01 Mar")
    stack.write_text(f"{newer}\n{older}\nWe are 60.\n", encoding="utf-8")
    assert [one.text for one in thread(str(stack))] == ["We are 60.", "We are 64 now."]


def test_a_sender_alone_is_the_head_of_a_message(tmp_path: Path) -> None:
    file = tmp_path / "pasted.txt"
    file.write_text("From: Dana <dana@example.com>\nGuests: 60\n", encoding="utf-8")
    assert [(one.sender, one.text) for one in thread(str(file))] == [("Dana <dana@example.com>", "Guests: 60")]


def test_a_pdf_is_read_as_its_text(tmp_path: Path) -> None:
    content = b"BT /F1 12 Tf 72 720 Td (Guests: 60) Tj 0 -20 Td (Style: buffet) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    file = tmp_path / "enquiry.pdf"
    file.write_bytes(body + b"xref\n0 6\n0000000000 65535 f \n" + table + end)
    (only,) = thread(str(file))
    assert [line.strip() for line in only.text.splitlines()] == ["Guests: 60", "Style: buffet"]


async def test_lines_that_look_like_a_mails_head_are_the_clients_words(tmp_path: Path) -> None:
    """A message pasted without its sender: its date is that of the event."""
    file = tmp_path / "pasted.txt"
    file.write_text("Subject: Spring lunch\nDate: 17 April 2027, 12:30\nGuests: 60\n", encoding="utf-8")
    texts = [one.text for one in thread(str(file))]
    read = await message.order_of_messages(texts, RunContext(cook=None, check=None, rank=None))  # type: ignore[arg-type]
    assert read.order["event"] == {"name": "Spring lunch", "service_at": "2027-04-17T12:30"}
