"""Measurements side by side: each configuration's sums, the Pareto set, the saving against the planner for all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from catering_cli.cli.bench.grade import TaskGrade
    from catering_cli.cli.bench.measure import Measured


class Total(NamedTuple):
    """A configuration over all orders."""

    config: str
    score: float
    """mean"""
    blocking: int
    open: int
    usd: Decimal | None
    all_planner_usd: Decimal | None
    seconds: float
    changed: int
    decisions: int
    asked: int
    best: bool
    """whether no other configuration is at least as good in score, cost and time, and better in one"""

    @property
    def saving(self) -> int | None:
        """Percent saved against asking the planner everything; None if a price is not known."""
        if self.usd is None or not self.all_planner_usd:
            return None
        return round(100 - 100 * self.usd / self.all_planner_usd)


def totals(rows: Sequence[Measured]) -> tuple[Total, ...]:
    """A total for each configuration, in the order in which they were named."""
    sums = [_total(name, [row for row in rows if row.config == name]) for name in dict.fromkeys(r.config for r in rows)]
    return tuple(one._replace(best=not any(_beats(other, one) for other in sums)) for one in sums)


def _total(name: str, rows: Sequence[Measured]) -> Total:
    tasks = list(chain.from_iterable(row.tasks for row in rows))
    return Total(
        config=name,
        score=sum(row.score for row in rows) / len(rows),
        blocking=sum(row.blocking for row in rows),
        open=sum(row.open for row in rows),
        usd=_sum([row.usd for row in rows]),
        all_planner_usd=_sum([row.all_planner_usd for row in rows]),
        seconds=sum(row.seconds for row in rows),
        changed=sum(task.changed for task in tasks),
        decisions=sum(task.decisions for task in tasks),
        asked=sum(row.asked for row in rows),
        best=False,
    )


def _sum(prices: Sequence[Decimal | None]) -> Decimal | None:
    known = [price for price in prices if price is not None]
    return sum(known, Decimal(0)) if len(known) == len(prices) else None


def _beats(other: Total, one: Total) -> bool:
    """Whether `other` is at least as good in all and better in one: issues, open items, score, cost, time."""
    theirs, mine = _key(other), _key(one)
    return theirs != mine and all(a <= b for a, b in zip(theirs, mine, strict=True))


def _key(one: Total) -> tuple[float, ...]:
    cost = float("inf") if one.usd is None else float(one.usd)
    return one.blocking, one.open, -one.score, cost, one.seconds


TASK_HEAD = (
    "config", "order", "task", "asked", "kept", "repaired", "refused", "decisions", "changed", "words", "USD", "seconds"
)  # fmt: skip
TOTAL_HEAD = (
    "config", "score", "blocking", "open", "decisions", "changed", "USD", "saving", "seconds", "asked now", "Pareto"
)  # fmt: skip


def text(rows: Sequence[Measured]) -> str:
    """Both tables, as text."""
    tasks: list[tuple[str, ...]] = []
    for row in rows:
        tasks += [_task_row(row, task) for task in row.tasks]
    lines = [*_columns([TASK_HEAD, *tasks]), ""] if tasks else []
    lines += _columns([TOTAL_HEAD, *map(_total_row, totals(rows))])
    return "\n".join(
        [*lines, "", "Saving: against the same tokens at the planner's price. Pareto: no other is better in all."]
    )


def document(rows: Sequence[Measured]) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "orders": [
            {
                **{key: _plain(value) for key, value in row._asdict().items() if key != "tasks"},
                "tasks": [_task_json(task) for task in row.tasks],
            }
            for row in rows
        ],
        "totals": [
            {key: _plain(value) for key, value in one._asdict().items()} | {"saving_percent": one.saving}
            for one in totals(rows)
        ],
    }


def _task_json(task: TaskGrade) -> dict[str, Any]:
    plain = {key: value for key, value in task._asdict().items() if key != "usage"}
    return plain | {"usd": _plain(task.usage.usd), "seconds": task.usage.seconds}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _task_row(row: Measured, task: TaskGrade) -> tuple[str, ...]:
    counts = (task.asked, task.kept, task.repaired, task.refused, task.decisions, task.changed, task.words)
    return row.config, row.order, task.task, *map(str, counts), _usd(task.usage.usd), f"{task.usage.seconds:.2f}"


def _total_row(one: Total) -> tuple[str, ...]:
    saving = "-" if one.saving is None else f"{one.saving} %"
    return (
        one.config,
        f"{one.score:.3f}",
        *map(str, (one.blocking, one.open, one.decisions, one.changed)),
        _usd(one.usd),
        saving,
        f"{one.seconds:.2f}",
        str(one.asked),
        "yes" if one.best else "",
    )


def _usd(value: Decimal | None) -> str:
    return "not known" if value is None else f"{value:.4f}"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
