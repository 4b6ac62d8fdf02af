"""`catering confirm`: a person has read a drafted recipe; it becomes a recipe file of the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def confirm(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's JSON file, or - for standard input.")],
    dish: Annotated[str, typer.Argument(metavar="DISH", help="The dish that was drafted, by its name or id.")],
    *,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who has read the recipe and stands for it.")],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="Where it is kept; without it $CATERING_RECIPES."),
    ] = None,
) -> int:
    """Keep a drafted recipe as one of the house's own.

    Orders that name the folder read it like the catalogue; its allergens are judged as those of any recipe.
    """
    from catering_cli.cli.own_recipe import confirmed

    return confirmed(plan, dish, by, to)
