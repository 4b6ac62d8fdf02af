"""The runs of one command share a purse, whichever process each is in."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from catering_cli.providers.base import Faulted
from catering_cli.providers.journal.database import Store
from catering_cli.providers.journal.journal import Journal, RunJournal
from catering_cli.providers.stack.budget import Budget


def run_of(tmp_path: Path, key: str) -> RunJournal:
    """A run with a connection of its own, as another process would have it."""
    run = Journal(Store(tmp_path / "state")).open_run(key)
    run.join("one command")
    return run


def budget(run: RunJournal) -> Budget:
    return Budget(run.store, run.id, Decimal(1), purse=run.purse)


async def test_what_one_run_spends_another_has_not(tmp_path):
    first, second = (budget(run_of(tmp_path, key)) for key in ("a", "b"))
    await first.settle(await first.reserve(Decimal("0.7")), Decimal("0.6"))
    assert second.spent() == Decimal("0.6")
    with pytest.raises(Faulted, match="over the cost cap"):
        await second.reserve(Decimal("0.5"))


async def test_a_request_waits_for_what_another_process_has_in_flight(tmp_path):
    first, second = (budget(run_of(tmp_path, key)) for key in ("a", "b"))
    ticket = await first.reserve(Decimal("0.8"))
    asking = asyncio.create_task(second.reserve(Decimal("0.5")))
    await asyncio.sleep(0.05)
    assert not asking.done()
    await first.settle(ticket, Decimal("0.1"))
    await asyncio.wait_for(asking, 5)
    assert second.spent() == Decimal("0.6")


async def test_runs_without_a_purse_share_nothing(tmp_path):
    journal = Journal(Store(tmp_path / "state"))
    first, second = (journal.open_run(key) for key in ("a", "b"))
    one, other = (Budget(run.store, run.id, Decimal(1)) for run in (first, second))
    await one.reserve(Decimal("0.9"))
    assert other.spent() == 0
