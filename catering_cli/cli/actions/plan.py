"""What `plan` and `refine` do: load, run, write the results, and say how it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli import destination, output
from catering_cli.cli.actions.listening import listening, log_apart
from catering_cli.cli.actions.seal import plan_json
from catering_cli.cli.actions.solve_best import solved
from catering_cli.cli.exit_codes import Status, worst
from catering_cli.cli.runtime import compose
from catering_cli.cli.runtime.options import Shared, Shown, answered_in_vain
from catering_cli.domain.finding import blocking
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from catering_cli.cli.runtime.options import Options
    from catering_cli.domain.execution import Event, StepRun
    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan


def one(
    path: str,
    options: Options,
    *,
    as_json: bool,
    to: Path | None,
) -> int:
    """Plan one order."""
    order = load.order(path)
    log_apart(options, [path], to)
    before: list[CateringPlan] = []
    shared = Shared()
    with destination.reserved(to, [path]), shared.interrupt.listening():
        with listening(options) as (tell, preview):
            plan = searched_plan(order, options, tell, shared, Shown(preview, before.append))
        for unrefined in before:
            say_changes(unrefined, plan, options, as_json=as_json)
        _write(plan, as_json=as_json, to=to, source=f"plan {path}{_config_of(options)}")
    return ended(plan, options, shared)


def searched_plan(
    order: Order,
    options: Options,
    tell: Callable[[Event], None],
    shared: Shared,
    shown: Shown,
) -> CateringPlan:
    """The plan of an order, searched further if that was asked for."""
    plan = compose.run_order(order, options, tell, shared, shown)
    return solved(plan) if options.best and not shared.interrupted else plan


def refined(path: str, options: Options, *, as_json: bool, to: Path | None) -> int:
    """Improve a plan."""
    plan = load.plan(path)
    log_apart(options, [path], to)
    shared = Shared()
    # a plan may be improved in place: of its kind, it is replaced and not lost
    with destination.reserved(to), shared.interrupt.listening():
        with listening(options) as (tell, _):
            better = compose.refined(plan, options, tell, shared)
        say_changes(plan, better, options, as_json=as_json)
        _write(better, as_json=as_json, to=to, source=f"refine {path}{_config_of(options)}")
    return ended(better, options, shared)


def say_changes(
    before: CateringPlan,
    after: CateringPlan,
    options: Options,
    *,
    as_json: bool,
) -> None:
    """What the rounds changed: ahead of the plan, beside it if that is no text for reading."""
    from catering_cli.render.sections.changes import changes

    told = changes(before, after)
    heading = "What changed" if told else "Nothing changed."
    text = "\n  ".join((heading, *told))
    if not as_json:
        output.result(f"{text}\n")
    elif not options.quiet:
        output.notice(text)


def outlines(
    orders: list[str],
    options: Options,
    *,
    spend: bool,
    as_json: bool,
    to: Path | None,
) -> int:
    """Show the steps of a run, and what it is expected to cost, without making the plan."""
    if len(orders) > 1:
        raise Refused(Problem("names several orders; an outline is made of one", "", "ORDER", ", ".join(orders)))
    order = load.order(orders[0])
    log_apart(options, orders, to)
    with destination.reserved(to, orders):
        with listening(options) as (tell, _):
            work, predicted, says = compose.outlined(order, options, tell, spend=spend)
        document = {
            "execution_plan": work.model_dump(mode="json"),
            "predicted": predicted.model_dump(mode="json"),
        }
        if to:
            destination.written(to, output.json_text(document).encode())
    if as_json:
        output.json_result(document)
        return Status.GOOD
    lines = [says]
    for step in work.steps:
        needs = f" after {', '.join(step.needs)}" if step.needs else ""
        lines.append(f"{step.id:<24} {step.task:<24} {step.subject:<8} {step.complexity:<7}{needs}")
    from catering_cli.render.wording import counted

    cost = "not known" if predicted.usd is None else f"${predicted.usd:.4f}"
    lines.append(
        f"Expected: {counted(predicted.questions, 'question')} to models, {cost}, {predicted.seconds:.0f} s, "
        f"{predicted.critical_path_s:.0f} s of them waiting for models."
    )
    output.result("\n".join(lines))
    return Status.GOOD


def ended(plan: CateringPlan, options: Options | None = None, shared: Shared | None = None) -> Status:
    """How a run that printed its plan ends; without options, what the plan alone says of it."""
    codes = [Status.INTERRUPTED if shared and shared.interrupted else Status.GOOD]
    if options and options.strict and answered_in_vain(plan, options):
        codes.append(Status.EXHAUSTED)
    if blocking(plan.findings):
        codes.append(Status.BLOCKING)
    steps = plan.run.steps if plan.run else ()
    codes += [_failed(step) for step in steps if step.state == "failed"]
    return worst(codes)


def _failed(step: StepRun) -> Status:
    over = any(attempt.left == "over_budget" for attempt in step.attempts)
    return Status.OVER_COST if over else Status.EXHAUSTED


def _config_of(options: Options) -> str:
    """The config as it was asked for, so that a hint names a command that does the same."""
    if options.config is None:
        return ""
    return " --offline" if options.config == "offline" else f" --config {options.config}"


def _write(plan: CateringPlan, *, as_json: bool, to: Path | None, source: str) -> None:
    text = plan_json(plan) if to or as_json else ""
    if to:
        destination.written(to, text.encode())
    if as_json:
        output.result(text)
        return
    from catering_cli.render.forms.writers import WRITERS
    from catering_cli.render.page import Page

    command = f"catering show {to}" if to else f"catering {source} --json | catering show -"
    page = Page(
        width=output.width(),
        colour=output.colour(),
        unicode=output.unicode(),
        command=command,
    )
    output.form(WRITERS["terminal"](plan, page))
