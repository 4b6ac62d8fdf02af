"""An ingredient is resolved once: how often cooking asks what food a text means."""

from __future__ import annotations

from golden.plans import documents, planned

from catering_cli.kitchen.foods.identify import recognise

MOST_CALLS = 300
"""For the wedding: about twice its distinct names, once where the menu is built and once for offers and stock."""


def test_the_wedding_asks_what_food_a_text_means_at_most_twice_a_name():
    recognise.cache_clear()
    planned(documents()["wedding"])
    told = recognise.cache_info()
    assert told.hits + told.misses <= MOST_CALLS
