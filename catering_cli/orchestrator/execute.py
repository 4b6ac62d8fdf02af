"""The executor: each step starts the moment its own needs are done; a failure stops only what depends on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from catering_cli.domain.decision import Decided
from catering_cli.domain.execution import ExecutionPlan, Step
from catering_cli.orchestrator.ask import Asked
from catering_cli.providers.base import Postponed

RunStep = Callable[[Step, Sequence[Decided]], Awaitable[Asked]]
"""Asks for one step, given the decisions of its ancestors in plan order."""


class Executed(NamedTuple):
    """Results by step id, as far as steps were run, and the ids of those that were stopped."""

    results: Mapping[str, Asked]
    stopped: tuple[str, ...] = ()


async def execute(work: ExecutionPlan, run_step: RunStep, done: Mapping[str, Asked] | None = None) -> Executed:
    """Run `work`, a linted plan. `done` holds results that are there already.

    A failed step stops its dependants and cancels nothing in flight. An error in our own code is raised
    when what is in flight has ended, so that what was paid for is kept. A step that is postponed stops its dependants
    too; when all the others have gone as far as they can, Postponed is raised.
    """
    run = _Run(work, run_step, dict(done or {}))
    await run.go()
    stopped = tuple(step.id for step in work.steps if step.id not in run.results)
    return Executed(run.results, stopped)


def ancestors(work: ExecutionPlan) -> dict[str, int]:
    """By step id, its ancestors as a bit set over plan order."""
    bit = {step.id: 1 << index for index, step in enumerate(work.steps)}
    needs = {step.id: step.needs for step in work.steps}
    known: dict[str, int] = {}
    for step_id in TopologicalSorter(needs).static_order():
        mask = 0
        for need in needs[step_id]:
            mask |= known[need] | bit[need]
        known[step_id] = mask
    return known


class _Run:
    """One execution: a step starts when nothing it waits for is left."""

    def __init__(
        self,
        work: ExecutionPlan,
        run_step: RunStep,
        results: dict[str, Asked],
    ) -> None:
        self.steps = {step.id: step for step in work.steps}
        self.before = ancestors(work)
        self.run_step = run_step
        self.results = results
        self.ended: asyncio.Queue[tuple[str, Asked | BaseException]] = asyncio.Queue()
        self.waiting = _still_to_run(work, results)

    async def go(self) -> None:
        """Run until nothing is in flight and nothing more can start."""
        in_flight = self._start_ready()
        broken: BaseException | None = None
        postponed: BaseException | None = None
        try:
            while in_flight:
                step_id, outcome = await self.ended.get()
                del in_flight[step_id]
                if isinstance(outcome, Postponed):
                    postponed = outcome
                    continue
                if isinstance(outcome, BaseException):
                    broken = broken or outcome
                    continue
                self.results[step_id] = outcome
                if outcome.state == "failed" or broken is not None:
                    continue
                self.waiting.done(step_id)
                in_flight |= self._start_ready()
        finally:
            await _cancel(list(in_flight.values()))
        if reason := broken or postponed:
            raise reason

    def _start_ready(self) -> dict[str, asyncio.Task[None]]:
        """Start every step that waits for nothing any more, in plan order."""
        ready = [step_id for step_id in self.waiting.get_ready() if step_id not in self.results]
        return {step_id: self._start(step_id) for step_id in ready}

    def _start(self, step_id: str) -> asyncio.Task[None]:
        return asyncio.create_task(self._one(step_id), name=step_id)

    async def _one(self, step_id: str) -> None:
        try:
            outcome: Asked | BaseException = await self.run_step(self.steps[step_id], self._inherited(step_id))
        except Exception as error:  # noqa: BLE001  # raised again by `go`, when what is in flight has ended
            outcome = error
        self.ended.put_nowait((step_id, outcome))

    def _inherited(self, step_id: str) -> tuple[Decided, ...]:
        """Decisions of the ancestors, in plan order."""
        mask = self.before[step_id]
        inherited: list[Decided] = []
        for index, other in enumerate(self.steps):
            if mask >> index & 1:
                inherited += self.results[other].decisions
        return tuple(inherited)


def _still_to_run(work: ExecutionPlan, results: Mapping[str, Asked]) -> TopologicalSorter[str]:
    """What the steps without a result still wait for. A result that failed is waited for in vain."""
    waiting: TopologicalSorter[str] = TopologicalSorter()
    for step in work.steps:
        if step.id not in results:
            waiting.add(step.id, *waited_for(step, results))
    waiting.prepare()
    return waiting


def waited_for(step: Step, results: Mapping[str, Asked]) -> list[str]:
    """Of what a step needs, that which has no result or one that failed."""
    done = {name for name, asked in results.items() if asked.state != "failed"}
    return [need for need in step.needs if need not in done]


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    """End what still runs when the run itself is being cancelled."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
