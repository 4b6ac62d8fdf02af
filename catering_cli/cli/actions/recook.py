"""A plan's order and decisions cooked again, and what stands there compared with what was cooked.

The schedule is left out: a timeline is judged by the rules alone, so a block that was moved validly passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any

from catering_cli.cli.version import version
from catering_cli.domain.path import step

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.plan import CateringPlan, Score

NOT_COMPARED = frozenset(
    {"timeline", "findings", "score", "run", "version", "digest", "order", "decisions", "proposals"}
)
"""What is given, the record of the run, the schedule, and what is said of it: that is judged by itself."""

MOST = 200
"""Differences that are told; one shifted list would otherwise tell a thousand."""

LONGEST = 80

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """A place at which a plan says something else than its order and decisions give."""

    path: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path} is {self.value}; order and decisions give {self.expected}"

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return {"path": self.path, "value": self.value, "expected": self.expected}


def compare(
    plan: CateringPlan,
    found: Sequence[Finding] = (),
    score: Score | None = None,
) -> tuple[tuple[Difference, ...], str]:
    """Differences, and a note if nothing was compared. `found` and `score`: what the checker says of the plan."""
    if plan.version != version():
        return (), (
            f"plan.version is {plan.version or 'not given'}, this is catering {version()}: "
            "the plan was judged by the rules alone, nothing was cooked again."
        )
    from catering_cli.kitchen.cook import cook

    # The plan's own timeline stands, so that a block that was moved does not make its shifts and checks differ.
    cooked = cook(plan.order, plan.decisions, version=plan.version, timeline=plan.timeline)
    same = {name for name in type(plan).model_fields if getattr(cooked, name) == getattr(plan, name)}
    stages = _walk(_tree(plan, same), _tree(cooked, same), "plan")
    verdict = _silenced(plan, (*found, *cooked.findings), score)
    return tuple(islice(chain(verdict, stages), MOST)), ""


def _silenced(plan: CateringPlan, found: Sequence[Finding], score: Score | None) -> Iterator[Difference]:
    """What the plan leaves out of what is found, or says more mildly, and a score that is too high."""
    said = {(one.severity, one.rule, one.where, one.message) for one in plan.findings}
    for one in dict.fromkeys(found):
        if (one.severity, one.rule, one.where, one.message) not in said:
            yield Difference("plan.findings", "absent", f"{one.severity} {one.rule} at {one.where}")
    if score is not None and plan.score is not None and plan.score.value > score.value:
        yield Difference("plan.score.value", str(plan.score.value), str(score.value))


def _tree(plan: CateringPlan, same: set[str]) -> dict[str, Any]:
    """The stages that are to be compared, as JSON; those that are equal as they stand need no second look."""
    return plan.model_dump(mode="json", by_alias=True, exclude=same | NOT_COMPARED)


def _walk(value: Any, expected: Any, path: str) -> Iterator[Difference]:
    """Each place below `path` at which the two differ."""
    if isinstance(value, dict) and isinstance(expected, dict):
        for key in {**expected, **value}:
            yield from _walk(value.get(key, _ABSENT), expected.get(key, _ABSENT), step(path, key))
    elif isinstance(value, list) and isinstance(expected, list):
        pairs = zip_longest(value, expected, fillvalue=_ABSENT)
        for index, (one, other) in enumerate(pairs):
            yield from _walk(one, other, step(path, index))
    elif value != expected or type(value) is not type(expected):
        yield Difference(path, _shown(value), _shown(expected))


def _shown(value: Any) -> str:
    import json

    if value is _ABSENT:
        return "absent"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
