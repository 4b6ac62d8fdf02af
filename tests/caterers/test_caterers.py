"""Orders as caterers write them, unknown words included: nothing blocks falsely, mains suffice, no allergy at risk."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from catering_cli.checks.registry import check
from catering_cli.domain.finding import Finding
from catering_cli.domain.names import HARMFUL
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.dietary.profiles import columns

ORDERS = sorted((Path(__file__).parent / "orders").glob("*.json"))


@pytest.fixture(scope="module", params=ORDERS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    """An order: what is asked of it stands together, so that it is planned once."""
    return request.param


@cache
def planned(path: Path, *, labelled: bool = True) -> tuple[CateringPlan, tuple[Finding, ...]]:
    """The plan of an order and all its findings; without its `products` if no label was read."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if not labelled:
        document.pop("products", None)
    plan = cook(load.order_of(document, str(path)))
    return plan, (*plan.findings, *check(plan.order, plan)[0])


def blocking(findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.severity == "blocking"]


def test_nothing_blocks_falsely(path: Path) -> None:
    assert [f"{one.rule}: {one.message}" for one in blocking(planned(path)[1])] == []


def test_what_blocks_without_the_labels_says_which_to_read(path: Path) -> None:
    for one in blocking(planned(path, labelled=False)[1]):
        assert one.rule == "diets.unfed"
        assert one.fix.startswith("read the label of ")


def test_every_guest_has_a_main_and_none_has_half_of_a_second(path: Path) -> None:
    plan, _ = planned(path)
    mains = sum(dish.needed for dish in plan.menu if dish.course == "main")
    children = plan.order.guests.children
    adults = plan.headcount.set_for + plan.headcount.extra_meals - (children.count * children.share if children else 0)
    assert 1.0 <= mains / adults <= 1.5
    assert all(dish.portions for dish in plan.menu)


@pytest.mark.parametrize("labelled", [True, False])
def test_no_guest_with_an_allergy_is_fed_what_is_not_known(path: Path, labelled: bool) -> None:
    plan, _ = planned(path, labelled=labelled)
    rows = {row.dish: row for row in plan.diets.rows}
    profiles = {one.id: one for one in plan.diets.profiles if one.severity in HARMFUL}
    for eats in plan.diets.eats:
        profile = profiles.get(eats.profile)
        for need in profile.needs if profile else ():
            kept, avoided = columns(need)
            states = {cell.allergen: cell.state for cell in rows[eats.dish].cells}
            diets = {cell.diet: cell.state for cell in rows[eats.dish].diets}
            assert all(states[name] in ("none_found", "free") for name in avoided)
            assert all(diets[name] == "compatible" for name in kept)


def test_wishes_are_fed_and_the_labels_of_unknown_words_are_asked_for(path: Path) -> None:
    plan, findings = planned(path)
    asked = " ".join(one.fix + one.message for one in findings if one.severity == "open")
    for dish in plan.menu:
        for line in dish.lines:
            assert line.food or line.item in asked
    lacking = {one.profile for one in plan.diets.shortages if one.course == "main"}
    assert not lacking
