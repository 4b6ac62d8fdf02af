"""Whatever an input holds: a plan, a refusal with its place, or a finding; never a defect, and never long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import survey
import tampered

from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
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


@pytest.mark.slow
@pytest.mark.parametrize("name", ["corporate_buffet", "wedding"])
def test_one_change_of_each_kind_of_field_and_row_of_a_plan_is_named(name: str) -> None:
    order = Path(__file__).parents[2] / "sample_orders" / f"{name}.json"
    assert [path for path, how in tampered.surveyed(str(order), seed=1) if how == "not named"] == []
