"""`catering check` names the place of whatever was altered in a plan."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catering_cli.checks import registry
from catering_cli.cli.actions.recook import compare
from catering_cli.cli.actions.seal import broken, document_of
from catering_cli.cli.runtime import compose
from catering_cli.cli.runtime.options import Options
from catering_cli.cli.version import version
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load

SAMPLE = Path(__file__).parents[2] / "sample_orders" / "corporate_buffet.json"


@pytest.fixture(scope="module")
def cooked() -> dict[str, Any]:
    """A plan of a sample order, as JSON; cooked once."""
    return document_of(planned(SAMPLE))


def planned(order: Path) -> CateringPlan:
    return compose.run_order(load.order(str(order)), Options(config="offline", refine=0), lambda _: None)


@pytest.fixture
def plan(cooked: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(cooked)


def judged(catering, plan: dict[str, Any]) -> tuple[int, str]:
    done = catering("check", "-", stdin=json.dumps(plan))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_plan_as_cooked_holds(catering, plan):
    code, said = judged(catering, plan)
    assert code == 0, said
    assert "0 blocking" in said
    assert "0 differences" in said


def test_one_gram(catering, plan):
    line = next(line for line in plan["menu"][2]["lines"] if line["mass"])
    line["mass"]["amount"] = line["mass"]["amount"] + 1
    line["mass"]["exact"] = str(int(float(line["mass"]["amount"])))
    code, said = judged(catering, plan)
    assert code == 3
    assert "plan.menu[2].lines" in said


def test_a_deleted_allergen(catering, plan):
    index, row = next(
        (index, row) for index, row in enumerate(plan["diets"]["rows"])
        if any(cell["state"] == "contains" for cell in row["cells"])
    )  # fmt: skip
    row["cells"] = [cell for cell in row["cells"] if cell["state"] != "contains"]
    code, said = judged(catering, plan)
    assert code == 3
    assert f"plan.diets.rows[{index}]" in said


def test_an_allergen_that_is_made_harmless(catering, plan):
    cell = next(cell for row in plan["diets"]["rows"] for cell in row["cells"] if cell["state"] == "contains")
    cell["state"] = "none_found"
    code, said = judged(catering, plan)
    assert code == 3
    assert "plan.diets.rows" in said


def test_an_oven_block_moved_into_another(catering, plan):
    capacity = next(c["count"] for c in plan["timeline"]["capacities"] if c["name"] == "oven")
    blocks = [b for b in plan["timeline"]["blocks"] if any(use["name"] == "oven" for use in b["equipment"])]
    assert len(blocks) > capacity
    first = blocks[0]
    for block in blocks[1:]:
        length = datetime.fromisoformat(block["end"]) - datetime.fromisoformat(block["start"])
        block["start"] = first["start"]
        block["end"] = (datetime.fromisoformat(first["start"]) + length).isoformat()
    code, said = judged(catering, plan)
    assert code == 3
    assert "oven" in said
    assert "plan.timeline" in said


def test_a_raised_price(catering, plan):
    index, line = next((i, line) for i, line in enumerate(plan["shopping"]["lines"]) if line["cost"])
    line["cost"] = line["cost"] + 10
    code, said = judged(catering, plan)
    assert code == 3
    assert f"plan.shopping.lines[{index}]" in said


def test_a_raised_total(catering, plan):
    plan["costing"]["total"] = plan["costing"]["total"] + 1
    code, said = judged(catering, plan)
    assert code == 3
    assert "plan.costing.total" in said


def test_a_plan_of_another_version_is_judged_by_the_rules_alone(catering, plan):
    plan["version"] = "0.0.0"
    done = catering("check", "-", "--json", stdin=json.dumps(plan))
    told = json.loads(done.stdout)
    assert not told["recooked"]
    assert "0.0.0" in told["note"]
    assert told["differences"] == []


def test_a_plan_that_its_decisions_do_not_give_is_told_with_path_value_and_expected(catering, plan):
    plan["packing"][0]["count"] += 7
    done = catering("check", "-", "--json", stdin=json.dumps(plan))
    assert done.returncode == 3
    places = {item["path"]: item for item in json.loads(done.stdout)["differences"]}
    assert places["plan.packing[0].count"]["value"] == str(plan["packing"][0]["count"])
    assert int(places["plan.packing[0].count"]["expected"]) == plan["packing"][0]["count"] - 7


def test_a_block_that_is_moved_validly_makes_no_difference(plan):
    first = min(plan["timeline"]["blocks"], key=lambda block: block["start"])
    for edge in ("start", "end"):
        first[edge] = (datetime.fromisoformat(first[edge]) - timedelta(minutes=1)).isoformat()
    differences, note = compare(CateringPlan.model_validate(plan))
    assert note == ""
    assert [item.path for item in differences if not item.path.startswith(("plan.staffing", "plan.costing"))] == []


def test_the_version_of_a_plan_is_that_of_the_package(plan):
    assert plan["version"] == version()


@pytest.fixture
def boxed() -> dict[str, Any]:
    """A plan with open findings and a score below 1."""
    return document_of(planned(SAMPLE.with_name("boxed_lunches.json")))


def places(plan: dict[str, Any]) -> list[str]:
    """Where `catering check` says that the plan is not what it was."""
    read = CateringPlan.model_validate(plan)
    found, score = registry.check(read.order, read)
    differences, _ = compare(read, found, score)
    return [one.path for one in differences] + [one.where for one in broken(read, plan)]


def silenced(plan: dict[str, Any]) -> str:
    plan["findings"] = [one for one in plan["findings"] if one["severity"] != "open"]
    return "plan.findings"


def milder(plan: dict[str, Any]) -> str:
    next(one for one in plan["findings"] if one["severity"] == "open")["severity"] = "advice"
    return "plan.findings"


def praised(plan: dict[str, Any]) -> str:
    plan["score"]["value"] = 1.0
    return "plan.score.value"


def claimed(plan: dict[str, Any]) -> str:
    plan["texts"][0]["text"] += " Every dish is free of nuts."
    return "plan.texts[0].text"


def worded(plan: dict[str, Any]) -> str:
    line = next(line for line in plan["menu"][0]["lines"] if line["mass"])
    line["quantity"]["kitchen"] = "7 lb"
    return "plan.menu[0].lines"


def solved_otherwise(plan: dict[str, Any]) -> str:
    plan["timeline"]["solver"] = "CP-SAT"
    return "plan.digest"


def rounded(plan: dict[str, Any]) -> str:
    plan["shopping"]["lines"][0]["buy"]["amount"] += 1
    return "plan.digest"


def confirmed(plan: dict[str, Any]) -> str:
    plan["menu"][0]["recipe"]["confirmed_by"] = "Ann"
    return "plan.digest"


def unsealed(plan: dict[str, Any]) -> str:
    del plan["digest"]
    return "plan.digest"


@pytest.mark.parametrize(
    "change", [silenced, milder, praised, claimed, worded, solved_otherwise, rounded, confirmed, unsealed]
)
def test_what_another_hand_changed_is_named(boxed, change):
    place = change(boxed)
    assert any(told.startswith(place) for told in places(boxed))


def test_who_decided_is_covered(boxed):
    asked = {"kind": "open_question", "text": "Is the hall open at ten?"}
    boxed["decisions"] = [{"step": "q", "by": "kitchen", "decision": asked}]
    boxed = document_of(CateringPlan.model_validate(boxed))
    assert "plan.digest" not in places(boxed)
    boxed["decisions"][0]["by"] = "client"
    assert "plan.digest" in places(boxed)


def test_the_order_of_its_keys_changes_no_plan(boxed):
    assert places(dict(sorted(boxed.items()))) == []
