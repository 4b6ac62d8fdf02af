"""How compatible servers wrap an answer: each is read as it comes; what does not fit the schema is still refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.intake.json_in_text import objects
from catering_cli.providers.base import Reply
from catering_cli.providers.stack.batched import _answers
from catering_cli.providers.vendors import openai
from catering_cli.providers.vendors.response import NOT_JSON
from catering_cli.tasks.plan_evaluation import PLAN_EVALUATION
from catering_cli.tasks.shared import wire

CASES = json.loads((Path(__file__).parent / "wrappings.json").read_text(encoding="utf-8"))
ANSWER = CASES["answer"]
OURS = {"critique": "Good bones.", "weaknesses": []}


def said(message: dict[str, Any], dialect: str = "chat") -> str:
    body = {"choices": [{"message": message, "finish_reason": "stop"}]}
    return openai.DIALECTS[dialect].judge(Reply(body=body).body).text


def ours(text: str) -> str:
    """The text with an answer of our own schema in place of the case's, so that a task reads it."""
    return text.replace(json.dumps(ANSWER), json.dumps(OURS)).replace('{"overview": ""}', '{"critique": ""}')


@pytest.mark.parametrize("case", CASES["messages"], ids=lambda case: case["name"])
def test_the_answer_is_found(case: dict[str, Any]) -> None:
    text = said(case["message"])
    assert ANSWER in [json.loads(found) for found in objects(text)]
    if json.dumps(ANSWER) in text:
        assert wire.read_answer(PLAN_EVALUATION, ours(text)).model_dump() == OURS


@pytest.mark.parametrize("case", CASES["messages"], ids=lambda case: case["name"])
def test_a_joint_answer_is_found_too(case: dict[str, Any]) -> None:
    joint = {"answers": [OURS, OURS]}
    assert _answers(said(case["message"]).replace(json.dumps(ANSWER), json.dumps(joint))) in ([OURS, OURS], [])


def test_an_answer_in_a_stream_that_was_not_asked_for_is_put_together() -> None:
    parts = [
        {"choices": [{"delta": {"content": piece}}]} for piece in ('{"critique": "Good ', 'bones.", "weaknesses": []}')
    ]
    parts.append(
        {"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}
    )
    body = "\n\n".join(f"data: {json.dumps(part)}" for part in parts) + "\n\ndata: [DONE]\n"
    answer = openai.DIALECTS["chat"].judge({NOT_JSON: body})
    assert json.loads(answer.text) == OURS
    assert (answer.tokens.input, answer.tokens.output) == (7, 3)


def test_what_a_model_says_on_the_way_is_no_answer() -> None:
    def item(text: str, **more: str) -> dict[str, Any]:
        return {"type": "message", "content": [{"type": "output_text", "text": text}], **more}

    output = [item("Let me look at {this}.", phase="commentary"), item(json.dumps(OURS), phase="final_answer")]
    answer = openai.DIALECTS["responses"].judge({"status": "completed", "output": output})
    assert json.loads(answer.text) == OURS


@pytest.mark.parametrize(
    "text", ["", "{", "{" * 5_000, "[]", '{"critique": 1}', "No JSON here.", '```json\n{"a": 1}\n```']
)
def test_what_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(wire.Unreadable):
        wire.read_answer(PLAN_EVALUATION, text)


@given(st.text(alphabet=st.characters(exclude_characters="{}"), max_size=40), st.text(max_size=40))
def test_words_around_an_answer_change_nothing(before: str, after: str) -> None:
    text = f"{before}\n{json.dumps(OURS)}\n{after}"
    if "</think>" not in after:
        assert wire.read_answer(PLAN_EVALUATION, text).model_dump() == OURS
