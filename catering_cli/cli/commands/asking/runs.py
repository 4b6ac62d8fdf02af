"""`catering runs`: the journal of what was asked and paid for."""

from __future__ import annotations

from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson

app = typer.Typer(help="List journalled runs, show one, prune.", rich_markup_mode=None, invoke_without_command=True)


@app.callback()
def listed(context: typer.Context, *, json: AsJson = False) -> None:
    """List the journalled runs, newest first."""
    if context.invoked_subcommand is None:
        from catering_cli.cli.runtime import journal

        journal.print_runs(as_json=json)


@app.command()
def show(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Its id, or the beginning of it.")],
    *,
    step: Annotated[str, typer.Option("--step", metavar="ID", help="What this step asked, and each reply.")] = "",
    json: AsJson = False,
) -> None:
    """Show one run: order, config, steps, replies, cost."""
    from catering_cli.cli.runtime import exchanges, journal

    if step:
        exchanges.shown(run, step, as_json=json)
    else:
        journal.shown(run, as_json=json)


@app.command()
def prune(*, json: AsJson = False) -> None:
    """Delete what the journal holds; finished plans are files of yours and stay."""
    from catering_cli.cli.runtime import journal

    journal.pruned(as_json=json)
