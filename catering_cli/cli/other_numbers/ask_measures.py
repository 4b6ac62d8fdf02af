"""What an informal measure is, asked of the models of a routing: "a bunch of parsley is 60 g"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.domain.quantity import Quantity

Measures = dict[tuple[str, str], "Quantity"]
"""(food in lower case, measure) -> what one is."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A measure of a food that no table knows."""

    item: str
    measure: str
    preparation: str = ""


def asked(unknown: Iterable[Unknown], config: str) -> tuple[Measures, str]:
    """What the models of `config` say, and which tier said it; empty if none could."""
    from catering_cli.cli.runtime import compose
    from catering_cli.cli.runtime.options import Options
    from catering_cli.domain.decision import InformalMeasure
    from catering_cli.domain.execution import Step
    from catering_cli.orchestrator.ask import Asked, Question, ask
    from catering_cli.orchestrator.context import RunContext
    from catering_cli.tasks.shared.measures import UnknownMeasure
    from catering_cli.tasks.unit_conversion import UNIT_CONVERSION, Given

    rows = [UnknownMeasure(item=row.item, measure=row.measure, preparation=row.preparation) for row in unknown]
    given = Given(measures=rows)
    question = Question(UNIT_CONVERSION, given, Step(id="measures", task=UNIT_CONVERSION.name))

    async def tale(open_run: RunContext) -> Asked:
        return await ask(question, open_run.chain(question.step), open_run)

    answer = compose.run_tale(tale, given.model_dump(mode="json"), Options(config=config), lambda _: None)
    measures: Measures = {}
    for decided in answer.decisions:
        decision = decided.decision
        if isinstance(decision, InformalMeasure):
            measures[decision.item.lower(), decision.measure] = decision.quantity
    return measures, answer.by
