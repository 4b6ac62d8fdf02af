"""What each sentence of the client's ends as: a change of the order, an instruction, a question, or nothing to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from catering_cli.domain.decision import ChangeOrder, Decision, Instruction, NothingToDo, OpenQuestion
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.event.notes.facts import facts_of
from catering_cli.kitchen.event.notes.proposals import plain
from catering_cli.kitchen.event.notes.sentences import quoted
from catering_cli.tasks.reading import proof
from catering_cli.tasks.shared import prose
from catering_cli.tasks.shared.findings import rejected
from catering_cli.tasks.shared.task import Wire

Short = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=600)]

NOTES = "order.notes"

HARMS = frozenset({"allergen", "allergy", "diet"})
"""What a sentence may say that is never nothing."""


class Sentence(Wire):
    """A sentence of the client's, as it stands."""

    id: str
    text: str


class Reading(Wire):
    """What a sentence, or a part of it, ends as; fields that it does not use are empty."""

    quote: Annotated[str, Field(max_length=2_000, description="the words, exactly as they stand in the sentence")]
    ends_as: Literal["change", "instruction", "question", "nothing"]
    path: Annotated[Short, Field(description="change: field of the order, such as order.guests.guaranteed")]
    value: Annotated[str, Field(max_length=2_000, description="change: what stands there then, as JSON")]
    service: Annotated[Short, Field(description="instruction: id of the service it is for; empty: the whole event")]
    dish: Annotated[Short, Field(description="instruction: id of the dish whose work it is about; empty: none")]
    text: Annotated[Words, Field(description="question: what to ask the client; nothing: why there is nothing to do")]


def numbered(sentences: Iterable[str]) -> list[Sentence]:
    """The sentences as s1, s2 ..."""
    return [Sentence(id=f"s{number}", text=text) for number, text in enumerate(sentences, start=1)]


def decide(sentences: Sequence[Sentence], readings: Iterable[Reading]) -> tuple[Decision, ...]:
    """The decisions; a reading that lacks what it is decides nothing."""
    return tuple(_decisions(sentences, readings))


def _decisions(sentences: Sequence[Sentence], readings: Iterable[Reading]) -> Iterator[Decision]:
    for one in readings:
        quote = one.quote.strip()
        if quote and one.ends_as == "change":
            yield from _change(one, quote)
        elif quote:
            whole = next((sentence.text for sentence in sentences if _is_part(quote, sentence)), quote)
            yield from _beside_changes(one, whole)


def _change(one: Reading, quote: str) -> Iterator[ChangeOrder]:
    if one.path.strip() and one.value.strip():
        path, value = _at(one.path.strip(), _json(one.value))
        yield ChangeOrder(path=path, value=value, quote=quote)


def _beside_changes(one: Reading, whole: str) -> Iterator[Decision]:
    """What changes no field is about the whole sentence."""
    if one.ends_as == "instruction":
        yield Instruction(quote=whole, service=one.service.strip(), dish=one.dish.strip())
    elif one.text.strip():
        if one.ends_as == "question":
            yield OpenQuestion(about=NOTES, text=one.text, quote=whole)
        if one.ends_as == "nothing":
            yield NothingToDo(quote=whole, why=one.text)


def _is_part(quote: str, sentence: Sentence) -> bool:
    """Whether a quotation stands in one sentence; one that runs over several is kept as it is."""
    parts = quoted(quote)
    return len(parts) == 1 and parts[0] in plain(sentence.text)


def _json(text: str) -> Any:
    """The value that a text writes: JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text.strip()


def _at(path: str, value: Any) -> tuple[str, Any]:
    """Path and value; a bare number of guests is the guaranteed count, as in an order."""
    path = path if path.startswith("order.") else f"order.{path}"
    if path == "order.guests" and isinstance(value, int):
        return "order.guests.guaranteed", value
    return path, value


def check(sentences: Sequence[Sentence], decisions: Iterable[Decision], facts: str) -> Iterator[Finding]:
    """Each quotation occurs; words keep the rule of words; what speaks of a need is never nothing."""
    texts = [plain(sentence.text) for sentence in sentences]
    for number, decision in enumerate(decisions):
        quote = getattr(decision, "quote", "")
        where = f"readings[{number}]"
        if not all(any(part in text for text in texts) for part in quoted(quote)):
            yield rejected("quote", where, "no sentence holds these words: quote exactly", value=quote)
        if isinstance(decision, NothingToDo):
            yield from prose.as_findings("reading", where, decision.why, facts=facts)
            if HARMS.intersection(fact.kind for fact in facts_of(decision.quote)):
                yield rejected("reading", where, "a sentence about a guest's need is never nothing", value=quote)
        elif isinstance(decision, OpenQuestion) and quote:
            yield from prose.as_findings("reading", where, decision.text, facts=facts)


class Prover:
    """Judges what is read against one order; each change once, however often an answer is judged."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.services = {service.id for service in order.services} | {""}
        self.known: dict[str, list[Finding]] = {}

    def faults(self, decisions: Iterable[Decision]) -> Iterator[Finding]:
        """The changes that their words do not say, that do not fit, or that make something less safe."""
        for number, decision in enumerate(decisions):
            where = f"readings[{number}]"
            if isinstance(decision, ChangeOrder):
                yield from (found.model_copy(update={"where": where}) for found in self._of(decision))
            elif isinstance(decision, Instruction) and decision.service not in self.services:
                yield rejected("reading", where, "there is no such service", value=decision.service)

    def _of(self, change: ChangeOrder) -> list[Finding]:
        key = change.model_dump_json()
        if key not in self.known:
            self.known[key] = list(proof.faults(self.order, change, ""))
        return self.known[key]


def left(sentences: Sequence[Sentence], decisions: Iterable[Decision]) -> list[Sentence]:
    """The sentences of which no decision quotes a word."""
    quotes: list[str] = []
    for decision in decisions:
        quotes += quoted(getattr(decision, "quote", ""))
    return [one for one in sentences if not any(part in plain(one.text) for part in quotes)]
