"""A thread of messages as its sentences, and whether a field that was read in it is said there and fits an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from catering_cli.domain.decision import ChangeOrder, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.problem import Refused
from catering_cli.kitchen.event.notes.proposals import plain
from catering_cli.kitchen.event.notes.sentences import quoted, sentences
from catering_cli.tasks.reading import proof
from catering_cli.tasks.reading.changes import changed
from catering_cli.tasks.reading.said import Said, days_in
from catering_cli.tasks.shared.findings import rejected

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
        texts: list[str] = []
        at: list[int] = []
        for number, message in enumerate(messages):
            said = list(sentences(message))
            texts += said
            at += [number] * len(said)
        return cls(tuple(texts), tuple(at))

    def where(self, quote: str) -> int | None:
        """The number of the last sentence that holds a quotation, or its first part; None if it does not occur."""
        parts = quoted(quote)
        every = [self._holding(part) for part in parts]
        if not parts or not all(every):
            return None
        return every[0][-1]

    def _holding(self, part: str) -> list[int]:
        return [number for number, text in enumerate(self.texts) if part in plain(text)]


def prover(words: Words) -> Any:
    """Judges what a model reads in a thread: each quotation occurs, each value is said by it and fits an order."""
    known: dict[str, list[Finding]] = {}

    def faults(decisions: Iterable[Decision]) -> Iterator[Finding]:
        for number, decision in enumerate(decisions):
            where = f"readings[{number}]"
            if isinstance(decision, ChangeOrder):
                key = decision.model_dump_json()
                if key not in known:
                    known[key] = [rejected("reading", "", text, value=value) for text, value in wrong(decision, words)]
                yield from (found.model_copy(update={"where": where}) for found in known[key])

    return faults


def wrong(change: ChangeOrder, words: Words) -> Iterator[tuple[str, str]]:
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
    named = chain.from_iterable(map(days_in, words.texts))
    days = {f"{day.year}-{day.month:02}-{day.day:02}" for day in named if day.year}
    alone = days if len(days) == 1 else ()
    return proof.Ground(said=Said.of(change.quote), there=Said.of(""), words=frozenset(), days=frozenset(alone))
