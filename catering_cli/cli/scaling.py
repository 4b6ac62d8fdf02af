"""What `scale` does: the same document for another number of people, or its lines as text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.cli import load, out
from catering_cli.cli.status import Status
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from catering_cli.domain.order import MenuItem, Order
    from catering_cli.domain.recipe import Recipe


def scaled(
    path: str,
    *,
    guests: int | None,
    servings: int | None,
    factor: str | None,
    dish: str | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Print the scaled document."""
    from catering_cli.cli.recipe_text import text_of

    given = [name for name, value in (("--guests", guests), ("--servings", servings), ("--factor", factor)) if value]
    if len(given) != 1:
        message = "give exactly one of --guests N, --servings N and --factor F"
        raise Refused(Problem(message, "", "", ", ".join(given)))
    kind, read = load.recipe_or_order(path)
    times = _factor(factor) if factor else None
    if kind == "recipe":
        result = _recipe(load.recipe_of(read, path), guests or servings, times)
        out.json_result(load.dumped(result)) if as_json else out.result(text_of(result, "us"))
        return Status.GOOD
    order = _order(load.order_of(read, path), guests, servings, times, dish)
    if as_json:
        out.json_result(load.dumped(order))
        return Status.GOOD
    return _order_text(order, config)


def _factor(text: str) -> Fraction:
    from catering_cli.domain.quantity import exact

    try:
        factor = exact(text)
    except ValueError:
        raise Refused(Problem("must be a number such as 2, 2.5 or 3/2", "", "--factor", text)) from None
    if factor <= 0:
        raise Refused(Problem("must be more than 0", "", "--factor", text))
    return factor


def _recipe(recipe: Recipe, portions: int | None, factor: Fraction | None) -> Recipe:
    from catering_cli.kitchen import resize

    return resize.recipe(recipe, factor or Fraction(portions or 0, recipe.yields.portions))


def _order(order: Order, guests: int | None, servings: int | None, factor: Fraction | None, dish: str | None) -> Order:
    from catering_cli.kitchen import resize

    if dish is not None:
        order = order.model_copy(update={"menu": (_named(order, dish),)})
    if servings is not None:
        if dish is None:
            raise Refused(
                Problem("scales one dish of an order; name it: --dish NAME, or give --guests", "", "--servings")
            )
        item = order.menu[0].model_copy(update={"portions": servings})
        return order.model_copy(update={"menu": (item,)})
    if guests is None:
        wanted = order.guests.guaranteed * (factor or Fraction(1))
        if wanted.denominator != 1:
            message = f"{factor} times {order.guests.guaranteed} guests is no whole number of guests; give --guests"
            raise Refused(Problem(message, "", "--factor", str(factor)))
        guests = int(wanted)
    return resize.order(order, guests)


def _named(order: Order, dish: str) -> MenuItem:
    from difflib import get_close_matches

    names = [item.dish for item in order.menu]
    folded = {name.casefold(): index for index, name in enumerate(names)}
    index = folded.get(dish.casefold())
    if index is None:
        close = get_close_matches(dish, names, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]!r}?" if close else f"dishes are {', '.join(names[:12])}"
        raise Refused(Problem(f"is not on the menu of this order; {hint}", "", "--dish", dish))
    return order.menu[index]


def _order_text(order: Order, config: str | None) -> int:
    from catering_cli.cli import house
    from catering_cli.cli.planning import ended
    from catering_cli.render.forms import TABLE
    from catering_cli.render.page import Page

    plan = house.planned(order, house.Options(config=config or "offline", quiet=True), lambda _: None)
    page = Page(width=out.width(), colour=out.colour(), unicode=out.unicode(), section="recipes")
    out.result(TABLE["terminal"](plan, page))
    return Status.GOOD if config is None else ended(plan)
