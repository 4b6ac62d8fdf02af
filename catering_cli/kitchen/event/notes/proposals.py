"""What the client's words were read as: a proposal for each decision that quotes them, until a person accepts it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from catering_cli.domain.decision import ChangeOrder, Decided, Decision, Instruction, NothingToDo, OpenQuestion
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Proposal
from catering_cli.kitchen.menu.changes import said_at
from catering_cli.kitchen.menu.decisions import DecisionIndex, folded

Kind = Literal["change", "instruction", "question", "nothing to do"]
_KINDS: Mapping[type, Kind] = {
    ChangeOrder: "change",
    Instruction: "instruction",
    OpenQuestion: "question",
    NothingToDo: "nothing to do",
}


def plain(sentence: str) -> str:
    """A sentence for comparing: case, spaces and the point at its end aside."""
    return folded(" ".join(sentence.split())).rstrip(".!?")


def proposals(order: Order, decisions: DecisionIndex, sentences: Sequence[str]) -> tuple[Proposal, ...]:
    """The proposals in the order of the notes."""
    return tuple(_proposal(order, ident, decided) for ident, decided in numbered(decisions, sentences))


def _proposal(order: Order, ident: str, decided: Decided) -> Proposal:
    decision = decided.decision
    return Proposal(
        id=ident,
        quote=getattr(decision, "quote", ""),
        kind=_KINDS[type(decision)],
        says=says(order, decision),
        by=decided.by,
        accepted_by=decided.accepted_by,
    )


def numbered(decisions: DecisionIndex, sentences: Sequence[str]) -> list[tuple[str, Decided]]:
    """Decisions that quote, each by an id: n3 is of the third sentence of the notes, n3.2 its second reading.

    f1 is of words that the notes do not hold: the client's feedback.
    """
    compared = [plain(sentence) for sentence in sentences]
    found = [(_sentence(quote, compared), decided) for decided, quote in decisions.quoting()]
    found.sort(key=_place)
    met: Counter[int] = Counter()
    out = []
    for number, decided in found:
        met[number] += 1
        further = f".{met[number]}" if met[number] > 1 else ""
        ident = f"n{number}{further}" if number else f"f{met[number]}"
        out.append((ident, decided))
    return out


def _place(found: tuple[int, Decided]) -> tuple[int, str, str]:
    """Where a reading stands, whether it is accepted or not."""
    number, decided = found
    return number, decided.decision.kind, getattr(decided.decision, "path", "")


def _sentence(quote: str, sentences: Sequence[str]) -> int:
    """The number of the first sentence that holds the words, from 1; 0 if they are not of the notes."""
    holding = (number for number, sentence in enumerate(sentences, start=1) if plain(quote) in sentence)
    return next(holding, 0)


def says(order: Order, decision: Decision) -> str:
    """What would be done, in words."""
    if isinstance(decision, ChangeOrder):
        return f"{decision.path} = {_short(decision.value)}{_before(order, decision)}"
    if isinstance(decision, Instruction):
        return f"an instruction for {decision.service or decision.dish or 'the event'}"
    if isinstance(decision, NothingToDo):
        return f"nothing to do: {decision.why}"
    assert isinstance(decision, OpenQuestion)
    return decision.text


def _before(order: Order, change: ChangeOrder) -> str:
    """What stands there now, or stood there before the change was made."""
    if change.was is not None:
        return f" (was {_short(change.was)})"
    now = said_at(order, change.path)
    return "" if now in (None, [], "", change.value) or isinstance(now, list) else f" ({_short(now)} now)"


LONGEST = 160


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
