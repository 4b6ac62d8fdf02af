"""`catering intake`: a client's message becomes an order, each field with its words, and a list of questions."""

from __future__ import annotations

from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson, Config, MaxCost, Offline, OutFile, Quiet, Verbose


def intake(
    message: Annotated[
        str,
        typer.Argument(metavar="MESSAGE", help="A message or a thread: .txt, .eml, .md, .pdf; - for standard input."),
    ],
    *,
    config: Config = None,
    offline: Offline = False,
    max_cost: MaxCost = None,
    json: AsJson = False,
    out: OutFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Read an order out of a client's message.

    Prints the order as YAML, each field with the words that say it, the questions and a reply to send. Nothing is
    filled in that no message says. Of a thread the later message wins. Exit code 3 while a question is left.
    """
    from catering_cli.cli.actions.intake import taken_in
    from catering_cli.cli.runtime.options import Options

    options = Options(config="offline" if offline else config, max_cost=max_cost, quiet=quiet, verbose=verbose)
    return taken_in(message, options, as_json=json, to=out)
