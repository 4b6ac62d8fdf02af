"""No plan with an open point of food safety has a high score."""

import pytest

from catering_cli.checks.registry import MOST_UNSAFE, SAFETY, check
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.kitchen.cook import cook

ORDER = {
    "event": {"name": "Lunch", "service_at": "2027-06-19T12:00:00-04:00"},
    "guests": 20,
    "menu": ["Fresh fruit salad"],
}


@pytest.mark.parametrize("rule", sorted(rule for rule in SAFETY if rule.startswith("kitchen.")))
def test_an_open_point_of_safety_caps_the_score(rule):
    order = Order.model_validate(ORDER)
    plan = cook(order)
    assert check(order, plan)[1].value > MOST_UNSAFE
    told = Finding(severity="open", rule=rule, where="plan.menu[0]", message="to be settled")
    findings, score = check(order, plan.model_copy(update={"findings": (*plan.findings, told)}))
    assert rule in {one.rule for one in findings}
    assert score.value <= MOST_UNSAFE
