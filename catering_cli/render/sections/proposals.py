"""What the client's words were read as, sentence by sentence, with what each change would do to the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from catering_cli.render.clock import stamp
from catering_cli.render.page import Column, Page, Paragraph, Part, Section, Table
from catering_cli.render.wording import counted, money_text

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan, Effect, Proposal

COLUMNS = (
    Column("Id"),
    Column("The client's words", wide=True),
    Column("Read as", wide=True),
    Column("With it", wide=True),
    Column("By"),
)


def proposals_section(plan: CateringPlan, _: Page) -> Section:
    """Each reading, and what would follow; empty if nothing was read."""
    return Section.of("notes", "What the client's words were read as", _parts(plan))


def _parts(plan: CateringPlan) -> Iterator[Part]:
    if not plan.proposals:
        return
    rows = [(one.id, f'"{one.quote}"', one.says, effect_text(one.effect, plan), _by(one)) for one in plan.proposals]
    yield Table(COLUMNS, tuple(rows))
    waiting = [one.id for one in plan.proposals if _waits(one)]
    if waiting:
        yield Paragraph(f"To accept what was read right: catering accept PLAN {' '.join(waiting)} --by NAME")


def _waits(one: Proposal) -> bool:
    """Whether a reading is still to be accepted: the client's own word needs none, and a question is answered."""
    return not one.accepted_by and one.by != "client" and one.kind != "question"


def proposal_lines(plan: CateringPlan) -> list[str]:
    """The same, a line for each."""
    return list(map(" | ".join, _lines(plan)))


def _lines(plan: CateringPlan) -> Iterator[list[str]]:
    for one in plan.proposals:
        parts = [one.id, f'"{one.quote}"', one.says, effect_text(one.effect, plan), _by(one)]
        yield [part for part in parts if part]


def _by(one: Proposal) -> str:
    return f"{one.by}; accepted by {one.accepted_by}" if one.accepted_by else one.by


def effect_text(effect: Effect | None, plan: CateringPlan) -> str:
    """The plan with a change beside the plan without, in words; empty if nothing was cooked."""
    if effect is None:
        return ""
    return "; ".join(_differences(effect, plan)) or "nothing else changes"


def _dearer(effect: Effect, currency: str) -> Iterator[str]:
    cost, then = effect.cost
    if cost is None or then is None or cost == then:
        return
    more = "more" if then > cost else "less"
    yield f"{money_text(abs(then - cost), currency)} {more}"


def _differences(effect: Effect, plan: CateringPlan) -> Iterator[str]:
    before, after = effect.guests
    if before != after:
        yield f"{counted(after, 'guest')} ({before})"
    first, then = effect.serves
    if first != then:
        yield f"service {stamp(then, plan.order)}"
    first_start, then_start = effect.begins
    if then_start is None:
        yield "no day is possible"
    elif first_start != then_start:
        yield f"work begins {stamp(then_start, plan.order)}"
    yield from _dearer(effect, plan.costing.currency)
    for name, (was, now) in (("blocking issue", effect.blocking), ("open item", effect.open)):
        if was != now:
            yield f"{counted(now, name)} ({was})"
    yield from (f"new: {issue}" for issue in effect.new_issues)
