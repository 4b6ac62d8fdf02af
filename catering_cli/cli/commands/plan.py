"""`catering plan`: an order becomes a verified plan."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson, Config, Deadline, MaxCost, Offline, Quiet, Strict, Verbose


class Pattern(StrEnum):
    """How the work is shared out."""

    PLANNING_EXECUTION = "planning-execution"
    HIERARCHICAL = "hierarchical"


class Detail(StrEnum):
    """How far a run goes."""

    OUTLINE = "outline"
    FULL = "full"


class Solve(StrEnum):
    """How long the schedule may be searched for."""

    QUICK = "quick"
    BEST = "best"


def plan(
    orders: Annotated[list[str], typer.Argument(metavar="ORDER...", help="Order files; - is standard input.")],
    *,
    config: Config = None,
    pattern: Annotated[
        Pattern, typer.Option(help="A planner writes the steps, or a fixed tree of them is walked.")
    ] = Pattern.PLANNING_EXECUTION,
    offline: Offline = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Spend nothing: show the steps and their cost.")] = False,
    detail: Annotated[Detail, typer.Option(help="outline asks the planner and stops.")] = Detail.FULL,
    refine: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            max=20,
            help="Rounds of improvement afterwards.",
        ),
    ] = 0,
    max_cost: MaxCost = None,
    deadline: Deadline = None,
    strict: Strict = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Start a new run; use no journalled reply.")] = False,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Of several orders plan N at once; usual: one a core.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Let an existing Dask cluster cook several orders.")
    ] = None,
    overnight: Annotated[
        bool, typer.Option("--overnight", help="Ask models through their vendors' batches: half price, within a day.")
    ] = False,
    solve: Annotated[Solve, typer.Option(help="quick: a valid schedule; best: OR-Tools searches on.")] = Solve.QUICK,
    json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="PATH", help="Write the plan's JSON there (several orders: a folder)."),
    ] = None,
    events: Annotated[
        Path | None, typer.Option("--events", metavar="FILE", help="Write what happens as JSON lines.")
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Turn an order into a verified plan.

    Menu, diets, shopping, timeline, staff, equipment, packing, safety, costs, and what is wrong or open.
    """
    from catering_cli.cli.actions.plan import one, outlines
    from catering_cli.cli.runtime.options import Options

    options = Options(
        config="offline" if offline else config,
        pattern=pattern.value,
        refine=refine,
        max_cost=max_cost,
        no_cache=no_cache,
        best=solve is Solve.BEST,
        quiet=quiet,
        verbose=verbose,
        events=events,
        deadline=deadline,
        strict=strict,
        overnight=overnight,
    )
    if dry_run or detail is Detail.OUTLINE:
        return outlines(orders, options, spend=not dry_run, as_json=json, to=out)
    if len(orders) == 1 and not overnight:
        return one(orders[0], options, as_json=json, to=out)
    from catering_cli.cli.many.several import plans

    return plans(orders, options, jobs=jobs, dask=dask, as_json=json, folder=out)
