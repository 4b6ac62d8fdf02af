"""What the tables know of a food by its name: weight of a volume, weight of a piece, edible share.

A name is found as written, in the singular or plural, and without words that do not change what it weighs
("large ripe fresh strawberries" is "strawberries"). Nothing is guessed: an unknown food is None, and `near`
names the closest ones. Tables: `data/densities.tsv`, `data/pieces.tsv`, `data/yields.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final

from catering_cli.kitchen.tables import rows

STATES: Final = {
    word: state
    for state, words in {
        "chopped": "chopped minced cut",
        "diced": "diced",
        "cubed": "cubed cubes",
        "pieces": "pieces chunks chunked",
        "sliced": "sliced slices slivered thinly-sliced julienned shaved",
        "grated": "grated",
        "shredded": "shredded",
        "crumbled": "crumbled crushed",
        "mashed": "mashed",
        "pureed": "pureed puréed puree",
        "melted": "melted",
        "sifted": "sifted",
        "packed": "packed firmly tightly",
        "loose": "loose loosely unpacked lightly",
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
    }.items()
    for word in words.split()
}
"""Words for how a food was cut or filled before it was measured, and the state of the table they stand for."""

_LIKE: Final = {
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

_IDLE: Final = frozenset(
    "fresh freshly ripe large small medium extra big good quality good-quality best organic raw cold chilled warm hot "
    "room temperature at finely coarsely roughly thinly thickly very unpeeled washed rinsed trimmed peeled seeded "
    "deseeded cored pitted stoned boneless skinless skin-on tender young free-range local store-bought homemade "
    "your favorite favourite few nice firm softened cooled squeezed about plus more and the of to taste dry-packed "
    "unsalted low-sodium reduced-sodium sodium low no-salt-added drained lightly loosely tightly firmly heaped pure "
    "natural plain quality toasted beaten hulled stemmed husked shelled deveined".split()
)
"""Words that leave the weight of a volume as it is."""


@dataclass(frozen=True, slots=True)
class Density:
    """What one millilitre of a food weighs. `kind`: liquid, dry pint (sold by it), or empty."""

    food: str
    state: str
    g_per_ml: Fraction
    approximate: bool
    kind: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece (clove, bunch, slice ...) of a food weighs, edible (EP) or as bought (AP)."""

    food: str
    measure: str
    grams: Fraction
    state: str
    approximate: bool
    source: str


@dataclass(frozen=True, slots=True)
class EdibleShare:
    """The edible portion of a food as bought, in percent of its weight; source empty where no row is known."""

    percent: Fraction
    source: str
    food: str = ""


@lru_cache(maxsize=8192)
def density(item: str, preparation: str = "") -> Density | None:
    """The weight of a volume of `item`, cut or filled as `preparation` (or a word of the item) says."""
    found = _row(item, "densities")
    if found is None:
        return None
    states, left = found
    wanted = [STATES[word] for word in _words(preparation) + left if word in STATES]
    for state in wanted:
        for like in _LIKE.get(state, (state,)):
            if like in states:
                return _density(states[like], approximate=like != state)
    if "" in states:
        return _density(states[""], approximate=False)
    first = next(iter(states))
    return _density(states[first], approximate=first not in wanted)


@lru_cache(maxsize=8192)
def piece(item: str, measure: str, system: str = "us") -> Piece | None:
    """The weight of one `measure` of `item`; measure "" is one whole piece, of middling size where sizes differ."""
    found = _row(item, "pieces")
    if found is None:
        return None
    by_measure, left = found
    sizes = [w for w in left if w in ("small", "medium", "large", "jumbo", "peewee")]
    if "extra" in left and "large" in sizes:
        sizes = ["extra large"]
    for name in [*sizes, "", "medium"] if not measure else [measure]:
        row = by_measure.get(f"{name}@{system}") or by_measure.get(name)
        if row:
            text = f"{row['source']}{' ' + row['ndb_no'] if row['ndb_no'] else ''}: {row['grams']} g {'a ' + name if name else 'each'}"
            return Piece(
                row["item"], name, Fraction(row["grams"]), row["of"], bool(row["approximate"]) or name != measure, text
            )
    return None


@lru_cache(maxsize=8192)
def edible_share(item: str) -> EdibleShare:
    """The edible share of `item` as bought (the lowest where sources differ); 100 % with no source where unknown."""
    found = _row(item, "yields")
    if found is None:
        return EdibleShare(Fraction(100), "")
    row = found[0][""]
    return EdibleShare(Fraction(row["percent"]), row["source"], row["item"])


def known(name: str) -> bool:
    """Whether this very name (not a shortened one) is a food of the density or piece table."""
    return any(form in _index(table) for form in _forms(name.lower()) for table in ("densities", "pieces"))


def known_food(item: str) -> bool:
    """Whether any table has a row for `item`, shortened where needed."""
    return any(_row(item, table) is not None for table in ("densities", "pieces", "yields"))


def near(item: str, n: int = 5) -> tuple[str, ...]:
    """The closest food names of the density table, for a message."""
    from difflib import SequenceMatcher

    words = set(_words(item))
    last = _words(item)[-1:] or [""]

    def score(name: str) -> tuple[float, float, int]:
        shared = len(words & set(name.split())) + (0.5 if name.split()[-1] == last[0] else 0)
        return (-shared, -SequenceMatcher(None, item.lower(), name).ratio(), len(name))

    return tuple(sorted(dict.fromkeys(row["food"] for row in rows("densities")), key=score)[:n])


def _density(row: dict[str, str], *, approximate: bool) -> Density:
    ndb = f" {row['ndb_no']}" if row["ndb_no"] else ""
    text = f"{row['source']}{ndb} {row['usda_desc']}: {row['grams']} g in {row['usda_measure']}".replace("  ", " ")
    rough = approximate or "[K]" in row["source"]
    return Density(
        row["food"], row["state"], Fraction(row["grams"]) / Fraction(row["ml"]), rough, row["kind"], text, row["note"]
    )


_COLUMNS: Final = {"densities": ("food", "state"), "pieces": ("item", "measure"), "yields": ("item", "")}
"""Name column and state column of each table."""


@cache
def _index(table: str) -> dict[str, dict[str, dict[str, str]]]:
    """Rows by lower-case name and state; a state cell may hold several, split by `|`."""
    name_column, state_column = _COLUMNS[table]
    index: dict[str, dict[str, dict[str, str]]] = {}
    groups: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows(table):
        name = row[name_column]
        group = groups.get(name)
        if group is None:
            group = groups[name] = {}
            index.setdefault(name.lower(), group)
            for synonym in row["synonyms"].split("|"):
                if synonym:
                    index.setdefault(synonym.lower(), group)
        for state in (row[state_column] if state_column else "").split("|"):
            group.setdefault(state, row)
    return index


@lru_cache(maxsize=16384)
def _row(item: str, table: str) -> tuple[dict[str, dict[str, str]], list[str]] | None:
    """The rows of a food and the words of `item` that did not count, or None."""
    index = _index(table)
    words = _words(item)
    for kept, left in _shorter(words):
        for form in _forms(" ".join(kept)):
            if form in index:
                return index[form], left
    head, _, _ = item.lower().partition(" or ")
    return _row(head.strip(), table) if head and head != item.lower() else None


def _words(text: str) -> list[str]:
    return [
        w for w in text.lower().replace(",", " ").replace("(", " ").replace(")", " ").replace("’", "'").split() if w
    ]


def _shorter(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The words as they are, then without idle words, then without words of state; with what was left out."""
    yield words, []
    for drop in (_IDLE, STATES.keys(), _IDLE | STATES.keys()):
        kept = [w for w in words if w not in drop]
        if kept and len(kept) < len(words):
            yield kept, [w for w in words if w in drop]


def _forms(name: str) -> tuple[str, ...]:
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
