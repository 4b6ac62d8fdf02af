"""How words are compared: without case, accents, punctuation and plural."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_WORD = re.compile(r"\w+")
_IRREGULAR = {
    "leaves": "leaf",
    "loaves": "loaf",
    "halves": "half",
    "knives": "knife",
    "calves": "calf",
    "kiwis": "kiwi",
    "zucchinis": "zucchini",
    "chilis": "chili",
    "chilies": "chili",
    "chillies": "chili",
    "chilli": "chili",
    "chile": "chili",
    "chiles": "chili",
    "ladys": "ladys",
    "paninis": "panini",
    "raviolis": "ravioli",
    "geese": "goose",
    "cookies": "cookie",
    "brownies": "brownie",
    "smoothies": "smoothie",
    "pies": "pie",
    "brioches": "brioche",
    "quiches": "quiche",
    "ganaches": "ganache",
    "avocados": "avocado",
    "octopuses": "octopus",
    "molasses": "molasses",
    "swiss": "swiss",
    "slices": "slice",
    "sauces": "sauce",
    "lettuces": "lettuce",
    "juices": "juice",
    "spices": "spice",
}
_ENDINGS = (
    (re.compile(r"(?<=\w\w)ies$"), "y"),
    (re.compile(r"(?<=sh|ch|ss|zz)es$"), ""),
    (re.compile(r"(?<=x)es$"), ""),
    (re.compile(r"(?<=\wo)es$"), ""),
    (re.compile(r"(?<=\w\w[^siu\W])s$"), ""),
)


@cache
def singular(word: str) -> str:
    """The singular of an English noun; a word that is none stays as it is ("hummus", "asparagus")."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.endswith("s"):
        return word
    for ending, instead in _ENDINGS:
        if ending.search(word):
            return ending.sub(instead, word)
    return word


@cache
def tokens(text: str) -> tuple[str, ...]:
    """The words of `text`, lower case, without accents, in the singular: "Crème fraîche, Eggs" -> creme fraiche egg.

    Scripts without accents to drop keep their letters, so that a foreign word stays a word that is not known.
    """
    if is_plain(text):
        return tuple(map(singular, text.lower().split()))
    plain = text.replace("&", " and ").replace("’", "").replace("'", "")
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return tuple(map(singular, _WORD.findall(plain.casefold().replace("_", " "))))


def is_plain(text: str) -> bool:
    """Whether a text is unaccented letters and spaces alone, as most names are: its words need no second look."""
    return text.isascii() and text.replace(" ", "").isalpha()
