"""A plan changes only when somebody means it to: digests of whole plans, section by section."""

from __future__ import annotations

import pytest
from golden.plans import digests, documents, kept, planned

ORDERS = documents()


def test_each_order_has_its_plan():
    assert set(kept()) == set(ORDERS)


@pytest.mark.parametrize("name", ORDERS)
def test_the_plan_is_the_one_that_was_kept(name):
    expected, found = kept()[name], digests(planned(ORDERS[name]))
    assert [section for section in found if found[section] != expected.get(section)] == []
