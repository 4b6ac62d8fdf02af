"""Work that could be made ahead: it need not be done in the last two hours before minute 0."""

from __future__ import annotations

from catering_cli.scheduling.network import Net

LAST = -120
"""Minute from which only what must be fresh should still be worked on."""


def weights(net: Net) -> dict[int, int]:
    """Minutes of hands of each job that could end before the last two hours, by the job's index."""
    ahead = [i for i in range(len(net)) if _can_be_ahead(net, i)]
    hands = {i: net.jobs[i].hands for i in ahead}
    return {i: minutes for i, minutes in hands.items() if minutes}


def _can_be_ahead(net: Net, i: int) -> bool:
    """Whether the result keeps for so long, may wait for so long, and can be done by then."""
    job = net.jobs[i]
    if job.keeps < -LAST or net.low[i] + job.minutes > LAST:
        return False
    return all(limit is None or limit >= -LAST for _, limit in net.then[i])
