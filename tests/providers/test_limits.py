"""Places, rests, and who is passed over."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from typing import Any

import pytest
from server import Asked, Server

from catering_cli.providers.base import Fault, Faulted, Request
from catering_cli.providers.stack.limits import Limited, Limits, Place, reset_s
from catering_cli.providers.stack.load import Load
from catering_cli.providers.vendors import anthropic
from catering_cli.providers.vendors.capabilities import capabilities
from catering_cli.providers.vendors.http_headers import retry_after_s


class Clock:
    """A clock that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


MID = Place("mid", "anthropic", "anthropic")


def request(timeout_s: float = 30.0) -> Request:
    return Request("m", "s", "u", {}, "t", 10, timeout_s=timeout_s)


def claude(server: Server) -> Any:
    return anthropic.Anthropic(
        server.url, capabilities("anthropic", "claude-opus-5-5"), anthropic.sdk_client(server.url, "k")
    )


async def test_a_provider_takes_no_more_than_its_places(server: Server) -> None:
    server.latency = 0.03
    limits, vendor = Limits({"anthropic": 3}), claude(server)
    asked = Limited(vendor, limits, MID)
    asks = [asyncio.create_task(asked.complete(request())) for _ in range(12)]
    await asyncio.sleep(0)
    assert limits.state("mid", "anthropic") == "saturated"
    assert limits.state("efficient", "openai") == ""
    await asyncio.gather(*asks)
    assert server.most_at_once == 3
    assert limits.state("mid", "anthropic") == ""
    await vendor.close()


async def test_a_tier_rests_as_long_as_its_vendor_says(server: Server) -> None:
    clock = Clock()
    limits, vendor = Limits({}, clock), claude(server)
    asked = Limited(vendor, limits, MID)
    server.fail("429", retry_after=3)
    with pytest.raises(Faulted, match="rate_limited"):
        await asked.complete(request())
    assert limits.state("mid", "anthropic") == "cooling"
    assert limits.state("planner", "anthropic") == ""
    with pytest.raises(Faulted, match="cooling") as caught:
        await asked.complete(request())
    assert caught.value.fault.retry_after_s == 3.0
    assert len(server.log) == 1
    clock.now += 3.0
    await asked.complete(request())
    assert limits.state("mid", "anthropic") == ""
    await vendor.close()


async def test_a_server_error_that_names_a_time_is_not_asked_again_before_it(server: Server) -> None:
    limits, vendor = Limits({}, Clock()), claude(server)
    asked = Limited(vendor, limits, MID)
    server.headers = {"retry-after": "2"}
    server.fail("500")
    for kind in ("server_error", "cooling"):
        with pytest.raises(Faulted, match=kind):
            await asked.complete(request())
    assert len(server.log) == 1
    await vendor.close()


async def test_a_patient_one_waits_where_nobody_else_is_left(server: Server) -> None:
    limits, vendor = Limits({}), claude(server)
    asked = Limited(vendor, limits, MID, patience_s=1.0)
    limits.cool("mid", 0.05)
    await asked.complete(request())
    limits.cool("mid", 60)
    with pytest.raises(Faulted, match="cooling"):
        await asked.complete(request())
    await vendor.close()


async def test_headers_that_say_nothing_remains_send_a_tier_to_rest(server: Server) -> None:
    clock = Clock()
    limits, vendor = Limits({}, clock, lambda: 1_700_000_000.0), claude(server)
    server.headers = {
        "anthropic-ratelimit-requests-remaining": "0",
        "anthropic-ratelimit-requests-reset": "2023-11-14T22:13:30Z",
        "anthropic-ratelimit-tokens-remaining": "900",
        "anthropic-ratelimit-tokens-reset": "2030-01-01T00:00:00Z",
    }
    await Limited(vendor, limits, MID).complete(request())
    assert limits.cooling_s("mid") == 10.0
    await vendor.close()


async def _until_answered(asked: Limited, each: Request) -> None:
    for _ in range(20):
        with suppress(Faulted):
            await asked.complete(each)
            return
    raise AssertionError("it was never answered")


async def test_a_bucket_that_fills_slowly_answers_all(server: Server) -> None:
    let_through: deque[float] = deque()

    def bucket(_asked: Asked) -> tuple[int, str, dict[str, str]] | None:
        now = time.monotonic()
        while let_through and now - let_through[0] > 0.4:
            let_through.popleft()
        if len(let_through) == 5:
            return 429, '{"error": {"type": "rate_limit_error"}}', {"retry-after": "0.2"}
        let_through.append(now)
        return None

    server.instead = bucket
    limits, vendor = Limits({"anthropic": 4}), claude(server)
    asked = Limited(vendor, limits, MID, patience_s=5.0)
    await asyncio.gather(*(_until_answered(asked, request()) for _ in range(30)))
    assert len(server.log) <= 2.5 * 30, "who waits does not knock"
    await vendor.close()


async def test_of_the_calls_that_wait_the_one_goes_next_whose_deadline_comes_first() -> None:
    load = Load(Clock())
    load.refused(0.0, 5.0, load.round)
    went: list[int] = []
    most_at_once: list[int] = []
    flying = 0

    async def call(deadline: int) -> None:
        nonlocal flying
        async with load.turn(deadline, lambda: 0.0) as begun_in:
            went.append(deadline)
            flying += 1
            most_at_once.append(flying)
            await asyncio.sleep(0)
            flying -= 1
        load.answered(begun_in)

    deadlines = [7, 3, 9, 1, 12, 4, 8, 2, 11, 5, 10, 6]
    await asyncio.gather(*(call(deadline) for deadline in deadlines))
    assert went[0] == 7, "who comes while none waits goes at once"
    assert went[1:] == sorted(set(deadlines) - {7})
    assert most_at_once[:3] == [1, 1, 2], "one, then two, then four"


def test_a_vendor_that_names_no_rest_is_asked_less_and_less_often() -> None:
    clock = Clock()
    limits = Limits({}, clock)
    for rest in (5.0, 10.0, 20.0):
        begun_in = limits.load("mid").round
        for _ in range(3):
            assert limits.meet("mid", Fault("overloaded"), "anthropic", begun_in).retry_after_s == rest
        clock.now += rest
    assert limits.load("mid").busy_s() == 35.0
    limits.answered("mid", "anthropic", limits.load("mid").round)
    assert limits.load("mid").busy_s() == 0.0


async def test_a_tier_that_only_refuses_is_waited_for_once_and_not_by_each_step(server: Server) -> None:
    clock = Clock()
    limits, vendor = Limits({}, clock), claude(server)
    asked = Limited(vendor, limits, MID, patience_s=12.0)
    limits.meet("mid", Fault("rate_limited"), "anthropic")
    clock.now += 10
    limits.meet("mid", Fault("rate_limited"), "anthropic", 1)
    for _ in range(3):
        with pytest.raises(Faulted, match="cooling"):
            await asked.complete(request())
    assert server.log == []
    await vendor.close()


def test_a_fault_for_the_run_keeps_a_tier_out_and_says_why() -> None:
    clock = Clock()
    limits = Limits({}, clock)
    limits.tier_out("mid", "run", Fault("bad_key"))
    limits.tier_out("planner", "cooldown", Fault("overloaded"))
    limits.tier_out("efficient", "step", Fault("refused"))
    assert limits.state("mid", "anthropic") == "bad_key"
    assert limits.state("planner", "anthropic") == "cooling"
    assert limits.state("efficient", "openai") == ""
    clock.now += 3600
    assert limits.state("mid", "anthropic") == "bad_key"
    assert limits.state("planner", "anthropic") == ""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1m30s", 90.0),
        ("20ms", 0.02),
        ("7", 7.0),
        ("6h", 21600.0),
        ("1970-01-01T00:01:05Z", 5.0),
        ("soon", 0.0),
        ("", 0.0),
    ],
)
def test_forms_of_a_reset(text: str, seconds: float) -> None:
    assert reset_s(text, 60.0) == pytest.approx(seconds)


def test_a_date_is_held_against_the_servers_clock_and_not_against_ours() -> None:
    date = {"date": "Mon, 23 Nov 2026 00:00:00 GMT"}
    used_up = {**date, "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "2026-11-23T00:00:09Z"}
    for wall in (0.0, 1e9, 4e9):
        assert retry_after_s({**date, "retry-after": "Mon, 23 Nov 2026 00:00:07 GMT"}, now=wall) == 7
        limits = Limits({}, clock=lambda: 0.0, wall=lambda wall=wall: wall)
        limits.heed("a", used_up)
        assert limits.cooling_s("a") == 9
    assert retry_after_s({"date": "soon", "retry-after": "Mon, 99 Foo 99999 99:99:99 GMT"}) is None


def test_the_second_fault_of_the_line_in_a_row_sends_a_tier_to_rest_for_longer_each_time() -> None:
    clock = Clock()
    limits = Limits({}, clock)
    limits.meet("mid", Fault("timeout"), "anthropic")
    assert limits.state("mid", "anthropic") == ""
    limits.meet("mid", Fault("server_error"), "anthropic")
    assert limits.state("mid", "anthropic") == "server_error"
    assert limits.state("planner", "anthropic") == ""
    clock.now += 10
    assert limits.state("mid", "anthropic") == ""
    limits.meet("mid", Fault("timeout"), "anthropic")
    clock.now += 19
    assert limits.state("mid", "anthropic") == "timeout"
    clock.now += 1
    limits.answered("mid", "anthropic")
    limits.meet("mid", Fault("timeout"), "anthropic")
    assert limits.state("mid", "anthropic") == ""


def test_a_vendor_whose_tiers_all_fail_rests_as_a_whole() -> None:
    limits = Limits({}, Clock())
    for tier in ("a", "b", "c", "d"):
        limits.meet(tier, Fault("timeout"), "openai")
    assert limits.state("e", "openai") == "timeout"
    assert limits.state("e", "anthropic") == ""
