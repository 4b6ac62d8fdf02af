"""Answers that stand, kept across runs: looked up first, judged again by today's checks before they are used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from pydantic import ValidationError

from catering_cli.domain.attempt import Attempt
from catering_cli.orchestrator.context import Memory, TierChain
from catering_cli.orchestrator.conversation import Said
from catering_cli.tasks.shared import wire
from catering_cli.tasks.shared.task import AnyTask, Wire

CONTENT = frozenset({"accepted", "open", "rejected", "wrong_schema", "refused", "empty", "truncated", "malformed"})
"""How attempts end that brought a whole reply: asking again would bring it again."""


def answer_key(task: AnyTask, given: Wire, chain: TierChain) -> str:
    """Hash of the task, its prompt, its schema, what is given, and the chain that is asked."""
    calls = [[s.tier, s.model, s.effort, s.temperature, s.max_tokens] for s in chain.calls]
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


def keep(memory: Memory, key: str, said: Sequence[Said], attempts: Sequence[Attempt]) -> None:
    """Keep the models' answers that stand; the kitchen's are made again, not stored.

    Where only the kitchen's stands it is kept, as an empty list, that every tier answered and none was good
    enough; where one could not be reached nothing is kept, so that the next run asks again.
    """
    if not said and not all(attempt.left in CONTENT for attempt in attempts):
        return
    rows = [{"tier": s.tier, "model": s.model, "answer": s.answer.model_dump(mode="json")} for s in said]
    memory.keep(key, json.dumps(rows, ensure_ascii=False, separators=(",", ":")))


def recall(memory: Memory, key: str, task: AnyTask) -> tuple[Said, ...] | None:
    """The answers kept under `key`; None where there are none or they are not of today's schema."""
    payload = memory.recall(key)
    if payload is None:
        return None
    try:
        return tuple(
            Said(
                row["tier"],
                row["model"],
                task.Answer.model_validate(row["answer"]),
                Attempt(tier=row["tier"], model=row["model"], left="accepted", journalled=True),
            )
            for row in json.loads(payload)
        )
    except (ValueError, KeyError, TypeError, ValidationError):
        return None
