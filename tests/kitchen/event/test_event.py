"""Ware, packing, limits, contingency and assumptions."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block, Timeline, Use
from catering_cli.kitchen.event import assumptions, contingency, equipment
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.safety import limits

AT = datetime(2027, 4, 17, 12, tzinfo=UTC)
STYLES = ("plated", "buffet", "family", "cocktail", "boxed")


def order(guests=60, style="buffet", **event):
    return Order.model_validate(
        {"event": {"name": "x", "service_at": AT, "style": style, **event}, "guests": guests, "menu": ["Tiramisu"]}
    )


def ware(guests, style):
    given_order = order(guests, style)
    dishes = (Dish(id="d1", name="Tiramisu", course="dessert", needed=guests, portions=guests),)
    found = equipment.equipment(given_order, services.headcount(given_order), dishes, Timeline())
    return {line.item: line.count for line in found.ware}


@given(st.integers(1, 400), st.integers(0, 200), st.sampled_from(STYLES))
def test_more_guests_never_need_less_ware(guests, more, style):
    few, many = ware(guests, style), ware(guests + more, style)
    assert set(few) == set(many)
    assert all(many[item] >= count for item, count in few.items())


@given(st.integers(1, 1000))
def test_a_buffet_line_serves_no_more_guests_than_its_two_sides_can(guests):
    count = equipment.lines("buffet", guests)
    assert (count - 1) * 100 < guests <= count * 100


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60), st.integers(1, 3)), max_size=10))
def test_the_peak_is_the_most_in_use_in_any_minute(found):
    def at(minute):
        return AT.replace(hour=0) + minute * (AT.replace(hour=1, minute=1) - AT.replace(hour=1))

    blocks = [
        Block(id=f"b{i}", kind="cook", label="x", start=at(s), end=at(s + m), equipment=(Use(name="oven", count=n),))
        for i, (s, m, n) in enumerate(found)
    ]
    expected = max((sum(n for s, m, n in found if s <= minute < s + m) for minute in range(400)), default=0)
    assert equipment.peak(blocks, "oven", "base") == expected


@pytest.mark.parametrize(
    ("jurisdiction", "kind", "food_class", "text", "own"),
    [
        ("us-fda-2022", "cook", "poultry", ">=165F (74C) <1 s", True),
        ("us-fda-2022", "cook", "unknown", ">=165F (74C) <1 s", True),
        ("us-fda-2022", "hot_hold", "roast", ">=130F (54C)", True),
        ("us-fda-2022", "hot_hold", "fish", ">=135F (57C)", True),
        ("us-ny", "hot_hold", "poultry", ">=140F", True),
        ("us-ny", "cook", "fish", ">=140F (60C)", True),
        ("jp", "cook", "poultry", ">=82C (whole poultry)", False),
        ("jp", "cold_hold", "fish", "<=4C", False),
    ],
)
def test_the_limit_is_the_jurisdictions_own_or_the_strictest_shipped(jurisdiction, kind, food_class, text, own):
    row, is_own = limits.limit(jurisdiction, kind, food_class)
    assert (row["text"], is_own) == (text, own)


def test_an_unknown_class_is_never_judged_more_mildly_than_a_known_one():
    unknown = float(limits.limit("us-fda-2022", "cook", "unknown")[0]["f"])
    assert all(unknown >= float(row["f"]) for row in rows("limits") if row["kind"] == "cook" and row["f"])


def test_contingency_speaks_of_travel_only_where_there_is_any_and_fills_every_slot():
    dishes = (Dish(id="d1", name="x", course="main", needed=60, portions=66, over_percent=10),)
    here, away = order(), order(travel_minutes=20)
    at_home = contingency.contingency(here, services.headcount(here), dishes, ())
    on_road = contingency.contingency(away, services.headcount(away), dishes, ())
    assert len(on_road) == len(at_home) + 1
    assert "6 portions" in at_home[0].action
    assert not any("{" in row.trigger + row.action for row in on_road)


def test_an_assumption_is_named_only_while_the_order_is_silent_and_each_has_a_source():
    silent = {row.id: row for row in assumptions.assumptions(order())}
    assert {"timezone", "equipment", "staff", "hours"} <= set(silent)
    assert all(row.source for row in silent.values())
    told = order(timezone="Europe/Berlin").model_copy(update={"tphc": "written"})
    assert not {"timezone", "tphc"} & {row.id for row in assumptions.assumptions(told)}


@given(st.integers(1, 500), st.integers(0, 50))
def test_overage_is_applied_once_and_never_rounds_down(needed, percent):
    from catering_cli.kitchen.serving.scale import made

    assert 0 <= made(needed, percent) - Fraction(needed * (100 + percent), 100) < 1
