"""Notes read by models: nothing false is applied, no sentence is lost, and a person accepts or takes back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "orchestrator"))
from oracle import Oracle, check, context, cook, rank

from catering_cli.domain.decision import ChangeOrder
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.orchestrator import story
from catering_cli.orchestrator.client import accept
from catering_cli.orchestrator.context import RunContext
from catering_cli.providers.base import Fault, Request
from catering_cli.tasks import constraint_solving
from catering_cli.tasks.reading import proof
from catering_cli.tasks.registry import BY_NAME

CASES = json.loads((Path(__file__).parent / "notes.json").read_text(encoding="utf-8"))
EMPTY = dict.fromkeys(("path", "value", "service", "dish", "text"), "")
KITCHEN = RunContext(cook=cook, check=check, rank=rank)


@cache
def order(number: int) -> Order:
    """The order of a case, with one dish of its menu: what is read does not depend on the others."""
    document = CASES[number]["order"]
    return load.order_of({**document, "menu": document["menu"][-1:]}, "-")


def reading(said: dict[str, Any]) -> dict[str, str]:
    """A reading of the cases on the wire."""
    if said["path"].startswith("order.") and said["value"] != "" and " or " not in said["path"]:
        change = {"path": said["path"], "value": json.dumps(said["value"])}
        return {**EMPTY, "quote": said["quote"], "ends_as": "change", **change}
    if said["path"].startswith("a question"):
        return {**EMPTY, "quote": said["quote"], "ends_as": "question", "text": "Shall we store and plate it for you?"}
    return {**EMPTY, "quote": said["quote"], "ends_as": "instruction"}


def right(number: int) -> list[dict[str, str]]:
    return [reading(said) for said in CASES[number]["readings"]]


def lies(number: int) -> list[dict[str, str]]:
    """Quotations that do not occur, values that do not fit, and needs explained away."""
    made_up = [{**EMPTY, "quote": quote, "ends_as": "instruction"} for quote in CASES[number]["made_up"]]
    changes = [one for one in right(number) if one["ends_as"] == "change"]
    wrong = [{**one, "value": value} for one in changes for value in ("410", '"2027-09-09T03:14:00-04:00"', "[]")]
    hidden = [
        {**EMPTY, "quote": one["quote"], "ends_as": "nothing", "text": "It is harmless."} for one in right(number)
    ]
    reaching = [
        {**one, "path": path} for one in changes for path in ("order.products", "order.decisions", "order.tphc")
    ]
    return [*made_up, *wrong, *hidden[:1], *reaching]


def model(readings: list[dict[str, str]]) -> Callable[[Request], Any]:
    def answer(request: Request) -> Any:
        if request.schema_name == "constraint_solving":
            return {"moves": [], "shapes": [], "readings": readings}
        return Fault("refused", "", 400)

    return answer


def sentences_open(plan: CateringPlan) -> set[str]:
    return {finding.value for finding in plan.findings if finding.rule == "kitchen.note"}


@pytest.mark.parametrize("pattern", ["planning-execution", "hierarchical"])
@pytest.mark.parametrize("who", ["competent", "empty-handed", "liar"])
async def test_no_sentence_is_lost_and_nothing_is_applied_by_itself(pattern: str, who: str) -> None:
    readings = {"competent": right(0), "empty-handed": [], "liar": lies(0)}[who]
    plan = await story.make_plan(order(0), context(Oracle(model(readings)), pattern=pattern))
    offline = await story.make_plan(order(0), KITCHEN)
    assert sentences_open(plan) == sentences_open(offline)
    assert plan.order == order(0)
    assert plan.headcount == offline.headcount
    read = {one.quote for one in plan.proposals}
    proven = {said["quote"] for said in CASES[0]["readings"][:4]}  # the fifth is a place without its id: it stays open
    assert read == (proven if who == "competent" else set())
    assert not any(quote in plan.model_dump_json() for quote in CASES[0]["made_up"])


@pytest.mark.parametrize("number", range(len(CASES)))
def test_readings_of_professionals_stand_and_lies_do_not(number: int) -> None:
    task = BY_NAME["constraint_solving"]
    given = task.given(order(number), "order", ())
    prove = task.proof(order(number), given)

    def faults(one: dict[str, str]) -> list[str]:
        answer = constraint_solving.Answer.model_validate({"moves": [], "shapes": [], "readings": [one]})
        found = [*task.check(given, task.decide(given, answer)), *prove(answer)]
        return [finding.message for finding in found if finding.severity == "blocking"]

    doubtful = ("order.places", "halal")  # a place without its id; a diet that the words do not name
    plain = [one for one in right(number) if not any(word in one["path"] + one["value"] for word in doubtful)]
    assert [fault for one in plain for fault in faults(one)] == []
    assert all(faults(one) for one in lies(number))


async def test_a_person_accepts_several_and_takes_back_one() -> None:
    plan = await story.make_plan(order(0), context(Oracle(model(right(0)))))
    count = next(one for one in plan.proposals if one.says.startswith("order.guests.guaranteed"))
    assert count.effect is not None
    assert count.effect.guests == (36, 41)
    assert (count.by, count.accepted_by) == ("mid", "")
    after = await accept.accepted(plan, ["n1", "n2", "n3", "n4"], "Ann", KITCHEN)
    assert (after.headcount.guaranteed, after.order.event.service_at.hour) == (41, 12)
    assert after.order.guests.profiles[0].needs == ("peanuts",)
    assert sentences_open(after) == {"The hall has no hot water."}
    assert {one.accepted_by for one in after.proposals} == {"Ann"}
    assert set(check(after.order, after)[0]) <= set(after.findings)
    back = await accept.taken_back(after, ["n1", "n2", "n3", "n4"], KITCHEN)
    assert back.order == plan.order
    assert sentences_open(back) == sentences_open(plan)
    with pytest.raises(Refused, match="there are n1, n2, n3"):
        await accept.accepted(plan, ["n9"], "Ann", KITCHEN)


async def test_an_accepted_change_closes_a_sentence_only_if_the_fields_then_hold_all_of_it() -> None:
    """The count is accepted; the allergy in the same sentence stays open."""
    both = "We are now 41, and one of us has a severe peanut allergy."
    noted = order(0).model_copy(update={"notes": both})
    said = {**EMPTY, "quote": both, "ends_as": "change", "path": "order.guests.guaranteed", "value": "41"}
    plan = await story.make_plan(noted, context(Oracle(model([said]))))
    after = await accept.accepted(plan, ["n1"], "Ann", KITCHEN)
    assert after.headcount.guaranteed == 41
    assert sentences_open(after) == {both}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("order.guests.profiles", []),
        ("order.guests.profiles", [{"needs": ["peanuts"], "count": 1, "severity": "preference"}]),
        ("order.guests.profiles[0].count", 1),
        ("order.guests.profiles[0].severity", "preference"),
    ],
)
def test_words_of_a_note_take_no_allergy_back(path: str, value: Any) -> None:
    document = {**CASES[0]["order"], "menu": ["Rice pilaf"]}
    needs = [{"needs": ["peanuts"], "count": 2, "severity": "severe"}]
    kept = load.order_of({**document, "guests": {"guaranteed": 36, "profiles": needs}}, "-")
    change = ChangeOrder(path=path, value=value, quote="There is 1 of us who has no peanuts allergy.")
    wrong = ("take back no need", "empty no field")
    assert any(words in fault.message for fault in proof.faults(kept, change, "") for words in wrong)
