"""Drawn orders are planned and judged; the judge shares nothing with the product, and is not blind."""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import judge
from catering_cli.checks import registry
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from judge import drawn_orders, plans_judged

FOLDER = Path(__file__).parent
SAMPLE = {"realistic": (4, 14), "nasty": (2, 11)}
LARGE = {"realistic": range(10_000, 10_300), "nasty": range(10_000, 10_200)}


def wrong(kind: str, seed: int, folder: Path) -> list[str]:
    """What is broken, but for a day that cannot be worked and says so; how long it took is for the survey to say."""
    found = plans_judged.judged(kind, seed, folder).wrong
    aside = re.compile(r"blocked\.kitchen\.no_schedule|\d+ s: ")
    return [f"{kind} {seed}: {said}" for said in found if not aside.match(said)]


@pytest.mark.parametrize(("kind", "seed"), [(kind, seed) for kind, seeds in SAMPLE.items() for seed in seeds])
def test_a_plan_of_a_drawn_order_breaks_nothing(kind, seed, tmp_path, monkeypatch):
    monkeypatch.setenv("CATERING_STATE", str(tmp_path / "state"))
    assert wrong(kind, seed, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGE)
def test_hundreds_of_them_neither(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("CATERING_STATE", str(tmp_path / "state"))
    assert [said for seed in LARGE[kind] for said in wrong(kind, seed, tmp_path)] == []


@pytest.mark.parametrize("name", ["__init__", "told", "food", "work", "money", "drawn_orders"])
def test_the_judge_imports_nothing_of_the_product(name):
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert modules
    assert not any(one.startswith("catering_cli") for one in modules)


@pytest.fixture(scope="module")
def sound():
    """The plan of a plated dinner half an hour away, with prices, in which the judge finds nothing."""
    document = {
        "event": {"name": "Dinner", "service_at": "2027-06-20T18:00:00-04:00", "timezone": "America/New_York",
                  "style": "plated", "travel_minutes": 30},
        "guests": {"guaranteed": 40, "profiles": [{"needs": ["fish"], "count": 2, "severity": "severe"}]},
        "menu": ["Caesar salad", "Roast chicken with rosemary", "Vegetable lasagna", "Lemon tart"],
        "staff": [{"role": "cook", "available": 8, "rate": 28}, {"role": "server", "available": 9, "rate": 24},
                  {"role": "driver", "available": 2, "rate": 25}],
        "supply": [{"item": "van", "price": 85}, {"item": "lemon juice", "pack": "1 L", "price": 5},
                   {"item": "romaine", "unit": "lb", "price": 2}],
        "kitchen": {"equipment": {"oven": 4, "burner": 6, "blast_chiller": 1, "hot_box": 6, "van": 2}},
    }  # fmt: skip
    order = load.order_of(document, "order")
    plan = cook(order)
    findings, score = registry.check(order, plan)
    whole = plan.model_copy(update={"findings": findings, "score": score})
    found = json.loads(whole.model_dump_json(by_alias=True))
    found["order"] = json.loads(order.model_dump_json(by_alias=True, exclude_none=True))
    assert list(judge.broken(found)) == []
    return found


def _blocks(plan, kind):
    return [block for block in plan["timeline"]["blocks"] if block["kind"] == kind]


def _more_eaten(plan):
    plan["diets"]["eats"][0]["portions"] += 1


def _less_bought(plan):
    line = next(line for line in plan["shopping"]["lines"] if line["needed"]["unit"] == "g")
    for name in ("needed", "as_purchased", "buy"):
        line[name] |= {"exact": "1", "amount": 1}
    for share in line["dishes"]:
        share["amount"] |= {"exact": "1", "amount": 1}


def _one_trip_less(plan):
    line = next(line for line in plan["costing"]["lines"] if line["kind"] == "transport")
    plan["costing"]["total"] -= line["amount"]
    line["amount"] = 0


def _no_transport_point(plan):
    plan["safety"]["points"] = [one for one in plan["safety"]["points"] if one["kind"] != "transport"]


def _fewer_called(plan):
    line = next(line for line in plan["staffing"] if line["role"] == "cook")
    line["shifts"] = line["shifts"][:1]


def _nobody_rides(plan):
    for drive in _blocks(plan, "drive"):
        drive["crew"] = [crew for crew in drive["crew"] if crew["role"] != "cook"]


def _too_early(plan):
    block = next(block for block in plan["timeline"]["blocks"] if block["step"] == 2)
    block["start"], block["end"] = "2027-06-18T06:00:00-04:00", "2027-06-18T09:00:00-04:00"


def _a_batch_too_few(plan):
    blocks = plan["timeline"]["blocks"]
    blocks.remove(next(block for block in blocks if block["step"] == 1 and block["dish"] == "d2"))


def _one_oven(plan):
    plan["order"]["kitchen"]["equipment"]["oven"] = 0


def _wrong_pay(plan):
    plan["staffing"][0]["hours"] = "1"


def _late_and_silent(plan):
    plan["timeline"]["replay"]["held"] = 3


def _called_good(plan):
    plan["findings"].append({"severity": "blocking", "rule": "x", "message": "y"})


def _another_price(plan):
    line = next(line for line in plan["shopping"]["lines"] if line["unit_price"] is not None)
    line["unit_price"] = 1234.5


def _fed_what_they_avoid(plan):
    for kind in plan["diets"]["profiles"]:
        kind["needs"] = ["milk"]


def _half_the_line(plan):
    line = next(line for line in plan["menu"][1]["lines"] if line["quantity"])
    line["quantity"] |= {"exact": "1/3", "amount": 0.333333}


SLIPS: dict[str, Callable] = {
    "portions": _more_eaten, "lines_hold_dishes": _less_bought, "total": _one_trip_less,
    "carried": _no_transport_point, "people": _fewer_called, "rode": _nobody_rides, "in_order": _too_early,
    "done": _a_batch_too_few, "plant": _one_oven, "pay": _wrong_pay, "verdict": _called_good, "till": _another_price,
    "in_hand": _late_and_silent,
    "forbidden": _fed_what_they_avoid, "scaled": _half_the_line,
}  # fmt: skip


@pytest.mark.parametrize("rule", SLIPS)
def test_the_judge_names_each_kind_of_slip(rule, sound):
    plan = copy.deepcopy(sound)
    SLIPS[rule](plan)
    assert rule in {name for name, _ in judge.broken(plan)}


def test_an_order_is_drawn_from_its_seed_alone():
    assert drawn_orders.nasty(7) == drawn_orders.nasty(7)
    assert len({json.dumps(drawn_orders.realistic(seed)) for seed in range(40)}) == 40
