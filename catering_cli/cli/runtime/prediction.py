"""What a run is expected to cost and to take before anything is spent.

Of each question that would be asked the input is known. What comes back is taken from the journal, as far as the same
model has answered the same task; else it is estimated from the task and from how deep the model is asked to think.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.execution import Predicted, Tokens
from catering_cli.providers.base import Faulted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catering_cli.domain.execution import ExecutionPlan
    from catering_cli.orchestrator.foretell import Ahead, Foretold
    from catering_cli.providers.base import Provider, Reply
    from catering_cli.providers.journal.journal import RunJournal

BYTES_A_TOKEN = 4
"""[K] Of English and JSON."""
ANSWER = {
    "strategic_planning": (300, 25),
    "constraint_solving": (150, 5),
    "recipe_scaling": (60, 8),
    "timeline_creation": (20, 10),
    "text_formatting": (150, 0),
    "recipe_translation": (20, 20),
    "service_coordination": (150, 2),
    "recipe_scheduling": (20, 10),
}
"""[K] Tokens of an answer: so many, and so many more for each hundred bytes of what is given."""
OTHERWISE = (60, 5)
THOUGHT = 10
"""[K] One part in so many of the allowance for thinking: between a model that does not think and one that thinks as
much as is usual at its depth, as far from the one as from the other."""
FIRST_WORD_S = 1.0
TOKENS_A_SECOND = 80
"""[K] Of a hosted model: seconds until it begins to write, and how fast it writes."""


class _Expected(NamedTuple):
    tokens: Tokens
    seconds: float


def predicted(ahead: Ahead, journal: RunJournal | None) -> Predicted:
    """Money of all questions; seconds of the longest chain of needs, and of the run with the kitchen's own work."""
    expected = {one.step.id: _expected(one, journal) for one in ahead.questions}
    costs = [one.call.price(expected[one.step.id].tokens) for one in ahead.questions]
    critical_s = _critical_path_s(ahead.work, {step: one.seconds for step, one in expected.items()})
    plans = 1 + bool(expected)  # the kitchen's own, and the one that follows from the answers
    return Predicted(
        usd=_sum(costs),
        critical_path_s=round(critical_s, 3),
        seconds=round(critical_s + plans * ahead.cooking_s, 3),
        questions=len(expected),
    )


def _expected(one: Foretold, journal: RunJournal | None) -> _Expected:
    """Tokens and seconds of one question."""
    provider = one.call.provider
    assert provider is not None
    size = len(json.dumps(provider.body(one.request)))
    asked = size // BYTES_A_TOKEN + 1
    if journal and (seen := _seen(journal.latest(one.step.task, one.call.model), provider)):
        written, seconds = (sum(column) / len(seen) for column in zip(*seen, strict=True))
        return _Expected(Tokens(input=asked, output=round(written)), seconds)
    few, more = ANSWER.get(one.step.task, OTHERWISE)
    thought = max(0, one.call.max_tokens - one.call.share) // THOUGHT
    output = min(one.call.max_tokens, few + more * len(one.request.user) // 100 + thought)
    return _Expected(Tokens(input=asked, output=output), FIRST_WORD_S + output / TOKENS_A_SECOND)


def _seen(replies: Sequence[Reply], provider: Provider) -> list[tuple[int, float]]:
    """Output tokens and seconds of replies, as far as they were charged for."""
    counts = [(_output_tokens(reply, provider), reply.seconds) for reply in replies]
    return [(tokens, seconds) for tokens, seconds in counts if tokens]


def _output_tokens(reply: Reply, provider: Provider) -> int:
    try:
        return provider.judge(reply).tokens.output
    except Faulted as faulted:
        return faulted.fault.tokens.output


def _critical_path_s(work: ExecutionPlan, seconds: Mapping[str, float]) -> float:
    """Seconds of the longest chain of needs; the planner's step is before all others."""
    ends: dict[str, float] = {}
    first = 0.0
    for number, step in enumerate(work.steps):
        begins = max((ends.get(need, first) for need in step.needs), default=first)
        ends[step.id] = begins + seconds.get(step.id, 0.0)
        if not number:
            first = ends[step.id]
    return max(ends.values(), default=0.0)


def _sum(costs: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, to a millionth; None if one is not known."""
    known = [cost for cost in costs if cost is not None]
    if len(known) < len(costs):
        return None
    return sum(known, Decimal(0)).quantize(Decimal("0.000001"))
