"""`catering bench`: configurations measured on orders of yours, so that one is chosen by figures."""

from __future__ import annotations

from itertools import product
from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson, MaxCost
from catering_cli.cli.commands.plan import Pattern


def bench(
    orders: Annotated[list[str], typer.Argument(metavar="ORDER...", help="Order files.")],
    *,
    config: Annotated[
        list[str], typer.Option("--config", metavar="FILE|NAME", help="A configuration; repeat it for each.")
    ],
    replay: Annotated[
        str, typer.Option("--replay", metavar="RUN", help="Take this run's replies to the very same requests.")
    ] = "",
    pattern: Annotated[Pattern, typer.Option(help="How the work is shared out.")] = Pattern.PLANNING_EXECUTION,
    max_cost: MaxCost = None,
    json: AsJson = False,
) -> int:
    """Measure configurations on orders.

    Per task: answers kept, repaired and refused, decisions that changed the plan, cost, seconds. Per configuration:
    issues, score, saving, and whether another is better in all. Replies are journalled: a second time nothing is asked.
    """
    from catering_cli.cli import output
    from catering_cli.cli.bench import compare
    from catering_cli.cli.bench.measure import measured
    from catering_cli.cli.exit_codes import Status
    from catering_cli.intake import load

    loaded = [load.order(path) for path in orders]
    rows = [measured(order, name, pattern.value, replay, max_cost) for name, order in product(config, loaded)]
    if json:
        output.json_result(compare.document(rows))
    else:
        output.result(compare.text(rows))
    return Status.GOOD
