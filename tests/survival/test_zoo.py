"""Work plans nobody should write, through the real command: completed, repaired or refused; after a failed lint nothing
is sent but its one repair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from competent import answer
from server import Asked, Server
from survive import BOTH, bench

CONFIG = BOTH + "default: {tiers: [first, kitchen], when: always}\ncomplexity: {high: second, max_high: 2}\n"
ORDER: dict[str, Any] = {
    "event": {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": 60,
    "menu": [
        {"dish": "{count:vegan}", "recipe": "House soup"},
        {"dish": "strategy", "recipe": "House soup"},
    ],
    "recipes": [
        {
            "name": "House soup",
            "course": "soup",
            "yield": {"portions": 10},
            "ingredients": ["2 bunches zorrel", "2 L vegetable stock"],
        }
    ],
}
"""Dishes that are called like a slot and like a step."""


def step(name: str, task: str = "recipe_scaling", subject: str = "d1", needs: tuple[str, ...] = (), **more: Any) -> Any:
    whole = {"id": name, "task": task, "subject": subject, "complexity": "medium", "needs": list(needs)}
    return {**whole, "why": "", "checks": [], **more}


GOOD = [
    step("a"),
    step("b", subject="d2"),
    step("c", "unit_conversion", "order", ("a", "b")),
    step("e", "text_formatting", "order"),
]
REFUSED: dict[str, list[Any]] = {
    "a cycle": [step("a", needs=("b",)), step("b", subject="d2", needs=("a",))],
    "a step that needs itself": [step("a", needs=("a",)), step("b", subject="d2")],
    "an id twice": [step("a"), step("a", subject="d2")],
    "an unknown subject": [*GOOD, step("x", subject="d9")],
    "a dish's name as subject": [*GOOD, step("x", subject="strategy")],
    "an unknown need": [*GOOD, step("x", needs=("nobody",))],
    "the planner's own id": [*GOOD, step("strategy", subject="d1")],
    "five thousand steps": [step(f"s{n}") for n in range(5_000)],
}
RUN: dict[str, list[Any]] = {
    "a dish without a step": [step("a")],
    "a missing data edge": [step("c", "unit_conversion", "order"), *GOOD[:2], GOOD[3]],
    "every step high": [{**each, "complexity": "high"} for each in GOOD],
    "ids like placeholders": [
        step("$1"), step("{guests}", subject="d2", needs=("$1",)), step("c", "unit_conversion", "order", ("{guests}",)),
    ],
    "a need twice": [step("a"), step("b", subject="d2", needs=("a", "a"))],
    "reasons with figures": [{**each, "why": "for 60 guests, gluten-free"} for each in GOOD],
}  # fmt: skip


def says(steps: list[Any]) -> Any:
    def said(asked: Asked) -> Any:
        return {**answer("strategic_planning", asked.user), "steps": steps}

    return said


SLOW = {"a step that needs itself", "an id twice", "an unknown need", "a dish's name as subject", "a need twice"}


def cases(zoo: dict[str, list[Any]]) -> list[Any]:
    return [pytest.param(name, marks=pytest.mark.slow if name in SLOW else ()) for name in zoo]


@pytest.mark.parametrize("name", cases(REFUSED))
def test_what_is_refused_costs_one_repair_and_nothing_else(server: Server, tmp_path: Path, name: str) -> None:
    desk = bench(server, tmp_path)
    first: list[str] = []

    def only_the_planner(asked: Asked) -> Any:
        first.append(asked.task)
        return says(REFUSED[name])(asked) if first.count("strategic_planning") <= 2 else answer(asked.task, asked.user)

    server.otherwise = lambda asked: answer(asked.task, asked.user)
    server.say("strategic_planning", only_the_planner)
    printed = desk.plan(ORDER, CONFIG)
    sent = [asked.task for asked in server.log]
    assert sent[:2] == ["strategic_planning", "strategic_planning"]
    assert sent.count("strategic_planning") == 2
    run = printed["run"]["execution_plan"]["steps"]
    dishes = {dish["id"] for dish in printed["menu"]}
    assert {one["subject"] for one in run} <= {"order", *dishes}, "the good steps are run, or the kitchen's own"
    assert "strategy" not in {one["id"] for one in run[1:]}
    planner = printed["run"]["steps"][0]
    assert {attempt["left"] for attempt in planner["attempts"][:2]} <= {"rejected", "wrong_schema"}
    assert printed["texts"][0]["by"] == "first", "the run itself is completed"


@pytest.mark.parametrize("name", cases(RUN))
def test_what_can_be_repaired_is_run_to_the_end(server: Server, tmp_path: Path, name: str) -> None:
    desk = bench(server, tmp_path)
    server.say("strategic_planning", says(RUN[name]))
    printed = desk.plan(ORDER, CONFIG)
    assert printed["run"]["execution_plan"]["by"] == "first"
    steps = printed["run"]["steps"]
    assert [each["id"] for each in steps if each["state"] not in {"accepted", "open"}] == []
    assert {each["id"] for each in steps} >= {each["id"] for each in RUN[name]}
    assert len(server.asked("strategic_planning")) == 1
    assert [dish["name"] for dish in printed["menu"]] == ["{count:vegan}", "strategy"]
    assert all("{" not in text["text"].replace("{count:vegan}", "") for text in printed["texts"])
    if name == "every step high":
        assert len(server.asked(model="second-model")) == 2, "as many as the configuration allows"
        assert any("marked high" in notice for notice in printed["run"]["notices"])
    if name == "a missing data edge":
        measures = next(each for each in printed["run"]["execution_plan"]["steps"] if each["id"] == "c")
        assert set(measures["needs"]) >= {"a", "b"}


def test_names_like_slots_and_steps_are_only_names(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.say("strategic_planning", says(GOOD))
    plain = {**ORDER, "menu": [{**ORDER["menu"][0], "dish": "Green soup"}, {**ORDER["menu"][1], "dish": "Brown soup"}]}
    odd, usual = desk.plan(ORDER, CONFIG), desk.plan(plain, CONFIG)
    assert odd["shopping"] == usual["shopping"]
    assert odd["diets"]["rows"] == usual["diets"]["rows"]
    assert odd["texts"] == usual["texts"]


def test_a_dish_called_like_a_slot_neither_spoils_the_letters_nor_the_plan(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.say("strategic_planning", says(GOOD))
    names = ("{guests}", "{service_time}")
    dishes = [{**dish, "dish": name} for dish, name in zip(ORDER["menu"], names, strict=True)]
    letter = {"client_letter": "Your menu is {menu}. We look forward to cooking for all of the {guests} guests."}
    server.say("text_formatting", {"kitchen_notes": "", "floor_briefing": "", **letter})
    printed = desk.plan({**ORDER, "menu": dishes}, CONFIG)
    said = {text["name"]: (text["by"], text["text"]) for text in printed["texts"]}
    wanted = "Your menu is {guests}, {service_time}. We look forward to cooking for all of the 60 guests."
    assert said["client_letter"] == ("first", wanted)
    assert not [row for row in printed["findings"] if row["rule"] == "plan.texts"]
