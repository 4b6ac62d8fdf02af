"""`catering scale`: a recipe, or the dishes of an order, for another number of guests."""

from __future__ import annotations

from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson, Config


def scale(
    file: Annotated[
        str,
        typer.Argument(
            metavar="ORDER|RECIPE|DISH", help="A file, a dish of the catalogue by name, or - for standard input."
        ),
    ],
    *,
    guests: Annotated[
        int | None, typer.Option(min=1, max=100_000, help="Guests; kinds of guests keep their shares.")
    ] = None,
    servings: Annotated[int | None, typer.Option(min=1, max=1_000_000, help="Portions to make.")] = None,
    factor: Annotated[str | None, typer.Option(metavar="F", help="Multiply by this: 2, 2.5 or 3/2.")] = None,
    dish: Annotated[str | None, typer.Option(metavar="NAME", help="Only this dish of an order.")] = None,
    config: Config = None,
    json: AsJson = False,
) -> int:
    """Scale a recipe or an order, exactly.

    Time and temperature are never multiplied.
    """
    from catering_cli.cli.other_numbers.scale import HowMuch, scale_document

    to = HowMuch(guests, servings, factor)
    return scale_document(file, to, dish=dish, config=config, as_json=json)
