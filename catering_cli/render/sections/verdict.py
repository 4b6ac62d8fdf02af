"""What is to know first: is the plan good, and what is wrong or open."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from catering_cli.domain.finding import SEVERITIES
from catering_cli.render.page import Column, Line, Page, Part, Section, Table, Tone
from catering_cli.render.wording import counted, day, money, span, stamp

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.plan import CateringPlan

LONGEST = 130
"""Characters of a message, and of its remedy, in the first reading."""

TONES: dict[str, Tone] = {"blocking": "bad", "open": "open", "warning": "warning", "advice": "dim"}


def verdict(plan: CateringPlan, _: Page) -> Section:
    """The event in a line, and whether it can be served so."""
    event = plan.order.event
    facts = [
        f"{counted(plan.headcount.guaranteed, 'guest')}, {event.style}, {stamp(event.service_at, plan.order)}",
        counted(len(plan.menu), "dish", "dishes"),
    ]
    if plan.timeline.first_start:
        first = stamp(plan.timeline.first_start, plan.order)
        facts.append(f"work begins {first}, {span(plan.timeline.span_minutes)} before service")
    if plan.costing.total is not None:
        least = "at least " if plan.costing.at_least else ""
        facts.append(f"{least}{money(plan.costing.total, plan.costing.currency)}")
    return Section("verdict", event.name, (_said(plan), Line("; ".join(facts) + ".")))


def _said(plan: CateringPlan) -> Line:
    blocking = sum(finding.severity == "blocking" for finding in plan.findings)
    unsettled = sum(finding.severity == "open" for finding in plan.findings)
    score = f" Score {plan.score.value:.2f}." if plan.score else ""
    if blocking:
        return Line(f"Not to be served so: {counted(blocking, 'blocking finding')}, {unsettled} open.{score}", "bad")
    if unsettled:
        return Line(f"Good, with {counted(unsettled, 'point')} for a person to settle.{score}", "open")
    return Line(f"Good: nothing blocking, nothing open.{score}", "good")


def findings(plan: CateringPlan, page: Page) -> Section:
    """What is wrong, open, or worth knowing, gravest first; alike ones together where not all are asked for."""
    ordered = sorted(plan.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    whole = page.section == "findings"
    shown = ordered if whole else [item for item in ordered if item.severity != "advice"]
    rows = tuple((item.severity, _message(item, whole=whole), item.where) for item in shown)
    parts: list[Part] = []
    if rows:
        columns = (Column("Severity"), Column("Finding", wide=True), Column("Where", wide=True, spare=True))
        tones = tuple(TONES[item.severity] for item in shown)
        parts.append(Table(columns, rows, fold=12, tones=tones))
    hidden = len(ordered) - len(shown)
    cut = not whole and any(_message(item, whole=False) != _message(item, whole=True) for item in shown)
    if hidden or cut:
        what = " and ".join(
            [
                *(["each in full"] if cut else []),
                *([f"{counted(hidden, 'piece', 'pieces')} of advice"] if hidden else []),
            ]
        )
        parts.append(Line(f"{what[:1].upper()}{what[1:]}: {page.command} --section findings", "dim"))
    return Section("findings", "Findings", tuple(parts) or (Line("None."),))


def _message(item: Finding, *, whole: bool) -> str:
    parts = [item.message] + ([item.fix] if item.fix and item.fix not in item.message else [])
    if not whole:
        parts = [shorten(part, LONGEST, placeholder=" …") for part in parts]
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}{'' if part.endswith('…') else '.'}" for part in parts)


def run(plan: CateringPlan, _: Page) -> Section:
    """Who decided, with what, for how much."""
    record = plan.run
    if record is None:
        return Section("run", "Run", (Line("Cooked by the kitchen alone."),))
    columns = (
        Column("Step", wide=True),
        Column("Task"),
        Column("Subject"),
        Column("State"),
        Column("By"),
        Column("Tries", right=True, spare=True),
        Column("Seconds", right=True, spare=True),
        Column("USD", right=True),
    )
    rows = tuple(
        (
            step.id,
            step.task,
            step.subject,
            step.state,
            step.by,
            str(len(step.attempts)),
            f"{step.seconds:.1f}",
            "-" if step.usd is None else f"{step.usd:.4f}",
        )
        for step in record.steps
    )
    cost = "unknown" if record.usd is None else f"${record.usd:.4f}"
    said = f"Run {record.id}: config {record.config}, {record.pattern}, {record.seconds:.1f} s, cost {cost}."
    notices = tuple(Line(text, "warning") for text in record.notices)
    return Section("run", "Run", (Line(said), *notices, Table(columns, rows)))


def assumptions(plan: CateringPlan, _: Page) -> Section:
    """What the plan rests on, and what in the order replaces it."""
    columns = (Column("Assumption", wide=True), Column("Source", wide=True, spare=True), Column("Override", spare=True))
    rows = tuple((_with_number(item.text, item.number), item.source, item.override) for item in plan.assumptions)
    return Section("assumptions", "Assumptions", (Table(columns, rows, fold=8),))


def _with_number(text: str, number: str) -> str:
    return text if number in ("", "0") or number in text else f"{text}: {number}"


def contingency(plan: CateringPlan, _: Page) -> Section:
    """If this happens, that is done."""
    columns = (Column("If", wide=True), Column("Then", wide=True), Column("Who"))
    rows = tuple((item.trigger, item.action, item.owner) for item in plan.contingency)
    return Section("contingency", "If something goes wrong", (Table(columns, rows),))


def texts(plan: CateringPlan, _: Page) -> Section:
    """Prose for people."""
    parts = [Line(f"{item.name.replace('_', ' ').capitalize()} (by {item.by}): {item.text}") for item in plan.texts]
    view = [Line(plan.overview.text)] if plan.overview and plan.overview.text else []
    return Section(
        "texts", f"Texts for {day(plan.order.event.service_at, plan.order)}", (*view, *parts) or (Line("None."),)
    )
