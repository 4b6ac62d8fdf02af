"""Documents are read whole or refused with their place."""

import json

import pytest

from catering_cli.domain.order import Order
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.field_errors import typed
from catering_cli.intake.json_document import LIMIT, parse_json, read_bytes, read_json, step

BASE = {"event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"}, "guests": 60, "menu": ["a"]}


def refused(data: bytes | object) -> tuple[Problem, ...]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(Refused) as caught:
        typed(Order, parse_json(raw, "o.json", "order"), file="o.json", root="order")
    return caught.value.problems


def only(data: bytes | object) -> Problem:
    (problem,) = refused(data)
    return problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding):
    order = {**BASE, "menu": ["Crème brûlée", "麻婆豆腐", "شوربة"]}
    assert parse_json(json.dumps(order, ensure_ascii=False).encode(encoding), "o.json") == order


def test_not_json_names_line_column_and_what_stands_there():
    problem = only(b'{"a": 1,\n "b" 2}')
    assert (problem.place, problem.value) == ("line 2, column 6", "2}")


@pytest.mark.parametrize(
    ("data", "place", "value"),
    [
        (b'{"guests": NaN}', "order.guests", "nan"),
        (b'{"guests": [1, -Infinity]}', "order.guests[1]", "-inf"),
        (b'{"guests": 1e999}', "order.guests", "inf"),
        (b'{"event": {"name": 1, "name": 2}}', "order.event", "name"),
        (b'{"notes": "\\ud800"}', "order.notes", ""),
    ],
)
def test_what_the_grammar_lets_pass_and_nobody_means(data, place, value):
    problem = only(data)
    assert (problem.file, problem.place, problem.value) == ("o.json", place, value)


def test_bytes_that_are_no_text_are_refused_with_their_place():
    assert only(b'{\n"a": "\xff"}').place == "line 2, byte 9 of the file"


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 300 + b"1" + b"}" * 300])
def test_very_deep_nesting_is_refused(data):
    assert "nested too deeply" in only(data).message


def test_a_number_of_thousands_of_digits_is_refused():
    assert "digits" in only(b"1" * 5_000).message


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "wedding.json").write_text("{}")
    (tmp_path / "empty.json").write_text(" \n")
    for name, says in [("weding.json", "wedding.json?"), ("", "is a folder"), ("empty.json", "is empty")]:
        with pytest.raises(Refused, match=says):
            read_json(str(tmp_path / name))
    with pytest.raises(Refused):
        read_bytes("nul\0byte")


def test_a_large_file_is_refused_unread(tmp_path):
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(Refused, match="was not read"):
        read_bytes(str(huge))


def test_every_problem_is_listed_with_its_place():
    order = {**BASE, "guests": -1, "event": {"name": "", "service_at": "2027-04-17T12:30:00"}}
    places = {problem.place: problem.message for problem in refused(order)}
    assert set(places) == {"order.event.name", "order.event.service_at", "order.guests"}
    assert "UTC offset" in places["order.event.service_at"]


@pytest.mark.parametrize(
    ("change", "place", "meant"),
    [
        ({"gusets": 3}, "order.gusets", "guests"),
        ({"event": {**BASE["event"], "stile": "buffet"}}, "order.event.stile", "style"),
        ({"menu": [{"dish": "a", "popularty": 2}]}, "order.menu[0].popularty", "popularity"),
        (
            {"guests": {"guaranteed": 3, "profiles": [{"needs": ["vegan"], "count": 1, "serverity": "allergy"}]}},
            "order.guests.profiles[0].serverity",
            "severity",
        ),
        ({"kitchen": {"avialable_from": "2027-04-17T06:00:00Z"}}, "order.kitchen.avialable_from", "available_from"),
        (
            {"decisions": [{"kind": "overage", "dish": "d1", "percnt": 5, "percent": 5}]},
            "order.decisions[0].percnt",
            "percent",
        ),
    ],
)
def test_an_unknown_field_is_answered_with_the_one_that_was_meant(change, place, meant):
    problem = only({**BASE, **change})
    assert problem.place == place
    assert f"did you mean {meant!r}?" in problem.message


def test_what_a_value_may_be_is_told_once_for_all_branches():
    assert only({**BASE, "menu": [{"dish": "a", "recipe": 5}]}).message == "must be text or an object"
    assert "number of guests or an object" in only({**BASE, "guests": "many"}).message


def test_problems_inside_a_branch_hide_those_of_the_other():
    order = {**BASE, "menu": [{"dish": "a", "recipe": {"name": "b", "ingredients": [{"item": "egg"}]}}]}
    assert only(order).place == "order.menu[0].recipe.yield"


def test_paths():
    assert step(step(step("order", "menu"), 1), "recipe") == "order.menu[1].recipe"
    assert step("", "a") == "a"
