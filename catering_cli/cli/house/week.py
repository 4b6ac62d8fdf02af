"""What `week` does: orders or plans of one house are planned together, proven together, written side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.checks.registry import check
from catering_cli.checks.week import check_week
from catering_cli.cli import destination, output
from catering_cli.cli.actions import recook
from catering_cli.cli.actions.seal import document_of
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.house.proven import proven
from catering_cli.cli.version import version
from catering_cli.domain.finding import Finding, blocking
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.week import Household, Week, WeekEvent
from catering_cli.intake import load
from catering_cli.kitchen.week.costs import costs
from catering_cli.kitchen.week.guide import guide
from catering_cli.kitchen.week.household import of_the_house
from catering_cli.kitchen.week.made_twice import RULE as MADE_TWICE
from catering_cli.kitchen.week.made_twice import made_twice
from catering_cli.kitchen.week.pay import pay
from catering_cli.kitchen.week.planning import Given, cook_week
from catering_cli.kitchen.week.sharing import without_shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catering_cli.domain.plan import CateringPlan


RECOOKED = "week.recooked"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given."""

    files: list[str]
    kitchen: str | None
    folder: Path
    afresh: bool
    """plan every event again, also those that have not changed"""
    share: bool
    """make a base recipe once for several events; all of them are then planned again together"""


def print_planned(asked: Asked, *, as_json: bool) -> int:
    """Plan the week, write it and each plan, and print it."""
    house = load.household(asked.kitchen) if asked.kitchen else Household()
    events = [_given(name, path, house, asked) for name, path in _named(asked.files)]
    destination.folder(asked.folder)
    week_file = asked.folder / load.WEEK_FILE
    targets = {event.id: asked.folder / f"{event.id}.plan.json" for event in events}
    with destination.all_reserved((week_file, *targets.values()), asked.files):
        cooked = cook_week(events, version(), share=asked.share)
        plans = {name: plan if plan.score else proven(plan) for name, plan in cooked.plans.items()}
        documents = {name: document_of(plan) for name, plan in plans.items()}
        kept = {event.id for event in events if cooked.plans[event.id] is event.before}
        week = _checked(_week(house, plans, documents, kept), cooked.findings, plans)
        for name, document in documents.items():
            destination.written(targets[name], output.json_text(document).encode())
        destination.written(week_file, output.json_text(document_of_week(week)).encode())
    _print(week, as_json=as_json)
    return status(week)


def _checked(week: Week, found: tuple[Finding, ...], plans: dict[str, CateringPlan]) -> Week:
    """The week with what planning it found, what could be made once, and what is wrong between its events."""
    week = week.model_copy(update={"findings": (*found, *made_twice(plans))})
    return week.model_copy(update={"findings": check_week(week, plans)})


def document_of_week(week: Week) -> dict[str, Any]:
    """A week as JSON; of the house only what was said."""
    document = week.model_dump(mode="json", by_alias=True, exclude={"household"})
    return {**document, "household": week.household.model_dump(mode="json", by_alias=True, exclude_unset=True)}


def status(week: Week) -> Status:
    """How a command ends that printed a week."""
    wrong = blocking(week.findings) or any(event.blocking for event in week.events)
    return Status.BLOCKING if wrong else Status.GOOD


def _named(files: list[str]) -> Iterator[tuple[str, str]]:
    """An id for each event: the name of its file, numbered if two are called the same."""
    stems = ["event" if path == "-" else Path(path).name.split(".")[0] or "event" for path in files]
    for number, (stem, path) in enumerate(zip(stems, files, strict=True), 1):
        yield (stem if stems.count(stem) == 1 else f"{stem}-{number}"), path


def _given(name: str, path: str, house: Household, asked: Asked) -> Given:
    """An event: an order, or a plan with what was decided for it."""
    loaded = load.order_or_plan(path)
    decided = () if loaded.plan is None else without_shares(loaded.plan.decisions)
    order = of_the_house(loaded.order, house)
    before = None if asked.afresh or asked.share else _before(asked.folder / f"{name}.plan.json")
    return Given(name, order, decided, before)


def _before(path: Path) -> CateringPlan | None:
    """The plan of an earlier week, if its file holds one of this version."""
    try:
        plan = load.plan(str(path)) if path.is_file() else None
    except Refused:
        return None
    return plan if plan and plan.version == version() else None


def _week(
    house: Household, plans: Mapping[str, CateringPlan], documents: Mapping[str, dict[str, Any]], kept: set[str]
) -> Week:
    bought = guide(plans)
    paid = pay(plans)
    events = [_event(name, plan, documents[name]["digest"], kept=name in kept) for name, plan in plans.items()]
    return Week(
        version=version(),
        household=house,
        events=tuple(events),
        guide=bought,
        pay=paid,
        costs=costs(plans, bought, paid),
    )


def _event(name: str, plan: CateringPlan, digest: str, *, kept: bool) -> WeekEvent:
    severities = [finding.severity for finding in plan.findings]
    return WeekEvent(
        id=name,
        name=plan.order.event.name,
        plan=f"{name}.plan.json",
        digest=digest,
        service_at=plan.order.event.service_at,
        first_start=plan.timeline.first_start,
        last_end=plan.timeline.last_end,
        blocking=severities.count("blocking"),
        open=severities.count("open"),
        kept=kept,
    )


def _print(week: Week, *, as_json: bool) -> None:
    if as_json:
        output.json_result(document_of_week(week))
        return
    from catering_cli.render.forms.terminal import sections_text
    from catering_cli.render.page import Page
    from catering_cli.render.week import sections

    page = Page(width=output.width(), colour=output.colour(), unicode=output.unicode())
    output.form(sections_text(sections(week), page))


def print_written(path: str, *, prove: bool, as_json: bool) -> int:
    """A week that was written before, printed; with `prove`, each of its plans and all together proven again."""
    week = load.week(path)
    if prove:
        plans = {event.id: _read(Path(path).parent / event.plan, event) for event in week.events}
        found = [*check_week(week.model_copy(update={"findings": _own(week)}), plans)]
        for event, plan in plans.items():
            found += _again(event, plan)
        week = week.model_copy(update={"findings": tuple(dict.fromkeys(found))})
    _print(week, as_json=as_json)
    return status(week)


def _again(event: str, plan: CateringPlan) -> Iterator[Finding]:
    """What is wrong with one plan by itself: by the rules, and against what its order and decisions give."""
    findings, score = check(plan.order, plan)
    for one in blocking(findings):
        yield one.model_copy(update={"where": f"week.{event}", "message": f"{event}, {one.where}: {one.message}"})
    differences, note = recook.compare(plan, findings, score)
    for place in differences:
        message = f"{event}, {place.path}: differs from what its order and decisions give"
        where = f"week.{event}"
        yield Finding(
            severity="blocking", rule=RECOOKED, where=where, message=message, value=place.value, limit=place.expected
        )
    if note:
        yield Finding(severity="warning", rule=RECOOKED, where=f"week.{event}", message=note)


def _own(week: Week) -> tuple[Any, ...]:
    """What the planning of the week itself said."""
    return tuple(finding for finding in week.findings if finding.rule in ("week.kitchen", MADE_TWICE))


def _read(path: Path, event: WeekEvent) -> CateringPlan:
    plan = load.plan(str(path))
    digest = document_of(plan)["digest"]  # of what stands there, whatever the file says of itself
    if digest != event.digest:
        message = "is not the plan that the week was made with; plan the week again"
        raise Refused(Problem(message, str(path), "plan.digest", digest[:12]))
    return plan
