"""Answers that stand, kept across runs: looked up first, judged again by today's checks before they are used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from catering_cli.domain.execution import Attempt
from catering_cli.orchestrator.context import Memory, TierChain
from catering_cli.tasks.shared import wire
from catering_cli.tasks.shared.task import AnyTask, Wire

if TYPE_CHECKING:
    from catering_cli.orchestrator.conversation import Said

CONTENT = frozenset({"accepted", "open", "rejected", "wrong_schema", "refused", "empty", "truncated", "malformed"})
"""How attempts end that brought a whole reply: asking again would bring it again."""


def answer_key(task: AnyTask, given: Wire, chain: TierChain) -> str:
    """Hash of the task, its prompt, its schema, what is given, and the chain that is asked."""
    calls = [[call.tier, call.model, call.effort, call.temperature, call.max_tokens] for call in chain.calls]
    parts = [
        task.name,
        wire.prompt(task.prompt),
        wire.answer_schema(task),
        wire.canonical(given),
        chain.identity or calls,
        chain.when,
        chain.fallback_task,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def keep(
    memory: Memory,
    key: str,
    said: Sequence[Said],
    attempts: Sequence[Attempt],
) -> None:
    """Keep the models' answers that stand; the kitchen's are made again, not stored.

    If every tier answered and none was good enough, an empty list is kept. If one could not be reached, nothing is
    kept, so that the next run asks again.
    """
    if not said and not all(attempt.left in CONTENT for attempt in attempts):
        return
    rows = [
        {
            "tier": one.tier,
            "model": one.model,
            "asked": one.attempt.asked,
            "answer": one.answer.model_dump(mode="json"),
        }
        for one in said
    ]
    memory.keep(key, json.dumps(rows, ensure_ascii=False, separators=(",", ":")))


def recall(memory: Memory, key: str, task: AnyTask) -> tuple[Said, ...] | None:
    """The answers kept under `key`; None if there are none, or if they are not of today's schema."""
    payload = memory.recall(key)
    if payload is None:
        return None
    try:
        return tuple(_said(row, task) for row in json.loads(payload))
    except (ValueError, KeyError, TypeError, ValidationError):
        return None


def _said(row: Mapping[str, Any], task: AnyTask) -> Said:
    from catering_cli.orchestrator.conversation import Said  # late: offline no model is asked

    tier = row["tier"]
    model = row["model"]
    answer = task.Answer.model_validate(row["answer"])
    attempt = Attempt(tier=tier, model=model, left="accepted", journalled=True, asked=row.get("asked", ""))
    return Said(tier, model, answer, attempt)
