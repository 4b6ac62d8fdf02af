"""What `scale` does: the same document for another number of people, or its lines as text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from catering_cli.cli import output
from catering_cli.cli.exit_codes import Status
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest
from catering_cli.intake import load

if TYPE_CHECKING:
    from catering_cli.domain.decision import Decided
    from catering_cli.domain.order import MenuItem, Order
    from catering_cli.domain.recipe import Advice, Recipe


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
    given = [name for name, value in (("--guests", guests), ("--servings", servings), ("--factor", factor)) if value]
    if len(given) != 1:
        message = "give exactly one of --guests N, --servings N and --factor F"
        raise Refused(Problem(message, "", "", ", ".join(given)))
    kind, read = load.recipe_or_order(path)
    times = _factor(factor) if factor else None
    if kind == "recipe":
        return _recipe(load.recipe_of(read, path), guests or servings, times, config, as_json=as_json)
    order = _order(load.order_of(read, path), guests, servings, times, dish)
    if not as_json:
        return _dishes(order, config)
    advised, status = _advised(order.model_copy(update={"advice": ()}), config)
    output.json_result(load.dumped(advised))
    return status


def _factor(text: str) -> Fraction:
    from catering_cli.domain.quantity import exact

    try:
        factor = exact(text)
    except ValueError:
        raise Refused(Problem("must be a number such as 2, 2.5 or 3/2", "", "--factor", text)) from None
    if factor <= 0:
        raise Refused(Problem("must be more than 0", "", "--factor", text))
    return factor


def _recipe(recipe: Recipe, portions: int | None, factor: Fraction | None, config: str | None, *, as_json: bool) -> int:
    """A recipe at another yield; what a cook should think of stands beside it."""
    from catering_cli.cli.actions.scaled_text import Made, text_of
    from catering_cli.domain.recipe import Advice
    from catering_cli.kitchen.foods.resolve import resolve_name
    from catering_cli.kitchen.recipes import batches, resize, volume_advice

    times = factor or Fraction(portions or 0, recipe.yields.portions)
    scaled = resize.resize_recipe(recipe, times)
    notes = _told(_asked_alone(scaled, config), "")
    if not as_json:
        runs = {one.step: one.batches for one in batches.batches(scaled.yields.portions, recipe) if one.batches > 1}
        output.result(
            text_of(Made(recipe.name, recipe, times, runs, [f"{one.text} (by {one.by})" for one in notes]), "us")
        )
        return Status.GOOD
    beside = (
        (line.item, volume_advice.advice_for(line, resolve_name(line.item).named, recipe, times))
        for line in recipe.ingredients
    )
    own = tuple(Advice(item=item, text=text, by="kitchen") for item, text in beside if text)
    output.json_result(load.dumped(scaled.model_copy(update={"advice": (*own, *notes)})))
    return Status.GOOD


def _asked_alone(recipe: Recipe, config: str | None) -> tuple[Decided, ...]:
    if config is None:
        return ()
    from catering_cli.cli.actions.ask_technique import asked
    from catering_cli.tasks.recipe_scaling import Given

    given = Given(
        dish="d1",
        name=recipe.name,
        course=recipe.course or "main",
        style="buffet",
        guests=recipe.yields.portions,
        has_recipe=True,
        ingredients=[line.item for line in recipe.ingredients],
        steps=[step.text for step in recipe.steps],
        equipment=[],
    )
    return asked([given], config)


def _told(decided: Sequence[Decided], dish: str) -> tuple[Advice, ...]:
    """The techniques that were given, each with who gave it."""
    from catering_cli.domain.decision import Technique
    from catering_cli.domain.recipe import Advice

    techniques = ((one.decision, one.by) for one in decided if isinstance(one.decision, Technique))
    return tuple(Advice(dish=dish, text=technique.text, by=by) for technique, by in techniques)


def _order(order: Order, guests: int | None, servings: int | None, factor: Fraction | None, dish: str | None) -> Order:
    from catering_cli.kitchen.recipes import resize

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
    return resize.resize_order(order, guests)


def _named(order: Order, dish: str) -> MenuItem:
    names = [item.dish for item in order.menu]
    folded = {name.casefold(): index for index, name in enumerate(names)}
    index = folded.get(dish.casefold())
    if index is None:
        close = closest(dish, names)
        hint = f"did you mean {close!r}?" if close else f"dishes are {', '.join(names[:12])}"
        raise Refused(Problem(f"is not on the menu of this order; {hint}", "", "--dish", dish))
    return order.menu[index]


def _dishes(order: Order, config: str | None) -> int:
    """Each dish at what the order needs, its lines kitchen amount beside exact; a dish without recipe blocks."""
    from catering_cli.cli.actions.scaled_text import Made, text_of
    from catering_cli.cli.runtime import compose

    plan = compose.cooked(order, _asked(order, config))
    told = [
        Made(
            f"{dish.id} {dish.name}",
            dish.recipe,
            Fraction(dish.factor),
            {one.step: one.batches for one in dish.batches if one.batches > 1},
            dish.advice,
        )
        for dish in plan.menu
    ]
    output.result("\n\n".join(text_of(made, order.system) for made in told))
    return _status(config, any(made.recipe is None for made in told))


def _status(config: str | None, missing: bool) -> int:
    return Status.BLOCKING if config is not None and missing else Status.GOOD


def _advised(order: Order, config: str | None) -> tuple[Order, int]:
    """The order with what models said of its dishes; a drafted recipe stands in it as a draft that nobody confirmed."""
    if config is None:
        return order, Status.GOOD
    from catering_cli.domain.decision import DraftedRecipe
    from catering_cli.kitchen.dietary.matrix import DRAFT
    from catering_cli.kitchen.menu.decisions import fold
    from catering_cli.kitchen.menu.dishes import dishes

    decided = _asked(order, config)
    advice: list[Advice] = []
    drafts: list[Recipe] = []
    found = dishes(order, fold(order, decided))
    for dish in found:
        of_dish = [one for one in decided if getattr(one.decision, "dish", "") == dish.id]
        advice += _told(of_dish, dish.name)
        for one in of_dish:
            if isinstance(one.decision, DraftedRecipe):
                tags = {"name": dish.name, "tags": (DRAFT,), "confirmed_by": "", "source": f"drafted by {one.by}"}
                drafts.append(one.decision.recipe.model_copy(update=tags))
    more = {"advice": tuple(advice), "recipes": (*order.recipes, *drafts)}
    return order.model_copy(update=more), _status(config, any(dish.recipe is None for dish in found))


def _asked(order: Order, config: str | None) -> tuple[Decided, ...]:
    """What the models of a config say of the dishes, all asked at once; nothing without a config."""
    if config is None:
        return ()
    from catering_cli.cli.actions.ask_technique import asked
    from catering_cli.kitchen.menu.decisions import fold
    from catering_cli.kitchen.menu.dishes import dishes
    from catering_cli.tasks.recipe_scaling import RECIPE_SCALING

    given = [RECIPE_SCALING.given(order, dish.id, ()) for dish in dishes(order, fold(order, ()))]
    return asked(given, config)
