"""Costs add up, and nothing is priced that has no price."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.people import Equipment, RentalLine, StaffLine
from catering_cli.domain.plan_parts.shopping import Shopping, ShoppingLine
from catering_cli.domain.plan_parts.timeline import Block, Timeline, Wait
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.kitchen.event import costing
from catering_cli.kitchen.menu import services

AT = datetime(2027, 4, 17, 12, tzinfo=UTC)
price = st.none() | st.decimals("0", "999", places=2)


def order(**more):
    return Order.model_validate({"event": {"name": "x", "service_at": AT}, "guests": 120, "menu": ["Tiramisu"], **more})


def shopping(costs):
    one = Amount(Quantity.of(1, "g"))
    lines = tuple(
        ShoppingLine(item=f"food {i}", department=f"d{i % 2}", needed=one, as_purchased=one, buy=one, cost=amount)
        for i, amount in enumerate(costs)
    )
    return Shopping(lines=lines, unpriced=tuple(line.item for line in lines if line.cost is None))


def block(name, after=""):
    waits = (Wait(block=after),) if after else ()
    kind = name.partition(".")[0]
    return Block(id=name, kind=kind, label=name, place="venue", start=AT, end=AT, after=waits)


DRIVEN = Timeline(blocks=(block("load"), block("drive", after="load"), block("drive.back", after="drive")))


def staff(rates):
    return tuple(
        StaffLine(
            role=f"role {i}",
            count=1,
            start=AT,
            end=AT,
            hours="9/4",
            rate=rate,
            cost=None if rate is None else (rate * 9 / 4).quantize(Decimal("0.01")),
            basis="test",
        )
        for i, rate in enumerate(rates)
    )


@given(st.lists(price, max_size=5), st.lists(price, max_size=3), st.integers(0, 30))
def test_lines_add_up_to_the_total_and_what_has_no_price_is_named(costs, rates, percent):
    given_order = order(budget={"contingency_percent": percent, "per_guest": 40})
    found = costing.costing(
        given_order, services.headcount(given_order), shopping(costs), staff(rates), Equipment(), Timeline()
    )
    assert (found.total or 0) == sum(line.amount for line in found.lines)
    missing = costs.count(None) + rates.count(None)
    assert len(found.unpriced) == missing
    assert found.at_least == (missing > 0 and found.total is not None)
    assert found.budget == 4800
    if found.total is not None:
        assert found.over_budget == (found.total - 4800 if found.total > 4800 else None)
        assert abs(Fraction(found.per_guest) * 120 - Fraction(found.total)) <= Fraction(120, 200)


def test_rentals_and_transport_have_a_line_only_where_the_order_prices_them():
    ware = Equipment(
        ware=(RentalLine(item="dinner plate", count=120, basis="test"), RentalLine(item="fork", count=9, basis="t"))
    )
    priced = order(
        event={"name": "x", "service_at": AT, "travel_minutes": 30},
        supply=[{"item": "dinner plate", "price": 0.65}, {"item": "van", "price": 60}],
        budget={"contingency_percent": 0},
    )
    found = costing.costing(priced, services.headcount(priced), Shopping(), (), ware, DRIVEN)
    assert [(line.kind, line.label, line.amount) for line in found.lines] == [
        ("rentals", "dinner plate", Decimal(78)),
        ("transport", "van", Decimal(60)),
    ]
    assert found.total == 138
    bare = order(event={"name": "x", "service_at": AT, "travel_minutes": 30})
    assert costing.costing(bare, services.headcount(bare), Shopping(), (), ware, DRIVEN).unpriced == ("transport",)


def test_the_worked_case_of_a_costing_guide():
    """1176 + 540 + 168 + 216 + 60 = 2160, 18.00 a guest at 120 (kitchencost.app catering-cost-guide)."""
    case = order(
        event={"name": "x", "service_at": AT, "travel_minutes": 30},
        supply=[{"item": "dinner plate", "price": 1.4}, {"item": "transport", "price": 276}],
        budget={"contingency_percent": 0},
    )
    ware = Equipment(ware=(RentalLine(item="dinner plate", count=120, basis="test"),))
    line = staff([Decimal(240)])
    found = costing.costing(case, services.headcount(case), shopping([Decimal(1176)]), line, ware, DRIVEN)
    assert found.total == 2160
    assert found.per_guest == 18
