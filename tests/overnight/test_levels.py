"""One level of questions: written down, sent to both vendors' batches over HTTP, and journalled as they come."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from batch_vendor import BatchVendor

from catering_cli.providers.base import Faulted, Postponed, Reply, Request
from catering_cli.providers.gateway import Gateway
from catering_cli.providers.journal.database import Store
from catering_cli.providers.journal.journal import Journal
from catering_cli.providers.overnight.claims import Out, claimed, out
from catering_cli.providers.overnight.sending import Level, Night
from catering_cli.providers.prices import model_price
from catering_cli.providers.stack.limits import Limits
from catering_cli.providers.vendors.registry import Vendors
from catering_cli.routing.values import Price, Tier

TIERS = {
    name: Tier(provider=provider, model=f"{name}-model", price=Price(input=Decimal(1), output=Decimal(5)), name=name)
    for name, provider in (("first", "anthropic"), ("second", "openai"))
}
OBJECT = {"type": "object", "properties": {}}
FACTS = [(name, number) for name in TIERS for number in range(4)]


def request(tier: str, number: int) -> Request:
    return Request(f"{tier}-model", "s", f"question {number}", OBJECT, f"t{number}", 100, timeout_s=5.0)


class House:
    """One state folder; `ask` asks all questions in one process, `level` sends what they wait for."""

    def __init__(self, vendor: BatchVendor, folder: Path, cap: Decimal | None = None) -> None:
        self.vendor, self.folder, self.cap = vendor, folder, cap

    async def ask(self, key: str = "k", purse: str = "purse") -> list[Any]:
        store = Store(self.folder)
        run = Journal(store).open_run(key)
        run.join(purse)
        gateway = Gateway(run, self.cap, Limits({}), self.vendor.env(), self.folder, overnight=True)
        asks = [gateway.provider(TIERS[tier]).complete(request(tier, number)) for tier, number in FACTS]
        came = await asyncio.gather(*asks, return_exceptions=True)
        self.spent = gateway.budget.spent()
        await gateway.close()
        run.leave()
        store.close()
        return came

    async def level(self, wait_s: float = 60.0, purse: str = "purse") -> Level:
        store = Store(self.folder)
        vendors = Vendors(self.vendor.env(), self.folder)
        level = await Night(store, purse, TIERS, vendors, wait_s, lambda _said: None).level()
        store.close()
        return level


@pytest.fixture
def house(vendor: BatchVendor, tmp_path: Path) -> House:
    return House(vendor, tmp_path)


def all_are(came: list[Any], kind: type) -> bool:
    return all(isinstance(one, kind) for one in came)


async def test_each_question_gets_its_own_answer_at_half_price(vendor: BatchVendor, house: House) -> None:
    for number in range(4):
        vendor.say(f"t{number}", {"n": number})
    assert all_are(await house.ask(), Postponed)
    assert await house.level() == Level(8, 8)
    came = await house.ask()
    assert all_are(came, Reply)
    assert all(reply.overnight for reply in came)
    vendors = Vendors(vendor.env(), house.folder)
    said = [vendors.of(TIERS[tier]).judge(reply) for (tier, _), reply in zip(FACTS, came, strict=True)]
    assert [json.loads(one.text)["n"] for one in said] == [number for _, number in FACTS]
    price = model_price("anthropic", "first-model", TIERS["first"].price)
    assert price
    listed = sum(price.usd(one.tokens) for one in said)
    assert house.spent * 2 == listed
    assert listed > 0
    assert not vendor.log
    assert len(vendor.batches) == len(TIERS)
    assert await house.level() == Level(0, 0)


async def test_a_question_that_two_runs_ask_alike_is_sent_once(house: House) -> None:
    assert all_are(await house.ask("a"), Postponed)
    assert all_are(await house.ask("b"), Postponed)
    assert await house.level() == Level(8, 8)
    one, other = await house.ask("a"), await house.ask("b")
    assert [reply.overnight for reply in one] == [True] * 8
    assert [(reply.journalled, reply.overnight) for reply in other] == [(True, False)] * 8
    assert [reply.body for reply in one] == [reply.body for reply in other]


async def test_a_question_that_two_commands_ask_alike_is_sent_once(vendor: BatchVendor, house: House) -> None:
    await house.ask("a", "one")
    await house.ask("b", "other")
    store = Store(house.folder)
    with claimed(store, "a", "one"), claimed(store, "b", "other"):
        levels = await asyncio.gather(house.level(purse="one"), house.level(purse="other"))
        assert levels == [Level(8, 8), Level(8, 8)]
    store.close()
    assert len(vendor.batches) == len(TIERS)
    assert [reply.overnight for reply in await house.ask("a", "one")] == [True] * 8
    assert [reply.overnight for reply in await house.ask("b", "other")] == [False] * 8
    assert house.spent == 0
    assert not vendor.log


async def test_a_batch_of_a_command_that_is_gone_is_taken_up_by_who_asks_alike(
    vendor: BatchVendor, house: House
) -> None:
    vendor.looks = 1_000_000
    await house.ask("a", "one")
    await killed(house, 1.0, "one")
    await house.ask("b", "other")
    for batch in vendor.batches:
        batch.looks = 1
    assert await house.level(purse="other") == Level(8, 8)
    assert all_are(await house.ask("a", "one"), Reply)
    assert all_are(await house.ask("b", "other"), Reply)
    assert len(vendor.batches) == len(TIERS)
    assert not vendor.log


async def test_what_goes_by_night_is_not_asked_by_day(vendor: BatchVendor, house: House) -> None:
    store = Store(house.folder)
    with claimed(store, "k", "purse"):
        await house.ask()
        assert out(store, "k", "") == Out(live=True, questions=0)
        assert out(store, "another", "") is None
    assert out(store, "k", "") is None
    assert await house.level() == Level(0, 0), "what was never sent is asked as always"
    vendor.looks = 1_000_000
    await house.ask()
    await killed(house, 1.0)
    assert out(store, "k", "") == Out(live=False, questions=8)
    store.close()


def test_an_order_that_is_planned_now_is_not_sent_by_night(tmp_path: Path) -> None:
    store = Store(tmp_path)
    run = Journal(store).open_run("k")
    with claimed(store, "kl", "purse") as taken:
        assert taken == {"k"}
    run.leave()
    with claimed(store, "kl", "purse") as taken:
        assert taken == frozenset()
    store.close()


@pytest.mark.parametrize("fate", ["expired", "errored"])
async def test_what_fails_in_part_is_asked_as_always_in_that_part(vendor: BatchVendor, house: House, fate: str) -> None:
    vendor.fate = lambda asked: fate if asked.task in ("t1", "t3") else "ok"
    await house.ask()
    assert await house.level() == Level(8, 4)
    came = await house.ask()
    assert [reply.overnight for reply in came] == [True, False, True, False] * 2
    assert sorted(asked.task for asked in vendor.log) == ["t1", "t1", "t3", "t3"]


async def test_what_is_late_is_cancelled(vendor: BatchVendor, house: House) -> None:
    vendor.looks = 1_000
    await house.ask()
    assert await house.level(wait_s=0.1) == Level(8, 0)
    assert all(batch.cancelled for batch in vendor.batches)
    assert all_are(await house.ask(), Reply)
    assert len(vendor.log) == len(FACTS)


async def test_a_vendor_without_batches_is_asked_as_always(vendor: BatchVendor, house: House) -> None:
    vendor.refuses = 404
    await house.ask()
    assert await house.level() == Level(8, 0)
    assert all_are(await house.ask(), Reply)
    assert len(vendor.log) == len(FACTS)


async def killed(house: House, seconds: float, purse: str = "purse") -> None:
    """A command that is gone while its batches are out."""
    task = asyncio.create_task(house.level(purse=purse))
    await asyncio.sleep(seconds)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("told", [True, False], ids=["its id journalled", "its id never told"])
async def test_a_batch_that_is_out_is_not_sent_again(vendor: BatchVendor, house: House, told: bool) -> None:
    vendor.looks = 1_000_000
    vendor.hangs_after_taking = not told
    await house.ask()
    await killed(house, 2.0)
    assert len(vendor.batches) == len(TIERS)
    vendor.hangs_after_taking = False
    for batch in vendor.batches:
        batch.looks = 1
    assert all_are(await house.ask(), Postponed)
    assert await house.level() == Level(8, 8)
    assert all_are(await house.ask(), Reply)
    assert len(vendor.batches) == len(TIERS)
    assert not vendor.log


async def test_a_line_that_breaks_as_a_batch_is_taken_sends_nothing_twice(vendor: BatchVendor, house: House) -> None:
    vendor.cuts = 2
    await house.ask()
    assert await house.level() == Level(8, 8)
    assert len(vendor.batches) == len(TIERS)


async def test_what_the_cap_does_not_bear_is_refused_and_what_may_still_fit_waits(
    vendor: BatchVendor, tmp_path: Path
) -> None:
    cap = Decimal("0.0025")
    house = House(vendor, tmp_path, cap)
    came = await house.ask()
    assert all_are(came, Postponed), "what is set aside may come back"
    for _ in range(8):
        level = await house.level()
        came = await house.ask()
        assert house.spent <= cap
        if not level.sent:
            break
    assert {type(one) for one in came} <= {Reply, Faulted}
    assert any(isinstance(one, Reply) for one in came)


def test_of_two_commands_at_once_one_has_what_both_want_and_leaves_it_as_it_ends(tmp_path: Path) -> None:
    store, other = Store(tmp_path), Store(tmp_path)
    with claimed(store, "ab", "first") as gone:
        assert gone == frozenset()
        with claimed(other, "bc", "second") as taken:
            assert taken == {"b"}
        with claimed(other, "c", "third") as free:
            assert free == frozenset()
    store.rows("INSERT INTO claims (key, purse) VALUES ('d', 'killed')")
    with claimed(other, "abd", "fourth") as left:
        assert left == frozenset()
    assert not list(tmp_path.glob("*.lock"))
    store.close()
    other.close()


def test_a_run_whose_batches_are_out_is_not_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    journal = Journal(store)
    run = journal.open_run("k")
    run.join("purse")
    run.leave()
    with claimed(store, "k", "purse"):
        assert [listed.state for listed in journal.runs()] == ["live"]
        assert journal.prune() == 0
    assert journal.prune() == 1
    store.close()
