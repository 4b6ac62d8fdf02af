"""JSON objects in a text of words: what a model says before, between and after its answer is passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator

MOST_TRIES = 400
"""Opening braces that are tried; a text with more of them that open nothing is no answer."""

_THOUGHT_ENDS = "</think>"
_DECODER = json.JSONDecoder()


def objects(text: str) -> Iterator[str]:
    """The text of each outermost JSON object, in order; what a model thought before its answer is left out."""
    said = text.rpartition(_THOUGHT_ENDS)[2]
    start = said.find("{")
    for _ in range(MOST_TRIES):
        if start < 0:
            return
        end = _end(said, start)
        if end:
            yield said[start:end]
        start = said.find("{", end or start + 1)


def _end(text: str, start: int) -> int:
    """Where the object that starts there ends; 0 if none does."""
    try:
        return _DECODER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return 0
