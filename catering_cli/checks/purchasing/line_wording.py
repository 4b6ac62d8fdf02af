"""What a line of the purchase list says of itself: its name, food and unit, how sure it is, and who settled it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.admitted import bought_unknown, unknown
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.foods import Words, joined, named, rows_in, several
from catering_cli.checks.reference.names import holds, words
from catering_cli.checks.reference.weights import base_unit, edible_percent, rows_of
from catering_cli.data import tables
from catering_cli.domain.decision import Department, SameFood
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import ScaledLine
from catering_cli.domain.shopping import ShoppingLine
from catering_cli.domain.site import Supply


@cache
def _products() -> tuple[Words, ...]:
    """Words that make another product of a food (low-sodium), where others only describe it (chopped)."""
    return tuple(words(row["words"]) for row in tables.rows("food_words") if row["kind"] == "variety")


def written(item: str) -> tuple[str, ...]:
    """An item's own words, sorted, each once: nobody knows it, or it is several foods, of which a person takes one."""
    return tuple(sorted(set(words(item))))


@lru_cache(maxsize=4096)
def bought_as(item: str) -> tuple[str, ...]:
    """The words, sorted, by which a food is bought: its kind or food, and what makes it another product of that."""
    row, key, rest = named(item)
    if row is None or several(item):
        return written(item)
    kind = next((one for one in tables.parts(row.get("kinds", "")) if words(one) == key), row["food"])
    beside = [word for phrase in _products() if holds(rest, phrase) for word in phrase]
    return tuple(sorted({*words(kind), *beside}))


def _settled(evidence: Evidence) -> dict[str, tuple[str, str]]:
    """What names were decided to be: folded name -> (food, who)."""
    return {fold(name): (one.food, by) for one, by in of_kind(evidence, SameFood) for name in one.items}


def named_right(evidence: Evidence) -> Findings:
    """A line is called by the food, kind and product that its recipes name; no food is on two lines that are one."""
    settled = _settled(evidence)
    seen: dict[tuple[tuple[str, ...], str], int] = {}
    for index, line in enumerate(evidence.plan.shopping.lines):
        path = f"plan.shopping.lines[{index}]"
        for name in line.names:
            due = _names(evidence, name, settled.get(fold(name), (name, ""))[0])
            if written(line.item) not in due:
                said = " or ".join(" ".join(one) for one in due)
                yield found("warning", f"{path}.item", f"{name} is bought by another name", line.item, said)
        foods = _foods(line.item) if not bought_unknown(evidence, line.names) else ("",)
        if line.food not in foods:
            message = f"{line.item} is another food, or none that the table knows"
            yield found("warning", f"{path}.food", message, line.food, foods[0])
        own = joined(line.item) or bought_unknown(evidence, line.names)
        key = (written(line.item) if own else bought_as(line.item), line.needed.quantity.unit)
        if key in seen:
            message = f"{line.item} stands on two lines that are one"
            yield found("warning", f"{path}.item", message, line.item, f"plan.shopping.lines[{seen[key]}]")
        seen[key] = index
    yield from _known_foods(evidence, settled)


def _names(evidence: Evidence, name: str, settled: str) -> tuple[tuple[str, ...], ...]:
    """The words by which an ingredient may be bought: its food's, its own where that is none or more than one."""
    if fold(name) in unknown(evidence):
        return (written(settled),)
    own = (written(settled),) if joined(settled) else ()
    return tuple(dict.fromkeys((bought_as(settled), *own)))


def _foods(item: str) -> tuple[str, ...]:
    """The foods of the table that an item may be: one, or one of several; only what is none has no food."""
    return tuple(dict.fromkeys(row["food"] for row in rows_in(item))) or ("",)


def _known_foods(evidence: Evidence, settled: dict[str, tuple[str, str]]) -> Iterator[Finding]:
    """A line of the menu names the food of the table that its item is."""
    for ident, dish in evidence.dishes.items():
        for index, line in enumerate(dish.lines):
            foods = _foods(settled.get(fold(line.item), (line.item, ""))[0])
            if line.food not in foods and fold(line.item) not in unknown(evidence):
                message = f"{dish.name}: {line.item} is another food, or none that the table knows"
                where = f"{evidence.dish_path(ident)}.lines[{index}].food"
                yield found("warning", where, message, line.food, foods[0])


def _sources(evidence: Evidence) -> dict[str, list[ScaledLine]]:
    """The lines of the menu by their folded name."""
    out: dict[str, list[ScaledLine]] = {}
    for dish in evidence.plan.menu:
        for line in dish.lines:
            if line.quantity is not None and line.quantity.quantity.high:
                out.setdefault(fold(line.item), []).append(line)
    return out


def told_right(evidence: Evidence) -> Findings:
    """The unit, the source of the yield, whether it is rough and who settled it follow from the menu's lines."""
    sources = _sources(evidence)
    settled = _settled(evidence)
    deciders = {fold(one.item): by for one, by in of_kind(evidence, Department)}
    for index, line in enumerate(evidence.plan.shopping.lines):
        path = f"plan.shopping.lines[{index}]"
        mine = [one for name in line.names for one in sources.get(fold(name), [])]
        units = _units(line, mine, evidence.order.system)
        unit = line.needed.quantity.unit
        if mine and unit not in units:
            message = f"{line.item}: its lines are added up in another unit"
            yield found("warning", f"{path}.needed", message, unit, " or ".join(sorted(units)))
        here = [one for one in mine if len(units) == 1 or (one.mass is not None) == (unit == "g")]
        if line.approximate != any(one.approximate for one in here):
            message = f"{line.item}: rough where its lines are not, or the other way round"
            yield found("warning", f"{path}.approximate", message, line.approximate)
        makers = {one.by for one in here} | {settled[fold(name)][1] for name in line.names if fold(name) in settled}
        makers |= {deciders[fold(name)] for name in (line.item,) if fold(name) in deciders}
        due = ", ".join(sorted(makers - {"kitchen"})) or "kitchen"
        if line.by != due:
            yield found("warning", f"{path}.by", f"{line.item}: another settled what is bought", line.by, due)
        yield from _yield_source(line, path)
        yield from _offered(evidence, line, path)


WHOLE = "100"
"""Percent of what is bought that is eaten, where nothing is trimmed."""


def _supply(evidence: Evidence) -> dict[tuple[str, ...], list[Supply]]:
    """Rows of the order's supply by the words that the food is bought by, and by its own name."""
    if ("supply", "") not in evidence.memo:
        rows: dict[tuple[str, ...], list[Supply]] = {}
        for row in evidence.order.supply:
            for name in {bought_as(row.item), (fold(row.item),)}:
                rows.setdefault(name, []).append(row)
        evidence.memo["supply", ""] = rows
    kept: dict[tuple[str, ...], list[Supply]] = evidence.memo["supply", ""]
    return kept


def _offered(evidence: Evidence, line: ShoppingLine, path: str) -> Iterator[Finding]:
    """What nobody offers has no supplier, pack or day to order; a note is on a pack that cannot be compared."""
    due = (bought_as(line.item), (fold(line.item),))
    offers = [row for name in due for row in _supply(evidence).get(name, ())]
    if line.note and (line.pack is not None or all(row.pack is None for row in offers)):
        yield found("warning", f"{path}.note", f"{line.item}: a note on nothing", line.note)
    said = (line.supplier, line.price_unit, line.pack, line.packs, line.order_by)
    if not offers and any(one not in ("", None) for one in said):
        message = f"{line.item}: the order's supply does not have it"
        yield found("warning", f"{path}.supplier", message, line.supplier or line.order_by or line.packs)


def _units(line: ShoppingLine, mine: list[ScaledLine], system: str) -> set[str]:
    """The units in which the lines of a food are added up: one of their own, or mass and what cannot be weighed."""
    own = {base_unit(one.quantity.quantity.unit, system)[0] for one in mine if one.quantity is not None}
    whole = edible_percent(line.item) == Fraction(100)
    if len(own) == 1:
        unit = next(iter(own))
        if unit not in ("g", "mL") or (whole and (unit == "g" or _poured(line.item))):
            return own
    rest = {base_unit(one.quantity.quantity.unit, system)[0] for one in mine if one.quantity and one.mass is None}
    return rest | ({"g"} if any(one.mass is not None for one in mine) else set())


def _poured(item: str) -> bool:
    """Whether a food is bought by volume: a liquid, or one whose weight nobody knows."""
    rows = rows_of("densities", item)
    return not rows or any(row["kind"] == "liquid" for row in rows)


def _yield_source(line: ShoppingLine, path: str) -> Iterator[Finding]:
    """A yield names the row that it is from; where nothing is trimmed none is named, or one of a hundred percent."""
    trimmed = line.yield_percent != WHOLE
    known = {row["source"] for row in rows_of("yields", line.item) if row["percent"] == line.yield_percent}
    if (line.yield_source or trimmed) and (line.yield_source not in known or line.needed.quantity.unit != "g"):
        message = f"{line.item}: the yield is not from a row of the table"
        yield found("warning", f"{path}.yield_source", message, line.yield_source, line.yield_percent)


CHECKS = {"shopping.named": named_right, "shopping.told": told_right}
