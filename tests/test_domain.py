"""Paths are read as they are written; a name that was meant is found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain import path
from catering_cli.domain.suggest import closest, closest_few

KEYS = st.lists(st.one_of(st.text(min_size=1, max_size=8), st.integers(0, 99)), min_size=1, max_size=6)


@given(KEYS)
def test_a_path_is_read_as_it_is_written(keys: list[str | int]) -> None:
    written = ""
    for key in keys:
        written = path.step(written, key)
    assert path.parse(written) == tuple(keys)


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6), st.integers())
def test_what_is_put_is_got(keys: list[str], value: int) -> None:
    document: dict[str, Any] = {}
    path.put(document, tuple(keys), value)
    assert path.get(document, keys) == value


def test_one_past_the_end_of_a_list_adds_to_it_and_further_leads_nowhere() -> None:
    document = {"staff": [{"rate": 20}]}
    path.put(document, ("staff", 1), {"rate": 25})
    path.put(document, ("staff", 0, "rate"), 22)
    assert document == {"staff": [{"rate": 22}, {"rate": 25}]}
    with pytest.raises(IndexError):
        path.put(document, ("staff", 7), {})


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("plannner", "planner"), ("Antropic", "anthropic"), ("modell", "model"), ("xyzzy", ""), ("recipe scaling", "")],
)
def test_the_name_that_was_meant(wrong: str, meant: str) -> None:
    assert closest(wrong, ["planner", "anthropic", "model"]) == meant


def test_the_nearest_come_first_and_as_they_are_written() -> None:
    assert closest_few("caesar sald", ["Tiramisu", "Clear salad", "Caesar salad"]) == ("Caesar salad", "Clear salad")
