"""Laws of the papers: every task on one line, every check in one row, quotes to the cent, text stays text."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.money import Costing, CostLine
from catering_cli.domain.order_parts.pricing import Pricing, quote
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms import csv_tables
from catering_cli.render.forms.writers import WRITERS, section_names
from catering_cli.render.page import Cards, Page, Table
from catering_cli.render.papers.haccp_log import rows_of
from catering_cli.render.papers.labels import containers_of
from catering_cli.render.papers.meals import meals_of
from catering_cli.render.papers.people import people
from catering_cli.render.papers.run_of_show import entries
from catering_cli.render.papers.task_lines import task_lines
from catering_cli.render.sections.index import BOOKS, FOR_CLIENTS, SECTIONS

ROOT = Path(__file__).parents[2]
EVIL = '<script>alert(1)</script> \x1b[31m=HYPERLINK("x") | `b` \u202e'
MARKUP = "[bold red]not bold[/] *em* &amp; </style>"


@pytest.fixture(scope="module", params=["wedding", "gala", "boxed_lunches"])
def plan(request: pytest.FixtureRequest) -> CateringPlan:
    return cook(load.order(str(ROOT / "sample_orders" / f"{request.param}.json")), ())


def ordered(**more: Any) -> CateringPlan:
    """A small order with what only the papers print."""
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30", "timezone": "America/New_York", "style": "buffet"}
    order = {"event": event, "guests": 60, "menu": ["Caesar salad", "Roasted vegetables"], **more}
    return cook(load.order_of(order, "order.json"), ())


def test_each_task_is_on_exactly_one_line(plan):
    lines = Counter(block.id for line in task_lines(plan) for block in line.blocks)
    lines += Counter(entry.task for entry in entries(plan) if entry.task)
    assert lines == Counter(block.id for block in plan.timeline.blocks)


def test_visits_to_a_long_step_are_on_the_production_sheet_and_not_in_the_run_of_show():
    plan = ordered(menu=["BBQ brisket", "Pulled pork"])
    visits = {block.id for block in plan.timeline.blocks if block.kind == "tend"}
    assert visits
    lines = task_lines(plan)
    assert visits <= {block.id for line in lines for block in line.blocks}
    assert not visits & {entry.task for entry in entries(plan)}
    assert all(line.station == "Ovens" for line in lines if line.first.id in visits)
    assert "tend at" in WRITERS["terminal"](plan, Page(section="production", width=300))


def test_a_line_makes_what_its_tasks_make(plan):
    made = Counter[tuple[str, int | None]]()
    for line in task_lines(plan):
        made[line.dish.id, line.first.step] += line.portions
    portions = Counter[tuple[str, int | None]]()
    for block in plan.timeline.blocks:
        if block.step:
            portions[block.dish, block.step] += block.portions
    assert made == portions


def test_each_check_is_in_exactly_one_row(plan):
    rows = rows_of(plan)
    assert sum(map(len, rows)) == len(plan.safety.points)
    assert all(len({(point.dish, point.kind, point.limit) for point in row}) == 1 for row in rows)


def test_a_person_does_one_thing_at_a_time(plan):
    called = people(plan)
    assert len(called) == sum(line.count for line in plan.staffing)
    for person in called:
        worked = sorted(person.work, key=lambda work: work[0])
        assert all(one[1] <= two[0] for one, two in pairwise(worked))


def test_everyone_whom_a_task_needs_is_on_the_call_sheet(plan):
    dealt = Counter(block.id for person in people(plan) for _, _, block in person.work)
    needed = Counter({block.id: sum(crew.count for crew in block.crew) for block in plan.timeline.blocks})
    assert dealt == +needed


def house_amounts(plan: CateringPlan) -> set[str]:
    """Every amount of money of the house: cost table, purchases, wages, leftovers, as it would be printed."""
    costing = plan.costing
    found = [line.amount for line in costing.lines]
    found += [costing.total, costing.per_guest, costing.budget, costing.over_budget]
    found += [line.cost for line in plan.shopping.lines] + [line.left_value for line in plan.shopping.lines]
    found += [amount for line in plan.staffing for amount in (line.rate, line.cost)]
    return {f"{amount:,.2f}" for amount in found if amount}


def cards_for(**profile: Any) -> int:
    """How many cards a plan has for a kind of guest."""
    plan = ordered(guests={"guaranteed": 200, "profiles": [{"needs": ["vegetarian"], **profile}]})
    section = SECTIONS["plates"](plan, Page())
    return sum(len(part.cards) for part in section.parts if isinstance(part, Cards))


@pytest.mark.parametrize(
    ("profile", "cards"),
    [
        ({"count": 180}, 1),
        ({"count": 180, "name": "vegetarians"}, 1),
        ({"count": 40, "name": "Hindu guests"}, 1),
        ({"count": 2, "name": "Idris and Paloma Venn"}, 2),
        ({"count": 3, "name": "vegetarians, table 5"}, 3),
        ({"count": 4, "severity": "severe"}, 4),
    ],
)
def test_a_card_for_each_guest_only_where_name_table_or_severity_asks_for_it(profile, cards):
    assert cards_for(**profile) == cards


def test_tools_are_counted_and_rentals_have_spares(plan):
    section = SECTIONS["packing"](plan, Page())
    tables = {part.title: part for part in section.parts if isinstance(part, Table)}
    tools = {row[4]: int(row[3].replace(",", "")) for row in tables["Tools by station"].rows}
    assert tools["trash bag"] == -(-plan.headcount.set_for // 10)
    assert all(tools.values())
    packed = {row[4].partition(" (")[0]: int(row[3].replace(",", "")) for row in tables["For all stops"].rows}
    for line in plan.equipment.ware:
        spare = packed[line.item] - line.count
        at_most_a_tenth = spare <= max(line.count // 10 + 1, 1)
        assert spare >= 0
        assert at_most_a_tenth
        assert spare > 0 or "napkin" in line.item or line.item == "chafer"


def test_the_first_screen_is_read_in_thirty_seconds(plan):
    """At 80 columns two pages of a terminal at most, each open item told, each guest with a need named."""
    shown = WRITERS["terminal"](plan, Page(width=80)).splitlines()
    assert len(shown) <= 90
    assert max(map(len, shown)) <= 80
    assert all(any(meal.who.split(" (")[0] in line for line in shown) for meal in meals_of(plan))
    assert shown[-1].endswith("catering show --help")


@pytest.mark.parametrize("section", FOR_CLIENTS)
def test_a_client_reads_no_cost_of_the_house(plan, section):
    priced = plan.model_copy(
        update={"order": plan.order.model_copy(update={"price": Pricing(per_guest=Decimal("97.31"))})}
    )
    amounts = house_amounts(plan)
    for form in ("html", "terminal", "markdown"):
        text = WRITERS[form](priced, Page(section=section, width=400))
        text = re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)
        assert f"{Decimal('97.31') * plan.headcount.guaranteed:,.2f}" in text
        assert {said for said in amounts if re.search(rf"(?<![\d,]){re.escape(said)}(?!\d)", text)} == set()
        assert not re.search(r"(?i)labou?r|food cost|blocking|open item|contingency", text)


prices = st.decimals(min_value=0, max_value=500, places=2)
percents = st.decimals(min_value=0, max_value=30, places=2)


@given(
    each=prices,
    guests=st.integers(1, 2_000),
    service=percents,
    gratuity=percents,
    taxes=st.lists(st.tuples(percents, st.booleans()), max_size=3),
    deposits=st.lists(st.decimals(min_value=0, max_value=100, places=1), max_size=3),
    minimum=st.none() | prices,
)
def test_a_quote_adds_up_to_the_cent(each, guests, service, gratuity, taxes, deposits, minimum):
    price = Pricing.model_validate(
        {
            "per_guest": each,
            "minimum": minimum,
            "charges": [{"label": "Bar", "amount": "150.555"}],
            "service_charge_percent": service,
            "gratuity_percent": gratuity,
            "taxes": [{"name": "Tax", "percent": percent, "compound": compound} for percent, compound in taxes],
            "deposits": [{"percent": percent} for percent in deposits],
        }
    )
    made = quote(price, guests, Costing())
    assert made is not None
    assert sum(line.amount for line in made.lines) == made.total
    assert sum(line.amount for line in made.due) == made.total
    assert all(line.amount == line.amount.quantize(Decimal("0.01")) for line in (*made.lines, *made.due))
    assert made.net >= (minimum or 0)


@given(cost=st.decimals(min_value=1, max_value=99_999, places=2), guests=st.integers(1, 900), share=st.integers(5, 95))
def test_a_price_from_costs_keeps_the_share_that_was_asked_for(cost, guests, share):
    costing = Costing(lines=(CostLine(kind="food", label="food", amount=cost),), total=cost)
    by_food = quote(Pricing(food_cost_percent=Decimal(share)), guests, costing)
    by_margin = quote(Pricing(margin_percent=Decimal(100 - share)), guests, costing)
    assert by_food is not None
    assert by_margin is not None
    assert abs(by_food.net * share / 100 - cost) <= Decimal("0.005") * guests
    assert by_margin.net == by_food.net


def test_a_price_is_not_made_of_costs_that_are_not_known():
    assert quote(Pricing(margin_percent=Decimal(40)), 10, Costing(total=Decimal(5), at_least=True)) is None


@pytest.mark.parametrize("price", [{}, {"per_guest": 9, "margin_percent": 20}, {"margin_percent": 100}])
def test_a_price_is_found_in_one_way(price):
    with pytest.raises(ValueError, match=r"per_guest|less than 100"):
        Pricing.model_validate(price)


def test_the_event_order_has_what_the_order_says():
    plan = ordered(
        client={"name": "Ada Reyes", "company": "Reyes & Sons", "phone": "555 0100"},
        contacts=[{"name": "Jo", "role": "Day-of contact", "phone": "555 0199"}],
        venue={"name": "Old Mill", "address": "1 Mill Lane", "load_in": "north dock from 09:00"},
        beo={
            "number": "B-77",
            "doors": "2027-04-17T12:00",
            "cues": [{"at": "2027-04-17T14:00", "what": "Last call"}],
            "bar": ["House wine, two hours"],
        },
        tables=[{"name": "Table 1", "seats": 8, "guests": ["Ada", "Bo"], "note": "near the door"}],
        notes="The band eats at 15:10. Nothing is served on paper.",
    )
    text = WRITERS["terminal"](plan, Page(section="beo", width=300))
    for said in ("Ada Reyes, Reyes & Sons", "555 0199", "Old Mill", "north dock from 09:00", "B-77", "Doors"):
        assert said in text
    for said in ("14:00", "Last call", "House wine", "8 seats, Ada and Bo, near the door", "The band eats at 15:10."):
        assert said in text
    assert re.search(r"12:00\s+Doors", text)


@pytest.mark.parametrize("text", [EVIL, MARKUP])
def test_text_of_an_order_stays_text_on_every_paper(text):
    plan = ordered(
        client={"name": text, "address": text},
        contacts=[{"name": text, "role": text}],
        venue={"name": text, "load_in": text},
        beo={"number": text, "bar": [text], "cues": [{"at": "2027-04-17T14:00", "what": text}], "instructions": [text]},
        tables=[{"name": text, "guests": [text], "note": text}],
        price={"per_guest": 10, "taxes": [{"name": text, "percent": 1}], "deposits": [{"label": text, "percent": 5}]},
        notes=text,
    )
    for name in (*BOOKS, *SECTIONS):
        page = WRITERS["html"](plan, Page(section=name))
        assert page.count("</style>") == 1
        assert "<script" not in page
        for form in ("html", "terminal", "markdown"):
            assert not {"\x1b", "\u202e"} & set(WRITERS[form](plan, Page(section=name, width=200)))
        outside = re.sub(r"```.*?```", "", WRITERS["markdown"](plan, Page(section=name)), flags=re.DOTALL)
        assert re.search(r"(?<!\\)[<`]", outside) is None
    for data in csv_tables.csv_files(plan).values():
        assert not re.search(r'(?:^|,)"?[=+@]', data.decode("utf-8-sig"), re.MULTILINE)
    assert icalendar.Calendar.from_ical(WRITERS["ics"](plan, Page())).walk("VEVENT")


def test_a_label_leaves_out_no_allergen_and_is_refused_where_something_is_not_known(plan):
    section = SECTIONS["box-labels"](plan, Page())
    shown = {card.title: card.lines for part in section.parts if isinstance(part, Cards) for card in part.cards}
    rows = {row.dish: row for row in plan.diets.rows}
    for dish in plan.menu:
        cells = rows[dish.id].cells
        if any(cell.state == "unknown" for cell in cells):
            assert dish.name not in shown
        for cell in cells if dish.name in shown else ():
            said = " ".join(text for _, text, _ in shown[dish.name])
            assert bool(re.search(rf"\b{cell.allergen.upper()}\b", said)) is (cell.state in ("contains", "may_contain"))


def test_a_date_label_for_each_container_of_a_stored_batch(plan):
    section = SECTIONS["labels"](plan, Page())
    labels = [card for part in section.parts if isinstance(part, Cards) for card in part.cards]
    stored = [block for block in plan.timeline.blocks if block.storage and block.shelf_life_hours and block.step]
    dishes = {dish.id: dish for dish in (*plan.menu, *plan.bases)}
    counts = [containers_of(dishes[block.dish], block, plan) for block in stored]
    assert min(counts) >= 1
    assert len(labels) == sum(counts)


def test_help_names_every_paper_and_section():
    from catering_cli.cli.commands.show import show

    words = set(re.findall(r"[a-z-]+", show.__doc__ or ""))
    assert {*BOOKS, *SECTIONS} - words == set()
    assert set(section_names("csv")) <= {*SECTIONS}
