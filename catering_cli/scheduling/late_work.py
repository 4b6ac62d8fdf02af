"""Work that could be made ahead: it need not be done in the last two hours before the first service."""

from __future__ import annotations

from catering_cli.scheduling.network import Net

LAST = -120
"""Minute from which a kitchen should be busy only with what must be fresh."""


def weights(net: Net) -> dict[int, int]:
    """Minutes of hands of each job that could end before the last two hours: it keeps so long, and says so.

    What a recipe does not say to keep (no make-ahead time and no shelf life) is not counted.
    """
    out = {}
    for i, job in enumerate(net.jobs):
        hands = sum(need.count * need.minutes for need in job.needs if need.options and need.options[0].kind == "staff")
        keeps = max(job.make_ahead_hours or 0, job.shelf_life_hours or 0) * 60
        free = all(limit is None or limit >= -LAST for _, limit in net.then[i])
        if job.dish and hands and keeps >= -LAST and free and net.low[i] + job.minutes <= LAST:
            out[i] = hands
    return out
