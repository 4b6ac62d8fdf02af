"""The client's papers: proposal and confirmation, and the quote. Nothing of the house's costs or issues is on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from catering_cli.domain.order_parts.pricing import Quote, quote
from catering_cli.render.clock import calendar_day, clock_time, event_day, until
from catering_cli.render.page import Column, Facts, Page, Paragraph, Part, Row, Section, Signatures, Table
from catering_cli.render.places import served_at, venue_name
from catering_cli.render.wording import counted, course_name, money_text, plural, service_name

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.people import ServiceLine

MENU_COLUMNS = (
    Column("Course"),
    Column("Dish", wide=True),
)
QUOTE_COLUMNS = (
    Column("For", wide=True),
    Column("Basis", wide=True),
    Column("Amount", right=True),
)
MONEY: Final = re.compile(r"[$€£¥]|\d[.,]\d\d\b|\b[A-Z]{3} ?\d")
"""What a question of a model may not name before the client: an amount of money."""

EACH: Final = re.compile(r" x (\d+\.\d{2})$")
"""The price of one in the basis of a line."""

NO_PRICE = "No price is set: give `price` in the order (per_guest, food_cost_percent or margin_percent)."
COSTS_OPEN = "The price is to follow from costs that are not all known: price every item, or give price.per_guest."


def client_section(plan: CateringPlan, _: Page) -> Section:
    """Event, times, menu, guests with needs, price, questions, signature."""
    return Section.of("client", "Proposal and confirmation", _parts(plan))


def _parts(plan: CateringPlan) -> Iterator[Part]:
    yield Facts(tuple(_facts(plan)))
    for service in plan.service:
        yield from _service(service, plan)
    yield from _needs(plan)
    made = quote_of(plan)
    if made:
        yield from _quote_parts(made, plan)
    yield from _questions(plan)
    yield Signatures(("Client", "Caterer", "Date"))


def _facts(plan: CateringPlan) -> Iterator[tuple[str, str]]:
    order = plan.order
    day = event_day(order.event.service_at, order)
    if order.client:
        yield "Client", ", ".join(said for said in (order.client.name, order.client.company) if said)
    yield "Event", order.event.name
    yield "Date", f"{calendar_day(day)} {day.year}"
    if name := venue_name(plan):
        yield "Venue", name
    yield "Guests", f"{plan.headcount.guaranteed:,} guaranteed"
    for meal in order.guests.extra_meals:
        yield "Crew meals", f"{meal.count} x {meal.who}"


def _service(service: ServiceLine, plan: CateringPlan) -> Iterator[Part]:
    time = f"{clock_time(service.at, plan.order)} to {until(service.at, service.until, plan.order)}"
    guests = counted(service.guests, "guest")
    place = served_at(plan, service.place)
    head = f"{service_name(service)}, {time}: {service.style}, {guests}, {place}"
    dishes = {dish.id: dish for dish in plan.menu}
    rows = tuple((course_name(dishes[key].course), dishes[key].name) for key in service.dishes if key in dishes)
    yield Table(MENU_COLUMNS, rows, title=head, fold=40)


def _needs(plan: CateringPlan) -> Iterator[Part]:
    needs = [profile for profile in plan.diets.profiles if profile.needs]
    if needs:
        said = []
        for profile in needs:
            wanted = ", ".join(profile.needs)
            said.append(f"{profile.count} x {wanted if profile.name in ('', wanted) else f'{profile.name} ({wanted})'}")
        yield Paragraph(f"Dietary needs that you told us: {'; '.join(said)}.")


def _questions(plan: CateringPlan) -> Iterator[Part]:
    """What only the client can answer."""
    yield Paragraph("Please confirm", "strong")
    yield Paragraph("The final number of guests, and every dietary need and allergy by name and table.")
    profiles = {profile.id: profile for profile in plan.diets.profiles}
    asked: dict[str, list[str]] = {}
    for lack in plan.diets.shortages:
        asked.setdefault(lack.profile, []).append(course_name(lack.course))
    for key, courses in asked.items():
        if key in profiles and profiles[key].needs:
            name = profiles[key].name or ", ".join(profiles[key].needs)
            yield Paragraph(f"For {name}: may we propose another {' and '.join(dict.fromkeys(courses))}?")
    for question in plan.overview.questions if plan.overview else ():
        if not MONEY.search(question):
            yield Paragraph(question)


def quote_of(plan: CateringPlan) -> Quote | None:
    """The quote of an order that has a price."""
    if plan.order.price is None:
        return None
    return quote(plan.order.price, plan.headcount.guaranteed, plan.costing)


def quote_section(plan: CateringPlan, _: Page) -> Section:
    """The price line by line, and what is due when."""
    made = quote_of(plan)
    title = f"Quote: {plan.order.event.name}"
    if made:
        return Section.of("quote", title, (*_quote_parts(made, plan), Signatures(("Client", "Caterer", "Date"))))
    return Section.of("quote", title, [Paragraph(COSTS_OPEN if plan.order.price else NO_PRICE, "open")])


def _basis(said: str, currency: str) -> str:
    """What a line is of: 120 x $145.00, 22 %."""
    return EACH.sub(lambda found: f" x {money_text(Decimal(found[1]), currency)}", said)


def _quote_parts(made: Quote, plan: CateringPlan) -> Iterator[Part]:
    currency = plan.costing.currency
    rows: list[Row] = [
        (line.label, _basis(line.basis, currency), money_text(line.amount, currency)) for line in made.lines
    ]
    rows.append(("Total", "", money_text(made.total, currency)))
    yield Table(QUOTE_COLUMNS, tuple(rows), title="Price", fold=30)
    due = tuple((line.label, line.basis, money_text(line.amount, currency)) for line in made.due)
    yield Table(QUOTE_COLUMNS, due, title=plural("Payment"), fold=10)
    if plan.order.price and plan.order.price.valid_until:
        yield Paragraph(f"Valid until {calendar_day(plan.order.price.valid_until)}.")
