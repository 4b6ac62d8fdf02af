"""`catering close`: what a kitchen measured is kept by the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson


def close(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's JSON file.")],
    filled: Annotated[
        str, typer.Argument(metavar="FILLED.csv", help="Its closing sheet, filled in: show --as csv --section closing.")
    ],
    *,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="The house's folder of recipes; usual: $CATERING_RECIPES."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Keep what was measured at an event: minutes, portions that came out and were left, hours.

    observed.tsv gets each measurement, learnt.tsv what follows from all events, with n and spread. The next order of
    the house uses it and says so; `no` in the column `use` refuses a number.
    """
    from catering_cli.cli.house.close import closed
    from catering_cli.intake import load

    closed(load.plan(plan), filled, to, as_json=json)
