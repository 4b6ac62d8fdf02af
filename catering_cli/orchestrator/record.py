"""The record of a run: who was asked what, how it ended, what it cost. Same answers, same plan but for this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from catering_cli.domain.attempt import Attempt
from catering_cli.domain.execution import ExecutionPlan, Run, Step, StepRun
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator import merge
from catering_cli.orchestrator.ask import Asked
from catering_cli.orchestrator.context import KITCHEN, RunContext
from catering_cli.orchestrator.execute import Executed

_NOBODY = frozenset({KITCHEN, "client"})


def recorded_plan(
    plan: CateringPlan,
    work: ExecutionPlan,
    done: Executed,
    rounds: Sequence[tuple[Step, Asked]],
    context: RunContext,
    notices: Sequence[str] = (),
) -> CateringPlan:
    """The plan with the record of its run, and with what the steps' conflicting decisions add to its findings."""
    steps = [
        _step_run(step, done.results[step.id], _checked(step, plan))
        if step.id in done.results
        else _stopped(step, done)
        for step in work.steps
    ]
    steps += [_step_run(step, asked, "") for step, asked in rounds]
    found = tuple(dict.fromkeys((*plan.findings, *merge.conflicting_decisions(work, done.results))))
    capped = tuple(_capped(steps))
    for notice in capped:
        context.say("notice", state=notice)
    run = _run(plan, work, steps, context).model_copy(update={"notices": (*notices, *capped)})
    return plan.model_copy(update={"findings": found, "run": run})


def recorded_refinement(
    better: CateringPlan, before: CateringPlan, rounds: Sequence[tuple[Step, Asked]], context: RunContext
) -> CateringPlan:
    """A refined plan with the record of its rounds, on the work plan of the run before."""
    work = before.run.execution_plan if before.run else ExecutionPlan()
    return better.model_copy(update={"run": _run(better, work, [_step_run(s, a, "") for s, a in rounds], context)})


def usd(attempts: Iterable[Attempt]) -> Decimal | None:
    """What attempts cost together; None where that is not known of one."""
    prices = [attempt.usd for attempt in attempts]
    return None if None in prices else sum((price for price in prices if price is not None), Decimal(0))


def _run(plan: CateringPlan, work: ExecutionPlan, steps: Sequence[StepRun], context: RunContext) -> Run:
    made = len(plan.decisions)
    return Run(
        id=context.run,
        config=context.config,
        pattern=context.pattern,
        version=context.version,
        execution_plan=work,
        steps=tuple(steps),
        usd=usd(attempt for step in steps for attempt in step.attempts),
        seconds=round(context.clock(), 3),
        by_models=sum(decided.by not in _NOBODY for decided in plan.decisions) / made if made else 0.0,
    )


def _capped(steps: Sequence[StepRun]) -> Iterator[str]:
    """Which steps a cap on money kept from a model, and which models answered all the same."""
    left = [step for step in steps if any(attempt.left in {"over_budget", "no_price"} for attempt in step.attempts)]
    if not left:
        return
    by_models = [step.id for step in steps if step.by and step.by not in _NOBODY]
    yield (
        f"The cost cap kept models from {', '.join(step.id for step in left[:8])}"
        f"{' ...' if len(left) > 8 else ''}; "  # noqa: PLR2004
        f"models answered {', '.join(by_models[:8]) or 'nothing'}{' ...' if len(by_models) > 8 else ''}."  # noqa: PLR2004
    )


def _step_run(step: Step, asked: Asked, note: str) -> StepRun:
    return StepRun(
        id=step.id,
        task=step.task,
        subject=step.subject,
        state=asked.state,
        by=asked.by,
        attempts=asked.attempts,
        usd=usd(asked.attempts),
        seconds=round(sum(attempt.seconds for attempt in asked.attempts), 3),
        note=note or "; ".join(f"{found.where}: {found.message}" for found in asked.findings[:3]),
    )


def _stopped(step: Step, done: Executed) -> StepRun:
    waiting = [need for need in step.needs if need not in done.results or done.results[need].state == "failed"]
    return StepRun(
        id=step.id, task=step.task, subject=step.subject, state="stopped", note=f"needs {', '.join(waiting[:5])}"
    )


def _checked(step: Step, plan: CateringPlan) -> str:
    """What the rules that a step names say of its subject."""
    if not step.checks:
        return ""
    from catering_cli.checks.registry import run

    found = run(step.checks, plan.order, plan, step.subject)
    return f"checks {', '.join(step.checks)}: " + ("all hold" if not found else f"{len(found)} finding(s)")
