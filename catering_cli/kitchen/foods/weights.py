"""What the tables know of a food by its name: weight of a volume, weight of a piece, edible share.

A name is found as written, in the singular or plural, and without words that do not change what it weighs
("large ripe fresh strawberries" is "strawberries"). Nothing is guessed: an unknown food is None, and `near`
names the closest ones. Tables: `data/densities.tsv`, `data/pieces.tsv`, `data/yields.tsv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, NamedTuple

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods.foodwords import DONE, IDLE, LIKE, STATES, forms_of, shorter, words_of
from catering_cli.kitchen.quantities.vocabulary import word_set


class Density(NamedTuple):
    """What one millilitre of a food weighs. `kind`: liquid, dry pint (sold by it), or empty."""

    food: str
    state: str
    g_per_ml: Fraction
    approximate: bool
    kind: str
    source: str
    note: str = ""


class Piece(NamedTuple):
    """What one piece (clove, bunch, slice ...) of a food weighs, edible (EP) or as bought (AP)."""

    food: str
    measure: str
    grams: Fraction
    state: str
    approximate: bool
    source: str


class EdibleShare(NamedTuple):
    """The edible portion of a food as bought, in percent of its weight; source empty if no row is known."""

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
    wanted = [STATES[word] for word in words_of(preparation) + left if word in STATES]
    for state in wanted:
        for like in LIKE.get(state, (state,)):
            if like in states:
                return _density(states[like], approximate=like != state)
    if "" in states:
        return _density(states[""], approximate=False)
    usual = [state for state in ("whole", "halved", "packed") if state in states]
    first = next(iter([*usual, *states]))
    said = {STATES[word] for word in words_of(item) if word in STATES}  # a table's own name may say the state
    return _density(states[first], approximate=first not in {*wanted, *said})


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
    for name in [measure] if measure else [*sizes, "", "medium"]:
        row = by_measure.get(f"{name}@{system}") or by_measure.get(name)
        if row:
            return _piece(row, name, rough=name != measure)
    return None


def _piece(row: Mapping[str, str], name: str, *, rough: bool) -> Piece:
    kind = f"a {name}" if name else "each"
    grams = Fraction(row["grams"])  # of a bottle exactly its volume times the density
    text = f"{' '.join((row['source'], row['ndb_no'])).strip()}: {float(grams):.6g} g {kind}"
    return Piece(row["item"], name, grams, row["of"], rough or bool(row["approximate"]), text)


@lru_cache(maxsize=8192)
def edible_share(item: str) -> EdibleShare:
    """The edible share of `item` as bought (the lowest where sources differ); 100 % with no source where unknown."""
    whole = not DONE.intersection(words_of(item)) and (_named(item, "yields") or not _named(item, "densities"))
    found = _row(item, "yields") if whole else None
    if found is None:
        return EdibleShare(Fraction(100), "")
    row = found[0][""]
    return EdibleShare(Fraction(row["percent"]), row["source"], row["item"])


def drained_share(item: str) -> EdibleShare:
    """What is left of the contents of a can of `item` when it is drained, in percent."""
    name = item.lower() if item.lower().startswith("canned ") else f"canned {item}"
    found = _row(name, "drained") or _row("any", "drained")
    assert found is not None
    row = found[0][""]
    return EdibleShare(Fraction(row["percent"]), row["source"], row["food"])


def known(name: str) -> bool:
    """Whether this very name (not a shortened one) is a food of the density or piece table."""
    return _named(name, "densities") or _named(name, "pieces")


def _named(name: str, table: str) -> bool:
    """Whether a table has this very name; crushed tomatoes are a food of their own, with nothing to trim."""
    return any(form in _index(table) for form in forms_of(name.strip().lower()))


def known_food(item: str) -> bool:
    """Whether any table has a row for `item`, shortened where needed."""
    return any(_row(item, table) is not None for table in ("densities", "pieces", "yields"))


def near(item: str, n: int = 5) -> tuple[str, ...]:
    """The closest food names of the density table, for a message."""
    from difflib import SequenceMatcher

    words = set(words_of(item))
    last = words_of(item)[-1:] or [""]

    def score(name: str) -> tuple[float, float, int]:
        shared = len(words & set(name.split())) + (0.5 if name.rsplit(maxsplit=1)[-1] == last[0] else 0)
        return (-shared, -SequenceMatcher(None, item.lower(), name).ratio(), len(name))

    return tuple(sorted(dict.fromkeys(row["food"] for row in rows("densities")), key=score)[:n])


def _density(row: dict[str, str], *, approximate: bool) -> Density:
    ndb = f" {row['ndb_no']}" if row["ndb_no"] else ""
    text = f"{row['source']}{ndb} {row['usda_desc']}: {row['grams']} g in {row['usda_measure']}".replace("  ", " ")
    rough = approximate or "[K]" in row["source"]
    return Density(
        row["food"], row["state"], Fraction(row["grams"]) / Fraction(row["ml"]), rough, row["kind"], text, row["note"]
    )


_COLUMNS: Final = {
    "densities": ("food", "state"),
    "pieces": ("item", "measure"),
    "yields": ("item", ""),
    "drained": ("food", ""),
}
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
    words = words_of(item)
    for kept, left in shorter(words):
        for form in forms_of(" ".join(kept)):
            if form in index:
                return index[form], left
    head, _, tail = (part.strip() for part in item.lower().partition(" or "))
    if not head or not tail:
        return None
    whole = f"{head} {tail.rsplit(maxsplit=1)[-1]}"  # "chicken or vegetable stock" is chicken stock
    return _row(head, table) or _row(whole, table) or (_row(tail, table) if _describes(head) else None)


def _describes(text: str) -> bool:
    """Whether words say only how a food comes: in "canned or frozen corn" the second is no other food."""
    return all(word in IDLE or word in STATES or word in _KEPT for word in words_of(text))


_KEPT: Final = word_set(
    "canned tinned frozen dried dry cooked smoked salted sweetened unsweetened roasted bottled jarred"
)
"""Words for how a food was kept."""
