"""Several events in one kitchen, judged by plain arithmetic over the written files."""

import json
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.cli.actions.seal import digest_of
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.domain.week import GuideLine, Week
from catering_cli.kitchen.week.shares import shared
from catering_cli.render.week import _guide

ORDERS = ("e1.json", "e2.json")


def most_at_once(plans: list[dict], name: str) -> int:
    """The most of a piece of equipment at the base that all plans together use at one moment."""
    changes: Counter[datetime] = Counter()
    for plan in plans:
        for block in plan["timeline"]["blocks"]:
            for use in block["equipment"]:
                if use["name"] == name and block["place"] == "base":
                    changes[datetime.fromisoformat(block["start"])] += use["count"]
                    changes[datetime.fromisoformat(block["end"])] -= use["count"]
    now = most = 0
    for moment in sorted(changes):
        now += changes[moment]
        most = max(most, now)
    return most


def money(path: Path) -> dict:
    """A document whose amounts of money are exact."""
    return json.loads(path.read_text(), parse_float=Decimal)


def read(folder: Path) -> tuple[dict, list[dict]]:
    week = money(folder / "week.json")
    return week, [money(folder / event["plan"]) for event in week["events"]]


def test_alone_they_use_the_ovens_twice_and_together_they_do_not(catering, tmp_path):
    alone = []
    for order in ORDERS:
        done = catering("week", order, "--kitchen", "house.json", "--out", f"alone-{order}")
        assert done.returncode == 0, done.stdout
        alone += read(tmp_path / f"alone-{order}")[1]
    assert most_at_once(alone, "oven") > 2
    done = catering("week", *ORDERS, "--kitchen", "house.json", "--out", "week")
    assert done.returncode == 0, done.stdout
    week, plans = read(tmp_path / "week")
    assert most_at_once(plans, "oven") <= 2
    assert not [finding for plan in plans for finding in plan["findings"] if finding["severity"] == "blocking"]

    spent = sum(Decimal(line["cost"]) for line in week["guide"] if line["cost"] is not None)
    apart = sum(Decimal(plan["shopping"]["cost"]) for plan in alone)
    assert spent <= apart * Decimal("0.85")  # whole cases of the sum
    for line in (*week["guide"], *week["pay"]):
        parts = [Decimal(part["cost"]) for part in line["events"] if part["cost"] is not None]
        assert line["cost"] is None or sum(parts) == Decimal(line["cost"])
    for cost in week["costs"]:
        assert Decimal(cost["together"]) <= Decimal(cost["alone"])
    for order in ORDERS:
        assert catering("check", f"week/{order.removesuffix('.json')}.plan.json").returncode == 0
    assert catering("check", "week/week.json").returncode == 0


@pytest.mark.slow
def test_what_does_not_fit_is_named_with_what_was_tried(catering, tmp_path):
    for number in (3, 4, 5):
        order = json.loads((tmp_path / "e1.json").read_text())
        (tmp_path / f"e{number}.json").write_text(json.dumps(order))
    names = [f"e{number}.json" for number in range(1, 6)]
    done = catering("week", *names, "--kitchen", "house.json", "--out", "week")
    assert done.returncode == 3
    week, _ = read(tmp_path / "week")
    conflicts = [finding for finding in week["findings"] if finding["rule"] == "week.kitchen"]
    assert conflicts
    assert all(finding["fix"] and finding["where"].startswith("week.e") for finding in conflicts)


@pytest.mark.slow
def test_a_change_in_one_event_leaves_the_other_as_it_was(catering, tmp_path):
    command = ("week", *ORDERS, "--kitchen", "house.json", "--out", "week")
    catering(*command)
    before = (tmp_path / "week" / "e1.plan.json").read_text()
    catering(*command)
    assert [event["kept"] for event in read(tmp_path / "week")[0]["events"]] == [True, True]
    order = json.loads((tmp_path / "e2.json").read_text())
    (tmp_path / "e2.json").write_text(json.dumps({**order, "guests": 70}))
    done = catering(*command)
    assert done.returncode == 0, done.stdout
    week, plans = read(tmp_path / "week")
    assert [event["kept"] for event in week["events"]] == [True, False]
    assert (tmp_path / "week" / "e1.plan.json").read_text() == before
    assert most_at_once(plans, "oven") <= 2


@pytest.mark.slow
def test_a_plan_of_another_hand_and_an_overlap_are_found(catering, tmp_path):
    catering("week", *ORDERS, "--kitchen", "house.json", "--out", "week")
    assert catering("week", "week/week.json").returncode == 0  # printed again
    catering("week", "e2.json", "--kitchen", "house.json", "--out", "alone")
    week, _ = read(tmp_path / "week")
    other, _ = read(tmp_path / "alone")
    (tmp_path / "week" / "e2.plan.json").write_text((tmp_path / "alone" / "e2.plan.json").read_text())
    done = catering("check", "week/week.json")
    assert done.returncode == 2
    assert "is not the plan that the week was made with" in done.stderr
    written = (tmp_path / "week" / "week.json").read_text()
    changed = written.replace(week["events"][1]["digest"], other["events"][0]["digest"])
    (tmp_path / "week" / "week.json").write_text(changed)
    done = catering("check", "week/week.json")
    assert done.returncode == 3
    assert "e1 and e2 together use" in done.stdout


@pytest.mark.slow
def test_a_plan_changed_by_hand_is_not_the_weeks_whatever_it_says_of_itself(catering, tmp_path):
    catering("week", "e1.json", "--kitchen", "house.json", "--out", "week")
    plan = tmp_path / "week" / "e1.plan.json"
    plan.write_text(plan.read_text().replace("Tell", "Told").replace("Party 1", "Party one"))
    done = catering("check", "week/week.json")
    assert done.returncode == 2
    assert "is not the plan that the week was made with" in done.stderr


@pytest.mark.slow
def test_a_week_is_cooked_again_as_each_plan_is(catering, tmp_path):
    catering("week", "e1.json", "--kitchen", "house.json", "--out", "week")
    path, week = tmp_path / "week" / "e1.plan.json", tmp_path / "week" / "week.json"
    plan = json.loads(path.read_text())
    plan["contingency"][0]["owner"] = "porter"
    document = {key: value for key, value in plan.items() if key != "digest"}
    path.write_text(json.dumps({**plan, "digest": digest_of(document)}))
    week.write_text(week.read_text().replace(plan["digest"], digest_of(document)))
    done = catering("check", "week/week.json")
    assert done.returncode == 3
    assert "e1, plan.contingency[0].owner: differs from what its order and decisions give" in " ".join(
        done.stdout.split()
    )


@pytest.mark.slow
def test_a_week_is_the_same_whatever_a_process_draws_for_its_hashes(catering, tmp_path, monkeypatch):
    """Sets are walked in another order in each process: neither plan nor week may show it."""
    for seed in ("1", "7919"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        assert catering("week", *ORDERS, "--kitchen", "house.json", "--share", "--out", seed).returncode == 0
    one, other = ({file.name: file.read_bytes() for file in (tmp_path / seed).iterdir()} for seed in ("1", "7919"))
    assert one == other
    monkeypatch.setenv("PYTHONHASHSEED", "65537")
    assert catering("check", "1/week.json").returncode == 0


@pytest.mark.slow
def test_stock_is_used_once(catering, tmp_path):
    catering("week", *ORDERS, "--kitchen", "house.json", "--out", "week")
    _, plans = read(tmp_path / "week")
    sugar = [line for plan in plans for line in plan["shopping"]["lines"] if line["item"] == "sugar"]
    needed = sum(Fraction(line["as_purchased"]["exact"]) for line in sugar)
    bought = sum(Fraction(line["buy"]["exact"]) for line in sugar)
    assert bought >= needed - 3000


def test_what_the_house_has_is_not_on_the_order_guide() -> None:
    amounts = {"sugar": Amount(Quantity.of(0, "g")), "flour": Amount(Quantity.of(500, "g"))}
    lines = tuple(
        GuideLine(item=item, receive_on=date(2027, 4, 16), needed=amount, buy=amount)
        for item, amount in amounts.items()
    )
    said = str(list(_guide(Week.model_construct(guide=lines, events=()))))
    assert "flour" in said
    assert "sugar" not in said


def test_a_kitchen_file_with_a_wrong_word_is_refused(catering, tmp_path):
    (tmp_path / "house.json").write_text('{"kitchen": {"equipment": {"oven": "two"}}}')
    done = catering("week", *ORDERS, "--kitchen", "house.json", "--out", "week")
    assert done.returncode == 2
    assert "house.json: house.kitchen.equipment.oven" in done.stderr


weights = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.fractions(0, 1000), min_size=1)


@given(st.decimals(0, 10**6, places=2), weights)
def test_parts_are_whole_cents_that_add_up(total, weights):
    parts = shared(total, weights)
    assert sum(parts.values()) == total
    whole = sum(weights.values())
    for name, part in parts.items():
        assert part == part.quantize(Decimal("0.01"))
        if whole:
            assert abs(Fraction(part) - Fraction(total) * weights[name] / whole) < Fraction(1, 100)


@pytest.mark.parametrize(("total", "parts"), [("0.01", 1), ("10.00", 3)])
def test_a_cent_is_not_lost_among_equals(total, parts):
    even = dict.fromkeys("abc"[:parts], Fraction(0))
    assert sum(shared(Decimal(total), even).values()) == Decimal(total)
