"""`catering accept`: a person accepts what was read in the client's words or decided by a model, or takes it back."""

from __future__ import annotations

from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson, OutFile


def accept(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's JSON file, or - for standard input.")],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Ids of proposals; without one they are listed.")
    ] = None,
    *,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who accepts; recorded in the plan.")] = "",
    undo: Annotated[
        bool,
        typer.Option(
            "--undo", help="Take back what was accepted; a model's decision that no one accepted is taken out."
        ),
    ] = False,
    json: AsJson = False,
    out: OutFile = None,
) -> int:
    """Accept what models read or decided, or take it back.

    A model's decision that is accepted stays through all further rounds. The order is changed, the plan cooked again
    and written back to PLAN, or to --out. What differs is printed.
    """
    from catering_cli.cli.actions.accept import accepted

    return accepted(plan, ids or [], by, undo=undo, as_json=json, to=out)
