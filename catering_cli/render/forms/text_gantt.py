"""A Gantt chart in characters: each lane a strip, each bar its key and a line as long as it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from catering_cli.render.days import hours_between

if TYPE_CHECKING:
    from catering_cli.render.page import Bar, BarLane, Bars

LABEL_MOST = 22
LEAST_COLUMNS = 10
TICK = 6
"""Columns that a time on the axis needs."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Columns of a strip for the time from `start` to `end`."""

    start: datetime
    end: datetime
    columns: int

    @property
    def hours(self) -> float:
        return (self.end - self.start) / timedelta(hours=1)

    def column(self, moment: datetime) -> float:
        return (moment - self.start) / (self.end - self.start) * self.columns


def chart_lines(
    chart: Bars,
    lanes: tuple[BarLane, ...],
    width: int,
    *,
    unicode: bool,
) -> Iterator[str]:
    """The axis, then one line a lane; no line is longer than `width`."""
    label = min(LABEL_MOST, max(len(name) for name, _ in lanes)) + 2
    scale = _Scale(chart.start, chart.end, max(LEAST_COLUMNS, width - label))
    yield " " * label + _axis(scale)
    for name, bars in lanes:
        flat = " ".join(name.split())
        yield f"{flat[:LABEL_MOST]:<{label}}{_strip(scale, bars, unicode=unicode)}".rstrip()


def _axis(scale: _Scale) -> str:
    every = timedelta(hours=hours_between(scale.hours, scale.columns, TICK))
    line = [" "] * (scale.columns + TICK)
    moment = scale.start
    while moment < scale.end:
        at = int(scale.column(moment))
        if at + TICK - 1 <= scale.columns:
            line[at : at + TICK - 1] = f"{moment:%H:%M}"
        moment += every
    return "".join(line).rstrip()


def _strip(scale: _Scale, bars: tuple[Bar, ...], *, unicode: bool) -> str:
    empty, busy = ("·", "━") if unicode else (".", "=")
    line = [empty] * scale.columns
    for bar in bars:
        first = max(0, int(scale.column(bar.start)))
        last = min(scale.columns, max(first + 1, round(scale.column(bar.end))))
        if first < scale.columns:
            line[first:last] = bar.key + busy * (last - first - 1)
    return "".join(line[: scale.columns])
