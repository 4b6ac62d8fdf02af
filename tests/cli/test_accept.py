"""`catering accept` and `catering intake`, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from conftest import Catering

NOTES = "We are now 41. The cake is shown at 20:00."
ORDER = {
    "event": {"name": "Supper", "service_at": "2027-04-24T18:00:00-04:00", "timezone": "America/New_York"},
    "guests": 36,
    "menu": ["Rice pilaf"],
    "notes": NOTES,
}
BLANK = dict.fromkeys(("path", "value", "service", "dish", "text"), "")
READINGS = [
    {**BLANK, "quote": "We are now 41.", "ends_as": "change", "path": "order.guests.guaranteed", "value": "41"},
    {**BLANK, "quote": "The cake is shown at 20:00.", "ends_as": "instruction"},
]
ROUTING = """\
tiers:
  planner: {provider: scripted, script: script.yaml}
  kitchen: {provider: builtin}
routes:
  constraint_solving: {tiers: [planner, kitchen], when: blocked}
default: {tiers: [kitchen]}
"""


def test_a_reading_is_listed_accepted_proven_and_taken_back(catering: Catering, tmp_path: Path) -> None:
    script = {"answers": [{"task": "constraint_solving", "answer": {"moves": [], "shapes": [], "readings": READINGS}}]}
    (tmp_path / "script.yaml").write_text(yaml.safe_dump(script), encoding="utf-8")
    (tmp_path / "routing.yaml").write_text(ROUTING, encoding="utf-8")
    (tmp_path / "order.json").write_text(json.dumps(ORDER), encoding="utf-8")
    shown = catering("plan", "order.json", "--config", "routing.yaml", "--quiet", "--out", "plan.json")
    assert "41 guests (36)" in " ".join(shown.stdout.split())
    first = (tmp_path / "plan.json").read_bytes()
    assert "catering accept PLAN n1 n2 --by NAME" in shown.stdout
    assert catering("accept", "plan.json", "n1").returncode == 2
    done = catering("accept", "plan.json", "n1", "n2", "--by", "Ann")
    assert "No sentence of the notes is open." in done.stdout
    accepted = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert accepted["order"]["guests"]["guaranteed"] == 41
    assert {one["accepted_by"] for one in accepted["decisions"] if "quote" in one["decision"]} == {"Ann"}
    assert "0 differences" in catering("check", "plan.json").stdout
    assert "20:00" in catering("show", "plan.json", "--section", "run-of-show").stdout
    catering("accept", "plan.json", "n1", "n2", "--undo")
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["order"] == json.loads(first)["order"]


def test_what_a_model_decided_is_kept_through_rounds_or_taken_out(catering: Catering, tmp_path: Path) -> None:
    pilaf = {"kind": "share", "dish": "d1", "popularity": 2, "why": "it goes first"}
    salad = {"kind": "overage", "dish": "d2", "percent": 10, "why": "they ask for more"}
    order = {**ORDER, "menu": ["Rice pilaf", "Caesar salad"], "notes": ""}
    (tmp_path / "order.json").write_text(json.dumps(order), encoding="utf-8")
    plan = json.loads(catering("plan", "order.json", "--offline", "--json").stdout)
    plan["decisions"] = [{"decision": one, "by": "mid"} for one in (pilaf, salad)]
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert (
        "m1 | Rice pilaf: weight 2 among what guests choose from (it goes first) | mid"
        in catering("accept", "plan.json").stdout.splitlines()
    )
    catering("accept", "plan.json", "m1", "--by", "Ann")
    catering("accept", "plan.json", "m2", "--undo")
    kept = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["decisions"]
    assert [(one["decision"]["kind"], one["by"], one["accepted_by"]) for one in kept] == [("share", "mid", "Ann")]
    catering("refine", "plan.json", "--offline", "--aim", "calmer", "--out", "round.json")
    after = json.loads((tmp_path / "round.json").read_text(encoding="utf-8"))["decisions"]
    assert kept[0] in after
    catering("accept", "plan.json", "m1", "--undo")
    (one,) = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["decisions"]
    assert one["accepted_by"] == ""


def test_a_form_becomes_an_order_that_is_planned_and_a_gap_is_asked(catering: Catering) -> None:
    message = "Event: Supper\nDate: 24 April 2027, 18:00\nTime zone: America/New_York\nGuests: 40\nMenu: Rice pilaf\n"
    whole = catering("intake", "-", "--offline", stdin=message)
    assert (whole.returncode, "# Nothing is left to ask." in whole.stdout) == (0, True)
    assert '# "Guests: 40"' in whole.stdout
    planned = catering("plan", "-", "--offline", "--json", stdin=whole.stdout)
    assert json.loads(planned.stdout)["headcount"]["guaranteed"] == 40
    gap = catering("intake", "-", "--offline", "--json", stdin=f"{message}Ben reacts to kiwi.\n")
    asked = json.loads(gap.stdout)
    assert gap.returncode == 3
    assert (asked["questions"], asked["unread"]) == ([], ["Ben reacts to kiwi."])
    assert asked["order"]["notes"] == "Ben reacts to kiwi."
    assert asked["spans"]["order.guests.guaranteed"]["quote"] == "Guests: 40"
