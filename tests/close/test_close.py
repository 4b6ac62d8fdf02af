"""A kitchen fills in the closing sheet; the house keeps what it learnt, and its next plan rests on it and says so."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from catering_cli.checks.registry import check
from catering_cli.cli.house.close import closed
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.intake.house import tables
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms.csv_tables import list_of_section

MENU = ["Caesar salad", "Tiramisu"]


def order_file(folder: Path, name: str = "Lunch", day: int = 17, **more: object) -> str:
    event = {"name": name, "service_at": f"2027-04-{day}T12:30:00-04:00", "style": "buffet"}
    path = folder / "order.json"
    path.write_text(json.dumps({"event": event, "guests": 40, "menu": MENU, **more}))
    return str(path)


def planned(path: str) -> CateringPlan:
    return cook(load.order(path), version="test")


def sheet(plan: CateringPlan, folder: Path, actual: dict[str, str], mark: str = ",") -> str:
    text = list_of_section(plan, "closing")
    assert text
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert all(not row["actual"] for row in rows), "the kitchen's cells are blank"
    path = folder / "filled.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        out = csv.DictWriter(file, list(rows[0]), delimiter=mark)
        out.writeheader()
        out.writerows({**row, "actual": actual.get(row["row"], "")} for row in rows)
    return str(path)


def refused(plan: CateringPlan, path: str, house: Path) -> str:
    with pytest.raises(Refused) as caught:
        closed(plan, path, house, as_json=True)
    assert not (house / tables.LEARNT).exists(), "nothing is kept of a sheet with a bad cell"
    return "\n".join(map(str, caught.value.problems))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    monkeypatch.setenv("CATERING_RECIPES", str(folder))
    return folder


def by_hand(plan: CateringPlan) -> tuple[str, int, int]:
    """The first step of the salad: its row, its minutes planned in all, and its card's minutes of a batch."""
    blocks = [one for one in plan.timeline.blocks if one.dish == "d1" and one.step == 1]
    minutes = sum(round((one.end - one.start).total_seconds() / 60) for one in blocks)
    assert plan.menu[0].recipe
    return "d1.s1", minutes, plan.menu[0].recipe.steps[0].minutes


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_next_plan_rests_on_what_was_measured_and_says_so(tmp_path: Path, house: Path, mark: str) -> None:
    path = order_file(tmp_path)
    before = planned(path)
    row, minutes, card = by_hand(before)
    filled = {row: str(minutes * 2), "d1.made": "44", "d1.left": "0", "d2.left": "12", "hours.cook": "8:30"}
    closed(before, sheet(before, tmp_path, filled, mark), house, as_json=True)
    after = planned(order_file(tmp_path, "Next lunch", 24))
    told = {one.id: one for one in after.assumptions if one.id.startswith("learnt.")}
    assert {row.what for row in after.order.learnt} == {"minutes", "overage", "hours"}
    step = told["learnt.minutes.Caesar salad, step 1"]
    assert step.number.startswith(f"{card * 2} min, the middle of 1 event")
    assert step.derivation
    assert by_hand(after)[1] > minutes
    assert {one.by for one in after.decisions} == {"house"}
    assert after.menu[1].over_percent == before.menu[1].over_percent, "one weak event starves no later one"
    findings, _ = check(after.order, after)
    assert not [one for one in findings if "learnt" in one.where or one.rule == "decisions.recorded"]
    assert cook(after.order, after.decisions, version="test") == after


def test_a_number_can_be_refused_and_stays_refused(tmp_path: Path, house: Path) -> None:
    plan = planned(order_file(tmp_path))
    row, minutes, _ = by_hand(plan)
    closed(plan, sheet(plan, tmp_path, {row: str(minutes * 2)}), house, as_json=True)
    table = house / tables.LEARNT
    table.write_text(table.read_text().replace("yes\tminutes", "no\tminutes"))
    assert not load.order(order_file(tmp_path)).learnt
    other = planned(order_file(tmp_path, "Next lunch", 24))
    closed(other, sheet(other, tmp_path, {row: str(minutes * 3)}), house, as_json=True)
    (number,) = tables.numbers_of(house)
    assert number[0] is False
    assert number[1].n == 2
    assert not load.order(order_file(tmp_path)).learnt


def test_the_same_sheet_given_again_counts_once(tmp_path: Path, house: Path) -> None:
    plan = planned(order_file(tmp_path))
    row, minutes, card = by_hand(plan)
    for times in (2, 3):
        closed(plan, sheet(plan, tmp_path, {row: str(minutes * times)}), house, as_json=True)
    ((_, number),) = tables.numbers_of(house)
    assert (number.n, number.value) == (1, card * 3)


def test_less_is_made_only_after_three_events_and_never_less_than_the_hungriest_needed(
    tmp_path: Path, house: Path
) -> None:
    for day in (17, 18, 19):
        plan = planned(order_file(tmp_path, day=day))
        left = plan.menu[0].portions - plan.menu[0].needed + (20 - day)
        closed(plan, sheet(plan, tmp_path, {"d1.left": str(left)}), house, as_json=True)
    after = planned(order_file(tmp_path, day=24))
    assert after.menu[0].over_percent == 0
    assert after.order.learnt[0].n == 3
    assert planned(order_file(tmp_path, menu=[{"dish": "Caesar salad", "over_percent": 7}])).menu[0].over_percent == 7


def test_what_cooks_is_never_shortened(tmp_path: Path, house: Path) -> None:
    menu = ["Chicken piccata"]
    plan = planned(order_file(tmp_path, menu=menu))
    assert plan.menu[0].recipe
    rows = {f"d1.s{number}": "1" for number in range(1, len(plan.menu[0].recipe.steps) + 1)}
    closed(plan, sheet(plan, tmp_path, rows), house, as_json=True)
    before = plan.menu[0].recipe.steps
    shorter = [one.decision for one in load.order(order_file(tmp_path, menu=menu)).learnt]
    assert shorter
    kinds = {before[split.step - 1].kind for split in shorter}
    assert kinds <= {"prep", "finish", None}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"d1.s1": "soon"}, "minutes as a number or as h:mm"),
        ({"d1.made": "-4"}, "a number of portions"),
        ({"d1.left": "9000"}, "more than 10 times"),
        ({"hours.cook": "0"}, "leave it blank"),
        ({"d1.s1": "1:75", "d2.left": "x"}, "column actual (x)"),
        ({}, "no cell of the column actual is filled in"),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, house: Path, cells: dict[str, str], said: str) -> None:
    plan = planned(order_file(tmp_path))
    told = refused(plan, sheet(plan, tmp_path, cells), house)
    assert said in told
    assert "filled.csv" in told


def test_a_sheet_of_another_kind_is_named(tmp_path: Path, house: Path) -> None:
    plan = planned(order_file(tmp_path))
    path = sheet(plan, tmp_path, {"d1.left": "2"})
    text = Path(path).read_text(encoding="utf-8-sig")
    Path(path).write_text(text.replace("d1.left", "d9.left"))
    assert "is no row of this plan's sheet" in refused(plan, path, house)
    Path(path).write_text(text.replace("actual", "result"))
    assert "has no column actual" in refused(plan, path, house)


def test_a_bad_table_is_named(tmp_path: Path, house: Path) -> None:
    plan = planned(order_file(tmp_path))
    closed(plan, sheet(plan, tmp_path, {"d1.left": "2"}), house, as_json=True)
    table = house / tables.LEARNT
    table.write_text(table.read_text().replace("yes\t", "perhaps\t"))
    with pytest.raises(Refused, match=r"line 2, column use \(perhaps\): must be yes or no"):
        load.order(order_file(tmp_path))
