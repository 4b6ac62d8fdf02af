"""From a thread of messages to an order: fields with the words that say them, questions, and what stays as notes.

A model and the rules for forms propose; a field stands if its words occur and say its value.
Of two messages the later wins; two values within one message are a question. A sentence whose numbers, times, days
or needs stand in no field is asked about and kept word for word in the order's notes, so that none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from catering_cli.domain import path as paths
from catering_cli.domain.decision import ChangeOrder, Decision, Instruction, NothingToDo, OpenQuestion
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.problem import Refused
from catering_cli.kitchen.event.note_facts import Fact, Fields, facts_of, values_in
from catering_cli.kitchen.event.notes import quoted, sentences
from catering_cli.kitchen.event.proposals import plain
from catering_cli.kitchen.menu.changes import keys_of
from catering_cli.tasks.reading import proof
from catering_cli.tasks.reading.changes import changed
from catering_cli.tasks.reading.forms import Field
from catering_cli.tasks.reading.said import Said, days_in
from catering_cli.tasks.shared.findings import rejected

LISTS = frozenset({"order.menu", "order.guests.profiles", "order.guests.extra_meals", "order.services"})
LISTS_TOO = frozenset({"order.places", "order.staff", "order.contacts", "order.tables"})
"""Fields to which each value is added."""

HARD = frozenset({"allergen", "allergy", "diet", "number", "time"})
"""What of a sentence must not be lost."""

MODEST = {
    "event": {"name": "-", "service_at": "2027-01-01T00:00:00Z", "timezone": "UTC"},
    "guests": 100_000,
    "menu": ["-"],
}
"""An order that says nothing, in which each field is tried."""


class Words(NamedTuple):
    """A thread as its sentences, the oldest message first; `at` is the number of each one's message."""

    texts: tuple[str, ...]
    at: tuple[int, ...]

    @classmethod
    def of(cls, messages: Sequence[str]) -> Words:
        """The sentences of the messages."""
        split = [(text, number) for number, message in enumerate(messages) for text in sentences(message)]
        return cls(tuple(text for text, _ in split), tuple(number for _, number in split))

    def where(self, quote: str) -> int | None:
        """The number of the last sentence that holds a quotation, or its first part; None if it does not occur."""
        parts = quoted(quote)
        every = [self._holding(part) for part in parts]
        if not parts or not all(every):
            return None
        return every[0][-1]

    def _holding(self, part: str) -> list[int]:
        return [number for number, text in enumerate(self.texts) if part in plain(text)]


class Read(NamedTuple):
    """What was made of a thread."""

    order: dict[str, Any]
    spans: dict[str, Field]
    """by path of the document, the field with its words"""
    replaced: tuple[Field, ...]
    """what an earlier message said"""
    questions: tuple[str, ...]


def prover(words: Words) -> Any:
    """Judges what a model reads in a thread: each quotation occurs, each value is said by it and fits an order."""
    known: dict[str, list[Finding]] = {}

    def faults(decisions: Iterable[Decision]) -> Iterator[Finding]:
        for number, decision in enumerate(decisions):
            where = f"readings[{number}]"
            if isinstance(decision, ChangeOrder):
                key = decision.model_dump_json()
                if key not in known:
                    known[key] = [rejected("reading", "", text, value=value) for text, value in _wrong(decision, words)]
                yield from (found.model_copy(update={"where": where}) for found in known[key])

    return faults


def _wrong(change: ChangeOrder, words: Words) -> Iterator[tuple[str, str]]:
    """Why a field does not stand: (what is wrong, value)."""
    if words.where(change.quote) is None:
        yield "no message holds these words: quote exactly", change.quote
        return
    ground = _ground(change, words)
    for name, value in proof.leaves(change.value, change.path.rsplit(".", 1)[-1]):
        unsaid = proof.unsaid(name, value, ground)
        if unsaid:
            yield f"{change.path}: {unsaid}", str(value)
    try:
        changed(_modest(), change)
    except Refused as refused:
        for problem in refused.problems[:3]:
            yield f"{problem.place or change.path}: {problem.message}", problem.value


def _modest() -> Order:
    return Order.model_validate(MODEST)


def _ground(change: ChangeOrder, words: Words) -> proof.Ground:
    """The words of the quotation; and the day of the thread, if it names one alone."""
    days = {(day.year, day.month, day.day) for text in words.texts for day in days_in(text) if day.year}
    alone = [f"{year}-{month:02}-{day:02}" for year, month, day in days] if len(days) == 1 else []
    return proof.Ground(said=Said.of(change.quote), there=Said.of(""), words=frozenset(), days=frozenset(alone))


def put_together(words: Words, decisions: Iterable[Decision], read_by_rules: Sequence[tuple[int, Field]]) -> Read:
    """The order that a thread writes: what decisions say of it, and behind them what rules read of forms."""
    made = list(decisions)
    found = [(words.where(one.quote) or 0, _field(one)) for one in made if isinstance(one, ChangeOrder)]
    told = {field.path for _, field in found}
    found += [(at, field) for at, field in _moments(read_by_rules) if field.path not in told]
    found = [(at, field) for at, field in found if not list(_wrong(_change(field), words))]
    standing, replaced, doubts = _later_wins(found, words)
    document: dict[str, Any] = {}
    spans: dict[str, Field] = {}
    for field in standing:
        _put(document, spans, field)
    left, asked = _unread(words, document, [field for _, field in found], replaced, made)
    if left:
        document["notes"] = "\n".join(left)
    questions = (*_missing(document), *doubts, *asked)
    return Read(document, spans, tuple(replaced), tuple(dict.fromkeys(questions)))


def _field(change: ChangeOrder) -> Field:
    return Field(change.path, change.value, change.quote)


def _change(field: Field) -> ChangeOrder:
    return ChangeOrder(path=field.path, value=field.value, quote=field.quote)


def _moments(read: Sequence[tuple[int, Field]]) -> list[tuple[int, Field]]:
    """Days and times that a form states apart, as one moment of service; of each the last one said."""
    out = [(at, field) for at, field in read if field.path.startswith("order.")]
    days = [(at, field) for at, field in read if field.path == "day"]
    times = [(at, field) for at, field in read if field.path == "time"]
    if days and times:
        (day_at, day), (time_at, time) = days[-1], times[-1]
        quote = day.quote if day.quote == time.quote else f"{day.quote}\n{time.quote}"
        out.append((max(day_at, time_at), Field("order.event.service_at", f"{day.value}T{time.value}", quote)))
    return out


def _is_list(path: str) -> bool:
    return path in LISTS | LISTS_TOO


def _later_wins(found: Sequence[tuple[int, Field]], words: Words) -> tuple[list[Field], list[Field], list[str]]:
    """The fields that stand, those that a later message replaced, and what two sentences of one message disagree on."""
    standing: list[Field] = []
    replaced: list[Field] = []
    doubts: list[str] = []
    by_path: dict[str, list[tuple[int, Field]]] = {}
    for at, field in sorted(found, key=lambda one: one[0]):
        if _is_list(field.path) and not isinstance(field.value, list):
            alike = [one for one in standing if one.path == field.path and _alike(one.value, field.value)]
            doubts += [f'Are these the same: "{one.quote}" and "{field.quote}"?' for one in alike if _is_need(field)]
            if not alike or _is_need(field):
                standing.append(field)
        else:
            by_path.setdefault(field.path, []).append((words.at[at] if words.at else 0, field))
    for path, said in by_path.items():
        last = max(message for message, _ in said)
        latest = [field for message, field in said if message == last]
        replaced += [field for message, field in said if message < last and field.value != latest[-1].value]
        if all(field.value == latest[0].value for field in latest):
            standing.append(latest[-1])
        else:
            both = " and ".join(f'"{field.quote}"' for field in latest)
            doubts.append(f"Which holds for {path.removeprefix('order.')}: {both}?")
    return standing, replaced, doubts


def _alike(one: Any, other: Any) -> bool:
    """Whether two entries speak of the same dish or need."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return bool(one == other)
    named = [name for name in ("dish", "needs", "who", "id") if name in one and name in other]
    return bool(named) and all(str(one[name]).casefold() == str(other[name]).casefold() for name in named)


def _is_need(field: Field) -> bool:
    """Whether it is guests that an entry counts: then both stand until the client says that they are the same."""
    return field.path == "order.guests.profiles"


def _put(document: dict[str, Any], spans: dict[str, Field], field: Field) -> None:
    """Write a field into the document, and where it stands there."""
    keys = keys_of(field.path)
    if _is_list(field.path) and not isinstance(field.value, list):
        at = document
        for key in keys[:-1]:
            at = at.setdefault(str(key), {})
        entries = at.setdefault(str(keys[-1]), [])
        entries.append(field.value)
        spans[f"{field.path}[{len(entries) - 1}]"] = field
        return
    try:
        paths.put(document, keys, field.value)
    except (TypeError, IndexError, KeyError):
        return
    spans[field.path] = field


def _unread(
    words: Words,
    document: dict[str, Any],
    fields: Sequence[Field],
    replaced: Sequence[Field],
    made: Sequence[Decision],
) -> tuple[list[str], list[str]]:
    """The sentences that stay as notes, and the questions about them."""
    held = Fields.made_of(tuple(values_in(document)), _needs_of(document))
    moments = [*values_in(document), *values_in([field.value for field in replaced])]
    days = [value[:10] for value in map(str, moments) if re.match(r"\d{4}-\d\d-\d\d", value)]
    from_fields = [part for field in fields for part in quoted(field.quote)]
    idle = [plain(one.quote) for one in made if isinstance(one, NothingToDo)]
    asks = {plain(one.quote): one.text for one in made if isinstance(one, OpenQuestion) and one.quote}
    passed_on = [plain(one.quote) for one in made if isinstance(one, Instruction)]
    left: list[str] = []
    questions: list[str] = []
    for text in dict.fromkeys(words.texts):
        said = plain(text)
        facts = [fact for fact in facts_of(text) if fact.kind in HARD]
        in_a_field = any(part in said for part in from_fields)
        before = _said_before(said, replaced)
        if in_a_field and all(_is_told(fact, text, (held, before), days) for fact in facts):
            continue
        if not facts and (said in idle or _COURTESY.match(text)):
            continue
        left.append(text)
        if said in asks:
            questions.append(asks[said])
        elif said not in passed_on:
            questions.append(f'What is meant by: "{text}"')
    return left, questions


_COURTESY = re.compile(
    r"^(?:(?:hi|hello|dear|good (?:morning|afternoon|evening)|thanks?|many thanks|thank you|best|kind|warm|regards|"
    r"cheers|sincerely|yours)\b[^.;:]{0,40}[,.!]*|subject:.*|[\w ]{1,30}:)$",
    re.IGNORECASE,
)
"""A greeting, a close, a subject, a heading: nothing to plan."""


def _said_before(said: str, replaced: Sequence[Field]) -> Fields:
    """What a sentence said of fields that a later message changed."""
    values = [field.value for field in replaced if any(part in said for part in quoted(field.quote))]
    return Fields.made_of(tuple(values_in(values)), ())


def _is_told(fact: Fact, text: str, held: Sequence[Fields], days: Sequence[str]) -> bool:
    """Whether fields hold what a sentence says, or did until a later message."""
    return any(fields.hold(fact) for fields in held) or _of_a_day(fact.written, text, days)


def _of_a_day(written: str, text: str, days: Sequence[str]) -> bool:
    """Whether a number is part of a day that a field holds."""
    for day in days_in(text):
        is_held = any(day.is_that_of(datetime.fromisoformat(one)) for one in days)
        if is_held and written in day.written:
            return True
    return False


def _needs_of(document: dict[str, Any]) -> list[str]:
    guests = document.get("guests")
    profiles = guests.get("profiles", []) if isinstance(guests, dict) else []
    needs: list[str] = []
    for profile in profiles:
        needs += profile.get("needs", []) if isinstance(profile, dict) else []
    return needs


def _missing(document: dict[str, Any]) -> Iterator[str]:
    """What an order cannot do without and no message says."""
    event = document.get("event", {})
    guests = document.get("guests", {})
    if not event.get("name"):
        yield "What is the event called?"
    moment = str(event.get("service_at", ""))
    if not moment:
        yield "On which day, in which year and at what time is the food served?"
    elif not event.get("timezone") and not re.search(r"(?:Z|[+-]\d\d:\d\d)$", moment):
        yield "In which time zone is the event (such as America/New_York)?"
    if not guests.get("guaranteed"):
        yield "How many guests are guaranteed?"
    if not document.get("menu"):
        yield "Which dishes are wanted?"


def reply(read: Read) -> str:
    """A short answer to send: what was understood, and what is asked."""
    order = read.order
    event, guests = order.get("event", {}), order.get("guests", {})
    facts = [
        str(event.get("name", "")),
        str(event.get("service_at", "")).replace("T", " at ")[:19],
        _counted(guests.get("guaranteed", 0), "guest", "guests"),
        _counted(len(order.get("menu", ())), "dish", "dishes"),
    ]
    understood = ", ".join(fact for fact in facts if fact)
    lines = ["Thank you for your message."]
    if understood:
        lines.append(f"We noted: {understood}.")
    if read.questions:
        lines.append("Before we plan, please tell us:")
        lines += [f"{number}. {question}" for number, question in enumerate(read.questions, start=1)]
    else:
        lines.append("We have all that we need and send you our plan.")
    return "\n".join(lines)


def _counted(count: int, one: str, several: str) -> str:
    """A count in words; empty for none."""
    if not count:
        return ""
    return f"{count} {one if count == 1 else several}"
