"""A change whose words speak against it is refused: another field, another service, the other choice, no change."""

from __future__ import annotations

from typing import Any

import pytest

from catering_cli.domain.decision import ChangeOrder
from catering_cli.domain.order import Order
from catering_cli.tasks.reading.proof import faults

ORDER = Order.model_validate(
    {
        "event": {"name": "Feast", "service_at": "2027-06-19T18:00:00-04:00", "style": "buffet"},
        "guests": {"guaranteed": 60},
        "services": [
            {"id": "lunch", "at": "2027-06-19T13:00:00-04:00"},
            {"id": "dinner", "at": "2027-06-19T18:00:00-04:00"},
        ],
        "menu": ["Caesar salad"],
    }
)
COELIAC = "Maria can't have gluten, she is coeliac."
BOTH = "We expect around 75, but guarantee only 62."
SAID: list[tuple[str, str, Any, bool]] = [
    ("We are 64 now, not 60.", "order.guests.guaranteed", 64, True),
    ("We are 64 now", "order.guests.guaranteed", 60, False),
    ("Dinner moves to half past six.", "order.services[1].at", "18:30", True),
    ("Dinner moves to half past six.", "order.services[0].at", "18:30", False),
    ("Budget is now $45 a head, no more.", "order.budget.per_guest", 45, True),
    ("Budget is now $45 a head, no more.", "order.budget.total", 45, False),
    (COELIAC, "order.guests.profiles", {"needs": ["gluten-free"], "count": 1, "severity": "severe"}, True),
    (COELIAC, "order.guests.profiles", {"needs": ["gluten-free"], "count": 1, "severity": "preference"}, False),
    ("Eight children under ten will come.", "order.guests.children", {"count": 8}, True),
    ("Eight children under ten will come.", "order.guests.children", {"count": 10}, False),
    ("Make it plated instead of a buffet.", "order.event.style", "plated", True),
    ("Make it plated instead of a buffet.", "order.event.style", "cocktail", False),
    ("A sit-down meal, please.", "order.event.style", "plated", True),
    (BOTH, "order.guests.expected", 75, True),
    (BOTH, "order.guests.expected", 62, False),
    (BOTH, "order.guests.guaranteed", 62, True),
    (BOTH, "order.guests.guaranteed", 75, False),
]


@pytest.mark.parametrize(("words", "path", "value", "holds"), SAID)
def test_words_that_speak_against_a_change_refuse_it(words: str, path: str, value: Any, *, holds: bool) -> None:
    change = ChangeOrder(path=path, value=value, quote=words)
    assert (list(faults(ORDER, change, "readings[0]")) == []) == holds
