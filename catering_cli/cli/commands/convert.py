"""`catering convert`: a quantity, lines of quantities, or a whole recipe or order in other units."""

from __future__ import annotations

from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson, Config, System


def convert(
    what: Annotated[
        str, typer.Argument(metavar="QUANTITY|FILE|-", help='"2 cups flour", an order or recipe file, or - for lines.')
    ],
    *,
    to: Annotated[str, typer.Option(metavar="UNIT", help="g, oz, cup ...; metric or us for a file.")],
    ingredient: Annotated[str, typer.Option(metavar="NAME", help="The food, if the quantity does not name it.")] = "",
    system: Annotated[System, typer.Option(help="What a cup is.")] = System.US,
    config: Config = None,
    json: AsJson = False,
) -> int:
    """Convert quantities, recipes and orders, exactly.

    Between volume and mass only if the density of the food is known: none is invented. With --config the
    models of that routing are asked what an informal measure is, if the tables do not say.
    """
    from catering_cli.cli.other_numbers.convert import converted

    return converted(
        what,
        to=to,
        ingredient=ingredient,
        system=system.value,
        config=config,
        as_json=json,
    )
