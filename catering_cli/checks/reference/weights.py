"""Units, densities and weights of pieces, as the checker reads the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from catering_cli.checks.reference.names import words
from catering_cli.data import tables
from catering_cli.domain.menu import ScaledLine
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.shopping import CAN, NUMBERED, SUM_UNITS

Measures = Mapping[tuple[str, str], Quantity]


@cache
def _units() -> dict[tuple[str, str], tuple[str, Fraction]]:
    return {(row["name"], row["system"]): (row["dimension"], Fraction(row["factor"]))
            for row in tables.rows("units") if row["factor"]}  # fmt: skip


@lru_cache(maxsize=2048)
def unit_factor(unit: str, system: str) -> tuple[str, Fraction] | None:
    """Dimension of a canonical unit and its size in g, mL or pieces; None where the table has it not."""
    if not unit:
        return ("count", Fraction(1))
    known = _units().get((unit, system)) or _units().get((unit, "")) or _units().get((unit, "us"))
    return known or _contents(unit, system)


def _contents(unit: str, system: str) -> tuple[str, Fraction] | None:
    """What a can holds whose unit says its size: "400 g can"."""
    number, _, size = unit.removesuffix(CAN).partition(" ")
    if not unit.endswith(CAN) or not number.replace(".", "", 1).isdigit():
        return None
    known = unit_factor(size, system)
    return known and (known[0], known[1] * Fraction(number))


def drained_percent(food: str) -> Fraction:
    """What is left of the contents of a can of a food when it is drained, in percent."""
    name = food if "canned" in words(food) else f"canned {food}"
    rows = _named("drained").get(words(name)) or _named("drained")[("any",)]
    return Fraction(rows[0]["percent"])


def base_unit(unit: str, system: str) -> tuple[str, Fraction]:
    """The unit in which a quantity of `unit` is added up, and how many of it one is; a bunch stays what it is."""
    known = unit_factor(unit, system)
    if known is None or known[0] not in SUM_UNITS or unit.startswith(NUMBERED):
        return unit, Fraction(1)
    return SUM_UNITS[known[0]], known[1]


@cache
def _named(name: str) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """Rows of a table by the words of their food and of each synonym."""
    index: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in tables.rows(name):
        title = row.get("food") or row.get("item") or row.get("name") or ""
        for text in (title, *tables.parts(row.get("synonyms", ""))):
            rows = index.setdefault(words(text), [])
            if not rows or rows[-1] is not row:
                rows.append(row)
    return index


@cache
def _by_word(name: str) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Keys of `_named` by their first word, each with its place among all."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for place, key in enumerate(_named(name)):
        if key:
            found.setdefault(key[0], []).append((place, key))
    return found


IDLE = frozenset(
    words(
        "fresh freshly ripe large small medium extra big good quality best organic raw cold chilled warm hot room"
        " temperature at finely coarsely roughly thinly thickly very unpeeled washed rinsed trimmed peeled seeded"
        " deseeded cored pitted stoned boneless skinless skin on tender young free range local store bought homemade"
        " nice firm softened cooled squeezed the of to taste unsalted low sodium reduced no salt added drained lightly"
        " loosely tightly firmly heaped pure natural plain toasted beaten hulled stemmed husked shelled deveined"
        " chopped minced diced cubed sliced grated shredded crumbled crushed mashed pureed melted sifted packed loose"
        " halved quartered whole ground whipped thawed about and over overripe few your favorite favourite plus more"
        " cut"
    )
)
"""Words beside a food's name that leave its yield and the weight of its volume as they are."""


def rows_of(name: str, item: str) -> list[dict[str, str]]:
    """Rows of a table about a food: of exactly its words, else of the longest name that is part of its words."""
    index, said = _named(name), words(item)
    if said in index:
        return index[said]
    held = frozenset(said)
    keys = sorted(entry for word in held for entry in _by_word(name).get(word, ()))
    inside = [key for _, key in keys if held.issuperset(key) and held.difference(key) <= BESIDE]
    longest = max((len(key) for key in inside), default=0)
    return [row for key in inside if len(key) == longest for row in index[key]] or _either(name, said)


def _either(name: str, said: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of the first of two foods: of butter, of "butter or margarine"; of canola oil, of "canola or olive oil".

    The second is meant only where the words before "or" say no food, only how it was kept.
    """
    if "or" not in said[1:-1]:
        return []
    place = said.index("or", 1)
    first, second = said[:place], said[place + 1 :]
    for text in (first, (*first, second[-1])):
        if rows := rows_of(name, " ".join(text)):
            return rows
    return rows_of(name, " ".join(second)) if set(first) <= IDLE | KEPT else []


KEPT = frozenset(words("canned tinned frozen dried cooked smoked salted sweetened unsweetened roasted bottled jarred"))
"""Words for how a food was kept."""


class Possible(NamedTuple):
    """The masses that a quantity may have by the tables."""

    quantity: Quantity
    grams_each: tuple[tuple[Fraction, Fraction], ...]
    """g of one unit, low and high, by each row that is about the food"""
    certain: Quantity | None
    """the mass where it is a plain conversion"""

    def all(self) -> list[Quantity]:
        """Each possible mass."""
        return [Quantity(self.quantity.low * low, self.quantity.high * high, "g") for low, high in self.grams_each]

    def allows(self, mass: Quantity) -> bool:
        """Whether `mass` is one of them, exactly."""
        return any(mass.low == one.low and mass.high == one.high for one in self.all())


def possible_masses(
    quantity: Quantity, line: ScaledLine, system: str, measures: Measures, foods: tuple[str, ...]
) -> Possible:
    """What `quantity` of the line's food, known by any of `foods`, can weigh."""
    if quantity.unit.endswith(CAN) and "drained" in words(line.preparation):
        return _left_when_drained(quantity, line, system, measures, foods)
    known = unit_factor(quantity.unit, system)
    if known is not None and known[0] == "mass":
        grams = Quantity(quantity.low * known[1], quantity.high * known[1], "g")
        return Possible(quantity, ((known[1], known[1]),), grams)
    each = tuple(dict.fromkeys(_each(quantity.unit, line, system, measures, foods)))
    return Possible(quantity, each, None)


def _left_when_drained(
    quantity: Quantity, line: ScaledLine, system: str, measures: Measures, foods: tuple[str, ...]
) -> Possible:
    whole = line.model_copy(update={"preparation": ""})
    shares = {drained_percent(food) / 100 for food in foods}
    possible = possible_masses(quantity, whole, system, measures, foods)
    each = [(low * share, high * share) for low, high in possible.grams_each for share in shares]
    return Possible(quantity, tuple(each), None)


def _each(
    unit: str, line: ScaledLine, system: str, measures: Measures, foods: tuple[str, ...]
) -> Iterator[tuple[Fraction, Fraction]]:
    decided = measures.get((line.item.strip().casefold(), unit.strip().casefold()))
    if decided is not None:
        base, size = base_unit(decided.unit, system)
        per = [Fraction(1)] if base == "g" else [density for food in foods for density in densities(food)]
        for one in per:
            yield decided.low * size * one, decided.high * size * one
    known = unit_factor(unit, system)
    if known is not None and known[0] == "volume":
        for food in foods:
            size = _dry(unit, food, system) or known[1]
            for density in densities(food, line.preparation if line.state != "AP" else filling(line.preparation)):
                yield size * density, size * density
    for food in foods:
        for weight in piece_weights(food, unit, system, line.state):
            yield weight, weight


def _dry(unit: str, food: str, system: str) -> Fraction | None:
    """ML of the US dry pint or quart by which berries are sold; None for any other food or measure."""
    by_it = unit in ("pt", "qt") and system == "us" and any(row["kind"] == DRY for row in rows_of("densities", food))
    dry = unit_factor(f"dry {unit}", system) if by_it else None
    return dry and dry[1]


DRY = "dry pint"
"""Kind of a row of the densities whose food is sold by the dry pint."""


def filling(preparation: str) -> str:
    """The words that say how a measure was filled; what was bought whole was cut after it was measured."""
    return " ".join(word for word in words(preparation) if CUT.get(word) in ("packed", "loose"))


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

BESIDE = IDLE | CUT.keys()
"""Words beside a name that make no other food of it: mandarin orange slices are mandarin orange."""


def densities(food: str, how: str = "") -> list[Fraction]:
    """G of one mL of a food, as weighed over as measured, exactly: in the states that `how` names, else unstated.

    Where the table has neither, every state that it has.
    """
    rows = [row for row in rows_of("densities", food) if row["grams"]]
    wanted = {CUT[word] for word in words(f"{how} {food}") if word in CUT}
    states = {state for row in rows for state in row["state"].split("|")}
    if not wanted:
        plain = [row for row in rows if "" in row["state"].split("|")]
        rows = plain or rows
    elif not wanted & states and "whipped" in states and "whipped" not in wanted:
        rows = [row for row in rows if row["state"] != "whipped"]
    return [Fraction(row["grams"]) / Fraction(row["ml"]) for row in rows]


SIZES = ("", "small", "medium", "large", "extra large", "jumbo", "peewee")


def piece_weights(food: str, unit: str, system: str = "us", state: str = "EP") -> list[Fraction]:
    """G of one piece, clove, bunch ... of a food in that state; of a piece in each size that the table knows.

    A row weighs the edible part or the whole as bought; the share that is edible leads from one to the other.
    """
    known = unit_factor(unit, system)
    wanted = SIZES if known is None or not unit or known[1] != 1 else (unit,)
    times = known[1] if known is not None and unit else Fraction(1)
    rows = [row for row in rows_of("pieces", food) if _measure(row, wanted, system)]
    share = edible_percent(food) / 100
    trim = {("EP", "AP"): 1 / share, ("AP", "EP"): share}
    return [Fraction(row["grams"]) * times * trim.get((row["of"], state), Fraction(1)) for row in rows]


def _measure(row: dict[str, str], wanted: tuple[str, ...], system: str) -> bool:
    names = [name.partition("@") for name in row["measure"].split("|")]
    return any(name in wanted and place in ("", system) for name, _, place in names)


def edible_percent(food: str, meant: str = "") -> Fraction:
    """EP of 100 AP: the table's lowest for the food, else for the one it was decided to mean; else 100."""
    for name in (food, meant):
        if words(name) in _named("densities") and words(name) not in _named("yields"):
            return Fraction(100)  # baby spinach is a food of its own: nothing of it is trimmed
        if figures := [Fraction(row["percent"]) for row in rows_of("yields", name) if row.get("percent")]:
            return min(figures)
    return Fraction(100)
