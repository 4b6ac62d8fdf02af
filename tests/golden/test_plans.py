"""A plan changes only when somebody means it to: digests of whole plans, section by section."""

from __future__ import annotations

from typing import Any

import pytest
from golden.plans import digests, documents, kept, planned

ORDERS = documents()
ALWAYS = 12
"""Generated orders that are planned in every run, beside the sample orders."""


def parameters() -> list[Any]:
    """Every order by name; most of the generated ones in the slow run."""
    names = list(ORDERS)
    kept_back = [name for name in names if name.startswith("generated")][ALWAYS:]
    return [pytest.param(name, marks=pytest.mark.slow if name in kept_back else ()) for name in names]


def test_each_order_has_its_plan():
    assert set(kept()) == set(ORDERS)


@pytest.mark.parametrize("name", parameters())
def test_the_plan_is_the_one_that_was_kept(name):
    expected, found = kept()[name], digests(planned(ORDERS[name]))
    assert [section for section in found if found[section] != expected.get(section)] == []
