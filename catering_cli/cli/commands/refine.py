"""`catering refine`: a plan is improved in rounds; only what ranks strictly better is kept."""

from __future__ import annotations

from typing import Annotated

import typer

from catering_cli.cli.commands.options import (
    AsJson,
    Config,
    Deadline,
    MaxCost,
    Offline,
    OutFile,
    Quiet,
    Strict,
    Verbose,
)


def refine(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's JSON file, or - for standard input.")],
    *,
    feedback: Annotated[str, typer.Option(metavar="TEXT", help="What you would like to be better.")] = "",
    max_iterations: Annotated[
        int | None, typer.Option(min=0, max=20, help="Most rounds; the config's, else 3.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Score at which it stops; the config's, else 0.9.")
    ] = None,
    config: Config = None,
    offline: Offline = False,
    max_cost: MaxCost = None,
    deadline: Deadline = None,
    strict: Strict = False,
    json: AsJson = False,
    out: OutFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Improve a plan in rounds.

    Each round proposes decisions, cooks and checks, and is kept only if it ranks strictly better.
    """
    from catering_cli.cli.actions.plan import refined
    from catering_cli.cli.runtime.options import Options

    options = Options(
        config="offline" if offline else config,
        max_cost=max_cost,
        deadline=deadline,
        strict=strict,
        quiet=quiet,
        verbose=verbose,
        feedback=feedback,
        refine=max_iterations,
        threshold=threshold,
    )
    return refined(plan, options, as_json=json, to=out)
