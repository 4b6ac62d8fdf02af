"""From a valid order to one the kitchen can work with: recipes found and inlined, short forms unfolded.

What does not fit together is refused with its place; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.recipe import Recipe
from catering_cli.domain.site import Supply
from catering_cli.intake import recipe_file, supply
from catering_cli.intake.app_export import ARCHIVES
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.serving import reckoned_yield


def settle(order: Order, folder: Path, file: str = "") -> Order:
    """The order with recipe files inlined and `prices` as `supply`.

    `folder` is where recipe paths start; they may not leave it. Raises Refused with every problem found.
    """
    problems = list(_contradictions(order))
    recipes = list(order.recipes)
    menu = []
    for index, item in enumerate(order.menu):
        place = f"order.menu[{index}]"
        try:
            menu.append(_with_yield(_with_recipe(item, recipes, folder, place, order), recipes, place, order.system))
        except Refused as refused:
            problems += refused.problems
    offers: tuple[Supply, ...] = ()
    try:
        offers = supply.supply(order, folder)
    except Refused as refused:
        problems += refused.problems
    if problems:
        raise Refused(*(Problem(p.message, p.file or file, p.place, p.value) for p in problems))
    settled = {"menu": tuple(menu), "recipes": tuple(recipes), "supply": offers, "on_hand": supply.stock(order)}
    return order.model_copy(update={**settled, "prices": (), "supply_file": ""})


def _with_recipe(item: MenuItem, recipes: list[Recipe], folder: Path, place: str, order: Order) -> MenuItem:
    """The item with its recipe inlined if it is a file; a name that is nearly one of the catalogue is refused."""
    if isinstance(item.recipe, Recipe):
        return item
    name = item.recipe or item.dish
    own = [catalogue.key(recipe.name) for recipe in recipes]
    if catalogue.key(name) in own or catalogue.knows(name):
        return item
    field = f"{place}.recipe" if item.recipe else f"{place}.dish"
    if item.recipe and recipe_file.is_path(item.recipe):
        return item.model_copy(update={"recipe": recipe_file.read_recipe(folder, item.recipe, order.system, field)})
    near = [recipe.name for recipe in recipes if catalogue.alike(recipe.name, name)]
    if problem := _unknown_recipe(item, name, near or list(catalogue.near_names(name)), field):
        raise Refused(problem)
    return item


def _with_yield(item: MenuItem, recipes: list[Recipe], place: str, system: str) -> MenuItem:
    """The item with a recipe that says its portions: the item's own word on it first, else the recipe's, else reckoned.

    Raises Refused if there is nothing to reckon them from.
    """
    recipe = item.recipe if isinstance(item.recipe, Recipe) else _own_or_shipped(item, recipes)
    if recipe is None or (item.yields is None and recipe.yields.portions):
        return item
    if item.yields is not None:
        recipe = recipe.model_copy(update={"yields": item.yields})
    whole = reckoned_yield.with_portions(recipe, item.course, system)
    if whole is None:
        message = f"says {recipe.yields.stated!r}, which is no number of portions; give it beside the dish"
        raise Refused(Problem(message, place=f"{place}.yield", value='e.g. {"portions": 12}'))
    return item.model_copy(update={"recipe": whole, "yields": None})


def _own_or_shipped(item: MenuItem, recipes: list[Recipe]) -> Recipe | None:
    """The recipe of the order or the catalogue that a menu item means by its name."""
    name = item.recipe if isinstance(item.recipe, str) else item.dish
    own = (recipe for recipe in recipes if catalogue.key(recipe.name) == catalogue.key(name))
    return next(own, None) or catalogue.recipe_named(name)


def _unknown_recipe(item: MenuItem, name: str, near: list[str], place: str) -> Problem | None:
    """A name that is nearly another, or a recipe that is named and not there; a new dish may lack one."""
    if near:
        message = (
            f"is not a recipe of the order or the catalogue. Did you mean {_or(near)}? "
            "For a dish of your own, give its recipe in order.recipes."
        )
        return Problem(message, place=place, value=repr(name))
    suffix = Path(item.recipe).suffix.lower() if isinstance(item.recipe, str) else ""
    if suffix in ARCHIVES:
        message = f"is {ARCHIVES[suffix]}; recipes are read from .json (schema.org JSON-LD too), .yaml, .html, .cook."
        return Problem(message, place=place, value=repr(name))
    if item.recipe:
        message = "is neither a recipe of the order or the catalogue nor a .json, .yaml or .cook file beside the order."
        return Problem(message, place=place, value=repr(name))
    return None


def _or(names: list[str]) -> str:
    return " or ".join(repr(name) for name in names)


def _contradictions(order: Order) -> Iterator[Problem]:
    yield from _counts(order)
    yield from _times(order)
    yield from _names(order)


def _counts(order: Order) -> Iterator[Problem]:
    guests = order.guests
    most = max(guests.guaranteed, guests.expected or 0)
    together = sum(profile.count for profile in guests.profiles)
    if together > most:
        yield Problem(
            f"the profiles add up to {together} guests, but there are {most}. Each guest belongs to one profile.",
            place="order.guests.profiles",
            value=str(together),
        )
    rows = [(f"diets[{i}]", row.diet, row.count) for i, row in enumerate(guests.diets)]
    rows += [(f"allergies[{i}]", row.allergen, row.count) for i, row in enumerate(guests.allergies)]
    for place, name, count in rows:
        if count > most:
            yield Problem(
                f"{count} guests with {name!r} are more than the {most} guests there are.",
                place=f"order.guests.{place}.count",
                value=str(count),
            )
    if guests.children and guests.children.count > most:
        yield Problem(
            f"{guests.children.count} children are more than the {most} guests there are.",
            place="order.guests.children.count",
            value=str(guests.children.count),
        )


def _times(order: Order) -> Iterator[Problem]:
    yield from _event_times(order)
    spans = [(f"kitchen.hours[{i}]", hours.from_, hours.until) for i, hours in enumerate(order.kitchen.hours)]
    spans += [(f"services[{i}]", one.at, one.until) for i, one in enumerate(order.services) if one.until]
    for place, start, end in spans:
        if end <= start:
            message = "ends before it starts; give a later `until`."
            yield Problem(message, place=f"order.{place}.until", value=end.isoformat())
    if order.event.timezone and not _is_zone(order.event.timezone):
        yield Problem(
            'is not a time zone. Give an IANA name such as "America/New_York" or "Europe/Berlin".',
            place="order.event.timezone",
            value=repr(order.event.timezone),
        )


def _event_times(order: Order) -> Iterator[Problem]:
    """An event that ends before it is served, a kitchen that opens after."""
    event, opens = order.event, order.kitchen.available_from
    if event.ends_at and event.ends_at <= event.service_at:
        yield Problem(
            f"the event ends before its service at {event.service_at.isoformat()}; give a later end.",
            place="order.event.ends_at",
            value=event.ends_at.isoformat(),
        )
    first = min([event.service_at, *(service.at for service in order.services)])
    if opens and opens >= first:
        yield Problem(
            f"service at {first.isoformat()} is before the kitchen opens; give a later service_at "
            "or an earlier available_from.",
            place="order.kitchen.available_from",
            value=opens.isoformat(),
        )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _names(order: Order) -> Iterator[Problem]:
    """Names that stand twice, and references to what the order does not have."""
    services = [service.id for service in order.services] or ["service"]
    places = [place.id for place in order.places]
    yield from _twice("order.services", services)
    yield from _twice("order.places", places)
    yield from _twice("order.recipes", [catalogue.key(recipe.name) for recipe in order.recipes])
    for index, item in enumerate(order.menu):
        if item.service and item.service not in services:
            yield _unknown(f"order.menu[{index}].service", item.service, services, "service")
    known = places or ["base", "venue"]
    for place, name in _places_named(order):
        if name not in known:
            yield _unknown(f"order.{place}", name, known, "place")


def _places_named(order: Order) -> Iterator[tuple[str, str]]:
    """Each place that a service or a leg names, with where it is named."""
    for index, service in enumerate(order.services):
        if service.place:
            yield f"services[{index}].place", service.place
    for index, leg in enumerate(order.legs):
        yield f"legs[{index}].from", leg.from_
    for index, leg in enumerate(order.legs):
        yield f"legs[{index}].to", leg.to


def _twice(place: str, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem("is used twice; give each its own name.", place=f"{place}[{index}]", value=repr(name))


def _unknown(place: str, name: str, known: list[str], what: str) -> Problem:
    return Problem(
        f"is not a {what} of this order. Known: {', '.join(map(repr, known))}.", place=place, value=repr(name)
    )
