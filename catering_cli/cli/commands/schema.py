"""`catering schema`: what an order, a recipe, a plan, a routing config and an execution plan look like."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from catering_cli.cli import output

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"


class Kind(StrEnum):
    """What there is a schema of."""

    ORDER = "order"
    PLAN = "plan"
    ROUTING = "routing"
    EXECUTION_PLAN = "execution-plan"
    RECIPE = "recipe"


def schema(
    kind: Annotated[Kind, typer.Argument(help="The document to describe.")],
    *,
    example: Annotated[bool, typer.Option("--example", help="Print a filled document instead.")] = False,
) -> None:
    """Print the JSON Schema of a document, or an example."""
    if example and kind in _MADE:
        output.result(_MADE[kind]())
        return
    # Generated from the types by `python -m catering_cli.cli.schemas` and shipped: at run time a file is printed.
    name = f"{kind.value}.example.json" if example else f"{kind.value}.schema.json"
    output.result((SCHEMAS / name).read_text(encoding="utf-8"))


def _routing() -> str:
    from catering_cli.routing.find import shipped

    text = shipped("default").read_text(encoding="utf-8")
    # The shipped file names the schema of this package; a copy names the one that `catering schema routing` writes.
    return re.sub(r"^(# yaml-language-server: \$schema=).*", r"\1routing.schema.json", text, count=1)


def _plan() -> str:
    """The plan of the example order, cooked now: it can never be out of date."""
    from catering_cli.cli.actions.seal import plan_json
    from catering_cli.cli.runtime import compose
    from catering_cli.cli.runtime.options import Options
    from catering_cli.intake import load

    order = load.order(str(SCHEMAS / "order.example.json"))
    plan = compose.run_order(order, Options(config="offline", quiet=True), lambda _: None)
    return plan_json(plan)


def _recipe() -> str:
    from catering_cli.cli.actions import dishes

    output.notice(
        "Save it as NAME.card in your folder of recipes (order.recipe_folder, or $CATERING_RECIPES) and edit it."
    )
    return dishes.example()


_MADE = {Kind.ROUTING: _routing, Kind.PLAN: _plan, Kind.RECIPE: _recipe}
"""Examples that are no file."""
