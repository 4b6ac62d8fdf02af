"""What to do now: the gravest issues, one line a kind, with who settles it and by when."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from catering_cli.render import open_items
from catering_cli.render.clock import calendar_day, event_day
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table, Tone
from catering_cli.render.wording import counted

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.plan import CateringPlan

MOST: Final = 5
"""Lines of open items on the first screen."""

LONGEST: Final = 90
"""Characters of what is to be done, and of what it is about."""

OWNERS: Final = {
    "purchasing": "buyer",
    "kitchen.offer_unknown": "buyer",
    "kitchen.offer_unit": "buyer",
    "staffing": "manager",
    "event": "manager",
    "kitchen.open_question": "manager",
    "kitchen.way_unknown": "manager",
    "kitchen.timezone": "manager",
    "kitchen.overlap_unknown": "manager",
}
"""Begin of a rule's name -> who settles what it finds; all else is the chef's; [K]."""

BEFORE_ORDERING: Final = ("purchasing", "kitchen.food", "kitchen.measure", "kitchen.recipe", "kitchen.yield", "diets")
"""Rules whose findings change what is bought: they are settled before the first order goes out."""

TONES: Final[dict[str, Tone]] = {"blocking": "bad", "open": "open"}
TO_DO_COLUMNS = (
    Column("Who"),
    Column("By"),
    Column("What", wide=True),
)


def to_do_section(plan: CateringPlan, page: Page) -> Section:
    """What is to be settled: in a first reading one line a kind, asked for by name each item."""
    return Section.of("to-do", "Do now", _to_do(plan, page), empty="Nothing is open.")


def _to_do(plan: CateringPlan, page: Page) -> Iterator[Part]:
    grave = open_items.grave(plan.findings)
    kinds = [[item] for item in grave] if page.section == "to-do" else open_items.kinds(grave)[:MOST]
    rows = tuple(_row(items, plan) for items in kinds)
    if rows:
        yield Table(TO_DO_COLUMNS, rows, fold=MOST, tones=tuple(TONES[items[0].severity] for items in kinds))
    elif plan.findings:
        yield Paragraph("Nothing is open.")
    rest = len(plan.findings) - sum(map(len, kinds))
    if rest:
        yield Paragraph(f"{counted(rest, 'more issue')} and tips: {page.command} --section findings", "dim")
    elif len(rows) < len(grave):
        yield Paragraph(f"Item by item: {page.command} --section to-do", "dim")


def _row(items: list[Finding], plan: CateringPlan) -> Row:
    first = items[0]
    text = open_items.line(items) if len(items) > 1 else _said(first)
    return _owner(first), _by(first, plan), text


def _owner(item: Finding) -> str:
    return next((who for begin, who in OWNERS.items() if item.rule.startswith(begin)), "chef")


def _by(item: Finding, plan: CateringPlan) -> str:
    """Before the first order if it changes what is bought, else before the work begins."""
    orders = [line.order_by for line in plan.shopping.lines if line.order_by]
    if orders and item.rule.startswith(BEFORE_ORDERING):
        return calendar_day(min(orders))
    begins = plan.timeline.first_start or plan.order.event.service_at
    return calendar_day(event_day(begins, plan.order))


def _said(item: Finding) -> str:
    """What is to be done, and about what."""
    message = _sentence(item.message)
    if not item.fix or item.fix in item.message:
        return message
    return f"{_sentence(item.fix)} ({message.removesuffix('.')})"


def _sentence(text: str) -> str:
    """The text, or as much of it as a line has room for, as a sentence."""
    cut = shorten(text.rstrip("."), LONGEST, placeholder=" …")
    return f"{cut[:1].upper()}{cut[1:]}" + ("" if cut.endswith("…") else ".")
