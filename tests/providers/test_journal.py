"""What is kept, what is replayed, which run is continued."""

from __future__ import annotations

import asyncio
import itertools
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from catering_cli.domain.problem import Refused
from catering_cli.providers.base import Faulted, Reply, Request
from catering_cli.providers.journal.database import Store, state_folder
from catering_cli.providers.journal.journal import Journal, digest
from catering_cli.providers.stack.journaled import Journaled
from catering_cli.providers.vendors.scripted import Entry, Scripted

ROOT = Path(__file__).parents[2]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    tokens = itertools.count()
    return Journal(Store(tmp_path / "state"), clock=lambda: 1_800_000_000.0, token=lambda: f"t{next(tokens)}")


def request(user: str = "u", ordinal: int = 0) -> Request:
    return Request("m", "s", user, {}, "colours", 10, ordinal=ordinal)


def says(*replies: dict) -> Scripted:
    return Scripted((Entry("*", "", replies),))


class Counting:
    """A provider that counts, and waits until told to go on."""

    def __init__(self, inner: Scripted, go: asyncio.Event) -> None:
        self.inner, self.go, self.count = inner, go, 0
        self.address, self.body, self.judge = inner.address, inner.body, inner.judge

    async def complete(self, request: Request) -> Reply:
        self.count += 1
        await self.go.wait()
        return await self.inner.complete(request)


async def test_a_reply_is_replayed_within_its_run_good_or_bad(journal: Journal) -> None:
    vendor = says({"fault": "truncated", "answer": "hal"}, {"answer": "two"}, {"answer": "three"})
    asked = Journaled(vendor, journal.open_run("k"))
    first = await asked.complete(request())
    assert asked.journalled(request())
    assert not asked.journalled(request(ordinal=1))
    again = await asked.complete(request())
    assert (first.journalled, again.journalled, again.body) == (False, True, first.body)
    with pytest.raises(Faulted, match="truncated"):
        asked.judge(again)
    second = await asked.complete(request(ordinal=1))
    assert asked.judge(second).text == "two"
    assert asked.judge(await asked.complete(request("other"))).text == "three"


async def test_a_fault_without_a_reply_is_asked_again(journal: Journal) -> None:
    asked = Journaled(says({"fault": "server_error"}, {"answer": "yes"}), journal.open_run("k"))
    with pytest.raises(Faulted, match="server_error"):
        await asked.complete(request())
    assert asked.judge(await asked.complete(request())).text == "yes"


async def test_after_a_restart_a_try_that_brought_no_reply_is_not_made_again(journal: Journal) -> None:
    run = journal.open_run("k")
    asked = Journaled(says({"fault": "server_error"}, {"answer": "one"}), run)
    with pytest.raises(Faulted, match="server_error"):
        await asked.complete(request())
    await asked.complete(request(ordinal=1))
    run.leave()
    again = Journaled(says({"answer": "two"}), journal.open_run("k"))
    assert again.journalled(request())
    replayed = await again.complete(request())
    assert (replayed.journalled, again.judge(replayed).text) == (True, "one")
    assert not again.journalled(request(ordinal=1))  # the first one was not good enough: this is a new try
    fresh = await again.complete(request(ordinal=1))
    assert (fresh.journalled, again.judge(fresh).text) == (False, "two")


async def test_a_second_asker_of_the_same_request_waits_for_the_first(journal: Journal) -> None:
    go = asyncio.Event()
    vendor = Counting(says({"answer": "one"}, {"answer": "two"}), go)
    asked = Journaled(vendor, journal.open_run("k"))
    both = asyncio.gather(asked.complete(request()), asked.complete(request()))
    await asyncio.sleep(0)
    go.set()
    first, second = await both
    assert vendor.count == 1
    assert (first.body, first.journalled, second.journalled) == (second.body, False, True)


async def test_what_is_in_flight_is_journalled_when_its_asker_is_cancelled(journal: Journal) -> None:
    go, run = asyncio.Event(), journal.open_run("k")
    asked = Journaled(Counting(says({"answer": "paid"}), go), run)
    asker = asyncio.create_task(asked.complete(request()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asker.cancel()
    go.set()
    await asyncio.gather(asker, *run.asking.values(), return_exceptions=True)
    assert asker.cancelled()
    assert asked.journalled(request())


async def test_the_newest_unfinished_run_is_continued(journal: Journal) -> None:
    first = journal.open_run("k", title="Gala")
    await Journaled(says({"answer": "x"}), first).complete(request())
    second = journal.open_run("k")
    assert second.id != first.id  # alive: nobody else may continue it
    first.leave()
    assert journal.open_run("other").id != first.id
    again = journal.open_run("k")
    assert (again.id, again.continued) == (first.id, True)
    assert Journaled(says(), again).journalled(request())
    again.finish('{"usd": 1}')
    third = journal.open_run("k")
    assert third.id != first.id
    assert not Journaled(says(), third).journalled(request())  # replies stay with their run
    [replied] = journal.replies(first.id)
    assert (replied.task, replied.model) == ("colours", "m")
    states = {run.id: (run.state, run.replies, run.record) for run in journal.runs()}
    assert states[first.id] == ("finished", 1, '{"usd": 1}')
    assert states[third.id] == ("live", 0, "")


def test_what_stood_is_recalled_across_runs_unless_a_run_is_fresh(journal: Journal) -> None:
    first = journal.open_run("k")
    first.keep("answer", "1")
    first.finish()
    assert journal.open_run("another").recall("answer") == "1"
    fresh = journal.open_run("k", fresh=True)
    assert fresh.recall("answer") is None
    fresh.keep("answer", "2")
    assert fresh.recall("answer") == "2"
    assert journal.open_run("third").recall("answer") == "2"
    fresh.keep("answer", "3")
    assert fresh.recall("answer") == "3"


def test_half_a_character_of_an_order_is_kept_as_it_is(journal: Journal) -> None:
    run = journal.open_run("k", title="Fe\ud83dst")
    run.keep("answer", '"half \ud83d"')
    assert run.recall("answer") == '"half \ud83d"'
    run.note("so far")
    [listed] = journal.runs()
    assert (listed.title, listed.record, listed.usd) == ("Fe\ud83dst", "so far", 0)


def test_two_processes_write_at_once(journal: Journal) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from catering_cli.providers.journal.journal import Journal\n"
        "from catering_cli.providers.journal.database import Store\n"
        "run = Journal(Store(Path(sys.argv[1]))).open_run('k')\n"
        "for i in range(200): run.keep(f'{sys.argv[2]}-{i}', 'x' * 2000)\n"
        "run.finish()"
    )
    command = [sys.executable, "-c", code, str(journal.store.folder)]
    writers = [subprocess.Popen([*command, str(name)], cwd=ROOT) for name in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    reader = journal.open_run("k")
    assert all(reader.recall(f"{name}-{i}") for name in range(3) for i in range(200))
    assert len(journal.runs()) == 4


def test_prune_forgets_what_nobody_is_at(journal: Journal) -> None:
    old, live = journal.open_run("a"), journal.open_run("b")
    old.keep("answer", "1")
    old.leave()
    assert journal.prune(before=1.0) == 0
    assert journal.prune() == 1
    assert [run.id for run in journal.runs()] == [live.id]
    assert live.recall("answer") is None


def test_the_file_is_private_and_found_by_the_environment(tmp_path: Path) -> None:
    store = Store(state_folder({"XDG_STATE_HOME": str(tmp_path)}))
    assert store.folder == tmp_path / "catering"
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    for file in store.folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert state_folder({"CATERING_STATE": "/x", "XDG_STATE_HOME": "/y"}) == Path("/x")


def test_a_file_that_is_no_journal_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").write_text("this is a shopping list, not a database at all" * 30)
    with pytest.raises(Refused, match=r"cannot be opened.*CATERING_STATE"):
        Store(tmp_path)
    newer = tmp_path / "newer"
    newer.mkdir()
    with sqlite3.connect(newer / "journal.sqlite3") as db:
        db.execute("PRAGMA user_version = 99")
    old = tmp_path / "old"
    old.mkdir()
    with sqlite3.connect(old / "journal.sqlite3") as db:
        db.execute("CREATE TABLE replies (old TEXT)")
        db.execute("PRAGMA user_version = 1")
    assert Journal(Store(old)).runs() == ()
    with pytest.raises(Refused, match="newer version"):
        Store(newer)


def test_a_killed_process_leaves_its_run_to_the_next(journal: Journal) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from catering_cli.providers.journal.journal import Journal\n"
        "from catering_cli.providers.journal.database import Store\n"
        "run = Journal(Store(Path(sys.argv[1]))).open_run('k'); run.keep('answer', '1')\n"
        "print(run.id, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(journal.store.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}) as process:
        run = process.stdout.readline().strip()
        assert {listed.id: listed.state for listed in journal.runs()} == {run: "live"}
        other = journal.open_run("k")
        assert other.id != run
        other.finish()
        process.kill()
    continued = journal.open_run("k")
    assert (continued.id, continued.recall("answer")) == (run, "1")


def test_a_hash_depends_on_values_alone() -> None:
    assert digest({"a": 1, "b": [2]}, "x") == digest({"b": [2], "a": 1}, "x")
    assert len({digest({"a": 1}), digest({"a": 2}), digest({"a": 1}, 0), digest({"a": "1"})}) == 4


SHARED_LOCK = (0x40000002, 510)
"""Bytes of a database file of which a connection of SQLite holds one (https://www.sqlite.org/fileformat.html)."""


def test_a_second_connection_does_not_drop_the_locks_of_the_first(tmp_path: Path) -> None:
    first = Store(tmp_path)
    first.rows("SELECT count(*) FROM runs")
    second = Store(tmp_path)
    taking = (
        "import fcntl, sys; file = open(sys.argv[1], 'r+b')\n"
        f"fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, {SHARED_LOCK[1]}, {SHARED_LOCK[0]})"
    )
    taken = subprocess.run([sys.executable, "-c", taking, str(first.file)], capture_output=True, check=False)
    assert b"BlockingIOError" in taken.stderr
    second.close()
    first.close()
