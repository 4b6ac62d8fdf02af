"""Variants of a plan side by side: what each costs and needs, when it begins, how robust it is, who eats better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from catering_cli.render.clock import stamp
from catering_cli.render.page import Column, Paragraph, Section, Table
from catering_cli.render.sections.changes import changes
from catering_cli.render.wording import cost_text

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

MOST_CHANGES = 4
"""Changes that are told of a variant; its own plan has them all."""


def variants_section(plans: Sequence[tuple[str, CateringPlan]]) -> Section:
    """A row for each plan, the plan as it is first; below it what each changes."""
    base = plans[0][1]
    cells = (_cost, _crew, _begins, _robust, _issues, _score)
    rows = tuple((name, *(cell(plan) for cell in cells), _better_fed(plan, base)) for name, plan in plans)
    parts: list[Table | Paragraph] = [Table(COLUMNS, rows)]
    parts += [Paragraph(text) for text in _told(plans)]
    return Section.of("variants", "Side by side", parts, empty="No change was found.")


COLUMNS = (
    Column("Change"),
    Column("Cost", right=True),
    Column("Crew", right=True),
    Column("Work begins"),
    Column("On time", right=True),
    Column("Issues"),
    Column("Score", right=True),
    Column("Better fed", wide=True),
)


def _told(plans: Sequence[tuple[str, CateringPlan]]) -> Iterator[str]:
    base = plans[0][1]
    for name, plan in plans[1:]:
        said = changes(base, plan)
        more = f" And {len(said) - MOST_CHANGES} more." if len(said) > MOST_CHANGES else ""
        yield f"{name}: {' '.join(said[:MOST_CHANGES])}{more}"


def _issues(plan: CateringPlan) -> str:
    count = Counter(one.severity for one in plan.findings)
    return f"{count['blocking']} blocking, {count['open']} open"


def _score(plan: CateringPlan) -> str:
    return f"{plan.score.value:.2f}" if plan.score else "-"


def _cost(plan: CateringPlan) -> str:
    return cost_text(plan.costing, plan.costing.total)


def _crew(plan: CateringPlan) -> str:
    return str(sum(line.count for line in plan.staffing))


def _begins(plan: CateringPlan) -> str:
    first = plan.timeline.first_start
    return stamp(first, plan.order) if first else "no day fits"


def _robust(plan: CateringPlan) -> str:
    replay = plan.timeline.replay
    return f"{replay.held} of {replay.days}" if replay else "-"


def _better_fed(plan: CateringPlan, base: CateringPlan) -> str:
    """The kinds of guests that have more dishes to eat than before."""
    before = {profile.id: len(profile.may_eat) for profile in base.diets.profiles}
    fed: list[str] = []
    for profile in plan.diets.profiles:
        dishes = len(profile.may_eat)
        had = before.get(profile.id, dishes)
        if profile.count and dishes > had:
            fed.append(f"{profile.name or profile.id} {dishes} dishes (was {had})")
    return "; ".join(fed) or "-"
