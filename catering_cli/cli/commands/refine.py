"""`catering refine`: a plan is improved in rounds; only what ranks strictly better is kept."""

from __future__ import annotations

from enum import StrEnum
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


class AimName(StrEnum):
    """What rounds are ranked by."""

    CHEAPER = "cheaper"
    CALMER = "calmer"
    LATER_START = "later-start"
    MORE_VARIETY = "more-variety"
    SAFER = "safer"


def refine(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's JSON file, or - for standard input.")],
    *,
    feedback: Annotated[str, typer.Option(metavar="TEXT", help="What you would like to be better.")] = "",
    aim: Annotated[
        AimName | None, typer.Option(help="What to come nearer to; nothing more may block or be unsafe.")
    ] = None,
    variants: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=7,
            help="The N best kinds of change side by side; --out names a folder for their plans.",
        ),
    ] = None,
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
    from catering_cli.cli.bench.variants import shown_side_by_side
    from catering_cli.cli.runtime.options import Options

    options = Options(
        config="offline" if offline else config,
        max_cost=max_cost,
        deadline=deadline,
        strict=strict,
        quiet=quiet,
        verbose=verbose,
        feedback=feedback,
        aim=aim.value if aim else "",
        refine=max_iterations,
        threshold=threshold,
    )
    if variants:
        return shown_side_by_side(plan, options, variants, as_json=json, folder=out)
    return refined(plan, options, as_json=json, to=out)
