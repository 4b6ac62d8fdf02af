"""Whatever an input holds: a plan, a refusal with its place, or a finding; never a defect, and never long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import survey
import tampered

from catering_cli.domain.finding import Finding
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.page import Page
from catering_cli.render.sections.readings import readings_section
from catering_cli.routing import config

SAMPLE = {"orders": 24, "plans": 4, "recipes": 40, "routing": 40}
LARGE = {"orders": 4_000, "plans": 400, "recipes": 500, "routing": 800}


@pytest.mark.parametrize("kind", SAMPLE)
def test_what_is_nearly_right_is_never_a_defect(kind: str) -> None:
    faults, _ = survey.wrong(kind, range(SAMPLE[kind]))
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGE)
def test_thousands_of_them_neither(kind: str) -> None:
    faults, _ = survey.wrong(kind, range(1_000, 1_000 + LARGE[kind]))
    assert faults == []


@pytest.mark.parametrize("key", ["", ".", "a.b]c", "x[", "y]", "z.."])
def test_a_key_of_any_name_is_told_with_its_line(key: str, tmp_path: Path) -> None:
    path = tmp_path / "routing.yaml"
    path.write_text(json.dumps({"tiers": {key: {"provider": "builtin"}}}), encoding="utf-8")
    with pytest.raises(Refused, match="is builtin"):
        config.load(str(path))


def test_a_unit_that_is_none_in_the_order_of_a_plan_is_refused_with_its_place() -> None:
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
    supply = [{"item": "romaine", "pack": "5 lb", "price": 9}]
    order = load.order_of({"event": event, "guests": 20, "menu": ["Caesar salad"], "supply": supply}, "order.json")
    document = json.loads(cook(order).model_dump_json(by_alias=True))
    document["order"]["supply"][0]["pack"]["unit"] = "lbb"
    with pytest.raises(Refused, match=r"plan\.order\.supply\[0\]\.pack .*unit 'lbb'"):
        load.plan_of(document, "plan.json")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("start", "0001-01-01T00:00:00+14:00", r"blocks\[0\]\.start .*at least 1900"),
        ("end", "9999-12-31T23:59:00+00:00", r"blocks\[0\]\.end .*less than 2400"),
        ("shelf_life_hours", 10**9, r"blocks\[0\]\.shelf_life_hours .*at most"),
        ("crew", [{"role": "cook", "count": 1, "minutes": 10**11}], r"crew\[0\]\.minutes .*at most"),
        ("crew", [{"role": "cook", "count": 28 * 10**9, "minutes": 5}], r"crew\[0\]\.count .*at most"),
    ],
)
def test_a_time_from_which_no_calendar_goes_on_is_refused_with_its_place(field: str, value: object, says: str) -> None:
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
    order = load.order_of({"event": event, "guests": 20, "menu": ["Caesar salad"]}, "order.json")
    document = json.loads(cook(order).model_dump_json(by_alias=True))
    document["timeline"]["blocks"][0][field] = value
    with pytest.raises(Refused, match=says):
        load.plan_of(document, "plan.json")


@pytest.mark.parametrize("hours", ["\u202egpj.exe", "1/0", "x", "-3", "9" * 400])
def test_hours_that_are_no_number_are_refused_with_their_place(hours: str) -> None:
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
    order = load.order_of({"event": event, "guests": 20, "menu": ["Caesar salad"]}, "order.json")
    document = json.loads(cook(order).model_dump_json(by_alias=True))
    document["staffing"][0]["hours"] = hours
    with pytest.raises(Refused, match=r"plan\.staffing\[0\]\.hours"):
        load.plan_of(document, "plan.json")


def test_money_of_absurd_size_adds_up_to_a_plan_or_is_refused_with_its_place() -> None:
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
    document = {"event": event, "guests": 2_000, "menu": ["Caesar salad"], "on_hand": []}
    for price, is_read in ((999_999_999_999, True), (10**12, False)):
        document["supply"] = [{"item": "parmesan", "pack": "1 oz", "price": price}]
        if is_read:
            costing = cook(load.order_of(document, "order.json")).costing
            assert costing is not None
            assert costing.total is not None
            assert costing.total > 10**14
        else:
            with pytest.raises(Refused, match=r"supply\[0\]\.price .*less than 1000000000000"):
                load.order_of(document, "order.json")


def test_a_reading_of_a_line_that_a_plan_does_not_have_is_shown_as_it_stands() -> None:
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
    plan = cook(load.order_of({"event": event, "guests": 20, "menu": ["Caesar salad"]}, "order.json"))
    place = "plan.menu[0].recipe.ingredients[99]"
    doubt = Finding(severity="open", rule="kitchen.line_doubtful", where=place, message="a doubt", value="1 c of it")
    section = readings_section(plan.model_copy(update={"findings": (doubt,)}), Page())
    assert place in str(section)
    assert "1 c of it" in str(section)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["corporate_buffet", "wedding"])
def test_one_change_of_each_kind_of_field_and_row_of_a_plan_is_named(name: str) -> None:
    order = Path(__file__).parents[2] / "sample_orders" / f"{name}.json"
    assert [path for path, how in tampered.surveyed(str(order), seed=1) if how == "not named"] == []
