"""Fifty steps at once under a cap, against a server that charges and then hangs, cuts or answers."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from server import Server

from catering_cli.domain.execution import Tokens
from catering_cli.providers.base import Faulted, Reply, Request
from catering_cli.providers.gateway import Gateway
from catering_cli.providers.journal.database import Store
from catering_cli.providers.journal.journal import Journal
from catering_cli.providers.stack.limits import Limits
from catering_cli.routing.values import Price, Tier

TIER = Tier(provider="openai", model="m", price=Price(input=Decimal(1), output=Decimal(5)), name="mid")


def request(number: int, most: int) -> Request:
    return Request("m", "s", f"question {number}", {"type": "object"}, f"t{number}", most, timeout_s=1.0)


@pytest.mark.parametrize("kind", ["hang", "cut", "ok"])
async def test_the_servers_total_stays_under_the_cap_over_run_and_rerun(
    server: Server, tmp_path: Path, kind: str
) -> None:
    server.output_tokens = 150
    if kind != "ok":
        server.fail(kind, times=None)
    cap = Decimal("0.02")
    for _ in range(2):
        run = Journal(Store(tmp_path)).open_run("k")
        gateway = Gateway(run, cap, Limits({"openai": 50}), server.env(), tmp_path)
        asks = [gateway.provider(TIER).complete(request(number, 200 + number)) for number in range(50)]
        outcomes = await asyncio.gather(*asks, return_exceptions=True)
        assert all(isinstance(each, Reply | Faulted) for each in outcomes)
        price = gateway.price(TIER)
        assert price is not None
        charged = sum(price.usd(Tokens(input=a.input_tokens, output=tokens)) for a, _, tokens in server.answered)
        assert 0 < charged <= gateway.budget.spent() <= cap
        await gateway.close()
        run.leave()


async def test_with_room_for_two_reservations_smaller_steps_still_finish(server: Server, tmp_path: Path) -> None:
    server.output_tokens = 1
    gateway = Gateway(
        Journal(Store(tmp_path)).open_run("k"), Decimal("0.011"), Limits({"openai": 50}), server.env(), tmp_path
    )
    large = [gateway.provider(TIER).complete(request(number, 1_000)) for number in range(2)]
    too_large = [gateway.provider(TIER).complete(request(number, 4_000)) for number in range(2, 4)]
    small = [gateway.provider(TIER).complete(request(number, 50)) for number in range(4, 50)]
    outcomes = await asyncio.gather(*large, *too_large, *small, return_exceptions=True)
    assert [isinstance(each, Reply) for each in outcomes[:4]] == [True, True, False, False]
    assert sum(isinstance(each, Reply) for each in outcomes[4:]) >= 20, "what is smaller than what is left finishes"
    await gateway.close()
