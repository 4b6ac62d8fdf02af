"""What a client says of a plan, sentence by sentence: a model reads it if one may be asked, else known phrases.

What is read is done unless it would block. What nothing was made of stays open in the client's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from catering_cli.domain.decision import ChangeOrder, Decided, Decision, NothingToDo, OpenQuestion
from catering_cli.domain.execution import Step
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.problem import Refused
from catering_cli.kitchen.event.notes.proposals import plain
from catering_cli.kitchen.event.notes.sentences import quoted
from catering_cli.orchestrator import merge
from catering_cli.orchestrator.ask import Asked, Question, ask
from catering_cli.orchestrator.client import phrases
from catering_cli.orchestrator.client.called import Heard
from catering_cli.orchestrator.context import RunContext
from catering_cli.orchestrator.evaluate import evaluate, rank
from catering_cli.orchestrator.rounds.aims import AIMS, is_better
from catering_cli.orchestrator.rounds.improve import improve
from catering_cli.tasks import constraint_solving
from catering_cli.tasks.reading.changes import changed, recorded
from catering_cli.tasks.shared.task import AnyTask

STEP = Step(id="feedback", task="constraint_solving", complexity="high", why="what the client says of the plan")


class Wish(NamedTuple):
    """What one sentence, or a part of it, was read as; `by` read it."""

    words: str
    decisions: tuple[Decision, ...]
    by: str
    asks: str = ""
    aim: str = ""
    """what rounds of refinement are to come nearer to"""


async def heard(
    plan: CateringPlan, text: str, context: RunContext
) -> tuple[CateringPlan, tuple[tuple[Step, Asked], ...]]:
    """The plan with what was asked for, and what was asked of models to read it."""
    sentences = phrases.sentences_of(text)
    if not sentences:
        return plan, ()
    wishes, asked = await _by_models(plan, sentences, context)
    read = {wish.words for wish in wishes}
    for sentence in sentences:
        if sentence not in read:
            wishes += _by_phrases(plan, sentence)
    for wish in wishes:
        if wish.aim:
            plan, rounds = await _nearer(plan, wish, context)
            asked = (*asked, *rounds)
        else:
            plan = await _done(plan, wish, context)
    return plan, asked


async def _nearer(
    plan: CateringPlan, wish: Wish, context: RunContext
) -> tuple[CateringPlan, tuple[tuple[Step, Asked], ...]]:
    """The plan after rounds toward a wish for all of it; if none came nearer, the wish is an open question."""
    aim = AIMS[wish.aim]
    if not aim.is_measured(plan):
        return await _with(plan, plan.order, [_open(wish, f" ({aim.unknown})")], context), ()
    toward = replace(context, aim=wish.aim, rounds=max(1, context.rounds))
    better, rounds = await improve(plan, toward, f"{wish.aim} ")
    if is_better(better, plan, toward):
        context.say("notice", state=f"{wish.words}: {aim.says}")
        return better, rounds
    context.say("notice", state=f"{wish.words}: no change was found")
    why = " (no change was found toward it by which nothing more blocks or is unsafe)"
    return await _with(plan, plan.order, [_open(wish, why)], context), rounds


def _by_phrases(plan: CateringPlan, sentence: str) -> list[Wish]:
    out = []
    for words, found in phrases.read(plan, sentence):
        made = found or Heard(())
        out.append(Wish(words, tuple(made.decisions), "client", made.asks, made.aim))
    return out


async def _by_models(
    plan: CateringPlan, sentences: Sequence[str], context: RunContext
) -> tuple[list[Wish], tuple[tuple[Step, Asked], ...]]:
    """What models read in the sentences; empty if none may be asked."""
    chain = context.chain(STEP)
    if chain.is_kitchen_alone:
        return [], ()
    task = constraint_solving.CONSTRAINT_SOLVING
    given = constraint_solving.of_feedback(plan, sentences)
    untyped: AnyTask = task
    also = untyped.proof(plan.order, given)
    asked = await ask(Question(untyped, given, STEP, also=also), chain, context)
    answer = asked.answer
    if not isinstance(answer, constraint_solving.Answer) or not asked.said:
        return [], ((STEP, asked),)
    wishes = [Wish(one.text, _of_sentence(given, answer, one.id), asked.by) for one in given.sentences]
    return [wish for wish in wishes if wish.decisions], ((STEP, asked),)


def _of_sentence(
    given: constraint_solving.Given, answer: constraint_solving.Answer, ident: str
) -> tuple[Decision, ...]:
    """What an answer makes of one sentence: the moves about it, and the readings that quote it."""
    text = next(plain(one.text) for one in given.sentences if one.id == ident)
    moves = [move for move in answer.moves if move.about == ident]
    shapes = [shape for shape in answer.shapes if shape.about == ident]
    readings = [one for one in answer.readings if any(part in text for part in quoted(one.quote))]
    part = answer.model_copy(update={"moves": moves, "shapes": shapes, "readings": readings})
    return constraint_solving.CONSTRAINT_SOLVING.decide(given, part)


async def _done(plan: CateringPlan, wish: Wish, context: RunContext) -> CateringPlan:
    """The plan with a wish fulfilled; if it cannot be, or would block, it is an open question."""
    if not wish.decisions:
        return await _with(plan, plan.order, [_open(wish, "")], context)
    try:
        order, made = _applied(plan.order, wish)
    except Refused as refused:
        return await _with(plan, plan.order, [_open(wish, f" ({refused.problems[0].message})")], context)
    if all(isinstance(one.decision, NothingToDo) for one in made):
        context.say("notice", state=f"{wish.words}: nothing to do")
        return await _with(plan, order, made, context)
    if wish.asks:
        made.append(_asked(wish.asks, wish))
    wanted = await _with(plan, order, made, context)
    if _more_block(wanted, plan, context):
        context.say("notice", state=f"{wish.words}: not done, it would add a blocking issue")
        return await _with(plan, plan.order, [_open(wish, " (not done: it would add a blocking issue)")], context)
    context.say("notice", state=f"{wish.words}: done")
    return wanted


def _applied(order: Order, wish: Wish) -> tuple[Order, list[Decided]]:
    """The order with the changes of a wish, and its decisions. Raises Refused for a change that does not fit."""
    made = []
    changes = [one for one in wish.decisions if isinstance(one, ChangeOrder)]
    after = changed(order, *changes) if changes else order
    for decision in wish.decisions:
        done = recorded(order, decision, after) if isinstance(decision, ChangeOrder) else decision
        made.append(Decided(decision=done, by=wish.by, step=STEP.id))
    return after, made


def _open(wish: Wish, why: str) -> Decided:
    return _asked(f"The client says: {wish.words}{why}", wish)


def _asked(text: str, wish: Wish) -> Decided:
    question = OpenQuestion(about="feedback", text=text[:600], quote=wish.words[:2_000])
    return Decided(decision=question, by="client", step=STEP.id)


async def _with(plan: CateringPlan, order: Order, made: Sequence[Decided], context: RunContext) -> CateringPlan:
    return await evaluate(order, merge.merged_decisions((*plan.decisions, *made)), context)


def _more_block(wanted: CateringPlan, plan: CateringPlan, context: RunContext) -> bool:
    """Whether more findings block `wanted` than `plan`."""
    blocking_wanted, *_ = rank(wanted, context)
    blocking, *_ = rank(plan, context)
    return blocking_wanted > blocking
