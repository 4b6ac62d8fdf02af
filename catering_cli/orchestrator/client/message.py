"""A thread of messages read into an order: by a model if one may be asked, and its forms by rules in any case."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.domain.decision import Decision
from catering_cli.domain.execution import Step
from catering_cli.domain.finding import Finding
from catering_cli.orchestrator.ask import Question, ask
from catering_cli.orchestrator.context import RunContext
from catering_cli.tasks import constraint_solving
from catering_cli.tasks.reading import forms
from catering_cli.tasks.reading.forms import Field
from catering_cli.tasks.reading.message import Read, put_together
from catering_cli.tasks.reading.thread import Words, prover
from catering_cli.tasks.shared.task import AnyTask, Wire

STEP = Step(id="intake", task="constraint_solving", complexity="high", why="what the client's message says")


async def order_of_messages(messages: Sequence[str], context: RunContext) -> Read:
    """The order that the messages write, oldest first, with its words, its questions and what stays as notes."""
    words = Words.of(messages)
    made = await _by_models(words, context)
    return put_together(words, made, list(_forms(words, messages)))


async def _by_models(words: Words, context: RunContext) -> Sequence[Decision]:
    chain = context.chain(STEP)
    if chain.is_kitchen_alone:
        return ()
    task: AnyTask = constraint_solving.CONSTRAINT_SOLVING
    given = constraint_solving.of_message(list(dict.fromkeys(words.texts)))
    prove = prover(words)

    def hold(answer: Wire) -> Sequence[Finding]:
        return tuple(prove(task.decide(given, answer)))

    asked = await ask(Question(task, given, STEP, also=hold), chain, context)
    return [decided.decision for decided in asked.decisions]


def _forms(words: Words, messages: Sequence[str]) -> list[tuple[int, Field]]:
    """What rules read of forms, each with the number of its sentence."""
    read: list[Field] = []
    for text in messages:
        read += forms.form_fields(text.splitlines())
    return [(words.where(field.quote) or 0, field) for field in read]
