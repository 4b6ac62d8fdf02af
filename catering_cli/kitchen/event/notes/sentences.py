"""The notes of an order, sentence by sentence: each is open until a person or the order's fields account for it.

What a sentence says of allergies, diets, numbers, times and names is compared with the fields; what they do not hold
is named. Nothing in the notes changes a plan: a person puts it where it belongs, passes it on, or accepts what a model
read in it. An accepted change accounts for a sentence only if the fields then hold all that the sentence says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from catering_cli.domain.decision import ChangeOrder, Decided, Instruction, NothingToDo
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Proposal
from catering_cli.kitchen.event.notes.facts import Fact, facts_of
from catering_cli.kitchen.event.notes.fields import Fields
from catering_cli.kitchen.event.notes.proposals import plain, proposals
from catering_cli.kitchen.menu.changes import stands
from catering_cli.kitchen.menu.decisions import DecisionIndex

MOST = 40
"""Sentences that are told one by one; those that say what no field holds come first, the others are counted."""

_ENDS = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\s*[\r\n]+\s*|\s*;\s+")
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|rev|st|no|nos|approx|ca|vs|incl|max|min|tbsp|tsp|oz|lb|hr|hrs|e\.g|i\.e|a\.m|p\.m|[a-z])"
    r"|^\W*\d+)\.$",
    re.IGNORECASE,
)
"""What ends with a point and ends no sentence: Mrs. Chen, No. 4, 7 p.m., the number of an entry."""

_BULLET = re.compile(r"^\s*(?:[-*•·–]\s+|\d+[.)]\s+)")


def sentences(notes: str) -> tuple[str, ...]:
    """The sentences of a text as they are written, without the mark of a list before them."""
    found: list[str] = []
    start = 0
    for end in _ENDS.finditer(notes):
        before = notes[start : end.start()]
        in_a_line = "\n" not in end.group() and "\r" not in end.group()
        after = notes[end.end() : end.end() + 1]
        if in_a_line and _SHORT.search(before.strip()) and not (before.strip().endswith("m.") and after.isupper()):
            continue
        found.append(before)
        start = end.end()
    found.append(notes[start:])
    plain = (_BULLET.sub("", one).strip() for one in found)
    return tuple(one for one in plain if any(map(str.isalnum, one)))


def open_sentences(order: Order, decisions: DecisionIndex) -> Iterator[Finding]:
    """An open item for each sentence of the notes that neither a person nor the fields account for."""
    fields = Fields.of(order)
    offered = proposals(order, decisions, sentences(order.notes))
    left: list[tuple[str, tuple[Fact, ...]]] = []
    for sentence in unread(order, decisions):
        missing = tuple(fact for fact in facts_of(sentence) if not fields.hold(fact))
        left.append((sentence, missing))
    left.sort(key=lambda entry: not entry[1])
    for sentence, missing in left[:MOST]:
        of_it = [one for one in offered if plain(one.quote) in plain(sentence)]
        read = [one for one in of_it if not one.accepted_by]
        yield _finding(sentence, missing, read)
    if len(left) > MOST:
        yield Finding(
            severity="open",
            rule="kitchen.note",
            where="order.notes",
            message=f"and {len(left) - MOST} more sentences of the notes that no field and no decision accounts for",
            value=str(len(left) - MOST),
            fix="read the notes to their end",
        )


def quoted(quote: str) -> list[str]:
    """The sentences of a quotation, for comparing: it may run over several."""
    return [plain(one) for one in sentences(quote)]


def unread(order: Order, decisions: DecisionIndex) -> tuple[str, ...]:
    """The sentences of the notes that neither a person nor the fields account for, each once."""
    if not order.notes:
        return ()
    fields = Fields.of(order)
    settled = [(decided, quoted(quote)) for decided, quote in decisions.quoting() if decided.is_settled]
    closed = set(chain.from_iterable(parts for decided, parts in settled if _closes(decided)))
    left = []
    for sentence in dict.fromkeys(sentences(order.notes)):
        facts = facts_of(sentence)
        said = plain(sentence)
        if said in closed or fields.say(sentence, facts):
            continue
        about = [decided for decided, parts in settled if any(part in said for part in parts)]
        if not _made(order, fields, facts, about):
            left.append(sentence)
    return tuple(left)


def _closes(decided: Decided) -> bool:
    """Whether a person passed a sentence on, or said that it asks for nothing."""
    return isinstance(decided.decision, Instruction | NothingToDo)


def _made(order: Order, fields: Fields, facts: Sequence[Fact], about: Sequence[Decided]) -> bool:
    """Whether accepted changes of a sentence stand in the order, and with them all that it says but names."""
    changes = [one.decision for one in about if isinstance(one.decision, ChangeOrder)]
    if not changes or not all(stands(order, change) for change in changes):
        return False
    return all(fact.kind == "name" or fields.hold(fact) for fact in facts)


def _finding(sentence: str, missing: tuple[Fact, ...], read: Sequence[Proposal]) -> Finding:
    named = ", ".join(fact.said for fact in missing)
    unheld = f"; no field of the order holds {named}" if named else ""
    offered = "".join(f"; {one.by} reads {one.id}: {one.says}" for one in read)
    return Finding(
        severity="open",
        rule="kitchen.note",
        where="order.notes",
        message=f'note: "{sentence}"{unheld}{offered}',
        value=sentence,
        fix=_remedy(missing, read),
    )


def _remedy(missing: tuple[Fact, ...], read: Sequence[Proposal]) -> str:
    """What settles a sentence."""
    accepted = [one.id for one in read if one.kind != "question"]
    if accepted:
        return f"`catering accept PLAN {' '.join(accepted)} --by NAME`, if it was read right"
    fixes = [fact.fix for fact in missing if fact.fix]
    first = "; ".join(dict.fromkeys(fixes)) or "put it into the field it belongs to"
    return f'{first}; or pass it on: {{"kind": "instruction", "quote": ...}} in order.decisions'
