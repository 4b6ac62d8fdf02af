"""Whatever stands in a yield, a step, a price list or a file: a value, or a refusal that says why; never a defect."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.problem import Refused
from catering_cli.intake import recipe_file
from catering_cli.intake.yaml_document import parse_yaml
from catering_cli.kitchen.purchasing.price_list import parse_item
from catering_cli.kitchen.quantities.case_packs import parse_pack
from catering_cli.kitchen.recipes.step_text import MOST_MINUTES, minutes_in, steps_of
from catering_cli.kitchen.recipes.yield_text import parse_yield

SAID = (
    "1 2/0 12 3-4 ½ 1,5 1.200 9x13 -5 serves servings dozen loaf kg g oz cup #10 / x ( ) each about hour minutes every",
    "to or overnight half a one ct dz 36/1 lb , Butter AA EVOO 50# % \" ' ∞ nan é 漢 \n",
)
WORDS = st.sampled_from([word for line in SAID for word in line.split(" ")])
TEXT = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@given(TEXT)
def test_a_yield_is_a_number_an_amount_or_kept_as_it_is(text):
    read = parse_yield(text)
    assert read.get("portions", 1) >= 1
    assert "portions" in read or "stated" in read


@given(TEXT)
def test_a_step_lasts_no_longer_than_a_week(text):
    assert 0 <= minutes_in(text) <= MOST_MINUTES
    assert all(step["text"] for step in steps_of(text))


@given(TEXT)
def test_an_item_of_a_price_list_is_read_or_has_no_food(text):
    assert parse_item(text).food is not None
    with suppress(ValueError):
        assert parse_pack(text).low >= 0


@given(TEXT, st.sampled_from([".cook", ".html", ".yaml", ".json"]))
def test_a_file_is_a_recipe_or_says_why_not(text, suffix):
    with suppress(ValueError):
        assert recipe_file.parse_recipe(text, suffix, "x", "us").ingredients


@given(st.recursive(TEXT | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3), max_leaves=8))
def test_yaml_says_what_json_says(value):
    document = {"a": value}
    with suppress(Refused):
        assert parse_yaml(json.dumps(document), "x") == document
