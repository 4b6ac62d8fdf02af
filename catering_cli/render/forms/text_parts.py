"""Facts, cards and lines to sign as lines of text: what terminal and Markdown have in common."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.render.page import Cards, Facts, Signatures

TO_SIGN = "_" * 20


def text_lines(part: Facts | Cards | Signatures) -> Iterator[str]:
    """The part line by line; an empty line ends a card."""
    if isinstance(part, Facts):
        yield from (f"{label}: {said}" for label, said in part.pairs)
    elif isinstance(part, Signatures):
        yield "   ".join(f"{who}: {TO_SIGN}" for who in part.who)
    else:
        yield from _cards(part)


def _cards(part: Cards) -> Iterator[str]:
    for card in part.cards:
        yield card.title
        for label, said, _ in card.lines:
            yield f"  {label}: {said}" if label else f"  {said}"
        yield ""
