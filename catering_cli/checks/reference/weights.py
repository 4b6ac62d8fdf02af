"""Units, densities and weights of pieces, as the checker reads the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from catering_cli.checks.reference.names import Words, words
from catering_cli.data import tables
from catering_cli.domain.menu import ScaledLine
from catering_cli.domain.names import BIRD, CAN
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.shopping import NUMBERED, SUM_UNITS

Measures = Mapping[tuple[str, str], Quantity]
"""Masses or volumes that were decided for informal measures, by folded item and measure."""

Row = dict[str, str]
ONE = Fraction(1)
WHOLE = Fraction(100)
"""Percent of a food of which nothing is trimmed."""

CUT = {
    "chopped": "chopped", "minced": "chopped", "diced": "diced", "cubed": "cubed", "cube": "cubed", "piece": "pieces",
    "chunk": "pieces", "sliced": "sliced", "slice": "sliced", "slivered": "sliced", "shaved": "sliced",
    "julienned": "sliced", "grated": "grated", "shredded": "shredded", "crumbled": "crumbled", "crushed": "crumbled",
    "mashed": "mashed", "pureed": "pureed", "puree": "pureed", "melted": "melted", "sifted": "sifted",
    "packed": "packed", "firmly": "packed", "loose": "loose", "loosely": "loose", "unpacked": "loose",
    "halved": "halved", "half": "halved", "quartered": "quartered", "quarter": "quartered", "whole": "whole",
    "ground": "ground", "whipped": "whipped", "thawed": "thawed", "floret": "florets", "pitted": "pitted",
    "segment": "sections", "section": "sections", "strip": "strips", "ball": "balls",
}  # fmt: skip
"""Words for how a food was cut or filled, and the state of the table that each stands for."""

IDLE = frozenset(
    words(
        "fresh freshly ripe large small medium extra big good quality best organic raw cold chilled warm hot room"
        " temperature at finely coarsely roughly thinly thickly very unpeeled washed rinsed trimmed peeled seeded"
        " deseeded cored pitted stoned boneless skinless skin on tender young free range local store bought homemade"
        " nice firm softened cooled squeezed the of to taste unsalted low sodium reduced no salt added drained lightly"
        " loosely tightly firmly heaped pure natural plain toasted beaten hulled stemmed husked shelled deveined"
        " chopped minced diced cubed sliced grated shredded crumbled crushed mashed pureed melted sifted packed loose"
        " halved quartered whole ground whipped thawed about and over overripe few your favorite favourite plus more"
        " cut uncooked hard cooked"
    )
)
"""Words beside a food's name that leave its yield and the weight of its volume as they are."""

BESIDE = IDLE | CUT.keys()
"""Words beside a name that make no other food of it: mandarin orange slices are mandarin orange."""

KEPT = frozenset(words("canned tinned frozen dried cooked smoked salted sweetened unsweetened roasted bottled jarred"))
"""Words for how a food was kept."""

DRY = "dry pint"
"""Kind of a row of the densities whose food is sold by the dry pint."""

SIZES = ("", "small", "medium", "large", "extra large", "jumbo", "peewee")


@cache
def _units() -> dict[tuple[str, str], tuple[str, Fraction]]:
    """Dimension and size of each unit that has one, by name and system."""
    rows = [row for row in tables.rows("units") if row["factor"]]
    return {(row["name"], row["system"]): (row["dimension"], Fraction(row["factor"])) for row in rows}


@lru_cache(maxsize=2048)
def unit_factor(unit: str, system: str) -> tuple[str, Fraction] | None:
    """Dimension of a canonical unit and its size in g, mL or pieces; None if the table has it not."""
    if not unit:
        return "count", ONE
    units = _units()
    for place in (system, "", "us"):
        if (unit, place) in units:
            return units[unit, place]
    return _contents(unit, system)


def _contents(unit: str, system: str) -> tuple[str, Fraction] | None:
    """What a can holds, or a bird weighs, whose unit says its size: "400 g can", "12 lb whole"."""
    number, _, size = unit.removesuffix(CAN).removesuffix(BIRD).partition(" ")
    if not unit.endswith((CAN, BIRD)) or not number.replace(".", "", 1).isdigit():
        return None
    known = unit_factor(size, system)
    return known and (known[0], known[1] * Fraction(number))


def drained_percent(food: str) -> Fraction:
    """What is left of the contents of a can of a food when it is drained, in percent."""
    name = food if "canned" in words(food) else f"canned {food}"
    rows = _named("drained").get(words(name)) or _named("drained")[("any",)]
    return Fraction(rows[0]["percent"])


@lru_cache(maxsize=2048)
def base_unit(unit: str, system: str) -> tuple[str, Fraction]:
    """The unit in which a quantity of `unit` is added up, and how many of it one is; a bunch stays what it is."""
    dimension, size = unit_factor(unit, system) or ("", ONE)
    if dimension not in SUM_UNITS or unit.startswith(NUMBERED):
        return unit, ONE
    return SUM_UNITS[dimension], size


@cache
def _named(name: str) -> dict[Words, list[Row]]:
    """Rows of a table by the words of their food and of each synonym."""
    index: dict[Words, list[Row]] = {}
    for row in tables.rows(name):
        title = row.get("food") or row.get("item") or row.get("name") or ""
        names = (title, *tables.parts(row.get("synonyms", "")))
        for key in dict.fromkeys(map(words, names)):
            index.setdefault(key, []).append(row)
    return index


@cache
def _by_word(name: str) -> dict[str, list[tuple[int, Words]]]:
    """Keys of `_named` by their first word, each with its place among all."""
    found: dict[str, list[tuple[int, Words]]] = {}
    for place, key in enumerate(_named(name)):
        if key:
            found.setdefault(key[0], []).append((place, key))
    return found


@lru_cache(maxsize=4096)
def rows_of(name: str, item: str) -> tuple[Row, ...]:
    """Rows of a table about a food: of exactly its words, else of the longest name that is part of its words."""
    index, said = _named(name), words(item)
    if said in index:
        return tuple(index[said])
    inside = _names_in(name, frozenset(said))
    longest = max(map(len, inside), default=0)
    rows: list[Row] = []
    for key in inside:
        rows += index[key] if len(key) == longest else ()
    return tuple(rows) or _either(name, said)


def _names_in(name: str, held: frozenset[str]) -> list[Words]:
    """Names of a table, in its order, that are part of the words; every other word leaves the food what it is."""
    entries: list[tuple[int, Words]] = []
    for word in held:
        entries += _by_word(name).get(word, ())
    keys = [key for _, key in sorted(entries)]
    return [key for key in keys if held.issuperset(key) and held.difference(key) <= BESIDE]


def _either(name: str, said: Words) -> tuple[Row, ...]:
    """Rows of the first of two foods: of butter, of "butter or margarine"; of canola oil, of "canola or olive oil".

    The second is meant only if the words before "or" say no food, only how it was kept.
    """
    if "or" not in said[1:-1]:
        return ()
    place = said.index("or", 1)
    first, second = said[:place], said[place + 1 :]
    kept = set(first) <= IDLE | KEPT
    others = [second] if kept else []
    for text in (first, (*first, second[-1]), *others):
        if rows := rows_of(name, " ".join(text)):
            return rows
    return ()


class Possible(NamedTuple):
    """The masses that a quantity may have by the tables."""

    quantity: Quantity
    grams_each: tuple[tuple[Fraction, Fraction], ...]
    """g of one unit, low and high, by each row that is about the food"""
    certain: bool
    """whether it is a plain conversion of a mass"""

    def all(self) -> list[Quantity]:
        """Each possible mass."""
        return [Quantity(self.quantity.low * low, self.quantity.high * high, "g") for low, high in self.grams_each]


def possible_masses(
    quantity: Quantity, line: ScaledLine, system: str, measures: Measures, foods: tuple[str, ...]
) -> Possible:
    """What `quantity` of the line's food, known by any of `foods`, can weigh."""
    if quantity.unit.endswith(CAN) and "drained" in words(line.preparation):
        return _left_when_drained(quantity, line, system, measures, foods)
    dimension, size = unit_factor(quantity.unit, system) or ("", ONE)
    if dimension == "mass":
        return Possible(quantity, ((size, size),), certain=True)
    decided = measures.get((line.item.strip().casefold(), quantity.unit.strip().casefold()))
    each: dict[tuple[Fraction, Fraction], None] = {}
    for food in foods:
        pieces = piece_weights(food, quantity.unit, system, line.state)
        weights = (*_by_volume(quantity.unit, line, food, system), *pieces)
        each |= dict.fromkeys(_decided(decided, food, system) if decided else ())
        each |= dict.fromkeys((weight, weight) for weight in weights)
    return Possible(quantity, tuple(each), certain=False)


def _left_when_drained(
    quantity: Quantity, line: ScaledLine, system: str, measures: Measures, foods: tuple[str, ...]
) -> Possible:
    """The same of what is left of cans when they are drained."""
    whole = line.model_copy(update={"preparation": ""})
    each: list[tuple[Fraction, Fraction]] = []
    contents = possible_masses(quantity, whole, system, measures, foods)
    for low, high in contents.grams_each:
        shares = [drained_percent(food) / 100 for food in foods]
        each += [(low * share, high * share) for share in shares]
    return Possible(quantity, tuple(each), certain=contents.certain)


def _decided(decided: Quantity, food: str, system: str) -> Iterator[tuple[Fraction, Fraction]]:
    """G of an informal measure that was decided to be a mass or a volume."""
    base, size = base_unit(decided.unit, system)
    for density in [ONE] if base == "g" else densities(food):
        yield decided.low * size * density, decided.high * size * density


def _by_volume(unit: str, line: ScaledLine, food: str, system: str) -> Iterator[Fraction]:
    """G of a unit of volume; what was bought whole was cut after it was measured."""
    dimension, size = unit_factor(unit, system) or ("", ONE)
    if dimension == "volume":
        how = filling(line.preparation) if line.state == "AP" else line.preparation
        for density in densities(food, how):
            yield (_dry(unit, food, system) or size) * density


def _dry(unit: str, food: str, system: str) -> Fraction | None:
    """ML of the US dry pint or quart by which berries are sold; None for any other food or measure."""
    if unit not in ("pt", "qt") or system != "us":
        return None
    by_it = any(row["kind"] == DRY for row in rows_of("densities", food))
    dry = unit_factor(f"dry {unit}", system) if by_it else None
    return dry and dry[1]


def filling(preparation: str) -> str:
    """The words that say how a measure was filled."""
    return " ".join(word for word in words(preparation) if CUT.get(word) in ("packed", "loose"))


@lru_cache(maxsize=4096)
def densities(food: str, how: str = "") -> tuple[Fraction, ...]:
    """G of one mL of a food, as weighed over as measured, exactly: in the states that `how` names, else unstated.

    If the table has neither, every state that it has.
    """
    rows = [row for row in rows_of("densities", food) if row["grams"]]
    wanted = {CUT[word] for word in words(f"{how} {food}") if word in CUT}
    return tuple(Fraction(row["grams"]) / Fraction(row["ml"]) for row in _in_state(rows, wanted))


def _in_state(rows: Iterable[Row], wanted: set[str]) -> list[Row]:
    """Rows of unstated density if no state is wanted; whipped food only if it is whipped, or in no other state."""
    stated = [(row, row["state"].split("|")) for row in rows]
    if not wanted:
        return [row for row, states in stated if "" in states] or [row for row, _ in stated]
    known = any(not wanted.isdisjoint(states) for _, states in stated)
    return [row for row, _ in stated if known or "whipped" in wanted or row["state"] != "whipped"]


@lru_cache(maxsize=4096)
def piece_weights(food: str, unit: str, system: str = "us", state: str = "EP") -> tuple[Fraction, ...]:
    """G of one piece, clove, bunch ... of a food in that state; of a piece in each size that the table knows.

    A row weighs the edible part or the whole as bought; the share that is edible leads from one to the other.
    """
    known = unit_factor(unit, system)
    _, times = known or ("", ONE)
    single = bool(unit) and known is not None and times == 1
    wanted = (unit,) if single else SIZES
    rows = [row for row in rows_of("pieces", food) if _measure(row, wanted, system)]
    share = edible_percent(food) / 100
    trim = {("EP", "AP"): 1 / share, ("AP", "EP"): share}
    return tuple(Fraction(row["grams"]) * times * trim.get((row["of"], state), ONE) for row in rows)


def _measure(row: Row, wanted: tuple[str, ...], system: str) -> bool:
    """Whether a row weighs one of the measures, in that system or in any."""
    names = [name.partition("@") for name in row["measure"].split("|")]
    return any(name in wanted and place in ("", system) for name, _, place in names)


@lru_cache(maxsize=4096)
def edible_percent(food: str, meant: str = "") -> Fraction:
    """EP of 100 AP: the table's lowest for the food, else for the one it was decided to mean; else 100."""
    for name in (food, meant):
        if words(name) in _named("densities") and words(name) not in _named("yields"):
            return WHOLE  # baby spinach is a food of its own: nothing of it is trimmed
        figures = [Fraction(row["percent"]) for row in rows_of("yields", name) if row.get("percent")]
        if figures:
            return min(figures)
    return WHOLE
