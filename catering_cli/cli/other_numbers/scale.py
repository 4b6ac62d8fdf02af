"""What `scale` does: the same document for another number of people, or its lines as text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli import output
from catering_cli.cli.exit_codes import Status
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest
from catering_cli.intake import load
from catering_cli.intake.json_document import STDIN

if TYPE_CHECKING:
    from catering_cli.domain.decision import Decided
    from catering_cli.domain.order import MenuItem, Order
    from catering_cli.domain.order_parts.recipe import Advice, Recipe
    from catering_cli.domain.plan_parts.menu import StepBatches


@dataclass(frozen=True, slots=True)
class HowMuch:
    """What a document is scaled to: exactly one of `guests`, `servings` and `factor` is given."""

    guests: int | None = None
    servings: int | None = None
    factor: str | None = None

    def times(self) -> Fraction | None:
        """The factor, if that is given. Raises Refused if it is no number above 0, or not one of the three is given."""
        options = {"--guests": self.guests, "--servings": self.servings, "--factor": self.factor}
        given = [name for name, value in options.items() if value]
        if len(given) != 1:
            message = "give exactly one of --guests N, --servings N and --factor F"
            raise Refused(Problem(message, "", "", ", ".join(given)))
        return _factor(self.factor) if self.factor else None


def scale_document(
    path: str,
    to: HowMuch,
    *,
    dish: str | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Print the scaled document; of an order `dish` alone if one is named."""
    times = to.times()
    named = None if path == STDIN or Path(path).exists() else _of_the_house(path)
    kind, read = ("recipe", None) if named else load.recipe_or_order(path)
    if kind == "recipe":
        counted = _counted(named or load.recipe_of(read, path), path)
        factor = times or Fraction(to.guests or to.servings or 0, counted.yields.portions)
        return _recipe(counted, factor, config, as_json=as_json)
    order = _order(load.order_of(read, path), to, times, dish)
    if not as_json:
        return _dishes(order, config)
    advised, status = _advised(order.model_copy(update={"advice": ()}), config)
    output.json_result(load.dumped(advised))
    return status


def _of_the_house(name: str) -> Recipe | None:
    """The dish that is called so, of the caterer's own folder or of the catalogue; None if none is."""
    from catering_cli.intake.dishes.recipe_folder import house_folders
    from catering_cli.kitchen.recipes import catalogue, dish_names

    own = next((found for folder in house_folders(os.environ) if (found := folder.find(name))), None)
    known = dish_names.called(name)
    return own or (catalogue.recipe_named(known.name) if known and known.how == "same" else None)


def _counted(recipe: Recipe, path: str) -> Recipe:
    """The recipe with its portions; reckoned from what it makes, as for a plan, if it does not say them."""
    from catering_cli.kitchen.serving.reckoned_yield import with_portions

    counted = with_portions(recipe, None, "us")
    if counted is None:
        message = "is no number of portions, and no food of it has a known weight; say how many it serves"
        raise Refused(Problem(message, path, "recipe.yield", recipe.yields.stated))
    return counted


def _factor(text: str) -> Fraction:
    from catering_cli.domain.quantity import exact

    try:
        factor = exact(text)
    except ValueError:
        raise Refused(Problem("must be a number such as 2, 2.5 or 3/2", "", "--factor", text)) from None
    if factor <= 0:
        raise Refused(Problem("must be more than 0", "", "--factor", text))
    return factor


def _recipe(
    recipe: Recipe,
    times: Fraction,
    config: str | None,
    *,
    as_json: bool,
) -> int:
    """A recipe at `times` its yield; what a cook should think of stands beside it."""
    from catering_cli.kitchen.recipes import resize

    scaled = resize.resize_recipe(recipe, times)
    notes = _told(_asked_alone(scaled, config), "")
    if as_json:
        advice = (*_volume_advice(recipe, times), *notes)
        output.json_result(load.dumped(scaled.model_copy(update={"advice": advice})))
        return Status.GOOD
    from catering_cli.cli.other_numbers.scaled_text import Made, made_text
    from catering_cli.kitchen.recipes import batches

    made = Made(
        name=recipe.name,
        recipe=recipe,
        factor=times,
        batches=_repeated(batches.batches(scaled.yields.portions, recipe)),
        notes=[f"{one.text} (by {one.by})" for one in notes],
    )
    output.result(made_text(made, "us"))
    return Status.GOOD


def _volume_advice(recipe: Recipe, times: Fraction) -> Iterator[Advice]:
    """What a cook should think of at volume, line by line."""
    from catering_cli.domain.order_parts.recipe import Advice
    from catering_cli.kitchen.foods.resolve import resolve_name
    from catering_cli.kitchen.recipes import volume_advice

    for line in recipe.ingredients:
        text = volume_advice.advice_for(line, resolve_name(line.item).named, recipe, times)
        if text:
            yield Advice(item=line.item, text=text, by="kitchen")


def _repeated(steps: Sequence[StepBatches]) -> dict[int, int]:
    """How often a step is done, of those that are done more than once."""
    return {step.step: step.batches for step in steps if step.batches > 1}


def _asked_alone(recipe: Recipe, config: str | None) -> tuple[Decided, ...]:
    if config is None:
        return ()
    from catering_cli.cli.other_numbers.ask_technique import asked
    from catering_cli.tasks.recipe_scaling import given_of_recipe

    return asked([given_of_recipe(recipe)], config)


def _told(decided: Sequence[Decided], dish: str) -> list[Advice]:
    """The techniques that were given, each with who gave it."""
    from catering_cli.domain.decision import Technique
    from catering_cli.domain.order_parts.recipe import Advice

    techniques = [(one.decision, one.by) for one in decided if isinstance(one.decision, Technique)]
    return [Advice(dish=dish, text=technique.text, by=by) for technique, by in techniques]


def _order(
    order: Order,
    to: HowMuch,
    factor: Fraction | None,
    dish: str | None,
) -> Order:
    """The order for so many guests, or with one dish at so many portions."""
    from catering_cli.kitchen.recipes import resize

    if dish is not None:
        order = order.model_copy(update={"menu": (_named(order, dish),)})
    if to.servings is None:
        return resize.resize_order(order, to.guests or _times_guests(order, factor or Fraction(1)))
    if dish is None:
        message = "scales one dish of an order; name it: --dish NAME, or give --guests"
        raise Refused(Problem(message, "", "--servings"))
    item = order.menu[0].model_copy(update={"portions": to.servings})
    return order.model_copy(update={"menu": (item,)})


def _times_guests(order: Order, factor: Fraction) -> int:
    """The guests times `factor`. Raises Refused if that is no whole number."""
    guests = order.guests.guaranteed
    wanted = guests * factor
    if wanted.denominator != 1:
        message = f"{factor} times {guests} guests is no whole number of guests; give --guests"
        raise Refused(Problem(message, "", "--factor", str(factor)))
    return int(wanted)


def _named(order: Order, dish: str) -> MenuItem:
    """The dish of that name, case aside; of several the last. Raises Refused if there is none."""
    items = {item.dish.casefold(): item for item in order.menu}
    if found := items.get(dish.casefold()):
        return found
    names = [item.dish for item in order.menu]
    close = closest(dish, names)
    hint = f"did you mean {close!r}?" if close else f"dishes are {', '.join(names[:12])}"
    raise Refused(Problem(f"is not on the menu of this order; {hint}", "", "--dish", dish))


def _dishes(order: Order, config: str | None) -> int:
    """Each dish at what the order needs, its lines kitchen amount beside exact; a dish without recipe blocks."""
    from catering_cli.cli.other_numbers.scaled_text import Made, made_text
    from catering_cli.cli.runtime import compose

    plan = compose.cooked(order, _asked(order, config))
    texts: list[str] = []
    for dish in plan.menu:
        made = Made(
            name=f"{dish.id} {dish.name}",
            recipe=dish.recipe,
            factor=Fraction(dish.factor),
            batches=_repeated(dish.batches),
            notes=dish.advice,
        )
        texts.append(made_text(made, order.system))
    output.result("\n\n".join(texts))
    return _status(config, [dish.recipe for dish in plan.menu])


def _status(config: str | None, recipes: Sequence[Recipe | None]) -> int:
    """Blocking if models were asked, and a dish has no recipe still."""
    return Status.BLOCKING if config is not None and None in recipes else Status.GOOD


def _advised(order: Order, config: str | None) -> tuple[Order, int]:
    """The order with what models said of its dishes; a drafted recipe stands in it as a draft, not confirmed."""
    if config is None:
        return order, Status.GOOD
    from catering_cli.kitchen.menu.decisions import fold
    from catering_cli.kitchen.menu.dishes import dishes

    decided = _asked(order, config)
    advice: list[Advice] = []
    drafts: list[Recipe] = []
    found = dishes(order, fold(order, decided))
    for dish in found:
        of_dish = [one for one in decided if getattr(one.decision, "dish", "") == dish.id]
        advice += _told(of_dish, dish.name)
        drafts += _drafts(of_dish, dish.name)
    more = {"advice": tuple(advice), "recipes": (*order.recipes, *drafts)}
    return order.model_copy(update=more), _status(config, [dish.recipe for dish in found])


def _drafts(decided: Sequence[Decided], dish: str) -> Iterator[Recipe]:
    """The recipes that were drafted for a dish, each marked as a draft of its name."""
    from catering_cli.domain.decision import DraftedRecipe
    from catering_cli.domain.order_parts.recipe import DRAFT

    for one in decided:
        if isinstance(one.decision, DraftedRecipe):
            marks = {"name": dish, "tags": (DRAFT,), "confirmed_by": "", "source": f"drafted by {one.by}"}
            yield one.decision.recipe.model_copy(update=marks)


def _asked(order: Order, config: str | None) -> tuple[Decided, ...]:
    """What the models of a config say of the dishes, all asked at once; nothing without a config."""
    if config is None:
        return ()
    from catering_cli.cli.other_numbers.ask_technique import asked
    from catering_cli.kitchen.menu.decisions import fold
    from catering_cli.kitchen.menu.dishes import dishes
    from catering_cli.tasks.recipe_scaling import RECIPE_SCALING

    given = [RECIPE_SCALING.given(order, dish.id, ()) for dish in dishes(order, fold(order, ()))]
    return asked(given, config)
