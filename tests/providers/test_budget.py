"""The cap holds whatever happens, and what only waits for others in flight waits."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from server import Server

from catering_cli.domain.execution import Tokens
from catering_cli.providers import prices
from catering_cli.providers.base import Answer, Fault, Faulted, Reply, Request
from catering_cli.providers.journal.database import Store
from catering_cli.providers.journal.journal import Journal, RunJournal
from catering_cli.providers.prices import ModelPrice, model_price
from catering_cli.providers.stack.budget import Budget, Budgeted
from catering_cli.providers.vendors import openai
from catering_cli.providers.vendors.capabilities import capabilities
from catering_cli.routing.values import Price as Stated

CHEAP = model_price(
    "openai", "any", Stated(input=Decimal(0), output=Decimal(1000))
)  # a thousandth of a dollar a written token


@pytest.fixture
def run(tmp_path: Path) -> RunJournal:
    return Journal(Store(tmp_path)).open_run("k")


def request(most: int = 100, **changes) -> Request:
    return Request(
        **{"model": "m", "system": "s", "user": "u", "schema": {}, "schema_name": "t", "max_tokens": most, **changes}
    )


class Vendor:
    """Answers with so many tokens, or fails, once it may go on."""

    address = "nowhere"

    def __init__(self, output: int = 10, fault: Fault | None = None, go: asyncio.Event | None = None) -> None:
        self.output, self.fault, self.go, self.asked = output, fault, go, 0

    def body(self, request: Request) -> dict:
        return {"user": request.user}

    async def complete(self, _request: Request) -> Reply:
        self.asked += 1
        if self.go:
            await self.go.wait()
        if self.fault:
            raise Faulted(self.fault)
        return Reply({"output": self.output})

    def judge(self, reply: Reply) -> Answer:
        return Answer("yes", Tokens(output=reply.body["output"]))


async def test_a_reply_is_settled_at_its_usage(run: RunJournal) -> None:
    budget = Budget(run.store, run.id, Decimal(1))
    await Budgeted(Vendor(output=10), budget, CHEAP).complete(request())
    assert budget.spent() == Decimal("0.01")


@pytest.mark.parametrize(
    ("kind", "spent"),
    [("timeout", "0.1"), ("cut", "0.1"), ("server_error", "0"), ("rate_limited", "0"), ("connection", "0")],
)
async def test_what_may_have_been_charged_stays_spent(run: RunJournal, kind: str, spent: str) -> None:
    budget = Budget(run.store, run.id, Decimal(1))
    with pytest.raises(Faulted, match=kind):
        await Budgeted(Vendor(fault=Fault(kind)), budget, CHEAP).complete(request())
    assert budget.spent() == Decimal(spent)
    assert Budget(run.store, run.id, Decimal(1)).spent() == Decimal(spent)  # a run that is continued knows it


async def test_a_reply_without_usage_stays_spent(run: RunJournal) -> None:
    budget = Budget(run.store, run.id, Decimal(1))
    await Budgeted(Vendor(output=0), budget, CHEAP).complete(request())
    assert budget.spent() == Decimal("0.1")


async def test_what_does_not_fit_is_not_sent_and_a_smaller_one_still_is(run: RunJournal) -> None:
    vendor = Vendor(output=5)
    asked = Budgeted(vendor, Budget(run.store, run.id, Decimal("0.05")), CHEAP)
    with pytest.raises(Faulted, match="over_budget"):
        await asked.complete(request(60))
    assert vendor.asked == 0
    await asked.complete(request(50))
    await asked.complete(request(45))
    with pytest.raises(Faulted, match="over_budget"):
        await asked.complete(request(41))
    assert vendor.asked == 2


async def test_a_request_waits_while_only_others_in_flight_stand_in_the_way(run: RunJournal) -> None:
    go = asyncio.Event()
    vendor = Vendor(output=1, go=go)
    asked = Budgeted(vendor, Budget(run.store, run.id, Decimal("0.2")), CHEAP)
    three = [asyncio.create_task(asked.complete(request(100))) for _ in range(3)]
    for _ in range(5):
        await asyncio.sleep(0)
    assert vendor.asked == 2
    go.set()
    await asyncio.gather(*three)
    assert vendor.asked == 3  # once the first had cost 0.001 in place of 0.1, the third one fitted
    with pytest.raises(Faulted, match="over_budget"):
        await asked.complete(request(198))
    await asked.complete(request(197))


async def test_an_unpriced_model_is_refused_under_a_cap_only(run: RunJournal) -> None:
    vendor = Vendor()
    with pytest.raises(Faulted, match="no_price"):
        await Budgeted(vendor, Budget(run.store, run.id, Decimal(1)), None).complete(request())
    assert vendor.asked == 0
    await Budgeted(vendor, Budget(run.store, run.id, None), None).complete(request())
    assert vendor.asked == 1


async def test_fifty_at_once_stay_under_the_cap_over_run_and_rerun(server: Server, run: RunJournal) -> None:
    server.output_tokens = 20
    for kind in ("hang", "cut", "ok") * 20:
        if kind != "ok":
            server.fail(kind, task=f"t{len(server._failures)}")
    cap, known = Decimal("0.004"), model_price("openai", "gpt-6-luna", None)
    assert known is not None
    line = openai.sdk_client(f"{server.url}/v1", "k")
    vendor = openai.OpenAI(f"{server.url}/v1", "responses", capabilities("openai", "gpt-6-luna"), line)
    for _ in range(2):
        budget = Budget(run.store, run.id, cap)
        asked = Budgeted(vendor, budget, known)
        asks = [
            asked.complete(request(200 + i, schema_name=f"t{i}", user=f"question {i}", timeout_s=1.0))
            for i in range(50)
        ]
        outcomes = await asyncio.gather(*asks, return_exceptions=True)
        assert all(isinstance(each, Reply | Faulted) for each in outcomes)
        charged = sum(
            known.usd(Tokens(input=seen.input_tokens, output=tokens)) for seen, _kind, tokens in server.answered
        )
        assert charged <= budget.spent() <= cap
    assert len(server.answered) > 10
    await line.close()


def test_prices_come_from_the_yaml_then_from_the_table_and_are_never_zero_by_default() -> None:
    opus = model_price("anthropic", "claude-opus-5-5", None)
    assert opus is not None
    assert (opus.input, opus.output) == (4, 20)
    assert opus.usd(Tokens(input=1000, output=1000)) == Decimal("0.024")
    assert opus.usd(Tokens(input=1000, cached=1000)) < opus.usd(Tokens(input=1000))
    assert opus.worst(1000, 1000) >= opus.usd(Tokens(input=1000, written=1000, output=1000))
    assert model_price("openai", "gpt-6-lunatic", None) is None
    assert model_price("openai", "some-local-model", None) is None
    free = model_price("openai", "some-local-model", Stated(input=Decimal(0), output=Decimal(0)))
    assert free is not None
    assert free.worst(10_000, 10_000) == 0


def test_the_shipped_list_prices_are_those_of_the_price_table() -> None:
    usual = prices._usual()
    assert {model for _, model in usual} >= {"claude-opus-5-5", "claude-haiku-5-5", "gpt-6-luna"}
    for (provider, model), listed in usual.items():
        whole = prices._listed(provider, model)
        assert whole is not None, model
        assert (whole.input, whole.output) == listed, model


def test_a_long_prompt_costs_what_its_tier_costs() -> None:
    haiku = model_price("anthropic", "claude-haiku-5-5", None)
    assert isinstance(haiku, ModelPrice)
    assert haiku.usd(Tokens(input=200_000)) == Decimal("0.1")
    assert haiku.usd(Tokens(input=50_000)) == Decimal("0.005")


async def test_a_price_beyond_all_sense_is_refused_under_a_cap_and_breaks_nothing_without_one(run: RunJournal) -> None:
    absurd = model_price("openai", "any", Stated(input=Decimal(10**12), output=Decimal(10**12)))
    capped = Budget(run.store, run.id, Decimal(20_000))
    with pytest.raises(Faulted, match="over_budget"):
        await Budgeted(Vendor(), capped, absurd).complete(request())
    await Budgeted(Vendor(output=10**9), Budget(run.store, run.id, None), absurd).complete(request(10**9))
    assert capped.spent() > 9_000
