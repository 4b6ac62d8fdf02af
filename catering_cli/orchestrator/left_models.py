"""What became of the models that were wanted: one notice for each tier that fell out, in words, with what to look at.

A run does not fail because a model does, so its plan has to say when none answered: a plan that hid it would be trusted
for judgements that were never made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from catering_cli.data.tables import rows
from catering_cli.domain.execution import Attempt, StepRun
from catering_cli.domain.names import ABOUT_MODELS, KITCHEN
from catering_cli.orchestrator.context import RunContext, TierFacts
from catering_cli.providers.faults import AFTER

ANSWERED = frozenset({"accepted", "open"})
_NO_FAULT = frozenset({*ANSWERED, "cooling", "saturated", "over_budget", "out_of_time", "interrupted"})
"""How attempts end that say nothing against the tier."""
_OVER = {
    "out_of_time": "the time for asking was over (`limits.deadline_s`, `--deadline`)",
    "interrupted": "the run was interrupted",
}
MOST_NAMED = 8
"""Steps that a notice names."""


def notices(steps: Sequence[StepRun], context: RunContext) -> tuple[str, ...]:
    """One for each tier that fell out, then one if the asking ended before every step was asked."""
    return tuple(f"{ABOUT_MODELS}{said}." for said in (*_fallen(steps, context), *_cut_short(steps)))


def answered(steps: Iterable[StepRun]) -> bool:
    """Whether any model's answer was taken."""
    return any(attempt.left in ANSWERED for attempt in _of_models(steps))


def any_wanted(steps: Iterable[StepRun]) -> bool:
    """Whether any model was wanted: asked, or passed over."""
    return any(True for _ in _of_models(steps))


def listed(steps: Sequence[str]) -> str:
    """Steps by name, if they are not too many."""
    more = " ..." if len(steps) > MOST_NAMED else ""
    return ", ".join(steps[:MOST_NAMED]) + more


def _of_models(steps: Iterable[StepRun]) -> Iterator[Attempt]:
    for step in steps:
        yield from (attempt for attempt in step.attempts if attempt.tier != KITCHEN)


def _fallen(steps: Sequence[StepRun], context: RunContext) -> Iterator[str]:
    """The tiers that answered nothing, or that answered and then fell out for the rest of the run."""
    by_tier: dict[str, list[Attempt]] = {}
    for attempt in _of_models(steps):
        by_tier.setdefault(attempt.tier, []).append(attempt)
    for tier, attempts in by_tier.items():
        failed = [attempt for attempt in attempts if attempt.left not in _NO_FAULT]
        said = "answered nothing"
        if any(attempt.left in ANSWERED for attempt in attempts):
            said = "fell out"
            failed = [attempt for attempt in failed if AFTER[attempt.left].tier_out == "run"]  # type: ignore[index]
        if failed:
            yield f"{tier} {said}: {_reason(failed, context.facts(tier), context.run)}"


def _reason(failed: Sequence[Attempt], facts: TierFacts, run: str) -> str:
    """The usual fault in words, the vendor's code with it, and what to check."""
    ((kind, _),) = Counter(attempt.left for attempt in failed).most_common(1)
    details = (one.detail for one in failed if one.left == kind)
    detail = next(filter(None, details), "")
    row = next(row for row in rows("fault_words") if row["fault"] == kind)
    said, look = (row[name].format(**facts._asdict(), run=run[:8]) for name in ("said", "look"))
    status = " ".join(detail.split()[:2])
    if status.startswith("HTTP"):
        return f"{status}, {said}; check {look}"
    beyond = detail.removeprefix(said).lstrip("; ")
    return f"{said}{f' ({beyond})' if beyond else ''}; check {look}"


def _cut_short(steps: Sequence[StepRun]) -> Iterator[str]:
    """The steps that no model was asked for because the asking was over."""
    for kind, why in _OVER.items():
        left = [step for step in steps if any(_was_cut(attempt, kind, why) for attempt in step.attempts)]
        theirs = [step.id for step in left if step.by in ("", KITCHEN)]
        if theirs:
            yield f"{why}; the kitchen decided {listed(theirs)}"


def _was_cut(attempt: Attempt, kind: str, why: str) -> bool:
    """Whether an attempt was never made, or was given up on the way."""
    return attempt.left == kind or attempt.detail.endswith(f"when {why.partition(' (')[0]}")
