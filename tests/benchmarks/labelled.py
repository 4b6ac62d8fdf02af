"""Labelled ingredient lines read: `python tests/benchmarks/labelled.py FOLDER [SAMPLE]`.

FOLDER holds CSV files with the columns input, name, quantity, unit, as in the training data of
strangetom/ingredient-parser. Says how many lines are read whole (amount, unit and food as labelled), how many have
another amount without a warning, how many are refused; and prints SAMPLE of each of the last two and of other foods,
to be judged by eye: labels are wrong too. Rows without any label are left out.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from startup import ROOT, say

sys.path.insert(0, str(ROOT))

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.lines import several_foods
from catering_cli.kitchen.lines.ingredient_line import IngredientLine
from catering_cli.kitchen.quantities import numerals, units
from catering_cli.kitchen.quantities.units import Unit

SEED = 20261126
CLOSE = Fraction(1, 100)
NUMBER = re.compile(r"(?:(\d+(?:\.\d+)?))?(?:#(\d+)\$(\d+))?")
KINDS = ("refused", "amount", "food")


def rows(folder: Path) -> Iterator[dict[str, str]]:
    """Each labelled row."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row for row in csv.DictReader(file) if row["name"].strip())


def values(labels: str) -> set[Fraction]:
    """The numbers of a label such as "400 14#1$2", and the products and sums of two: packs and descending units."""
    single = [number for part in re.split(r"[\sx/-]+", labels) if (number := _number(part)) is not None]
    pairs = list(combinations(single, 2))
    return {*single, *(a * b for a, b in pairs), *(a + b for a, b in pairs)}


def _number(text: str) -> Fraction | None:
    found = NUMBER.fullmatch(text)
    if not found or not found.group():
        spelled = numerals.parse_number(text.lower()) if text.isalpha() else None
        return spelled[0] if spelled else None
    whole = Fraction(found[1] or 0)
    return whole + Fraction(int(found[2]), int(found[3])) if found[2] else whole


def same_amount(row: dict[str, str], lines: tuple[IngredientLine, ...]) -> bool:
    """Whether the amount that is read, in some unit of the label, is a number of the label, a product or a sum."""
    wanted = values(row["quantity"])
    named = [unit for word in re.split(r"[\s/-]+", row["unit"]) if (unit := units.lookup(word))]
    lengths = any(word in LENGTHS for word in re.split(r"[\s/-]+", row["unit"]))
    amounts = [one for line in lines for one in (line.quantity, line.alternative) if one]
    if not amounts or not wanted or lengths:
        return not wanted or (lengths and bool(amounts))
    return any(_near(value, wanted, named) for one in amounts for value in _said(one, named))


LENGTHS = frozenset(("inch", "inches", "in", "cm", "mm", "inch-thick", '"'))
"""Units of a size, which is no amount."""


def _said(amount: Quantity, named: list[Unit]) -> Iterator[Fraction]:
    """The ends of an amount, in its own unit and in those of the label."""
    own = units.find(amount.unit)
    for end in (amount.low, amount.high):
        yield end
        for unit in named:
            if unit.dimension == own.dimension and unit.factor and own.factor:
                yield end * own.factor / unit.factor


def _near(value: Fraction, wanted: set[Fraction], named: list[Unit]) -> bool:
    sizes = {one.factor / other.factor for one in named for other in named if other.factor and one.factor}
    totals = {*wanted, *(a + b * size for a in wanted for b in wanted for size in sizes), *(
        a - b * size for a in wanted for b in wanted for size in sizes)}  # fmt: skip
    return any(abs(value - one) <= CLOSE * value for one in totals)


def same_food(row: dict[str, str], lines: tuple[IngredientLine, ...]) -> bool:
    """Whether the words of the label are those of the items, but for words that are labelled as something else."""
    name = set(tokens(row["name"]))
    read = {word for line in lines for word in tokens(line.item)}
    beside = set(tokens(" ".join(row[key] for key in ("preparation", "comment", "size", "unit", "purpose"))))
    also = set(tokens(" ".join(line.preparation for line in lines)))
    measures = set(tokens(" ".join(line.quantity.unit for line in lines if line.quantity)))
    idle = set(tokens("and of the fresh freshly a canned")) | measures
    return not (name - read - also - idle) and not (read - name - beside - idle) and bool(name & read)


def _shown(line: IngredientLine) -> str:
    amount = line.quantity
    return f"{float(amount.low):g}-{float(amount.high):g} {amount.unit}" if amount else "none"


def main() -> None:
    """Read every labelled row of the folder."""
    folder, sample = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    total, whole = 0, 0
    wrong: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in rows(folder):
        total += 1
        text = row["input"]
        try:
            lines = several_foods.parse_lines(text)
        except ValueError as error:
            wrong["refused"].append(f"{text[:90]!r}: {error}")
            continue
        read = "; ".join(f"{_shown(line)} | {line.item}" for line in lines)
        amount, food = same_amount(row, lines), same_food(row, lines)
        whole += amount and food
        told = f"{text[:90]!r} {row['quantity']} {row['unit']} | {row['name']} -> {read}"
        if not amount and not any(line.warnings for line in lines):
            wrong["amount"].append(told)
        if not food:
            wrong["food"].append(told)
    say(f"{total:,} lines, {whole / max(total, 1):.2%} read whole")
    for kind in KINDS:
        say(f"{len(wrong[kind]):6} {kind}, {1000 * len(wrong[kind]) / max(total, 1):.2f} of 1,000")
        for line in random.Random(SEED).sample(wrong[kind], min(sample, len(wrong[kind]))):
            say(f"       {line}")


if __name__ == "__main__":
    main()
