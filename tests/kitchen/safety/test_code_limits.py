"""The limits of each food code: whole, in its own degrees, and printed so in the log and in what is found wrong."""

from __future__ import annotations

import re

import pytest
from kitchen.safety.test_handling import plan_of

from catering_cli.data.tables import rows
from catering_cli.kitchen.safety.limits import limit

CODES = [row["jurisdiction"] for row in rows("codes")]
ABROAD = [code for code in CODES if not code.startswith("us-")]
SOUGHT = [(row["kind"], row["food_class"]) for row in rows("limits") if row["jurisdiction"] == "us-fda-2022"]
SOUP = {
    "name": "Beef soup",
    "course": "soup",
    "yield": 50,
    "ingredients": ["8 kg beef shin", "4 kg carrots", "20 kg water"],
    "steps": [
        {"text": "Simmer for 3 hours.", "minutes": 180},
        {"text": "Cool in the pot overnight.", "minutes": 30, "storage": "fridge"},
        {"text": "Reheat in the chafer.", "minutes": 60, "equipment": "chafer"},
    ],
}


@pytest.mark.parametrize("code", ABROAD)
@pytest.mark.parametrize("sought", SOUGHT, ids=lambda one: f"{one[0]} {one[1]}")
def test_every_limit_abroad_is_the_codes_own_in_its_degrees(code: str, sought: tuple[str, str]) -> None:
    if sought[0] == "advisory":
        return
    row, own = limit(code, *sought)
    assert own
    assert not re.search(r"\d ?F\b", row["text"] + row["corrective"])


@pytest.mark.parametrize("code", CODES)
def test_what_is_not_known_needs_as_much_heat_as_anything_in_that_code(code: str) -> None:
    unknown, _ = limit(code, "cook", "unknown")
    raw = ("poultry", "ground_meat", "eggs", "whole_meat", "roast", "fish")
    assert float(unknown["c"]) == max(float(limit(code, "cook", one)[0]["c"]) for one in raw)


@pytest.mark.parametrize(
    ("code", "name", "hot", "cooling"),
    [("eu", "852/2004", ">=63C", "63C to 10C within 2 h"), ("au", "3.2.2", ">=60C", "60C to 21C within 2 h")],
)
def test_a_plan_abroad_speaks_of_its_own_code_alone(code: str, name: str, hot: str, cooling: str) -> None:
    plan = plan_of(SOUP, jurisdiction=code)
    texts = [point.limit for point in plan.safety.points] + [one.limit for one in plan.findings]
    assert name in plan.safety.code
    assert any(text.startswith(hot) for text in texts)
    assert any(text.startswith(cooling) for text in texts)
    assert not [text for text in texts if re.search(r"\d ?F\b", text)]
