"""The order guide by vendor with specification and packs, and the receiving sheet by delivery."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from catering_cli.domain.plan_parts.shopping import TAP
from catering_cli.render.clock import calendar_day, day_or_blank
from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Signatures, Table
from catering_cli.render.weights import in_pounds, to_order
from catering_cli.render.wording import counted, numbered_dishes

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.shopping import ShoppingLine

NO_VENDOR: Final = "No supplier named"
GUIDE_COLUMNS = (
    Column("Ordered", tick=True),
    Column("Item", wide=True),
    Column("Specification", wide=True),
    Column("Buy", right=True),
    Column("Pack"),
    Column("Need", right=True),
    Column("Order by"),
    Column("For", wide=True, spare=True),
)
RECEIVING_COLUMNS = (
    Column("Received", tick=True),
    Column("Item", wide=True),
    Column("Expected", right=True),
    Column("Limit"),
    Column("Count or weight", blank=True),
    Column("Temp", blank=True),
    Column("Short, refused, note", blank=True),
)
CUT: Final = r"(?=[- ](?:dice|cube|chunk|piece|wedge|slice|strip|floret|chop)|ly\b)"
"""What follows a size that the kitchen cuts, and no vendor sells."""
STATES: Final = (
    r"seedless|(?:un)?salted|low-sodium|raw|smoked|frozen|fresh|dried|ground|ripe|virgin|"
    rf"(?:extra[- ]large|jumbo|large|medium|small|baby)(?!{CUT})"
)
"""Words by which a vendor's catalogue tells one size or state of any food from another; [K]."""
CUTS: Final = {
    "meat|poultry|seafood|fish|deli": (
        r"boneless|bone-in|skinless|skin-on|peeled|deveined|tail-(?:on|off)|shelled|shucked|trimmed|whole|halves|cooked|"
        r"sliced|thick|thin|\d+/\d+"
    ),
    "dairy|bakery|cheese": "whole|sliced|shredded|grated",
    "canned|dry|spices": "whole|halves|pitted|sliced",
    "frozen": "peeled|shelled|pitted|sliced|whole|cooked",
}
"""Departments -> words for what their vendors do with the food; elsewhere the kitchen does it; [K]."""

CHILLED: Final = ("meat", "poultry", "fish", "seafood", "dairy", "eggs", "deli")
"""Departments that arrive at 41F or below."""


def order_guide(plan: CateringPlan) -> list[ShoppingLine]:
    """What the dishes need, by department: what runs from the tap is on no list."""
    lines = [line for line in plan.shopping.lines if line.department != TAP]
    return sorted(lines, key=lambda line: (line.department, line.item))


def bought(plan: CateringPlan) -> list[ShoppingLine]:
    """What vendors are to deliver: the order guide without what is all on hand."""
    return [line for line in order_guide(plan) if line.buy.quantity.high]


def by_vendor(plan: CateringPlan) -> dict[str, list[ShoppingLine]]:
    """Vendor -> the lines to order there; those without one last."""
    found: defaultdict[str, list[ShoppingLine]] = defaultdict(list)
    for line in bought(plan):
        found[line.supplier].append(line)
    last = found.pop("", None)
    ordered = dict(sorted(found.items()))
    return ordered | ({NO_VENDOR: last} if last else {})


def guide_section(plan: CateringPlan, page: Page) -> Section:
    """What to order where, with specification and packs; no price."""
    return Section.of("order-guide", "Order guide by vendor", _guide(plan, page), empty="Nothing to order.")


def _guide(plan: CateringPlan, page: Page) -> Iterator[Part]:
    if bought(plan):
        yield Paragraph(f"Dishes: {numbered_dishes(plan)}.", "dim")
    for vendor, lines in by_vendor(plan).items():
        days = [line.order_by for line in lines if line.order_by]
        first = f", order from {calendar_day(min(days))}" if days else ""
        rows = tuple(_guide_row(line, plan, page) for line in lines)
        yield Table(GUIDE_COLUMNS, rows, title=f"{vendor}: {counted(len(lines), 'line')}{first}", fold=10)
    if plan.shopping.to_taste:
        yield Paragraph(f"Pantry / staples: {', '.join(plan.shopping.to_taste)}.")
    if plan.shopping.beside:
        yield Paragraph(f"{goes_with(plan)}.")


def goes_with(plan: CateringPlan) -> str:
    """What goes with coffee and tea, in one sentence."""
    return f"For coffee and tea: {', '.join(f'{one.amount.kitchen} {one.item}' for one in plan.shopping.beside)}"


def _guide_row(line: ShoppingLine, plan: CateringPlan, page: Page) -> Row:
    pounds = in_pounds(plan, page)
    return (
        "",
        line.offer or line.item,
        specification(line, plan),
        buy_text(line, pounds=pounds),
        to_order(line.pack, pounds=pounds) if line.pack else "loose",
        to_order(line.needed, pounds=pounds),
        day_or_blank(line.order_by),
        ", ".join(sorted((share.dish for share in line.dishes), key=_by_number)),
    )


def _by_number(dish: str) -> tuple[int, str]:
    """d2 before d10."""
    return len(dish), dish


def buy_text(line: ShoppingLine, *, pounds: bool) -> str:
    """How many packs are ordered, or how much if it is bought loose."""
    about = "about " if line.approximate else ""
    if line.packs and line.pack:
        return f"{about}{line.packs:,} x {to_order(line.pack, pounds=pounds)}"
    return f"{about}{to_order(line.buy, pounds=pounds)}"


def specification(line: ShoppingLine, plan: CateringPlan) -> str:
    """Cut, size and state, as the recipes that need it name them."""
    known = (line.item.casefold(), line.offer.casefold())
    said = dict.fromkeys(name for name in line.names if name.casefold() not in known)
    cut_or_size = _specified(line)
    for preparation in _preparations(line, plan):
        said |= dict.fromkeys(match.casefold() for match in cut_or_size.findall(preparation))
    return ", ".join([*said, *([line.note] if line.note else [])])


def _preparations(line: ShoppingLine, plan: CateringPlan) -> Iterator[str]:
    """How the dishes that it is bought for say that the food is prepared."""
    wanted = {share.dish for share in line.dishes}
    for dish in (*plan.menu, *plan.bases):
        if line.food and dish.id in wanted:
            yield from (made.preparation for made in dish.lines if made.food == line.food)


def _specified(line: ShoppingLine) -> re.Pattern[str]:
    """The words that a vendor of this food understands."""
    cuts = [words for departments, words in CUTS.items() if set(departments.split("|")) & {line.department}]
    return re.compile(rf"\b({'|'.join([STATES, *cuts])})\b", re.IGNORECASE)


def receiving_section(plan: CateringPlan, page: Page) -> Section:
    """What comes when from whom, with cells for count, temperature and what is refused."""
    return Section.of("receiving", "Receiving sheet", _deliveries(plan, page), empty="No delivery is due.")


def delivery_day(line: ShoppingLine, plan: CateringPlan) -> date | None:
    """The day on which a line arrives: the day of the order and the vendor's lead days after it."""
    if line.order_by is None:
        return None
    names = {line.item, *line.names}
    lead = next((offer.lead_days for offer in plan.order.supply if {offer.item, offer.food} & names), 0)
    return line.order_by + timedelta(days=lead)


def _deliveries(plan: CateringPlan, page: Page) -> Iterator[Part]:
    found: defaultdict[tuple[date, str], list[ShoppingLine]] = defaultdict(list)
    for line in bought(plan):
        found[delivery_day(line, plan) or date.max, line.supplier or NO_VENDOR].append(line)
    for (day, vendor), lines in sorted(found.items()):
        when = calendar_day(day) if day != date.max else "day not known"
        rows = tuple(_receiving_row(line, plan, page) for line in lines)
        yield Table(RECEIVING_COLUMNS, rows, title=f"{when}: {vendor}", fold=10)
    if found:
        yield Signatures(("Received by", "Driver", "Date and time"))


def _receiving_row(line: ShoppingLine, plan: CateringPlan, page: Page) -> Row:
    limits = {point.dish: point.limit for point in plan.safety.points if point.kind == "receive"}
    cold = any(word in line.department for word in CHILLED)
    limit = next((limits[share.dish] for share in line.dishes if share.dish in limits), "<=41F (5C)") if cold else ""
    return "", line.offer or line.item, buy_text(line, pounds=in_pounds(plan, page)), limit, "", "", ""
