"""`ask`: tiers in turn, one repair, open items, faults, memory."""

from __future__ import annotations

import pytest
from toy import STEP, TOY, Items, Model, call, context, fault, rows

from catering_cli.domain.execution import FaultKind
from catering_cli.orchestrator.ask import Asked, Question, ask
from catering_cli.orchestrator.context import TierCall, TierChain
from catering_cli.providers.faults import AFTER

KITCHEN_CALL = TierCall("kitchen")


async def settle(names: list[str], *calls: TierCall, when: str = "always", **more: object) -> Asked:
    chain = TierChain((*calls, KITCHEN_CALL), when=when)  # type: ignore[arg-type]
    return await ask(Question(TOY, Items(names=names), STEP), chain, context(chain, **more))


def left(asked: Asked) -> list[tuple[str, str]]:
    return [(attempt.tier, attempt.left) for attempt in asked.attempts]


def said(asked: Asked) -> dict[str, tuple[str, str]]:
    return {x.decision.item: (x.decision.department, x.by) for x in asked.decisions}  # type: ignore[union-attr]


async def test_a_good_answer_ends_the_walk() -> None:
    first, second = Model([rows(leek="produce")]), Model([rows(leek="bakery")])
    asked = await settle(["leek"], call("planner", first), call("mid", second))
    assert left(asked) == [("planner", "accepted")]
    assert said(asked) == {"leek": ("produce", "planner")}
    assert not second.requests
    assert asked.attempts[0].usd is not None
    assert asked.attempts[0].usd > 0


async def test_when_open_the_kitchen_answers_what_it_can_and_models_the_rest_alone() -> None:
    model = Model([rows(leek="produce")])
    asked = await settle(["milk", "leek"], call("mid", model), when="open")
    assert left(asked) == [("kitchen", "open"), ("mid", "accepted")]
    assert said(asked) == {"milk": ("dairy", "kitchen"), "leek": ("produce", "mid")}
    assert "milk" not in model.requests[0].user


async def test_when_open_nobody_is_asked_what_the_kitchen_knows() -> None:
    model = Model([rows(milk="moon")])
    asked = await settle(["milk"], call("mid", model), when="open")
    assert (left(asked), model.requests) == ([("kitchen", "accepted")], [])


async def test_nothing_to_judge_asks_nobody() -> None:
    model = Model([rows()])
    asked = await settle([], call("mid", model), when="always")
    assert (asked.state, model.requests) == ("accepted", [])


async def test_an_open_answer_is_kept_and_the_next_tier_gets_the_rest() -> None:
    first, second = Model([rows(leek="produce")]), Model([rows(bun="bakery")])
    asked = await settle(["leek", "bun"], call("planner", first), call("mid", second))
    assert left(asked) == [("planner", "open"), ("mid", "accepted")]
    assert said(asked) == {"leek": ("produce", "planner"), "bun": ("bakery", "mid")}
    assert "leek" not in second.requests[0].user


async def test_an_answer_that_adds_nothing_does_not_take_the_name_of_one_that_did() -> None:
    asked = await settle(["leek", "bun"], call("planner", Model([rows(leek="produce")])), call("mid", Model([rows()])))
    assert (asked.state, asked.by) == ("open", "planner")


async def test_what_stays_open_is_reported() -> None:
    asked = await settle(["leek", "bun"], call("mid", Model([rows(leek="produce")])))
    assert asked.state == "open"
    assert [finding.where for finding in asked.findings] == ["given.bun"]


@pytest.mark.parametrize("bad", ["not json", '{"rows": [{"item": 3}]}', rows(leek="moon"), rows(tofu="produce")])
async def test_a_bad_answer_is_repaired_once_with_what_was_wrong(bad: str) -> None:
    model = Model([bad, rows(leek="produce")])
    asked = await settle(["leek"], call("mid", model))
    assert [kind for _, kind in left(asked)] in (["wrong_schema", "accepted"], ["rejected", "accepted"])
    assert "What was wrong" in model.requests[1].user
    assert model.requests[1].user.startswith(model.requests[0].user)


async def test_two_bad_answers_of_different_kinds_are_still_one_repair() -> None:
    model = Model(["not json", rows(leek="moon"), rows(leek="produce")])
    asked = await settle(["leek"], call("mid", model))
    assert len(model.requests) == 2
    assert left(asked)[:2] == [("mid", "wrong_schema"), ("mid", "rejected")]


async def test_fenced_json_is_read() -> None:
    asked = await settle(["leek"], call("mid", Model([f"Here you are:\n```json\n{rows(leek='produce')}\n```\nEnjoy."])))
    assert left(asked) == [("mid", "accepted")]


@pytest.mark.parametrize("kind", sorted(AFTER))
async def test_every_fault_is_worth_what_the_table_says(kind: FaultKind) -> None:
    outs: list[tuple[str, str]] = []
    first, second = Model([fault(kind)]), Model([rows(leek="produce")])
    asked = await settle(
        ["leek"], call("planner", first), call("mid", second), tier_out=lambda t, scope, _f: outs.append((t, scope))
    )
    assert len(first.requests) == 1 + AFTER[kind].again
    assert outs == ([("planner", AFTER[kind].tier_out)] if AFTER[kind].tier_out else [])
    assert left(asked)[-1] == ("mid", "accepted")


async def test_truncated_is_asked_again_with_a_larger_cap_and_the_same_with_a_new_ordinal() -> None:
    model = Model([fault("truncated", 200), fault("server_error"), rows(leek="produce")])
    await settle(["leek"], call("mid", model, max_tokens=100))
    assert [(r.max_tokens, r.ordinal) for r in model.requests] == [(100, 0), (200, 0), (200, 1)]


async def test_without_a_kitchen_an_exhausted_chain_fails_with_its_story() -> None:
    chain = TierChain((call("mid", Model([fault("bad_key", 401)])),), when="always")
    asked = await ask(Question(TOY, Items(names=["leek"]), STEP), chain, context(chain))
    assert (asked.state, left(asked)) == ("failed", [("mid", "bad_key")])


class Shelf:
    """A memory in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)

    def keep(self, key: str, payload: str) -> None:
        self.kept[key] = payload


async def test_what_stood_is_not_asked_again_and_is_judged_again() -> None:
    shelf, model = Shelf(), Model([rows(leek="produce")])
    first = await settle(["milk", "leek"], call("mid", model), when="open", memory=shelf)
    again = await settle(["milk", "leek"], call("mid", model), when="open", memory=shelf)
    assert len(model.requests) == 1
    assert again.decisions == first.decisions
    assert [(a.tier, a.journalled) for a in again.attempts] == [("mid", True)]
    shelf.kept = {key: payload.replace("produce", "moon") for key, payload in shelf.kept.items()}
    third = await settle(["milk", "leek"], call("mid", model), when="open", memory=shelf)
    assert len(model.requests) == 2
    assert third.decisions == first.decisions


@pytest.mark.parametrize(("script", "asked_again"), [(rows(leek="moon"), 0), (fault("timeout"), 1)])
async def test_a_fallback_to_the_kitchen_is_remembered_only_where_everybody_answered(
    script: object, asked_again: int
) -> None:
    shelf, model = Shelf(), Model([script])  # type: ignore[list-item]
    await settle(["leek"], call("mid", model), memory=shelf)
    before = len(model.requests)
    await settle(["leek"], call("mid", model), memory=shelf)
    assert len(model.requests) - before == asked_again


async def test_a_tier_whose_reply_is_journalled_is_heard_first() -> None:
    first, second = Model([rows(leek="bakery")]), Model([rows(leek="produce")])
    asked = await settle(["leek"], call("planner", first), call("mid", second, journalled=lambda _request: True))
    assert said(asked) == {"leek": ("produce", "mid")}
    assert not first.requests


async def test_the_fallback_task_is_asked_before_the_kitchen_and_judged_by_the_first_task() -> None:
    chain = TierChain((call("mid", Model([fault("refused", 200)])), KITCHEN_CALL), when="always")
    other = TierChain((call("planner", Model([rows(leek="produce")])), KITCHEN_CALL), when="always")
    fallback = Question(TOY, Items(names=["leek"]), STEP)
    question = Question(TOY, Items(names=["leek"]), STEP, fallback=lambda: fallback)
    asked = await ask(question, chain, context(other))
    assert said(asked) == {"leek": ("produce", "planner")}
    assert left(asked) == [("mid", "refused"), ("planner", "accepted")]
