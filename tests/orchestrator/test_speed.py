"""The executor keeps to the critical path, and a step costs little CPU: asked, parsed, checked."""

from __future__ import annotations

import random
import time

from toy import TOY, Items, Model, house, rows, seat

from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.orchestrator.ask import Asked, Question, ask
from catering_cli.orchestrator.execute import execute
from catering_cli.orchestrator.house import Chain


def layered(rng: random.Random, widths: tuple[int, ...]) -> tuple[ExecutionPlan, dict[str, float]]:
    """Layers of steps, each after one to three of the layer before; 50 to 400 ms each."""
    steps: list[Step] = []
    before: list[str] = []
    for layer, width in enumerate(widths):
        ids = [f"s{layer}.{number}" for number in range(width)]
        for one in ids:
            needs = tuple(rng.sample(before, min(len(before), rng.randint(1, 3)))) if before else ()
            steps.append(Step(id=one, task="toy", needs=needs))
        before = ids
    return ExecutionPlan(steps=tuple(steps)), {step.id: rng.uniform(0.05, 0.4) for step in steps}


def critical_path(work: ExecutionPlan, seconds: dict[str, float]) -> float:
    ends: dict[str, float] = {}
    for step in work.steps:
        ends[step.id] = seconds[step.id] + max((ends[need] for need in step.needs), default=0.0)
    return max(ends.values())


async def run(work: ExecutionPlan, seconds: dict[str, float]) -> tuple[float, float]:
    """Wall and CPU seconds of a run."""

    async def step(one: Step, _known: object) -> Asked:
        model = Model([rows(leek="produce")], latency=seconds[one.id])
        chain = Chain((seat("mid", model),), when="always")
        return await ask(Question(TOY, Items(names=["leek"]), one), chain, house(chain))

    wall, cpu = time.perf_counter(), time.process_time()
    done = await execute(work, step)
    assert len(done.results) == len(work.steps)
    return time.perf_counter() - wall, time.process_time() - cpu


async def test_a_run_takes_as_long_as_its_critical_path() -> None:
    work, seconds = layered(random.Random(7), (1, 4, 5, 2))
    await run(work, dict.fromkeys(seconds, 0.0))
    ratios = [(await run(work, seconds))[0] / critical_path(work, seconds) for _ in range(2)]
    assert min(ratios) <= 1.05


async def test_five_hundred_steps_cost_at_most_five_milliseconds_of_cpu_each() -> None:
    work, seconds = layered(random.Random(3), (1, 99, 150, 150, 100))
    short = {name: value / 4 for name, value in seconds.items()}
    await run(ExecutionPlan(steps=work.steps[:1]), short)
    _, cpu = await run(work, short)
    assert cpu / len(work.steps) <= 0.005
