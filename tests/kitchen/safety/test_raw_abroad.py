"""What is said of raw food is said in the words, the numbers and the degrees of the place."""

from __future__ import annotations

import pytest

from catering_cli.checks import registry
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook


def planned(jurisdiction: str) -> CateringPlan:
    event = {
        "name": "Lunch",
        "service_at": "2027-04-17T12:30:00-04:00",
        "timezone": "America/New_York",
        "jurisdiction": jurisdiction,
    }
    recipe = {
        "name": "Salmon tartare",
        "yield": 20,
        "ingredients": ["3 kg salmon fillet", "100 ml lemon juice"],
        "steps": [{"text": "Chop the salmon finely, dress and serve raw.", "minutes": 40}],
    }
    menu = [{"dish": "Salmon tartare", "course": "starter", "recipe": recipe}]
    order = load.order_of({"event": event, "guests": 20, "menu": menu}, "order.json")
    plan = cook(order)
    found, _ = registry.check(order, plan)
    assert [one for one in found if one.rule.startswith("safety")] == []
    return plan


@pytest.mark.parametrize(
    ("jurisdiction", "degrees", "cite"),
    [
        ("us-fda-2022", "-4F (-20C) for 7 days", "3-603.11"),
        ("us-ca", "-4F (-20C) for 7 days", "114093"),
        ("uk", "-20C in the middle for 24 h", "Food Standards Agency"),
        ("eu", "-20C in the middle for 24 h", "852/2004"),
        ("atlantis", "-20C (-4F) for 7 days", ""),
    ],
)
def test_the_advisory_and_the_freezing_are_those_of_the_place(jurisdiction, degrees, cite):
    plan = planned(jurisdiction)
    said = " ".join(plan.safety.notes)
    assert "Consumer advisory" in said
    assert "Salmon tartare" in said
    assert degrees in said
    point = next(one for one in plan.safety.points if one.kind == "advisory")
    assert cite in f"{point.limit_id} {point.source}"
    if not jurisdiction.startswith("us-fda") and jurisdiction != "atlantis":
        texts = [said, point.source, point.corrective, *(one.limit for one in plan.findings)]
        assert not any("3-603.11" in text or "3-402.11" in text or "FDA" in text for text in texts)
