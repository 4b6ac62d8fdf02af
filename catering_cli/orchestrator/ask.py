"""`ask`: one step's judgement, by the first tier of its chain that gives a good one.

For each tier: answer, parse, decide, check. A blocking finding rejects the answer; it is repaired once with
the findings fed back, then the next tier is asked. An answer that leaves something open is kept, and the
next tier is asked for the rest alone. A clean answer ends the chain. If no tier is left to ask, what is decided
stands and what is open is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.execution import Attempt, Event, Step
from catering_cli.domain.finding import Finding, blocking
from catering_cli.domain.names import KITCHEN
from catering_cli.kitchen.menu.decisions import about
from catering_cli.orchestrator import answer_cache
from catering_cli.orchestrator.context import RunContext, TierCall, TierChain
from catering_cli.tasks.shared.task import AnyTask, Wire

if TYPE_CHECKING:
    from catering_cli.orchestrator.conversation import Said


def no_more(_answer: Wire) -> Sequence[Finding]:
    """Nothing but the task's own check."""
    return ()


class Question(NamedTuple):
    """What is asked for one step."""

    task: AnyTask
    given: Wire
    step: Step
    also: Callable[[Wire], Sequence[Finding]] = no_more
    """what an answer must hold beside the task's check; lint, for the planner's steps"""
    fallback: Callable[[], Question] | None = None
    """the question of the task that the route falls back on"""


class Asked(NamedTuple):
    """How a question was settled."""

    state: Literal["accepted", "open", "failed"]
    by: str = ""
    decisions: tuple[Decided, ...] = ()
    findings: tuple[Finding, ...] = ()
    """what stayed open"""
    attempts: tuple[Attempt, ...] = ()
    answer: Wire | None = None
    """the last answer that was taken; the planner's steps are read from it"""
    said: tuple[Said, ...] = ()
    """the models' answers that stand, in order"""


async def ask(question: Question, chain: TierChain, context: RunContext) -> Asked:
    """The judgement that `question` asks for, by the first tier of `chain` that gives a good one."""
    is_empty = question.task.is_empty(question.given)
    chain_run = ChainRun(question, context, [] if is_empty else list(chain.passed))
    if is_empty or chain.is_kitchen_alone:
        chain_run.take_kitchen()
        return chain_run.end()
    key = answer_cache.answer_key(question.task, question.given, chain)
    if _recalled(chain_run, key, chain):
        return chain_run.end()
    kitchen_may_do = chain.has_kitchen or not question.task.is_open(question.given)
    if kitchen_first(chain, question) and kitchen_may_do:
        chain_run.take_kitchen()
    if chain_run.unsettled:
        await _ask_round(chain_run, chain)
        answer_cache.keep(context.memory, key, chain_run.said, chain_run.attempts)
    return chain_run.end()


def kitchen_first(chain: TierChain, question: Question) -> bool:
    """Whether the kitchen is asked before a model: always under `blocked`, under `open` if its answer is as good."""
    if chain.when == "open":
        return not question.task.betters(question.given)
    return chain.when == "blocked"


def recalled(question: Question, chain: TierChain, context: RunContext) -> Asked | None:
    """What a model's answer from an earlier run settles; None if none holds today. No model is asked."""
    chain_run = ChainRun(question, context, [])
    key = answer_cache.answer_key(question.task, question.given, chain)
    if not _recalled(chain_run, key, chain) or not chain_run.said:
        return None
    return chain_run.end()


async def _ask_round(chain_run: ChainRun, chain: TierChain) -> None:
    """Models first, then the fallback task, then the kitchen."""
    models = [call for call in chain.calls if call.provider is not None]
    if models:
        await chain_run.context.ready()
    for call in sorted(models, key=lambda call: not chain_run.is_journalled(call)):
        await chain_run.take_model(call)
        if not chain_run.unsettled:
            return
    if not chain_run.said and chain_run.question.fallback is not None:
        await chain_run.take_fallback(chain_run.question.fallback())
    if chain_run.unsettled and chain.has_kitchen:
        chain_run.take_kitchen()


def _recalled(chain_run: ChainRun, key: str, chain: TierChain) -> bool:
    """Whether the answer that stands from an earlier run still holds by today's checks; if so it is taken."""
    kept = answer_cache.recall(chain_run.context.memory, key, chain_run.question.task)
    if kept is None:
        return False
    trial = ChainRun(chain_run.question, chain_run.context, [])
    if kitchen_first(chain, chain_run.question) and chain.has_kitchen:
        trial.take_kitchen(quiet=True)
    if not _all_hold(trial, kept):
        return False
    if chain.has_kitchen and trial.unsettled:
        trial.take_kitchen(quiet=True)
    if not trial.taken:
        return False
    chain_run.adopt(trial)
    for said in kept:
        chain_run.note(said.attempt.model_copy(update={"left": trial.left}))
    if not kept:
        chain_run.note(Attempt(tier=KITCHEN, model=KITCHEN, left=trial.left))
    return True


def _all_hold(trial: ChainRun, kept: Sequence[Said]) -> bool:
    """Take each answer that was kept, in order, until one no longer holds."""
    for said in kept:
        if trial.judge(said.answer, trial.rest):
            return False
        trial.take(said.tier, said.answer, trial.rest)
        trial.said.append(said)
    return True


@dataclass
class ChainRun:
    """How far the question has come along its chain."""

    question: Question
    context: RunContext
    attempts: list[Attempt]
    taken: bool = False
    kitchen_taken: bool = False
    by: str = ""
    decided: list[Decided] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    answer: Wire | None = None

    @property
    def rest(self) -> Wire:
        """What is still to be judged."""
        if not self.decided:
            return self.question.given
        still_open: Wire = self.question.task.rest(self.question.given, self._decisions())
        return still_open

    @property
    def findings(self) -> list[Finding]:
        """What is open in what is decided so far."""
        found = self.question.task.check(self.question.given, self._decisions())
        return [finding for finding in found if finding.severity == "open"]

    @property
    def unsettled(self) -> bool:
        """Whether another tier has to be asked: no answer was taken yet, or something is open."""
        if not self.taken or self.findings:
            return True
        return not self.said and self.question.task.is_open(self.rest)

    @property
    def left(self) -> Literal["accepted", "open"]:
        """How an attempt that added to it left the question."""
        return "open" if self.unsettled else "accepted"

    def is_journalled(self, call: TierCall) -> bool:
        """Whether this run already paid for that tier's first reply."""
        from catering_cli.orchestrator.conversation import first_request

        return call.journalled(first_request(self.question.task, self.rest, call))

    def judge(self, answer: Wire, given: Wire) -> list[Finding]:
        """The findings that reject an answer."""
        task = self.question.task
        try:
            decisions = task.decide(given, answer)
        except ValueError as error:  # a value that the wire allows and no decision can hold, such as a blank name
            places = "; ".join(map(str, str(error).splitlines()[:4]))
            return [Finding(severity="blocking", rule="task.value", where=task.name, message=places[:400])]
        found = [*task.check(given, decisions), *self.question.also(answer)]
        return blocking(found)

    def take(self, tier: str, answer: Wire, given: Wire) -> None:
        """Let an answer stand: it adds to what is decided and changes nothing of it."""
        known = {about(decided.decision) for decided in self.decided}
        made = self.question.task.decide(given, answer)
        fresh = [decision for decision in made if about(decision) not in known]
        self.decided += [Decided(decision=decision, by=tier, step=self.question.step.id) for decision in fresh]
        if fresh or not self.taken or self.by == KITCHEN:
            self.by = tier
        if tier != KITCHEN or self.answer is None:
            self.answer = answer
        self.taken = True

    def take_kitchen(self, *, quiet: bool = False) -> None:
        """The kitchen's own answer, for what is still open; asked twice it would say the same."""
        if self.kitchen_taken:
            return
        given = self.rest
        answer = self.question.task.default(given)
        wrong = self.judge(answer, given)
        if wrong:
            raise RuntimeError(f"the kitchen's own answer to {self.question.task.name} is wrong: {wrong[0].message}")
        by = self.by
        self.take(KITCHEN, answer, given)
        self.by = by or KITCHEN
        self.kitchen_taken = True
        if not quiet:
            self.note(Attempt(tier=KITCHEN, model=KITCHEN, left=self.left))

    async def take_model(self, call: TierCall) -> None:
        """Ask one tier for what is still open."""
        from catering_cli.orchestrator.conversation import ask_tier  # late: offline no model is asked
        from catering_cli.orchestrator.items import Judge

        given = self.rest
        step = self.question.step
        self.context.tell(
            Event(t=self.context.clock(), event="call", step=step.id, task=step.task, tier=call.tier, model=call.model)
        )
        judge = Judge(
            faults=lambda answer: self.judge(answer, given),
            decides=lambda answer: bool(self.question.task.decide(given, answer)),
            whole=self.question.task.whole(given),
        )
        said = await ask_tier(self.question.task, given, call, self.context, judge, self.note)
        if said is None:
            return
        self.take(call.tier, said.answer, given)
        self.said.append(said)
        self.note(said.attempt.model_copy(update={"left": self.left}))

    async def take_fallback(self, question: Question) -> None:
        """Another task's decisions, if they pass this task's check."""
        asked = await ask(question, self.context.chain(question.step), self.context)
        self.attempts.extend(asked.attempts)
        decisions = [decided.decision for decided in asked.decisions]
        wrong = blocking(self.question.task.check(self.question.given, decisions))
        if asked.state != "failed" and decisions and not wrong:
            self.decided.extend(asked.decisions)
            self.said.extend(asked.said)
            self.taken = True
            self.by = asked.by

    def adopt(self, other: ChainRun) -> None:
        """Take over what another run along the chain decided."""
        self.taken = other.taken
        self.kitchen_taken = other.kitchen_taken
        self.by = other.by
        self.decided = other.decided
        self.answer = other.answer
        self.said = other.said

    def note(self, attempt: Attempt) -> None:
        """Enter an attempt on the ledger and tell those who watch."""
        self.attempts.append(attempt)
        step = self.question.step
        self.context.tell(
            Event(
                t=self.context.clock(),
                event="attempt",
                step=step.id,
                task=step.task,
                tier=attempt.tier,
                model=attempt.model,
                state=attempt.left,
                why=attempt.detail,
                usd=attempt.usd,
                seconds=attempt.seconds,
                journalled=attempt.journalled,
            )
        )

    def end(self) -> Asked:
        """What came of it."""
        if not self.taken:
            return Asked(state="failed", attempts=tuple(self.attempts))
        left = self.left
        for decision in self.question.task.leave(self.question.given, bool(self.said)):
            self.decided.append(Decided(decision=decision, by=KITCHEN, step=self.question.step.id))
        return Asked(
            state=left,
            by=self.by,
            decisions=tuple(self.decided),
            findings=tuple(self.findings),
            attempts=tuple(self.attempts),
            answer=self.answer,
            said=tuple(self.said),
        )

    def _decisions(self) -> list[Decision]:
        return [decided.decision for decided in self.decided]
