"""Times of an order: local with its zone, contradictory, or of a year that no event is in."""

from __future__ import annotations

import pytest

from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook


def order(service_at: str, zone: str | None = None, **more: object) -> dict[str, object]:
    event = {"name": "Supper", "service_at": service_at} | ({"timezone": zone} if zone else {})
    return {"event": event, "guests": 20, "menu": ["Caesar salad"], **more}


def told(document: dict[str, object]) -> list[tuple[str, str, str]]:
    plan = cook(load.order_of(document, "order.json"))
    return [(one.severity, one.rule, one.message) for one in plan.findings if "timezone" in one.rule]


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2027-07-09T18:00", "-05:00"), ("2027-01-09 18:00:00", "-06:00"), ("2027-07-09T18:00:00", "-05:00")],
)
def test_a_local_time_has_the_offset_of_its_zone_on_that_day(day, offset):
    read = load.order_of(
        order(day, "America/Chicago", services=[{"id": "late", "at": day.replace("18", "20")}]), "order.json"
    )
    assert read.event.service_at.isoformat().endswith(f"18:00:00{offset}")
    assert read.services[0].at.isoformat().endswith(f"20:00:00{offset}")
    assert told(order(day, "America/Chicago")) == []


def test_an_offset_that_the_zone_does_not_have_is_asked_with_both_readings():
    ((severity, rule, message),) = told(order("2027-07-09T18:00:00-06:00", "America/Chicago"))
    assert (severity, rule) == ("blocking", "kitchen.timezone_offset")
    assert "18:00 or 19:00" in message


def test_two_offsets_without_a_zone_are_asked():
    late = {"id": "late", "at": "2027-03-14T20:00:00-06:00"}
    ((severity, _, message),) = told(order("2027-03-14T12:00:00-05:00", services=[late]))
    assert severity == "blocking"
    assert "-05:00 and -06:00" in message


def test_a_local_time_without_a_zone_is_refused():
    with pytest.raises(Refused, match=r"UTC offset.*or event\.timezone"):
        load.order_of(order("2027-07-09T18:00"), "order.json")


@pytest.mark.parametrize("at", ["9999-12-31T18:00:00+00:00", "0001-01-01T00:00:00+00:00"])
def test_a_year_without_events_is_refused(at):
    with pytest.raises(Refused, match="not a year of an event"):
        load.order_of(order(at, "America/New_York"), "order.json")
