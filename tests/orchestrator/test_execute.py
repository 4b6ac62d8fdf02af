"""The executor: starts at once, fails narrowly, hands decisions on in plan order."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.domain.decision import Decided, Department
from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.orchestrator.ask import Asked
from catering_cli.orchestrator.execute import execute


def plan(**needs: str) -> ExecutionPlan:
    """plan(a="", b="a", c="a b")."""
    return ExecutionPlan(steps=tuple(Step(id=k, task="toy", needs=tuple(v.split())) for k, v in needs.items()))


def said(step: str, by: str = "mid") -> Asked:
    return Asked("accepted", by, (Decided(decision=Department(item=step, department="x"), by=by, step=step),))


def names(decisions: object) -> list[str]:
    return [decided.step for decided in decisions]  # type: ignore[attr-defined]


async def test_a_step_sees_its_ancestors_in_plan_order_and_nobody_else() -> None:
    seen: dict[str, list[str]] = {}

    async def run(step: Step, decisions: object) -> Asked:
        seen[step.id] = names(decisions)
        await asyncio.sleep({"a": 0.03, "b": 0.01}.get(step.id, 0))
        return said(step.id)

    await execute(plan(a="", b="", c="b a", d="b", e="c"), run)
    assert seen == {"a": [], "b": [], "c": ["a", "b"], "d": ["b"], "e": ["a", "b", "c"]}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_any_order_of_completion_gives_the_same_inheritance(seed: int, size: int) -> None:
    rng = random.Random(seed)
    ids = [f"s{i}" for i in range(size)]
    work = plan(**{name: " ".join(rng.sample(ids[:i], rng.randint(0, min(i, 3)))) for i, name in enumerate(ids)})

    async def once(order: random.Random) -> dict[str, list[str]]:
        seen: dict[str, list[str]] = {}

        async def run(step: Step, decisions: object) -> Asked:
            seen[step.id] = names(decisions)
            for _ in range(order.randint(0, 5)):
                await asyncio.sleep(0)
            return said(step.id)

        await execute(work, run)
        return seen

    assert asyncio.run(once(random.Random(1))) == asyncio.run(once(random.Random(2)))


async def test_a_step_starts_the_moment_its_own_needs_are_done() -> None:
    """`slow` ends only once `after` has begun: a scheduler that waited for the layer would stand still."""
    begun = asyncio.Event()

    async def run(step: Step, _decisions: object) -> Asked:
        if step.id == "after":
            begun.set()
        if step.id == "slow":
            await begun.wait()
        return said(step.id)

    done = await asyncio.wait_for(execute(plan(slow="", quick="", after="quick"), run), timeout=30)
    assert sorted(done.results) == ["after", "quick", "slow"]


async def test_a_failure_stops_what_depends_on_it_and_nothing_else() -> None:
    ran: list[str] = []

    async def run(step: Step, _decisions: object) -> Asked:
        ran.append(step.id)
        await asyncio.sleep(0.01)
        return Asked("failed") if step.id == "a" else said(step.id)

    done = await execute(plan(a="", b="a", c="b", d="", e="d"), run)
    assert sorted(ran) == ["a", "d", "e"]
    assert done.stopped == ("b", "c")


async def test_an_error_of_ours_waits_for_what_is_in_flight() -> None:
    finished: list[str] = []

    async def run(step: Step, _decisions: object) -> Asked:
        if step.id == "bug":
            raise LookupError("ours")
        await asyncio.sleep(0.02)
        finished.append(step.id)
        return said(step.id)

    with pytest.raises(LookupError, match="ours"):
        await execute(plan(bug="", paid="", later="paid"), run)
    assert finished == ["paid"]


async def test_what_is_there_already_is_not_run() -> None:
    ran: list[str] = []

    async def run(step: Step, decisions: object) -> Asked:
        ran.append(f"{step.id} after {names(decisions)}")
        return said(step.id)

    await execute(plan(root="", a="root"), run, {"root": said("root")})
    assert ran == ["a after ['root']"]
    assert (await execute(plan(root="", a="root"), run, {"root": Asked("failed")})).stopped == ("a",)
