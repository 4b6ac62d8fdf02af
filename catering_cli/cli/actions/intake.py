"""What `intake` does: the thread read, the order written, the questions told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.cli import destination, output
from catering_cli.cli.actions.listening import listening
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.runtime import compose
from catering_cli.intake.messages.sources import thread
from catering_cli.intake.messages.written import UNREAD, Told, order_yaml

if TYPE_CHECKING:
    from catering_cli.cli.runtime.options import Options
    from catering_cli.orchestrator.context import RunContext
    from catering_cli.tasks.reading.message import Read


def taken_in(path: str, options: Options, *, as_json: bool, to: Path | None) -> int:
    """Read a message; print the order, or the JSON document of it, and write it to `to`."""
    texts = [_text(one.subject, one.text) for one in thread(path)]

    async def tale(context: RunContext) -> Read:
        from catering_cli.orchestrator.client import message

        return await message.order_of_messages(texts, context)

    with destination.reserved(to, [path]):
        with listening(options) as (tell, _):
            read = compose.run_tale(tale, texts, options, tell)
        written = output.json_text(_document(read)) if as_json else _yaml(read)
        if to:
            destination.written(to, written.encode())
    if as_json or not to:
        output.result(written)
    else:
        output.result(f"Written to {to}.{_left(read)}")
    return Status.BLOCKING if read.questions or read.unread else Status.GOOD


def _left(read: Read) -> str:
    """What is to be asked, and what is to be read, behind where the order was written to."""
    asked = [f"  {number}. {text}" for number, text in enumerate(read.questions, start=1)]
    lines = ["\nTo be asked:", *asked] if asked else [" Nothing is left to ask."]
    if read.unread:
        lines += [UNREAD, *(f"  - {text}" for text in read.unread)]
    return "\n".join(lines)


def _text(subject: str, text: str) -> str:
    """A message with its subject as its first sentence: a client may say there what the event is."""
    return f"Subject: {subject}\n{text}" if subject.strip() else text


def _document(read: Read) -> dict[str, Any]:
    from catering_cli.tasks.reading.reply import reply

    return {
        "order": read.order,
        "spans": {path: {"quote": field.quote, "value": field.value} for path, field in read.spans.items()},
        "replaced": [field._asdict() for field in read.replaced],
        "questions": list(read.questions),
        "unread": list(read.unread),
        "reply": reply(read),
    }


def _yaml(read: Read) -> str:
    from catering_cli.tasks.reading.reply import reply

    spans = {path: field.quote for path, field in read.spans.items()}
    return order_yaml(read.order, spans, Told(read.questions, read.unread, reply(read)))
