"""One of several orders: planned and written, in whichever process; what comes back is small."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from catering_cli.cli import destination
from catering_cli.cli.actions import plan as action
from catering_cli.cli.actions.listening import listening
from catering_cli.cli.actions.seal import plan_json
from catering_cli.cli.errors import paragraph
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.many import finished
from catering_cli.cli.many.beside import Worked
from catering_cli.cli.many.collecting import collected_after
from catering_cli.cli.runtime.interrupt import Interrupt
from catering_cli.cli.runtime.options import Options, Shared, Shown
from catering_cli.domain.order import Order
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.providers.base import Postponed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from catering_cli.domain.plan import CateringPlan


@dataclass(frozen=True, slots=True)
class Task:
    """An order to plan."""

    path: str
    target: Path
    """where its plan goes"""
    options: Options


class Wanted(NamedTuple):
    """An order to be planned, in a form that travels."""

    order: str
    """its JSON, with only the fields that the client gave"""
    asked: str
    """the key of what is asked"""


class Plan(NamedTuple):
    """A plan as it is written, and what the summary says of it."""

    document: bytes
    told: finished.Told


class Ended(NamedTuple):
    """How the planning of an order ended."""

    summary: dict[str, Any]
    code: Status
    notices: str = ""
    """what was said on the way, to be printed by the process that the user watches"""
    worked: Worked | None = None
    waits: bool = False
    """whether it has no plan yet, because questions of it wait for a batch"""


def run_aside(task: Task, interrupt: Interrupt | None = None) -> Ended:
    """Plan in a worker process: what it says is brought back, so that the lines of two orders never mix."""
    with _overheard() as said:
        ended = run(task, Shared(interrupt=interrupt or Interrupt()))
    return ended._replace(notices=said.getvalue())


def run(task: Task, shared: Shared | None = None) -> Ended:
    """Plan an order and write its plan. Never raises for a bad order: that is how this one ends."""
    if shared and shared.interrupted:
        return not_begun(task)
    wanted = prepared(task)
    if isinstance(wanted, Ended):
        return wanted
    return kept(task, lambda: _planned(wanted, task.options, task.path, shared))


def kept(task: Task, plan_of: Callable[[], Plan]) -> Ended:
    """How an order ended whose plan `plan_of` gives: in its file, or why not. One order's fault is no other's."""
    try:
        plan = plan_of()
        destination.written(task.target, plan.document)
    except Postponed:
        return Ended({}, Status.GOOD, waits=True)
    except Refused as refused:
        return failed(task, Status.BAD_INPUT, paragraph(refused.problems))
    except OSError as error:
        return failed(task, Status.INTERNAL, f"{error.filename or task.target}: {error.strerror or error}.")
    except Exception as error:  # noqa: BLE001  # a defect met by one order must not end the others
        said = "This is a defect of catering, not of your order: {}. Plan it alone to see where it comes from."
        return failed(task, Status.INTERNAL, said.format(type(error).__name__))
    return _ended(task, plan.told, "written")


def prepared(task: Task) -> Wanted | Ended:
    """The order, read; or how it ended: refused, or planned before and unchanged since."""
    try:
        order = load.order(task.path)
        asked = finished.key(order, task.options)
    except Refused as refused:
        return failed(task, Status.BAD_INPUT, paragraph(refused.problems))
    before = None if task.options.no_cache else finished.plan_at(task.target, asked)
    if before:
        return _ended(task, before, "planned before")
    return Wanted(order.model_dump_json(by_alias=True, exclude_unset=True), asked)


def cooked(wanted: Wanted, options: Options) -> Plan:
    """The plan of an order that came as JSON; said nowhere, written nowhere."""
    with collected_after():
        return _planned(wanted, replace(options, quiet=True), "", None)


def not_begun(task: Task) -> Ended:
    """An order that an interrupt came before."""
    return failed(task, Status.INTERRUPTED, "not planned: interrupted")


def failed(task: Task, code: Status, said: str) -> Ended:
    """An order that got no plan."""
    return Ended({"order": task.path, "plan": None, "exit": int(code), "said": said}, code)


def _planned(wanted: Wanted, options: Options, path: str, shared: Shared | None) -> Plan:
    order = Order.model_validate_json(wanted.order)
    unrefined: list[CateringPlan] = []
    shared = shared or Shared()
    with listening(options, path) as (tell, _):
        plan = action.searched_plan(order, options, tell, shared, Shown(unrefined=unrefined.append))
    for one in unrefined:
        action.say_changes(one, plan, options, as_json=True)
    plan = finished.with_key(plan, wanted.asked)
    told = finished.summary_of(plan, action.ended(plan, options, shared))
    return Plan(plan_json(plan).encode(), told)


def _ended(task: Task, told: finished.Told, how: str) -> Ended:
    """The summary of a plan that is in its file."""
    summary = {
        "order": task.path,
        "plan": str(task.target),
        "exit": int(told.code),
        "said": f"{told.event}, {told.blocking} blocking, {how}: {task.target}",
        "score": told.score,
    }
    return Ended(summary, told.code, worked=told.worked)


@contextmanager
def _overheard() -> Iterator[io.StringIO]:
    """Standard error of this process, kept."""
    heard = io.StringIO()
    before, sys.stderr = sys.stderr, heard
    try:
        yield heard
    finally:
        sys.stderr = before
