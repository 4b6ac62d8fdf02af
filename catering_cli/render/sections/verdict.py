"""What is to know first: is the plan ready, and what is wrong or open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from catering_cli.domain.finding import SEVERITIES
from catering_cli.domain.names import ABOUT_MODELS
from catering_cli.render.clock import calendar_day, duration, event_day, stamp
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table, Tone
from catering_cli.render.sections.event import notes_parts
from catering_cli.render.wording import cost_text, counted

if TYPE_CHECKING:
    from decimal import Decimal

    from catering_cli.domain.execution import Run
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.plan import Assumption, CateringPlan

TONES: dict[str, Tone] = {"blocking": "bad", "open": "open", "warning": "warning", "advice": "dim"}
FINDING_COLUMNS = (
    Column("Severity"),
    Column("Issue", wide=True),
    Column("Where", wide=True, spare=True),
)
RUN_COLUMNS = (
    Column("Step", wide=True),
    Column("Task"),
    Column("Subject"),
    Column("State"),
    Column("By"),
    Column("Tries", right=True, spare=True),
    Column("Seconds", right=True, spare=True),
    Column("Cost", right=True),
)
ASSUMPTION_COLUMNS = (
    Column("Assumption", wide=True),
    Column("Source", wide=True, spare=True),
    Column("Override", spare=True),
)
CONTINGENCY_COLUMNS = (
    Column("If", wide=True),
    Column("Then", wide=True),
    Column("Who"),
)


def verdict_section(plan: CateringPlan, _: Page) -> Section:
    """The event in a line, whether the plan is ready, and the client's notes as they are written."""
    facts = Paragraph("; ".join(_facts(plan)) + ".")
    told = [notice for notice in (plan.run.notices if plan.run else ()) if notice.startswith(ABOUT_MODELS)]
    models = [Paragraph(notice, "warning") for notice in told]
    return Section("verdict", plan.order.event.name, (_verdict(plan), facts, *models, *notes_parts(plan)))


def _facts(plan: CateringPlan) -> Iterator[str]:
    event = plan.order.event
    guests = counted(plan.headcount.guaranteed, "guest")
    yield f"{guests}, {event.style}, {stamp(event.service_at, plan.order)}"
    yield counted(len(plan.menu), "dish")
    if plan.timeline.first_start:
        first = stamp(plan.timeline.first_start, plan.order)
        yield f"work begins {first}, {duration(plan.timeline.span_minutes)} before service"
    if plan.timeline.replay:
        yield f"stress test: {plan.timeline.replay.held} of {plan.timeline.replay.days} runs on time"
    if plan.costing.total is not None:
        yield cost_text(plan.costing, plan.costing.total)


def _verdict(plan: CateringPlan) -> Paragraph:
    severities = [finding.severity for finding in plan.findings]
    blocking = severities.count("blocking")
    unsettled = severities.count("open")
    score = f" Score {plan.score.value:.2f}." if plan.score else ""
    items = counted(unsettled, "open item")
    if blocking:
        return Paragraph(f"Not ready: {counted(blocking, 'blocking issue')}, {items}.{score}", "bad")
    if unsettled:
        return Paragraph(f"OK to run: {items}.{score}", "open")
    return Paragraph(f"OK to run: nothing open.{score}", "good")


def findings_section(plan: CateringPlan, _: Page) -> Section:
    """What is wrong, open, or worth knowing, gravest first."""
    ordered = sorted(plan.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    rows = tuple((item.severity, _message(item), _field(item)) for item in ordered)
    tones = tuple(TONES[item.severity] for item in ordered)
    parts = [Table(FINDING_COLUMNS, rows, tones=tones)] if rows else []
    return Section.of("findings", "Issues", parts)


def _field(item: Finding) -> str:
    """The field of the order that a finding is about; places of the plan itself say nothing to who reads the page."""
    return item.where if item.where.startswith("order.") else ""


def _message(item: Finding) -> str:
    """Message and fix as sentences."""
    return " ".join(f"{said[:1].upper()}{said[1:].rstrip('.')}." for said in _said(item))


def _said(item: Finding) -> Iterator[str]:
    yield item.message
    if item.fix and item.fix not in item.message:
        yield item.fix


def run_section(plan: CateringPlan, _: Page) -> Section:
    """Who decided, with what, for how much."""
    if plan.run is None:
        return Section("run", "Run", (Paragraph("No model was asked: the kitchen's own rules decided."),))
    return Section("run", "Run", tuple(_run_parts(plan.run)))


def _run_parts(run: Run) -> Iterator[Part]:
    name = f"Run {run.id}".rstrip()
    cost = _dollars(run.usd, unknown="unknown")
    yield Paragraph(f"{name}: config {run.config}, {run.pattern}, {run.seconds:.1f} s, cost {cost}.")
    for notice in run.notices:
        yield Paragraph(notice, "warning")
    yield Table(RUN_COLUMNS, tuple(_run_rows(run)))


def _run_rows(run: Run) -> Iterator[Row]:
    for step in run.steps:
        yield (
            step.id,
            step.task,
            step.subject,
            step.state,
            step.by,
            str(len(step.attempts)),
            f"{step.seconds:.1f}",
            _dollars(step.usd, unknown="-"),
        )


def _dollars(usd: Decimal | None, *, unknown: str) -> str:
    """What models cost, to a hundredth of a cent."""
    if usd is None:
        return unknown
    return f"${usd:.4f}"


def assumptions_section(plan: CateringPlan, _: Page) -> Section:
    """What the plan rests on, and the field of the order that replaces it."""
    rows = tuple((_assumption_text(item), item.source, item.override) for item in plan.assumptions)
    return Section("assumptions", "Assumptions", (Table(ASSUMPTION_COLUMNS, rows, fold=8),))


def _assumption_text(item: Assumption) -> str:
    said_already = item.number in ("", "0") or item.number in item.text
    if said_already:
        return item.text
    return f"{item.text}: {item.number}"


def contingency_section(plan: CateringPlan, _: Page) -> Section:
    """If this happens, that is done."""
    rows = tuple((item.trigger, item.action, item.owner) for item in plan.contingency)
    return Section("contingency", "If something goes wrong", (Table(CONTINGENCY_COLUMNS, rows),))


def texts_section(plan: CateringPlan, _: Page) -> Section:
    """Prose for people."""
    day = calendar_day(event_day(plan.order.event.service_at, plan.order))
    return Section.of("texts", f"Texts for {day}", _texts(plan))


def _texts(plan: CateringPlan) -> Iterator[Part]:
    for item in plan.texts:
        name = item.name.replace("_", " ").capitalize()
        yield Paragraph(f"{name} (by {item.by}): {item.text}")
