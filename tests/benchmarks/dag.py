"""Wall time of a DAG of steps over its critical path: ours beside the lab's sequential loop and gather by layer.

    python tests/benchmarks/dag.py [--rounds 5] [--wide]

The 12-step DAG: the root, then layers of 4, 5 and 2, each step after one to three of the layer before; 50 to 400 ms
each, seeded. Every call is an HTTP POST by the SDK to a server in a process of its own; parsing, checking, budget and
journal are included, importing is not. `--wide` runs 500 steps on the scripted provider, and counts CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "orchestrator")]

from server import Asked, Server  # noqa: E402
from toy import TOY, Items  # noqa: E402

from catering_cli.domain.execution import ExecutionPlan, Step  # noqa: E402
from catering_cli.orchestrator import ask as asking  # noqa: E402
from catering_cli.orchestrator.context import RunContext, TierCall, TierChain  # noqa: E402
from catering_cli.orchestrator.execute import execute  # noqa: E402
from catering_cli.providers.gateway import Gateway  # noqa: E402
from catering_cli.providers.journal.database import Store  # noqa: E402
from catering_cli.providers.journal.journal import Journal  # noqa: E402
from catering_cli.providers.stack.limits import Limits  # noqa: E402
from catering_cli.providers.vendors.scripted import Entry, Scripted  # noqa: E402
from catering_cli.routing.values import Price, Tier  # noqa: E402

SEED = 7
TWELVE = (1, 4, 5, 2)
WIDE = (1, 99, 150, 150, 100)

Runner = Callable[[ExecutionPlan, Callable[[Step], Awaitable[Any]]], Awaitable[None]]


def layered(seed: int, widths: tuple[int, ...]) -> tuple[ExecutionPlan, dict[str, float]]:
    """The DAG and the seconds of each step."""
    rng = random.Random(seed)
    steps: list[Step] = []
    before: list[str] = []
    for layer, width in enumerate(widths):
        ids = [f"s{layer}.{number}" for number in range(width)]
        for one in ids:
            needs = tuple(rng.sample(before, min(len(before), rng.randint(1, 3)))) if before else ()
            steps.append(Step(id=one, task="toy", needs=needs))
        before = ids
    return ExecutionPlan(steps=tuple(steps)), {step.id: rng.uniform(0.05, 0.4) for step in steps}


def critical_path(work: ExecutionPlan, seconds: Mapping[str, float]) -> float:
    """Seconds of the longest chain of needs."""
    ends: dict[str, float] = {}
    for step in work.steps:
        ends[step.id] = seconds[step.id] + max((ends[need] for need in step.needs), default=0.0)
    return max(ends.values())


async def in_a_row(work: ExecutionPlan, step: Callable[[Step], Awaitable[Any]]) -> None:
    """The lab's loop."""
    for one in work.steps:
        await step(one)


async def by_layer(work: ExecutionPlan, step: Callable[[Step], Awaitable[Any]]) -> None:
    """The lab's gather: a barrier after each layer."""
    done: set[str] = set()
    left = list(work.steps)
    while left:
        layer = [one for one in left if set(one.needs) <= done]
        await asyncio.gather(*(step(one) for one in layer))
        done |= {one.id for one in layer}
        left = [one for one in left if one.id not in done]


async def ours(work: ExecutionPlan, step: Callable[[Step], Awaitable[Any]]) -> None:
    """Each step the moment its own needs are done."""
    done = await execute(work, lambda one, _known: step(one))
    assert len(done.results) == len(work.steps)


RUNNERS: dict[str, Runner] = {"sequential, as the lab": in_a_row, "gather by layer": by_layer, "catering": ours}


@dataclass(frozen=True)
class Measured:
    """One run."""

    ratio: float
    cpu_ms: float
    replies: int


async def over_http(runner: Runner, url: str, folder: Path) -> Measured:
    """The 12-step DAG with everything in it."""
    work, seconds = layered(SEED, TWELVE)
    price = Price(input=Decimal(1), output=Decimal(5))
    tier = Tier(provider="openai", model="m", base_url=f"{url}/v1", price=price, name="mid")
    journal = Journal(Store(folder))
    run = journal.open_run("k", fresh=True)
    gateway = Gateway(run, Decimal(10), Limits({"openai": 16}), {}, folder)
    await gateway.warm((tier,))

    async def step(one: Step) -> Any:
        provider = gateway.provider(tier)
        call = TierCall(
            "mid", "m", provider, journalled=provider.journalled, price=lambda tokens: gateway.usd(tier, tokens)
        )
        chain = TierChain((call,), when="always")
        context = RunContext(cook=None, check=None, rank=None, chain=lambda _: chain, memory=run)  # type: ignore[arg-type]
        given = Items(names=[f"{one.id} takes {round(seconds[one.id] * 1000)} ms"])
        asked = await asking.ask(asking.Question(TOY, given, one), chain, context)
        assert asked.state == "accepted", asked
        return asked

    await step(Step(id="warm", task="toy").model_copy(update={"id": "s0.0"}))  # the connection is open
    run = journal.open_run("k", fresh=True)
    gateway = Gateway(run, Decimal(10), Limits({"openai": 16}), {}, folder)
    await gateway.warm((tier,))
    wall, cpu = time.perf_counter(), time.process_time()
    await runner(work, step)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    replies = len(journal.replies(run.id))
    await gateway.close()
    run.finish()
    return Measured(wall / critical_path(work, seconds), cpu * 1000, replies)


async def wide(runner: Runner) -> Measured:
    """500 steps on the scripted provider."""
    work, seconds = layered(SEED, WIDE)
    entries = tuple(
        Entry("toy", f'"{one.id}"', ({"answer": placed([one.id]), "seconds": seconds[one.id]},)) for one in work.steps
    )
    provider = Scripted(entries)
    chain = TierChain((TierCall("mid", "m", provider),), when="always")
    context = RunContext(cook=None, check=None, rank=None, chain=lambda _: chain)  # type: ignore[arg-type]

    accepted: set[str] = set()

    async def step(one: Step) -> Any:
        asked = await asking.ask(asking.Question(TOY, Items(names=[one.id]), one), chain, context)
        if asked.state == "accepted":
            accepted.add(one.id)
        return asked

    wall, cpu = time.perf_counter(), time.process_time()
    await runner(work, step)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Measured(wall / critical_path(work, seconds), cpu * 1000, len(accepted))


def placed(names: list[str]) -> Any:
    """The toy task's right answer."""
    return {"rows": [{"item": name, "department": "produce"} for name in names]}


def serve() -> None:
    """The server's process: an answer takes as long as its question says."""

    def latency(asked: Asked) -> float:
        return int(re.findall(r"takes (\d+) ms", asked.user)[0]) / 1000

    def said(asked: Asked) -> Any:
        return placed(json.loads(re.findall(r"<given>\n(.*?)\n</given>", asked.user)[0])["names"])

    server = Server()
    server.latency, server.otherwise = latency, said
    with server:
        print(server.url, flush=True)  # noqa: T201
        sys.stdin.read()


def served(rounds: int, runners: Mapping[str, Runner]) -> dict[str, list[Measured]]:
    """Every runner in turn, `rounds` times, against one server."""
    command = [sys.executable, __file__, "--serve"]
    found: dict[str, list[Measured]] = {name: [] for name in runners}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        for _ in range(rounds):
            for name, runner in runners.items():
                with tempfile.TemporaryDirectory() as folder:
                    found[name].append(asyncio.run(over_http(runner, url, Path(folder))))
        assert process.stdin
        process.stdin.close()
    return found


def table(found: Mapping[str, list[Measured]]) -> str:
    """Medians, as Markdown."""
    rows = ["| runner | wall / critical path | CPU ms a run | replies |", "|---|---|---|---|"]
    for name, runs in found.items():
        ratio = statistics.median(run.ratio for run in runs)
        cpu = statistics.median(run.cpu_ms for run in runs)
        rows.append(f"| {name} | {ratio:.3f} | {cpu:.0f} | {runs[0].replies} |")
    return "\n".join(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve()
        return
    if args.wide:
        found = {"catering, 500 steps": [asyncio.run(wide(ours)) for _ in range(args.rounds)]}
        print(table(found))  # noqa: T201
        each = statistics.median(run.cpu_ms for run in found["catering, 500 steps"]) / sum(WIDE)
        print(f"{each:.2f} ms of CPU a step")  # noqa: T201
        return
    work, seconds = layered(SEED, TWELVE)
    print(f"12 steps over HTTP, critical path {critical_path(work, seconds):.3f} s, {args.rounds} rounds")  # noqa: T201
    print(table(served(args.rounds, RUNNERS)))  # noqa: T201


if __name__ == "__main__":
    main()
