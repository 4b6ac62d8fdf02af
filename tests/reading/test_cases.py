"""Lines, yields, files, price lists and base recipes as people write them, each read as a cook would.

`cases/open.txt` names those that are not read right yet; one that is must leave the list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reading import judge

FILES = ("lines", "yields", "files", "orders", "price-lists", "base-recipes")
OPEN = frozenset((judge.CASES / "open.txt").read_text(encoding="utf-8").split())
CASES = {case["id"]: case for name in FILES for case in judge.cases(name)}


def faults(case: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong; of several orders for one wish, the one that is read best."""
    line = [judge.order_with(case["line"], case.get("portions", 10))] if "line" in case else []
    orders = case.get("orders") or line or [case["order"]]
    read = [judge.read(order, folder, case.get("files"), case.get("name", "order.json")) for order in orders]
    return min((judge.faults(case, told) for told in read), key=len)


@pytest.mark.parametrize("name", CASES)
def test_it_is_read_as_a_cook_would(name: str, tmp_path: Path) -> None:
    wrong = faults(CASES[name], tmp_path)
    assert bool(wrong) is (name in OPEN), wrong or "it is read right: take it off open.txt"
