"""The wire: prompts, the question as text, the schema both vendors take, and the answer read back.

What a model is sent has two parts. The stable part (`prompt`) is the same for every order, so that a vendor
can cache it; the part that changes (`question`) is JSON with `<` and `>` escaped, so that text of an order
cannot close the quotation it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catering_cli.domain.finding import Finding
from catering_cli.intake.json_in_text import objects
from catering_cli.tasks.shared.task import AnyTask, Wire

LONGEST_ECHO = 6_000
"""Characters of a rejected answer that are fed back; a repair never costs more than that."""


class Unreadable(ValueError):  # noqa: N818  # it is the answer that is at fault
    """An answer that is not JSON of the task's schema. Its text says where, without quoting the answer."""


@cache
def prompt(file: str) -> str:
    """The stable part: the rules of the house, then the task's own prompt."""
    folder = Path(__file__).parents[1] / "prompts"
    return "\n\n".join((folder / name).read_text(encoding="utf-8").strip() for name in ("house_rules.md", file))


def canonical(value: Wire) -> str:
    """JSON of a wire value in field order, without spaces: the same value, the same text."""
    return json.dumps(value.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))


def question(given: Wire) -> str:
    """The part that changes, quoted as data."""
    data = canonical(given).replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<given>\n{data}\n</given>\n\nAnswer for what is given above, as JSON of the schema and nothing else."


def repair(asked: str, answer: str, faults: Iterable[str]) -> str:
    """The question again, with the rejected answer (shortened) and what was wrong with it."""
    echo = json.dumps(answer[:LONGEST_ECHO], ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    listed = "\n".join(f"- {fault}" for fault in list(faults)[:20])
    said = f"Your last answer was refused:\n<answer>\n{echo}\n</answer>"
    return f"{asked}\n\n{said}\nWhat was wrong:\n{listed}\nAnswer again, in full."


def complaint(finding: Finding) -> str:
    """A finding in one line, as it is fed back."""
    parts = (
        finding.where,
        finding.message,
        f"got {finding.value}" if finding.value else "",
        finding.limit,
        finding.fix,
    )
    return "; ".join(part for part in parts if part)


@cache
def answer_schema(task: AnyTask) -> dict[str, Any]:
    """The JSON Schema of an answer, every `$ref` replaced by what it refers to. Each vendor fits it to its own mode."""
    whole = task.Answer.model_json_schema()
    flat: dict[str, Any] = _without_references(whole, whole.get("$defs", {}))
    return flat


def read_answer(task: AnyTask, text: str) -> Wire:
    """The answer in `text`: the first JSON object in it that fits the schema, whatever stands around it.

    Raises Unreadable with the faults of the longest object.
    """
    found = list(objects(text)) or [text]
    for body in found:
        try:
            return task.Answer.model_validate_json(body)  # type: ignore[no-any-return]
        except ValidationError as error:
            if body == max(found, key=len):
                places = _places(error)
    raise Unreadable("; ".join(places))


def _places(error: ValidationError) -> Sequence[str]:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [f"{'.'.join(map(str, item['loc'])) or 'answer'}: {item['msg']}" for item in found[:8]]


def _without_references(node: Any, defs: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_without_references(item, defs) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _without_references({**defs[name], **beside}, defs)
    return {key: _without_references(value, defs) for key, value in node.items() if key != "$defs"}
