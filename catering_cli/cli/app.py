"""The command line: which commands there are. What each needs is imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from catering_cli.cli import output
from catering_cli.cli.commands import (
    accept,
    check,
    close,
    confirm,
    convert,
    dishes,
    intake,
    plan,
    refine,
    replan,
    scale,
    schema,
    show,
    week,
)
from catering_cli.cli.commands.asking import bench, routes, runs
from catering_cli.cli.errors import guarded

app = typer.Typer(
    name="catering",
    rich_markup_mode=None,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)

for command in (
    plan.plan,
    refine.refine,
    accept.accept,
    intake.intake,
    scale.scale,
    convert.convert,
    show.show,
    week.week,
    replan.replan,
    close.close,
    check.check,
    routes.routes,
    dishes.dishes,
    confirm.confirm,
    bench.bench,
    schema.schema,
):
    app.command()(command)
app.add_typer(runs.app, name="runs")


def _version(asked: bool) -> None:
    if asked:
        from catering_cli.cli.version import version

        output.result(f"catering {version()}")
        raise typer.Exit


@app.callback()
def catering(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Turn a catering order into a verified plan. Models propose, code proves.

    Exit codes: 0 good plan; 1 internal error; 2 bad input or usage; 3 a plan with blocking findings; 4 no model
    answered a step; 5 the cost cap was reached before there was a plan; 130 interrupted.
    """


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    output.prepare()
    arguments = [_below_zero(argument) for argument in sys.argv[1:]]
    _keep_only(arguments)
    sys.exit(guarded(lambda: app(arguments, standalone_mode=False, prog_name="catering")))


def _keep_only(arguments: Sequence[str]) -> None:
    """Keep of all commands the one that is asked for: what the others take need not be read from their signatures."""
    asked = next((argument for argument in arguments if not argument.startswith("-")), "")
    named = [one for one in app.registered_commands if one.callback and one.callback.__name__ == asked]
    if named:
        app.registered_commands, app.registered_groups = named, []


def _below_zero(argument: str) -> str:
    """An argument such as "-18 C" is no option: a space before it keeps it a value."""
    return f" {argument}" if argument[:1] == "-" and argument[1:2].isnumeric() else argument
