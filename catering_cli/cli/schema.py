"""`catering schema`: what an order, a plan, a routing config and an execution plan look like."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from catering_cli.cli import out

SCHEMAS = Path(__file__).parent.parent / "data" / "schemas"


class Kind(StrEnum):
    """What there is a schema of."""

    ORDER = "order"
    PLAN = "plan"
    ROUTING = "routing"
    EXECUTION_PLAN = "execution-plan"


def schema(
    kind: Annotated[Kind, typer.Argument(help="The document to describe.")],
    *,
    example: Annotated[bool, typer.Option("--example", help="Print a filled document instead.")] = False,
) -> None:
    """Print the JSON Schema of a document, or an example."""
    if example and kind in _MADE:
        out.result(_MADE[kind]())
        return
    # Generated from the types by `python -m catering_cli.cli.schemas` and shipped: at run time a file is printed.
    name = f"{kind.value}.example.json" if example else f"{kind.value}.schema.json"
    out.result((SCHEMAS / name).read_text(encoding="utf-8"))


def _routing() -> str:
    from catering_cli.routing.find import shipped

    text = shipped("default").read_text(encoding="utf-8")
    # The shipped file names the schema of this package; a copy names the one that `catering schema routing` writes.
    return re.sub(r"^(# yaml-language-server: \$schema=).*", r"\1routing.schema.json", text, count=1)


def _plan() -> str:
    """The plan of the example order, cooked now: it can never be out of date."""
    from catering_cli.cli import house, load
    from catering_cli.cli.planning import text_of

    order = load.order(str(SCHEMAS / "order.example.json"))
    plan = house.planned(order, house.Options(config="offline", quiet=True), lambda _: None)
    return text_of(plan)


_MADE = {Kind.ROUTING: _routing, Kind.PLAN: _plan}
"""Examples that are no file."""
