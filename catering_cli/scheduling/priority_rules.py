"""Rules of priority: which of the jobs that could be placed next is placed first."""

from __future__ import annotations

from collections.abc import Callable

from catering_cli.scheduling.network import Net

RULES = ("window", "demand", "late", "long")
"""Least freedom, most demand, latest end, latest start: in the order in which they are tried."""

Key = tuple[int, ...]
"""What orders the jobs that could be placed next: the least first."""


def _by_window(net: Net, i: int) -> Key:
    return net.tight[i], -net.high[i]


def _by_demand(net: Net, i: int) -> Key:
    asked = sum(need.load for need in net.jobs[i].needs)
    return -asked, net.tight[i]


def _by_late(net: Net, i: int) -> Key:
    latest_end = net.high[i] + net.minutes[i]
    return -latest_end, net.tight[i]


def _by_long(net: Net, i: int) -> Key:
    return net.high[i], net.tight[i]


KEYS: dict[str, Callable[[Net, int], Key]] = {
    "window": _by_window,
    "demand": _by_demand,
    "late": _by_late,
    "long": _by_long,
}
"""The key of each rule."""
