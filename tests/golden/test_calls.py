"""An ingredient is resolved once: how often cooking asks what food a text means."""

from __future__ import annotations

import pytest
from golden.plans import documents, planned

from catering_cli.kitchen.foods.identify import recognise

MOST_CALLS = 300
"""For the wedding: about twice its distinct names, once where the menu is built and once for offers and stock."""


@pytest.mark.xfail(reason="every stage asks the same text again what food it is", strict=True)
def test_the_wedding_asks_what_food_a_text_means_at_most_twice_a_name():
    recognise.cache_clear()
    planned(documents()["wedding"])
    told = recognise.cache_info()
    assert told.hits + told.misses <= MOST_CALLS
