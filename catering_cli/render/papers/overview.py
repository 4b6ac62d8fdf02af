"""What the plan's readers say of the event: overview, risks, questions to the client, and what they would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from catering_cli.domain.decision import Critique, Overview, Risk
from catering_cli.domain.names import KITCHEN
from catering_cli.render.clock import stamp
from catering_cli.render.decided import decided_by_models
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.wording import counted, dish_names

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

COLUMNS = (Column("What"), Column("Says", wide=True), Column("By"))
SHORT = 3
"""Risks and questions that the first reading shows."""


def overview_section(plan: CateringPlan, page: Page) -> Section:
    """The overview, and each risk, question and weakness; in a first reading only the first few."""
    most = None if page.section else SHORT
    return Section.of("overview", "Overview", _parts(plan, most))


def _parts(plan: CateringPlan, most: int | None) -> Iterator[Part]:
    if plan.overview and plan.overview.text:
        yield Paragraph(f"{plan.overview.text} (by {_maker(plan, Overview)})")
    else:
        yield Paragraph(" ".join(_facts(plan)))
    decided = list(decided_by_models(plan))[: most and 2 * most]
    rows = (
        *_overview_rows(plan, most),
        *_critique_rows(plan, most),
        *(("decided", text, maker) for text, maker in decided),
    )
    if rows:
        yield Table(COLUMNS, rows)
    changed = plan.run.changed if plan.run else ()
    if changed:
        told = "; ".join(f"{one.what} {one.before} → {one.after}" for one in changed)
        yield Paragraph(f"What decisions changed: {told}.")


def _overview_rows(plan: CateringPlan, most: int | None) -> Iterator[Row]:
    if plan.overview is None:
        return
    by = _maker(plan, Overview)
    names = dish_names(plan)
    for risk in plan.overview.risks[:most]:
        yield "risk", risk_text(risk, names), by
    for text in _first(plan.overview.questions, most):
        yield "question", text, by


def _critique_rows(plan: CateringPlan, most: int | None) -> Iterator[Row]:
    if plan.critique is None:
        return
    by = _maker(plan, Critique)
    if plan.critique.text:
        yield "critique", plan.critique.text, by
    for text in _first(plan.critique.weaknesses, most):
        yield "weakness", text, by


def risk_text(risk: Risk, names: Mapping[str, str]) -> str:
    """What triggers it, what is done, by whom, and the dish it is about."""
    about = f"{names[risk.about]}: " if risk.about in names else ""
    return f"{about}{risk.text}"


def _first(texts: Iterable[str], most: int | None) -> list[str]:
    return list(texts)[:most]


def _maker(plan: CateringPlan, kind: type[Overview | Critique]) -> str:
    """Who made the last decision of that kind."""
    made = [one.by for one in plan.decisions if isinstance(one.decision, kind)]
    return made[-1] if made else KITCHEN


def _facts(plan: CateringPlan) -> Iterator[str]:
    """The kitchen's own overview: where the weight of the event lies, from the plan's figures."""
    needs = [profile for profile in plan.diets.profiles if profile.needs]
    guests = counted(plan.headcount.set_for, "guest")
    yield f"{counted(len(plan.menu), 'dish')} for {guests}; {counted(len(needs), 'group')} with needs of their own."
    busiest = _busiest(plan)
    if busiest:
        at, hands = busiest
        yield f"Most hands at {stamp(at, plan.order)}: {counted(hands, 'person', 'people')} at work at once."
    ahead = {block.dish for block in plan.timeline.blocks if _is_earlier_day(block.start, plan)} - {""}
    if ahead:
        yield f"{counted(len(ahead), 'dish')} begun on an earlier day."


def _busiest(plan: CateringPlan) -> tuple[datetime, int] | None:
    """When most people work at once, and how many they are."""
    blocks = plan.timeline.blocks
    hands = {}
    for moment in sorted({block.start for block in blocks}):
        at_work = [block.crew for block in blocks if block.start <= moment < block.end]
        hands[moment] = sum(crew.count for crew in chain.from_iterable(at_work))
    return max(hands.items(), key=lambda pair: pair[1], default=None)


def _is_earlier_day(moment: datetime, plan: CateringPlan) -> bool:
    service = plan.order.event.service_at
    return moment.astimezone(service.tzinfo).date() < service.date()
