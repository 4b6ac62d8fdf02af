"""The event book: every sheet with its revision, text stays text, as many bars as blocks, unknown never absent."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import icalendar
import pytest
from hand_plan import small_plan

from catering_cli.cli.other_numbers.in_system import in_system
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms import csv_tables
from catering_cli.render.forms.svg_gantt import svg_charts
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.page import Page
from catering_cli.render.papers.haccp_log import rows_of
from catering_cli.render.papers.meals import meals_of
from catering_cli.render.papers.people import people
from catering_cli.render.revision import revision
from catering_cli.render.sections import guests
from catering_cli.render.sections.index import BOOKS, SECTIONS

ROOT = Path(__file__).parents[2]
EVIL = "<script>alert(1)</script>"
QUOTES = 'it\'s "double" `back` «guillemets» “curly” ‘single’ „low“ &amp; </title>'


class Reader(HTMLParser):
    """Tags with attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


def html(plan, **page):
    return WRITERS["html"](plan, Page(**page))


@pytest.fixture(scope="module", params=["wedding", "gala"])
def plan(request):
    return cook(load.order(str(ROOT / "sample_orders" / f"{request.param}.json")), ())


def test_the_book_is_one_file_that_asks_nobody(plan):
    read = Reader(html(plan))
    assert not {"script", "img", "iframe", "object"} & {tag for tag, _ in read.tags}
    addresses = [attrs.get(name) or "" for _, attrs in read.tags for name in ("src", "href", "action") if name in attrs]
    assert all(address.startswith(("#", "data:,")) for address in addresses)
    assert "url(" not in html(plan)
    assert "default-src 'none'" in html(plan)


def test_every_sheet_carries_the_revision(plan):
    for name, papers in BOOKS.items():
        sheets = html(plan, section=name).split('<section class="sheet')[1:]
        assert len(sheets) in (len(papers), len(papers) - 1)  # no driver's sheet where nothing is driven
        assert all(f"Revision {revision(plan)}" in sheet for sheet in sheets)


def test_as_many_bars_as_blocks(plan):
    bars = [
        attrs["data-block"]
        for tag, attrs in Reader(html(plan, section="timeline")).tags
        if tag == "g" and "bar" in str(attrs["class"])
    ]
    assert sorted(bars) == sorted(block.id for block in plan.timeline.blocks)


def test_no_two_bars_of_a_lane_overlap(plan):
    for chart in svg_charts(plan):
        lanes: dict[float, list[tuple[float, float]]] = {}
        for bar in chart.bars:
            lanes.setdefault(bar.y, []).append((bar.x, bar.x + bar.width))
        for bars in lanes.values():
            ordered = sorted(bars)
            assert all(one[1] <= two[0] + 2 for one, two in pairwise(ordered))


def test_every_person_of_the_call_sheet_who_works_has_a_lane(plan):
    drawn: Counter[str] = Counter()
    for chart in svg_charts(plan):
        for _, name in chart.lanes:
            role, _, numbers = name.rpartition(" ")
            first, _, last = numbers.partition("-")
            if first.isdecimal():
                drawn.update({f"{role} {number}" for number in range(int(first), int(last or first) + 1)})
    assert {f"{one.role} {one.number}" for one in people(plan) if one.work} <= set(drawn)


def test_the_sheets_hold_what_a_kitchen_ticks_and_writes_down(plan):
    read = Reader(html(plan))
    boxes = [attrs.get("aria-label") for tag, attrs in read.tags if tag == "input"]
    ordered = [line for line in plan.shopping.lines if line.department != "tap" and line.buy.quantity.high]
    assert boxes.count("ordered") == boxes.count("received") == len(ordered)
    assert boxes.count("loaded") == boxes.count("back") >= len(plan.packing)
    suppliers = {line.supplier for line in ordered if line.supplier}
    headings = " / ".join(read.texts)
    assert all(f"{supplier}:" in headings for supplier in suppliers)
    log = Reader(html(plan, section="safety"))
    blank = [attrs for tag, attrs in log.tags if tag == "td" and attrs.get("class") == "reading"]
    assert len(blank) == 4 * len(rows_of(plan))
    assert "Signature" in html(plan, section="diets")


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_every_section_is_a_sheet_of_its_own(section):
    page = html(small_plan(), section=section)
    assert page.count('<section class="sheet') == 1
    assert '<header class="cover">' not in page


def test_an_unknown_cell_is_never_shown_as_absent():
    row = html(small_plan(), section="diets").split("d2 Green salad", 1)[1].split("</tr>")[0]
    assert re.findall(r'class="state (\w+)"', row) == ["unknown", "may_contain", "cannot_tell"]
    card = guests.cards_of(small_plan())[1]
    assert (card.unknown, card.may_contain, card.suits, card.uncertified) == (("milk",), ("tree nuts",), (), ())


def test_a_dish_without_a_row_is_unknown_throughout():
    plan = small_plan()
    bare = plan.model_copy(update={"diets": plan.diets.model_copy(update={"rows": ()})})
    assert all(card.unknown == plan.diets.allergens for card in guests.cards_of(bare))


def test_a_card_certifies_nothing_that_words_cannot_prove(plan):
    for card in guests.cards_of(plan):
        assert set(card.suits) <= {"vegan", "vegetarian", "pescatarian"}


def test_a_plate_holds_only_what_its_guest_may_eat(plan):
    names = {dish.name: dish.id for dish in plan.menu}
    profiles = {(one.name or ", ".join(one.needs), one.needs): one for one in plan.diets.profiles}
    meals = meals_of(plan)
    assert len(meals) == sum(bool(one.needs) for one in plan.diets.profiles)
    for meal in meals:
        may = profiles[meal.name, meal.needs].may_eat
        for served in (meal.gets, *meal.guests):
            assert all(names[dish] in may for _, dishes in served for dish in dishes)
        assert {names[dish] for dish in meal.never} == set(names.values()) - set(may)


def test_a_plate_says_what_has_to_be_settled_first():
    plan = small_plan()
    open_one = plan.findings[1].model_copy(update={"where": "plan.diets.profiles[1]"})
    waiting = plan.model_copy(update={"findings": (open_one,)})
    assert [meal.first for meal in meals_of(plan)] == [()]
    assert [meal.first for meal in meals_of(waiting)] == [("Ask the maker.",)]
    assert "Ask the maker." in html(waiting, section="plates")
    assert "labels first" in WRITERS["terminal"](waiting, Page(section="today", width=200))
    assert "labels first" not in WRITERS["terminal"](plan, Page(section="today", width=200))


@pytest.mark.parametrize(("dish", "note"), [(EVIL, QUOTES), (QUOTES, EVIL)])
def test_text_of_an_order_stays_text_in_all_five_forms(dish, note):
    plan = small_plan(dish, note=note)
    page = Reader(html(plan))
    assert "script" not in {tag for tag, _ in page.tags}
    assert [tag for tag, _ in page.tags].count("title") == 1 + [tag for tag, _ in page.tags].count("g")
    assert {dish, note} <= {text.strip() for text in page.texts}
    assert dish in WRITERS["terminal"](plan, Page(width=400))
    outside = re.sub(r"```.*?```", "", WRITERS["markdown"](plan, Page()), flags=re.DOTALL)
    assert re.search(r"(?<!\\)<", outside) is None
    assert dish in csv_tables.list_of_section(plan, "menu").replace('""', '"')
    events = icalendar.Calendar.from_ical(WRITERS["ics"](plan, Page())).walk("VEVENT")
    assert len(events) == len(plan.timeline.blocks)


def test_the_revision_follows_order_and_timeline_and_nothing_else():
    plan = small_plan()
    assert revision(plan) == revision(plan.model_copy(update={"findings": (), "run": None, "version": "9"}))
    assert revision(plan) != revision(small_plan("Another dish"))
    moved = plan.timeline.blocks[0].model_copy(update={"end": plan.timeline.blocks[0].end + timedelta(minutes=1)})
    line = plan.timeline.model_copy(update={"blocks": (moved, *plan.timeline.blocks[1:])})
    assert revision(plan) != revision(plan.model_copy(update={"timeline": line}))


def test_the_next_six_hours_hold_exactly_the_work_of_six_hours(plan):
    start = plan.timeline.blocks[len(plan.timeline.blocks) // 3].start
    said = WRITERS["terminal"](plan, Page(width=300, section="today", now=start))
    there = [one for one in plan.timeline.blocks if one.start < start + timedelta(hours=6) and one.end > start]
    assert sum(int(count) for count in re.findall(r"\((\d+) tasks?\)", said)) == len(there)
    assert {one.id for one in plan.diets.profiles if one.needs} == set() or "Special meals" in said


def test_the_next_six_hours_hold_no_prose_of_a_model():
    plan = small_plan()
    prose = plan.model_copy(
        update={"texts": tuple(item.model_copy(update={"text": "PROSE"}) for item in plan.texts), "critique": None}
    )
    assert "PROSE" not in WRITERS["terminal"](prose, Page(section="today"))


def test_outside_the_work_it_begins_with_the_work():
    plan = small_plan()
    early = plan.timeline.blocks[0].start - timedelta(days=40)
    assert "From Fri 16 Apr 22:00" in WRITERS["terminal"](plan, Page(section="today", now=early))


def test_units_are_display_only(plan):
    metric, us = in_system(plan, "metric"), in_system(plan, "us")
    assert metric.order == us.order == plan.order
    assert {line.buy.quantity.unit for line in metric.shopping.lines} & {"lb", "oz", "cup", "gal", "fl oz"} == set()
    assert {line.buy.quantity.unit for line in us.shopping.lines} & {"g", "kg", "mL", "L"} == set()
    heats = {block.temperature for block in metric.timeline.blocks if block.temperature}
    assert heats
    assert not any(heat.endswith(" F") for heat in heats)
    assert [block.start for block in metric.timeline.blocks] == [block.start for block in plan.timeline.blocks]
