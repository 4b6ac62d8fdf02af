"""The notes of an order, sentence by sentence: each is open until a decision or the order's fields account for it.

What a sentence says of allergies, diets, numbers, times and names is compared with the fields; what they do not hold
is named. Nothing in the notes changes a plan: a person puts it where it belongs, or passes it on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catering_cli.domain.decision import Instruction
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.event.note_facts import Fact, Fields, facts_of
from catering_cli.kitchen.menu.decisions import DecisionIndex, folded

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
    """An open item for each sentence of the notes that neither a decision nor the fields account for."""
    fields = Fields.of(order)
    passed_on = {_plain(one.quote) for one, _ in decisions.all(Instruction)}
    left: list[tuple[str, tuple[Fact, ...]]] = []
    for sentence in dict.fromkeys(sentences(order.notes)):
        facts = facts_of(sentence)
        if _plain(sentence) in passed_on or fields.say(sentence, facts):
            continue
        left.append((sentence, tuple(fact for fact in facts if not fields.hold(fact))))
    left.sort(key=lambda entry: not entry[1])
    for sentence, missing in left[:MOST]:
        yield _finding(sentence, missing)
    if len(left) > MOST:
        yield Finding(
            severity="open",
            rule="kitchen.note",
            where="order.notes",
            message=f"and {len(left) - MOST} more sentences of the notes that no field and no decision accounts for",
            value=str(len(left) - MOST),
            fix="read the notes to their end",
        )


def _plain(sentence: str) -> str:
    """A sentence for comparing: spaces and the point at its end aside."""
    return folded(" ".join(sentence.split())).rstrip(".!?")


def _finding(sentence: str, missing: tuple[Fact, ...]) -> Finding:
    named = ", ".join(fact.said for fact in missing)
    unheld = f"; no field of the order holds {named}" if named else ""
    return Finding(
        severity="open",
        rule="kitchen.note",
        where="order.notes",
        message=f'note: "{sentence}"{unheld}',
        value=sentence,
        fix=_remedy(missing),
    )


def _remedy(missing: tuple[Fact, ...]) -> str:
    """What settles a sentence."""
    fixes = [fact.fix for fact in missing if fact.fix]
    first = "; ".join(dict.fromkeys(fixes)) or "put it into the field it belongs to"
    return f'{first}; or pass it on: {{"kind": "instruction", "quote": ...}} in order.decisions'
