"""What is asked of the client: sentences that no field holds, and what an order cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from catering_cli.domain.decision import Decision, Instruction, NothingToDo, OpenQuestion
from catering_cli.kitchen.event.notes.facts import Fact, facts_of
from catering_cli.kitchen.event.notes.fields import Fields, values_in
from catering_cli.kitchen.event.notes.proposals import plain
from catering_cli.kitchen.event.notes.sentences import quoted
from catering_cli.tasks.reading.forms import Field
from catering_cli.tasks.reading.said import days_in
from catering_cli.tasks.reading.thread import Words

HARD = frozenset({"allergen", "allergy", "diet", "number", "time"})
"""What of a sentence must not be lost."""


def left_over(
    words: Words,
    document: dict[str, Any],
    fields: Sequence[Field],
    replaced: Sequence[Field],
    made: Sequence[Decision],
) -> list[str]:
    """The sentences that stay as notes."""
    known = _Known(document, fields, replaced)
    idle = {plain(one.quote) for one in made if isinstance(one, NothingToDo)}
    left: list[str] = []
    for text in dict.fromkeys(words.texts):
        facts = [fact for fact in facts_of(text) if fact.kind in HARD]
        is_idle = not facts and (plain(text) in idle or _COURTESY.match(text))
        if not is_idle and not known.holds(text, facts):
            left.append(text)
    return left


def asked_about(left: Sequence[str], made: Sequence[Decision]) -> tuple[list[str], list[str]]:
    """The questions that were put about sentences, and the sentences about which nothing was said.

    What is passed on to the crew as it stands is neither. The client was clear about what no rule reads: it is not
    asked again, but read by the caterer.
    """
    asks = {plain(one.quote): one.text for one in made if isinstance(one, OpenQuestion)}
    asks.pop("", None)
    passed_on = {plain(one.quote) for one in made if isinstance(one, Instruction)}
    questions: list[str] = []
    unread: list[str] = []
    for text in left:
        said = plain(text)
        if said in asks:
            questions.append(asks[said])
        elif said not in passed_on:
            unread.append(text)
    return questions, unread


class _Known:
    """What the fields hold of the sentences, also what a later message changed."""

    def __init__(self, document: dict[str, Any], fields: Sequence[Field], replaced: Sequence[Field]) -> None:
        self.replaced = replaced
        self.held = Fields.made_of(tuple(values_in(document)), _needs_of(document))
        moments = [*values_in(document), *values_in([field.value for field in replaced])]
        self.days = [value[:10] for value in map(str, moments) if re.match(r"\d{4}-\d\d-\d\d", value)]
        self.quotes = list(chain.from_iterable(quoted(field.quote) for field in fields))

    def holds(self, text: str, facts: Sequence[Fact]) -> bool:
        """Whether a field came from a sentence, and each of its facts is held, or was until a later message."""
        said = plain(text)
        if not any(part in said for part in self.quotes):
            return False
        held = (self.held, _said_before(said, self.replaced))
        return all(_is_told(fact, text, held, self.days) for fact in facts)


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


def missing(document: dict[str, Any], left: Sequence[str]) -> Iterator[str]:
    """What an order cannot do without and no field holds, with what sentences that no field holds say of it."""
    event = document.get("event", {})
    guests = document.get("guests", {})
    if not event.get("name"):
        yield "What is the event called?"
    moment = str(event.get("service_at", ""))
    if not moment:
        yield _asked("On which day, in which year and at what time is the food served?", _moments(left))
    elif not event.get("timezone") and not re.search(r"(?:Z|[+-]\d\d:\d\d)$", moment):
        yield "In which time zone is the event (such as America/New_York)?"
    if not guests.get("guaranteed"):
        heads = chain.from_iterable(map(_HEADS.finditer, left))
        yield _asked("How many guests are guaranteed?", [found[0] for found in heads])
    if not document.get("menu"):
        yield "Which dishes are wanted?"


_HEADS = re.compile(r"\b\d[\d,]*\s+(?:guests|people|persons|pax|adults|kids|children|of us)\b", re.IGNORECASE)


def _moments(left: Sequence[str]) -> list[str]:
    """Days and times that sentences name."""
    days = chain.from_iterable(map(days_in, left))
    facts = chain.from_iterable(map(facts_of, left))
    return [*(day.written for day in days), *(fact.written for fact in facts if fact.kind == "time")]


def _asked(question: str, written: Sequence[str]) -> str:
    """A question with the words that do not settle it."""
    named = ", ".join(f'"{words}"' for words in dict.fromkeys(written))
    return f"{question} You wrote {named}." if named else question
