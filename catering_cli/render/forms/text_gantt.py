"""A Gantt chart in characters: each lane a strip, each bar its key and a line as long as it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.render.page import Bar, Bars

LABEL_MOST = 22
HOURS = (1, 2, 3, 4, 6, 12)
TICK = 6
"""Columns that a time on the axis needs."""


def drawn(chart: Bars, lanes: tuple[tuple[str, tuple[Bar, ...]], ...], width: int, unicode: bool) -> Iterator[str]:
    """The axis, then one line a lane; no line is longer than `width`."""
    label = min(LABEL_MOST, max(len(name) for name, _ in lanes)) + 2
    columns = max(10, width - label)
    minutes = (chart.end - chart.start) / timedelta(minutes=1)
    yield " " * label + _axis(chart, columns, minutes)
    for name, bars in lanes:
        yield f"{name[:LABEL_MOST]:<{label}}{_strip(chart, bars, columns, minutes, unicode)}".rstrip()


def _axis(chart: Bars, columns: int, minutes: float) -> str:
    hours = minutes / 60
    every = next((step for step in HOURS if columns / hours * step >= TICK), HOURS[-1])
    line = [" "] * (columns + TICK)
    moment = chart.start
    while moment < chart.end:
        at = int((moment - chart.start) / timedelta(minutes=1) / minutes * columns)
        if at + TICK - 1 <= columns:
            line[at : at + TICK - 1] = f"{moment:%H:%M}"
        moment += timedelta(hours=every)
    return "".join(line).rstrip()


def _strip(chart: Bars, bars: tuple[Bar, ...], columns: int, minutes: float, unicode: bool) -> str:
    line = ["·" if unicode else "."] * columns
    for bar in bars:
        first = max(0, int((bar.start - chart.start) / timedelta(minutes=1) / minutes * columns))
        last = min(columns, max(first + 1, round((bar.end - chart.start) / timedelta(minutes=1) / minutes * columns)))
        if first < columns:
            line[first:last] = bar.key + ("━" if unicode else "=") * (last - first - 1)
    return "".join(line[:columns])
