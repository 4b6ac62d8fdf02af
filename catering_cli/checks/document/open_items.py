"""What nobody knows is said: foods and measures that no table has, and what to think of at many times a recipe."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.admitted import unknown
from catering_cli.checks.reference.decisions import fold
from catering_cli.checks.reference.foods import known, row_of, several
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish, ScaledLine

UNKNOWN = {"kitchen.food_unknown": "food", "kitchen.measure_unknown": "mass"}


def said(evidence: Evidence) -> Findings:
    """The kitchen reports each line whose food or mass it does not know, and no other."""
    told = {(one.rule, one.where) for one in evidence.plan.findings if one.rule in UNKNOWN}
    due: set[tuple[str, str]] = set()
    for i, dish in enumerate(evidence.plan.menu):
        for j, line in enumerate(dish.lines):
            where = f"plan.menu[{i}].lines[{j}]"
            if not line.food:
                due.add(("kitchen.food_unknown", where))
            if line.quantity is not None and line.mass is None:
                due.add(("kitchen.measure_unknown", where))
    for rule, where in sorted(due ^ told):
        message = "nobody says that it is not known" if (rule, where) in due else "said to be unknown, and is known"
        yield found("warning", where, f"{UNKNOWN[rule]}: {message}", rule)


TIMES = 4
"""Times the written recipe from which on a linear figure has advice beside it."""


def advised(evidence: Evidence) -> Findings:
    """Beyond four times a recipe what the table names has advice beside its figure, and nothing else has."""
    for ident, dish in evidence.dishes.items():
        if dish.recipe is not None:
            yield from _advised(evidence, dish, f"{evidence.dish_path(ident)}.lines")


def _advised(evidence: Evidence, dish: Dish, path: str) -> Iterator[Finding]:
    assert dish.recipe is not None
    factor = Fraction(dish.portions, dish.recipe.yields.portions)
    for index, line in enumerate(dish.lines):
        counts = factor > TIMES and line.quantity is not None and fold(line.item) not in unknown(evidence)
        row = _row(line) if counts else None
        if row is None and line.advice:
            yield found("warning", f"{path}[{index}].advice", "advice that the table does not give", line.advice)
        elif row is not None and not line.advice and "salt" not in known(line.item).facts:
            yield found("warning", f"{path}[{index}].advice", f"{line.item}: no advice", "", row["advice"])
        elif row is not None and line.advice and not line.advice.startswith(f"{row['what']} at {_times(factor)} times"):
            yield found("warning", f"{path}[{index}].advice", f"{line.item}: other advice", line.advice, row["advice"])


def _times(factor: Fraction) -> str:
    return str(factor.numerator) if factor.denominator == 1 else f"{float(factor):.3g}"


def _row(line: ScaledLine) -> dict[str, str] | None:
    foods = {row["food"] for row in several(line.item) or (row_of(line.item),) if row}
    rows = tables.rows("volume_advice")
    if not foods or any(row["kind"] == "never" and foods & set(tables.parts(row["words"])) for row in rows):
        return None
    for row in rows:
        words = set(tables.parts(row["words"]))
        if row["kind"] == "group" and words & known(line.item).facts:
            return row
        if row["kind"] == "food" and foods & words:
            return row
    return None


CHECKS = {"kitchen.reported": said, "lines.advice": advised}
