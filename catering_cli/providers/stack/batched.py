"""Like requests as one: how they are put together, and how the one answer is taken apart again.

Each part is journalled under the request that it answers, as if that had been asked alone. So a resumed run finds
it whichever other parts are still open, and what is wrong with one part is asked again for that part alone.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from catering_cli.domain.execution import Tokens
from catering_cli.intake.json_in_text import objects
from catering_cli.providers.base import Answer, Fault, Faulted, Request, with_cap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from catering_cli.domain.execution import FaultKind
    from catering_cli.providers.base import Reply

PART = "part_of_batch"
"""The one key of a Reply.body that is a part of a larger reply."""
SUFFIX = "_batch"
"""What the name of the schema ends with."""
MOST_OUTPUT = 32_000
"""Cap of a joint answer's tokens: every current model can write that much."""


def combined(requests: Sequence[Request]) -> Request:
    """One request for all of `requests`, which differ in what they ask and in nothing else."""
    first = requests[0]
    many = len(requests)
    questions = [f"Question {number} of {many}:\n{each.user}" for number, each in enumerate(requests, start=1)]
    closing = (
        f"These are {many} questions, each about its own matter. Answer every one by itself: `answers` holds "
        f"{many} answers, each as its question asks for it, in the order of the questions."
    )
    answers = {"type": "array", "items": first.schema, "minItems": many, "maxItems": many}
    cap = max(first.max_tokens, min(MOST_OUTPUT, sum(each.max_tokens for each in requests)))
    return replace(
        with_cap(first, cap),
        user="\n\n".join([*questions, closing]),
        schema={"type": "object", "properties": {"answers": answers}},
        schema_name=first.schema_name + SUFFIX,
    )


def parts(reply: Reply, judge: Callable[[Reply], Answer], many: int) -> list[dict[str, Any]]:
    """The bodies of the `many` parts of a joint reply: a text each, or the fault that the whole or the part has."""
    try:
        said = judge(reply)
    except Faulted as faulted:
        fault = faulted.fault
        return [_faulty(fault.kind, fault.detail, share) for share in _shares(fault.tokens, many)]
    answers = _answers(said.text)
    bodies: list[dict[str, Any]] = []
    for index, share in enumerate(_shares(said.tokens, many)):
        if index < len(answers):
            text = json.dumps(answers[index], ensure_ascii=False)
            bodies.append({PART: {"text": text, "tokens": share}})
        else:
            bodies.append(_faulty("wrong_schema", "the joint answer leaves it out", share))
    return bodies


def _faulty(kind: FaultKind, detail: str, tokens: dict[str, int]) -> dict[str, Any]:
    return {PART: {"fault": kind, "detail": detail, "tokens": tokens}}


def judged(body: Mapping[str, Any]) -> Answer | None:
    """The answer of a part; None if `body` is a whole one. Raises Faulted."""
    if PART not in body:
        return None
    part = body[PART]
    tokens = Tokens(**part["tokens"])
    if "fault" in part:
        raise Faulted(Fault(part["fault"], part["detail"], 200, tokens=tokens))
    return Answer(part["text"], tokens)


def _answers(text: str) -> list[Any]:
    """The answers in a text, of a chatty reply too; none if they cannot be read."""
    for body in objects(text):
        answers = json.loads(body).get("answers")
        if isinstance(answers, list):
            return answers
    return []


def _shares(tokens: Tokens, many: int) -> list[dict[str, int]]:
    """`tokens` shared out evenly, what is left over to the first: together they are what was paid."""
    out = [{name: count // many for name, count in tokens} for _ in range(many)]
    for name, count in tokens:
        out[0][name] += count % many
    return out
