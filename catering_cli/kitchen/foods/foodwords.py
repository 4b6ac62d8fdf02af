"""The words of a food's name: which say how it was cut, which leave its weight as it is, its singular and plural."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from catering_cli.kitchen.quantities.vocabulary import word_set

_WORDS_OF_STATES: Final = {
    "chopped": "chopped minced cut",
    "diced": "diced",
    "cubed": "cubed cubes",
    "pieces": "pieces piece chunks chunk chunked",
    "sliced": "sliced slices slivered thinly-sliced julienned shaved",
    "grated": "grated",
    "shredded": "shredded",
    "crumbled": "crumbled crushed",
    "mashed": "mashed",
    "pureed": "pureed puréed puree",
    "melted": "melted",
    "sifted": "sifted",
    "packed": "packed firmly tightly",
    "loose": "loose loosely unpacked",
    "halved": "halved halves",
    "quartered": "quartered quarters",
    "whole": "whole",
    "ground": "ground",
    "whipped": "whipped",
    "thawed": "thawed",
    "florets": "florets flowerets",
    "pitted": "pitted stoned",
    "sections": "sections segments",
    "strips": "strips",
    "balls": "balls",
    "drained": "drained rinsed",
}
STATES: Final[dict[str, str]] = {}
for _state, _words in _WORDS_OF_STATES.items():
    STATES.update(dict.fromkeys(_words.split(), _state))
"""Words for how a food was cut or filled before it was measured, and the state of the table they stand for."""

LIKE: Final = {
    "diced": ("diced", "chopped", "cubed", "pieces"),
    "cubed": ("cubed", "diced", "pieces", "chopped"),
    "pieces": ("pieces", "cubed", "chopped", "diced"),
    "chopped": ("chopped", "diced", "pieces"),
    "grated": ("grated", "shredded"),
    "shredded": ("shredded", "grated"),
    "quartered": ("quartered", "halved", "sliced"),
    "strips": ("strips", "sliced"),
    "loose": ("loose", ""),
}
"""States that may stand in for another, nearest first."""

IDLE: Final = word_set(
    "fresh freshly ripe overripe over-ripe large small medium extra "
    "big good quality good-quality best organic raw cold chilled "
    "warm hot room temperature at finely coarsely roughly thinly thickly very unpeeled washed trimmed peeled "
    "seeded deseeded cored pitted stoned boneless skinless skin-on tender young free-range local store-bought "
    "homemade your favorite favourite few nice firm softened cooled squeezed about plus more and the of to "
    "taste dry-packed unsalted low-sodium reduced-sodium sodium low no-salt-added lightly loosely tightly "
    "firmly heaped pure natural plain quality toasted beaten hulled stemmed husked shelled deveined uncooked "
    "hard-cooked"
)
"""Words that leave the weight of a volume as it is."""


DONE: Final = word_set("boneless skinless peeled trimmed shelled hulled pitted deveined shucked husked cored seeded")
"""Words after which nothing is left to trim."""


def words_of(text: str) -> list[str]:
    """The lower-case words of `text`, without commas and brackets."""
    return [
        w for w in text.lower().replace(",", " ").replace("(", " ").replace(")", " ").replace("’", "'").split() if w
    ]


def shorter(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The words as they are, then without idle words, then without words of state; with what was left out."""
    yield words, []
    for drop in (IDLE, STATES.keys(), IDLE | STATES.keys()):
        kept = [w for w in words if w not in drop]
        if kept and len(kept) < len(words):
            yield kept, [w for w in words if w in drop]


def forms_of(name: str) -> tuple[str, ...]:
    """The name, with its last word in the singular and in the plural."""
    forms = [name]
    if name.endswith("ies"):
        forms.append(f"{name[:-3]}y")
    if name.endswith("es"):
        forms.append(name[:-2])
    if name.endswith("ves"):
        forms.append(f"{name[:-3]}f")
    if name.endswith("s"):
        forms.append(name[:-1])
    else:
        forms += [f"{name}s", f"{name}es"]
        if name.endswith("y"):
            forms.append(f"{name[:-1]}ies")
        if name.endswith("f"):
            forms.append(f"{name[:-1]}ves")
    return tuple(forms)
