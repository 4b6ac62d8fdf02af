"""Changed since: what happened on the day, what is thrown out or cut, what moved, and whom to tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from catering_cli.render.clock import stamp, stamp_or_blank
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.sections.findings import finding_line

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.timeline import Replanned

MOVED = (Column("Was"), Column("Now"), Column("Work", wide=True), Column("Block"))


def replanned_section(plan: CateringPlan, page: Page) -> Section:  # noqa: ARG001  # the shape of all sections
    """The page for everyone who holds the plan before."""
    told = plan.timeline.replanned
    return Section.of("changed", "Changed since", _parts(plan, told) if told else (), "Nothing changed.")


def _parts(plan: CateringPlan, told: Replanned) -> Iterator[Part]:
    yield Paragraph(f"{stamp(told.now, plan.order)}: {', '.join(told.happened)}.", "strong")
    for line in told.cut:
        yield Paragraph(f"Cut: {line}.", "bad")
    if told.short:
        yield Paragraph(f"Smaller portions: {'; '.join(told.short)}.", "bad")
    for line in told.fewer:
        yield Paragraph(f"Fewer hands: {line}.", "bad")
    for line in told.call_in:
        yield Paragraph(f"Call in: {line}.", "bad")
    for line in told.thrown_out:
        yield Paragraph(f"Throw out and make again: {line}.", "bad")
    if told.tell:
        yield Paragraph(f"Tell: {', '.join(told.tell)}.")
    rows: list[Row] = [
        (stamp_or_blank(move.was, plan.order) or "new", stamp(move.start, plan.order), move.label, move.block)
        for move in told.moved
    ]
    yield Table(MOVED, tuple(rows), fold=len(rows), title="Moved") if rows else Paragraph("No work moves.")
    for finding in plan.findings:
        if finding.severity == "blocking":
            yield Paragraph(finding_line(finding), "bad")
