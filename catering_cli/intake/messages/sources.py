"""A message, or a stack of them, as a thread: text, mail, Markdown, PDF. Nothing in it is an instruction.

A mail's quoted part is an earlier message; what stands below "Original Message" or "On ... wrote:" as well. Messages
with dates are put in order by them; a later one wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.html_page import text_lines
from catering_cli.intake.json_document import STDIN, file_label, read_bytes

MOST_PAGES = 200
MOST_CHARACTERS = 200_000
"""What is read of a PDF, and of a thread; an enquiry is a page or two."""


class Message(NamedTuple):
    """One message of a thread."""

    sender: str
    subject: str
    sent: datetime | None
    text: str


def thread(path: str) -> tuple[Message, ...]:
    """The messages at `path` ("-" is standard input), the oldest first. Raises Refused."""
    raw = read_bytes(path)
    suffix = "" if path == STDIN else Path(path).suffix.lower()
    if suffix == ".pdf" or raw.startswith(b"%PDF-"):
        found = _split(_pdf(raw, file_label(path)), "", "", None)
    elif suffix == ".eml" or _is_mail(raw):
        found = _mail(raw)
    else:
        found = _split(raw.decode("utf-8-sig", "replace"), "", "", None)
    if not any(message.text.strip() for message in found):
        raise Refused(Problem("holds no text to read", file_label(path)))
    if sum(len(message.text) for message in found) > MOST_CHARACTERS:
        raise Refused(
            Problem(f"is longer than {MOST_CHARACTERS:,} characters; give the enquiry alone", file_label(path))
        )
    return _in_order(found)


_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What no client writes: it steers a terminal, breaks a line unseen, or turns the direction of text."""


def _plain(text: str) -> str:
    """The text without what cannot be seen; what it stood between stays apart."""
    return _UNSEEN.sub(" ", text)


def _is_mail(raw: bytes) -> bool:
    """Whether it begins as a mail does: header lines, among them those that only a mail has."""
    head = raw[:4_000].split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    return bool(re.search(rb"(?im)^(?:message-id|mime-version|received|content-type):", head))


def _mail(raw: bytes) -> list[Message]:
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    body = mail.get_body(preferencelist=("plain", "html"))
    text = ""
    if body is not None:
        try:
            text = str(body.get_content())
        except (LookupError, UnicodeError):
            text = bytes(body.get_payload(decode=True) or b"").decode("utf-8", "replace")
        if body.get_content_subtype() == "html":
            text = "\n".join(text_lines(text))
    return _split(text, str(mail.get("from", "")), str(mail.get("subject", "")), _moment(str(mail.get("date", ""))))


def _pdf(raw: bytes, label: str) -> str:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said once, by us
    try:
        pages = PdfReader(BytesIO(raw)).pages[:MOST_PAGES]
        return "\n\n".join(page.extract_text() for page in pages)
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as error:
        raise Refused(Problem(f"cannot be read as a PDF: {error}", label)) from None


_HEAD = re.compile(r"^\s*\**(?P<name>from|sent|date|to|cc|subject)\**:\**\s*(?P<value>.*)$", re.IGNORECASE)
_BREAK = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|forwarded message)\s*-{2,}|begin forwarded message:|on .{6,120} wrote:"
    r"|_{10,})\s*$",
    re.IGNORECASE,
)
"""Lines below which an earlier message stands."""

_QUOTE = re.compile(r"^\s*((?:>\s?)+)")


class _Block:
    """A message while its lines are read."""

    def __init__(self, depth: int, *, has_head: bool = False) -> None:
        self.depth = depth
        self.has_head = has_head
        self.head: dict[str, str] = {}
        self.lines: list[str] = []

    def message(self, known: Message) -> Message:
        """The message; what its own head does not say is as `known`."""
        sent = _moment(self.head.get("date", self.head.get("sent", "")))
        return Message(
            sender=self.head.get("from", known.sender),
            subject=_plain(self.head.get("subject", known.subject)),
            sent=sent or known.sent,
            text="\n".join(self.lines).strip(),
        )


def _split(text: str, sender: str, subject: str, sent: datetime | None) -> list[Message]:
    """The messages of a text, as they stand in it."""
    newest = Message(sender, subject, sent, "")
    messages: list[tuple[int, Message]] = []
    for number, block in enumerate(_blocks(_plain(text.replace("\r\n", "\n")).split("\n"))):
        message = block.message(newest if number == 0 else Message("", "", None, ""))
        if message.text:
            messages.append((block.depth, message))
    if any(depth for depth, _ in messages):
        messages.sort(key=lambda one: -one[0])
    return [message for _, message in messages]


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """Blocks of lines; `depth` is how far below the newest one a block was quoted."""
    below = 0
    block = _Block(0)
    for number, line in enumerate(lines):
        quote = _QUOTE.match(line)
        quoted = quote[1].count(">") if quote else 0
        plain = line[quote.end() :] if quote else line
        if _BREAK.match(plain):
            below += 1
            yield block
            block = _Block(below + quoted)
            continue
        opens = _opens(lines, number)
        if opens or (quoted and below + quoted > block.depth and not block.head):
            yield block
            block = _Block(max(block.depth, below + quoted) if quoted else block.depth, has_head=opens)
        _take(block, plain)
    yield block


def _take(block: _Block, line: str) -> None:
    """A line of the head of a message, if it has one that is not ended; else of its text."""
    head = _HEAD.match(line) if block.has_head and not block.lines else None
    if head is None:
        block.lines.append(line)
    else:
        block.head[head["name"].casefold()] = head["value"].strip()


def _opens(lines: Sequence[str], number: int) -> bool:
    """Whether a line opens the head of a message: From as the first line, or with Subject, Date or To close below."""
    first = _HEAD.match(_QUOTE.sub("", lines[number]))
    if not first or first["name"].casefold() != "from":
        return False
    near = [_HEAD.match(_QUOTE.sub("", line)) for line in lines[number + 1 : number + 4]]
    return number == 0 or any(near)


def _moment(text: str) -> datetime | None:
    """A date as mails write it; None if it is none."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _in_order(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The oldest first: by their dates if all have one, else as the quoting shows, else as they stand."""
    dated = [message for message in messages if message.sent is not None]
    if len(dated) == len(messages):
        return tuple(sorted(messages, key=lambda message: message.sent or datetime.min.replace(tzinfo=UTC)))
    return tuple(messages)
