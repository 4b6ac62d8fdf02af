"""`catering week`: several events in one kitchen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson


def week(
    orders: Annotated[
        list[str], typer.Argument(metavar="ORDER...", help="Orders, or plans whose decisions stand. Or one week.json.")
    ],
    *,
    kitchen: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="What the house has: kitchen, staff, supply, on_hand, products, budget (JSON or YAML)."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The folder for week.json and the plan of each event.")
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Plan also the events again whose orders have not changed.")
    ] = False,
    share: Annotated[
        bool,
        typer.Option(
            "--share", help="Make a base recipe once for the events that it keeps for; plans all of them again."
        ),
    ] = False,
    json: AsJson = False,
) -> int:
    """Plan several events that one kitchen cooks.

    One timeline without overlap, one crew, one order guide; each event keeps its own plan and papers, and what it
    bears of the costs adds up to the cent. Given again, an event whose order has not changed keeps its day.
    """
    from catering_cli.cli.house import week as action
    from catering_cli.domain.problem import Problem, Refused
    from catering_cli.intake import load

    if len(orders) == 1 and load.is_week(orders[0]):
        return action.print_written(orders[0], prove=False, as_json=json)
    if out is None:
        raise Refused(Problem("a week needs a folder for its plans: --out DIR", "", "--out"))
    return action.print_planned(action.Asked(orders, kitchen, out, afresh, share), as_json=json)
