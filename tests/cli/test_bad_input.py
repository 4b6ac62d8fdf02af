"""Bad input, each as a real process: one paragraph with file, place, value and remedy, exit 2, no traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

EVENT = {"name": "Spring lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
ORDER: dict[str, Any] = {"event": EVENT, "guests": 60, "menu": ["Caesar salad", "Tiramisu"]}
SOUP = {"name": "Soup", "yield": {"portions": 4}, "ingredients": ["1 L stock"]}


def order(**changes: Any) -> str:
    return json.dumps({**ORDER, **changes})


def refused(done, *says: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, "one paragraph"
    assert "Traceback" not in done.stderr
    for text in says:
        assert text in done.stderr


DOCUMENTS = {
    "not JSON": ('{"event": 1,\n  oops}', ["line 2, column 3", "oops}", "not JSON"]),
    "empty": ("", ["is empty"]),
    "wrong type": (order(guests="many"), ["order.guests", '"many"', "number"]),
    "a list": ("[1, 2]", ["order", "must be an object"]),
    "zero guests": (order(guests=0), ["order.guests", "(0)", "more than 0"]),
    "negative guests": (order(guests=-5), ["order.guests", "(-5)", "more than 0"]),
    "half a guest": (order(guests=10.5), ["order.guests", "10.5", "whole number"]),
    "a diet larger than the guests": (
        order(guests={"guaranteed": 60, "diets": [{"diet": "vegan", "count": 61}]}),
        ["order.guests.diets[0]", "61", "60"],
    ),
    "an allergy larger than the guests": (
        order(guests={"guaranteed": 60, "allergies": [{"allergen": "milk", "count": 99}]}),
        ["order.guests.allergies[0]", "99", "60"],
    ),
    "profiles larger than the guests": (
        order(
            guests={"guaranteed": 5, "profiles": [{"needs": ["vegan"], "count": 3}, {"needs": ["milk"], "count": 4}]}
        ),
        ["order.guests.profiles", "7", "5"],
    ),
    "service before the kitchen opens": (
        order(kitchen={"available_from": "2027-04-17T13:00:00-04:00"}),
        ["order.kitchen.available_from", "2027-04-17T13:00:00-04:00", "before the kitchen opens"],
    ),
    "a date without offset": (
        order(event={**EVENT, "service_at": "2027-04-17T12:30:00"}),
        ["order.event.service_at", "2027-04-17T12:30:00", "offset"],
    ),
    "no date at all": (
        order(event={**EVENT, "service_at": "soon"}),
        ["order.event.service_at", '"soon"', "2027-04-17"],
    ),
    "a recipe without yield": (
        order(recipes=[{"name": "Soup", "ingredients": ["1 L stock"]}]),
        ["order.recipes[0].yield", "missing"],
    ),
    "NaN": ('{"guests": NaN}', ["order.guests", "nan", "finite"]),
    "an unknown unit": (
        order(recipes=[{**SOUP, "ingredients": [{"item": "flour", "quantity": "2 cupz"}]}]),
        ["order.recipes[0].ingredients[0].quantity", "cupz"],
    ),
    "an unknown field": (order(gusets=3), ["order.gusets", "did you mean 'guests'?"]),
    "a misspelt style and time zone": (
        order(event={"name": "X", "service_at": "2027-06-19T18:00", "style": "bufet", "timezone": "America/Chicagoo"}),
        ["order.event.style", "did you mean 'buffet'?", "order.event.timezone", "did you mean 'America/Chicago'?"],
    ),
    "twice the same key": ('{"guests": 1, "guests": 2}', ["order", "guests", "twice"]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bad_order_is_refused(catering, tmp_path: Path, name: str) -> None:
    text, says = DOCUMENTS[name]
    (tmp_path / "order.json").write_text(text)
    refused(catering("plan", "order.json", "--offline"), "order.json", *says)


@pytest.mark.parametrize("command", ["plan", "check", "show", "refine", "scale"])
def test_a_file_that_is_not_there(catering, tmp_path: Path, command: str) -> None:
    (tmp_path / "wedding.json").write_text("{}")
    more = ("--factor", "2") if command == "scale" else ()
    refused(catering(command, "weding.json", *more), "weding.json", "wedding.json")


@pytest.mark.parametrize("command", ["plan", "check", "show", "refine"])
def test_a_folder(catering, tmp_path: Path, command: str) -> None:
    refused(catering(command, str(tmp_path)), str(tmp_path), "is a folder", "name a file")


def test_more_than_ten_megabytes_are_refused_unread(catering, tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(10_000_001)
    refused(catering("plan", "huge.json"), "huge.json", "10,000,001", "not read")
    refused(catering("plan", "-", stdin=b" " * 10_000_001), "standard input", "not read")


def test_standard_input_is_named(catering) -> None:
    refused(catering("plan", "-", "--offline", stdin=""), "standard input", "is empty")
    refused(catering("check", "-", stdin="{]"), "standard input", "line 1, column 2")


def test_every_problem_is_listed_at_once(catering) -> None:
    bad = order(guests=0, event={**EVENT, "style": "bufet"}, menu=[{"dihs": "x"}])
    refused(
        catering("plan", "-", stdin=bad),
        "order.guests",
        "order.event.style",
        "order.menu[0].dihs",
        "order.menu[0].dish",
    )


def test_an_order_is_no_plan_and_a_plan_no_order(catering, tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text(order())
    refused(catering("check", "order.json"), "order.json", "this is an order")
    (tmp_path / "plan.json").write_text('{"order": {}, "timeline": {}}')
    refused(catering("plan", "plan.json"), "plan.json", "this is a plan")


def test_a_plan_of_another_schema(catering, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text('{"schema_version": "99", "order": {}}')
    refused(catering("check", "plan.json"), "plan.schema_version", "99")


@pytest.mark.parametrize("config", ["nope", "nope.yaml"])
def test_a_config_that_is_not_there(catering, tmp_path: Path, config: str) -> None:
    (tmp_path / "order.json").write_text(order())
    refused(catering("plan", "order.json", "--config", config), config)


def test_a_recipe_outside_of_the_order_s_folder(catering, tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text(order(menu=[{"dish": "Soup", "recipe": "../secret.json"}]))
    refused(catering("plan", "order.json", "--offline"), "order.menu[0].recipe", "../secret.json")


def test_several_orders_need_a_folder(catering, tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text(order())
    refused(catering("plan", "order.json", "order.json", "--offline"), "--out")


def test_text_in_every_language_is_read(catering) -> None:
    event = {**EVENT, "name": "مأدبة Frühstück 宴会 🎉", "venue": "Żółć"}
    done = catering("plan", "-", "--offline", "--json", stdin=order(event=event))
    assert done.returncode in (0, 3), done.stderr
    assert json.loads(done.stdout)["order"]["event"]["name"] == event["name"]
