"""Words of a step that name a food or do something to it: "lay it on toast" brings in bread, "toast the nuts" does not.

In doubt the word is the food.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from catering_cli.kitchen.foods.mentions import Mention, mentions

_OBJECT: Final = (
    r"the|a|an|all|any|both|each|every|it|them|this|these|those|your|their|its|half|in|into|on|onto|over|up|down|out"
    r"|off|together|around|between|through|lightly|gently|tightly|evenly|briefly|well|until|till|for|again|\w+ly"
)
"""Words behind a verb: what is worked on, how, where to, how long."""
_VERB: Final = rf"(?:\b(?:and|or|then|to|will|should)\s+|,\s*|^\s*)%s\s+(?:{_OBJECT})\b"
"""A word behind what joins deeds, before such a word."""
_FIRST: Final = r"^\s*(?:\w+ly\s+|then\s+)?%s\s+\w"
"""A word that opens a sentence and goes on."""
_BEHIND: Final = r"\b(?:the|a|an|some|little|more|each|of|with|in|on|onto|into|warm|soft|split|crusty|add|use)\s+%ss?\b"
"""A word behind what only a noun follows."""


def nouns(text: str) -> Iterator[Mention]:
    """The foods that a step names by words which elsewhere say something else, each clause by itself."""
    for clause in re.split(r"[;.:()!?]", text):
        yield from (mention for mention in mentions(clause) if _is_noun(mention, clause))


def _is_noun(mention: Mention, clause: str) -> bool:
    if mention.in_speech == "either":
        return not _is_verb(mention, clause)
    if mention.in_speech == "behind":
        return bool(re.search(_BEHIND % _written(mention), clause, re.IGNORECASE))
    return mention.in_speech == "noun"


def _is_verb(mention: Mention, clause: str) -> bool:
    """Whether every place where a clause has the word as a food makes a verb of it: not the fish of a fish slice."""
    word = _written(mention)
    stands = [one for one in mentions(clause) if one.words == mention.words and one.facts]
    verbs = re.findall(_VERB % word, clause, re.IGNORECASE)
    first = [] if verbs else re.findall(_FIRST % word, clause, re.IGNORECASE)
    return len(stands) <= len(verbs) + len(first)


def _written(mention: Mention) -> str:
    """The pattern of a mention's words."""
    return r"[\s-]".join(map(re.escape, mention.words))
