"""`catering dishes`: the catalogue, searched; one dish as its card."""

from __future__ import annotations

from typing import Annotated

import typer


def dishes(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words of a name, or the name of a dish to show its card.")
    ] = None,
    *,
    course: Annotated[str, typer.Option("--course", help="Only dishes of this course.")] = "",
    needs: Annotated[
        list[str] | None,
        typer.Option("--needs", help="Only dishes that suit a diet, or lack an allergen: vegan, milk."),
    ] = None,
    season: Annotated[
        str, typer.Option("--season", help="Only dishes that are good then: spring, summer, autumn, winter.")
    ] = "",
    uses: Annotated[
        list[str] | None, typer.Option("--uses", help="Only dishes that take this equipment: grill.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="Only dishes that do not need this equipment: oven, fryer.")
    ] = None,
    renew: Annotated[bool, typer.Option("--renew", help="Read the cards again and renew the index.")] = False,
) -> None:
    """Search the catalogue and your own folder ($CATERING_RECIPES) by name, course, season, needs and equipment.

    The name of a dish shows its card.
    """
    from catering_cli.cli.actions import dishes as action

    if renew:
        action.renew()
        return
    plant = (tuple(uses or ()), tuple(without or ()))
    action.search(" ".join(words or ()), action.Search(course, season, tuple(needs or ()), *plant))
