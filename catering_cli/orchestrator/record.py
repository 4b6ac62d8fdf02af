"""The record of a run: which tier was asked what, how it ended, what it cost.

The same answers give the same plan, but for its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from catering_cli.domain.execution import Attempt, ExecutionPlan, Run, Step, StepRun
from catering_cli.domain.names import ABOUT_CAP, ABOUT_ROUNDS, NO_MODEL
from catering_cli.domain.plan import CateringPlan
from catering_cli.orchestrator import left_models, merge
from catering_cli.orchestrator.ask import Asked
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.execute import Executed, waited_for

"""Who decides without a model."""


def recorded_plan(
    plan: CateringPlan,
    work: ExecutionPlan,
    done: Executed,
    rounds: Sequence[tuple[Step, Asked]],
    context: RunContext,
    notices: Sequence[str] = (),
) -> CateringPlan:
    """The plan with the record of its run; the steps' conflicting decisions are added to its findings."""
    steps = [_planned_step(step, done, plan) for step in work.steps]
    steps += [_step_run(step, asked, "") for step, asked in rounds]
    conflicts = merge.conflicting_decisions(work, done.results)
    found = tuple(dict.fromkeys((*plan.findings, *conflicts)))
    told = (*_capped(steps), *left_models.notices(steps, context), *_ended_early(context))
    for notice in told:
        context.say("notice", state=notice)
    run = _run(plan, work, steps, context).model_copy(update={"notices": (*notices, *told)})
    return plan.model_copy(update={"findings": found, "run": run})


def recorded_refinement(
    better: CateringPlan,
    before: CateringPlan,
    rounds: Sequence[tuple[Step, Asked]],
    context: RunContext,
) -> CateringPlan:
    """A refined plan with the record of its rounds, on the work plan of the run before."""
    work = before.run.execution_plan if before.run else ExecutionPlan()
    steps = [_step_run(step, asked, "") for step, asked in rounds]
    told = (*left_models.notices(steps, context), *_ended_early(context))
    for notice in told:
        context.say("notice", state=notice)
    return better.model_copy(update={"run": _run(better, work, steps, context).model_copy(update={"notices": told})})


def usd(attempts: Iterable[Attempt]) -> Decimal | None:
    """What attempts cost together, in USD; None if the price of one is not known."""
    total = Decimal(0)
    for attempt in attempts:
        if attempt.usd is None:
            return None
        total += attempt.usd
    return total


def _run(
    plan: CateringPlan,
    work: ExecutionPlan,
    steps: Sequence[StepRun],
    context: RunContext,
) -> Run:
    return Run(
        id=context.run,
        config=context.config,
        pattern=context.pattern,
        version=context.version,
        execution_plan=work,
        steps=tuple(steps),
        usd=usd(chain.from_iterable(step.attempts for step in steps)),
        seconds=round(context.clock(), 3),
        by_models=_share_of_models(plan, steps),
    )


def _share_of_models(plan: CateringPlan, steps: Sequence[StepRun]) -> float:
    """Of the steps that had something to decide, the share in which a model decided something that stands.

    A step that a model was asked for had something to decide, even if nothing of its answer was taken.
    """
    ids = {step.id for step in steps}
    decisions = [decided for decided in plan.decisions if decided.step in ids]
    deciding = {decided.step for decided in decisions}
    deciding |= {step.id for step in steps if _had_to_decide(step)}
    by_models = {decided.step for decided in decisions if decided.by not in NO_MODEL}
    return len(by_models) / len(deciding) if deciding else 0.0


def _had_to_decide(step: StepRun) -> bool:
    return step.state in ("open", "failed") or _asked_a_model(step)


def _asked_a_model(step: StepRun) -> bool:
    return any(attempt.tier not in NO_MODEL for attempt in step.attempts)


def _capped(steps: Sequence[StepRun]) -> tuple[str, ...]:
    """A notice of the steps that a cap on money kept from a model, and of those that models answered all the same."""
    kept_back = [step.id for step in steps if _was_kept_back(step)]
    if not kept_back:
        return ()
    answered = [step.id for step in steps if step.by not in {"", *NO_MODEL}]
    without = left_models.listed(kept_back)
    by_models = left_models.listed(answered) or "nothing"
    return (f"{ABOUT_CAP}no model asked for {without}. Models answered {by_models}.",)


def _ended_early(context: RunContext) -> tuple[str, ...]:
    """A notice that rounds of refinement were not all tried."""
    if not context.rounds or not context.stopped():
        return ()
    return (f"{ABOUT_ROUNDS}the run was interrupted; they may have found more.",)


def _was_kept_back(step: StepRun) -> bool:
    return any(attempt.left in {"over_budget", "no_price"} for attempt in step.attempts)


def _planned_step(step: Step, done: Executed, plan: CateringPlan) -> StepRun:
    if step.id not in done.results:
        return _stopped(step, done)
    return _step_run(step, done.results[step.id], _checked(step, plan))


def _step_run(step: Step, asked: Asked, note: str) -> StepRun:
    still_open = "; ".join(f"{found.where}: {found.message}" for found in asked.findings[:3])
    return StepRun(
        id=step.id,
        task=step.task,
        subject=step.subject,
        state=asked.state,
        by=asked.by,
        attempts=asked.attempts,
        usd=usd(asked.attempts),
        seconds=round(sum(attempt.seconds for attempt in asked.attempts), 3),
        note=note or still_open,
    )


def _stopped(step: Step, done: Executed) -> StepRun:
    waiting = waited_for(step, done.results)
    return StepRun(
        id=step.id,
        task=step.task,
        subject=step.subject,
        state="stopped",
        note=f"needs {', '.join(waiting[:5])}",
    )


def _checked(step: Step, plan: CateringPlan) -> str:
    """What the rules that a step names say of its subject."""
    if not step.checks:
        return ""
    from catering_cli.checks.registry import run

    found = run(step.checks, plan.order, plan, step.subject)
    verdict = f"{len(found)} issue(s)" if found else "all pass"
    return f"checks {', '.join(step.checks)}: {verdict}"
