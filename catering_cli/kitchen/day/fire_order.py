"""Fire order as it was decided: the last work on a dish begins when the first load of another is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catering_cli.domain.decision import FireOrder
from catering_cli.kitchen.day.work import Work
from catering_cli.kitchen.menu.decisions import DecisionIndex

Turn = tuple[Work, Work]
"""What has to be over, and what then begins."""


def turns(works: Sequence[Work], judged: DecisionIndex) -> Iterator[Turn]:
    """The first load of the last work on the earlier dish, before each load of the last work on the later one."""
    for fired, _ in judged.all(FireOrder):
        first = [work for work in _last_work(works, fired.after) if work.batch == 1]
        for later in _last_work(works, fired.dish):
            yield from ((earlier, later) for earlier in first)


def _last_work(works: Sequence[Work], dish: str) -> list[Work]:
    """Work on the steps of a dish that no other of its steps waits for."""
    own = [work for work in works if work.dish == dish and work.step is not None]
    waited_for = {after.work for work in own for after in work.after}
    followed = {work.step for work in own if work.id in waited_for}
    return [work for work in own if work.step not in followed]
