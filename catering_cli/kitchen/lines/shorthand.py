"""Shorthand of professional kitchens, written out: S&P, tt, AN, P&D."""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = {
    r"s ?(?:&|\+|and) ?p": "salt and pepper",
    r"p ?(?:&|\+|and) ?d": "peeled and deveined",
    r"t\.?t\.?": "to taste",
    r"a\.?n\.?(?= *$)": "as needed",
    r"c\. ?s\.": "cs",
    r"c\. ?c\.": "cc",
    r"w/o": "without",
    r"w/": "with ",
    r"bnls": "boneless",
    r"sknls": "skinless",
    r"veg\.?(?= (?:oil|stock|broth|shortening))": "vegetable",
    r"(?:b|bkg|bak)\. ?(?:powder|pwdr|pdr)": "baking powder",
    r"(?:b|bkg|bak)\. ?soda": "baking soda",
    r"powd\.?(?= sugar)": "powdered",
    r"(?:brn|br)\.?(?= sugar)": "brown",
    r"(?:pwdr|powd|pdr)\.?": "powder",
    r"lvs\.?": "leaves",
    r"toms\.?": "tomatoes",
    r"chix": "chicken",
    r"drsg\.?": "dressing",
}
"""Patterns of a whole word, in any case, and what they say."""

_ANY: Final = re.compile(rf"(?<![\w'])(?:{'|'.join(f'({letters})' for letters in _LETTERS)})(?![\w'])", re.IGNORECASE)
_ALONE: Final = re.compile(
    r"&|\+|/|\b(?:tt|an|bnls|sknls|t\.t|a\.n|c\. ?[sc]|veg|powd|pwdr|pdr|brn|br|lvs|toms|chix|drsg)\b|"
    r"\b(?:b|bkg|bak)\.| p | d |\band\b",
    re.IGNORECASE,
)
"""What a text must hold to have any of them: most have not, and are not searched."""


def written_out(text: str) -> str:
    """`text` with its shorthand as words. "An onion" and "AN onion" are one onion: only at the end it is a need."""
    if not _ALONE.search(text):
        return text
    words = tuple(_LETTERS.values())
    return _ANY.sub(lambda found: words[(found.lastindex or 1) - 1], text)
