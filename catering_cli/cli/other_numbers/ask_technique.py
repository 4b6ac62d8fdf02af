"""How dishes are made at volume, asked of the models of a routing: all dishes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.domain.decision import Decided
    from catering_cli.orchestrator.ask import Asked
    from catering_cli.orchestrator.context import RunContext
    from catering_cli.tasks.recipe_scaling import Given


def asked(dishes: Sequence[Given], config: str) -> tuple[Decided, ...]:
    """Techniques and drafted recipes for the dishes, in their order; each dish is a question of its own."""
    from catering_cli.cli.runtime import compose
    from catering_cli.cli.runtime.options import Options
    from catering_cli.domain.execution import Step
    from catering_cli.orchestrator.ask import Question, ask
    from catering_cli.tasks.recipe_scaling import RECIPE_SCALING

    async def of_dish(given: Given, open_run: RunContext) -> Asked:
        step = Step(id=f"scale-{given.dish}", task=RECIPE_SCALING.name, subject=given.dish)
        return await ask(Question(RECIPE_SCALING, given, step), open_run.chain(step), open_run)

    async def tale(open_run: RunContext) -> list[Asked]:
        return await asyncio.gather(*(of_dish(given, open_run) for given in dishes))

    material = [given.model_dump(mode="json") for given in dishes]
    answers = compose.run_tale(tale, material, Options(config=config), lambda _: None)
    return tuple(chain.from_iterable(answer.decisions for answer in answers))
