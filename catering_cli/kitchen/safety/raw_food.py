"""Raw and undercooked animal food: with an advisory for the public, refused for a highly susceptible population."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.safety import codes
from catering_cli.kitchen.safety.food import parts_of
from catering_cli.kitchen.safety.limits import code_of
from catering_cli.kitchen.safety.population import Population, Susceptible, population
from catering_cli.kitchen.safety.undercooked import Undercooked, undercooked

_REFUSED: dict[Susceptible, Severity] = {"yes": "blocking", "perhaps": "open", "no": "warning"}
_IN_SHELL = re.compile(r"\bboil\w* (?:the )?eggs?\b|\beggs? (?:until )?hard\b|\bhard[- ](?:boil|cook)")
_ANSWER = '"population": "highly_susceptible" or "general" in order.event'


def raw_food_reports(order: Order, dishes: Sequence[Dish]) -> Iterator[Finding]:
    """Whether the guests are highly susceptible, and each dish that is not for them or needs the advisory."""
    guests, place = population(order), code_of(order.event.jurisdiction)
    made = [(f"plan.menu[{index}]", dish) for index, dish in enumerate(dishes) if dish.portions]
    raw = [(where, dish, what) for where, dish in made if (what := undercooked(dish)) is not None]
    if guests.word and (guests.susceptible == "yes" or raw):
        yield _asked(guests)
    for where, dish, what in raw:
        yield _served_raw(where, dish, what, guests, place)
    if guests.susceptible == "yes":
        for where, dish in made:
            yield from _not_for_them(where, dish, place)


def _asked(guests: Population) -> Finding:
    return Finding(
        severity="open",
        rule="kitchen.population",
        where=guests.where,
        message=f"{guests.word!r}: are the guests highly susceptible (patients, residents of a home, small children)?",
        value=guests.word,
        fix=_ANSWER,
    )


def _served_raw(where: str, dish: Dish, what: Undercooked, guests: Population, place: str) -> Finding:
    items = ", ".join(what.items)
    severity = _REFUSED[guests.susceptible]
    if guests.susceptible == "no":
        return Finding(
            severity="warning" if what.is_said else "open",
            rule="kitchen.undercooked",
            where=f"{where}.recipe",
            message=f"{dish.name}: {items} is served raw or undercooked, with the consumer advisory on menu and card"
            if what.is_said
            else f"{dish.name}: no step cooks {items}; taken as served raw, with the consumer advisory",
            value=items,
            limit=codes.cited(place, "undercooked"),
            fix="print the advisory"
            if what.is_said
            else "take pasteurized eggs, or give the step that cooks them"
            if what.is_egg
            else f"give the step that cooks it, or say that {items} is bought cooked",
        )
    swap = "take pasteurized eggs" if what.is_egg and len(what.items) == 1 else "cook it through, or take another dish"
    return Finding(
        severity=severity,
        rule="kitchen.undercooked",
        where=f"{where}.recipe",
        message=f"{dish.name}: raw or undercooked {items} is not for a highly susceptible population",
        value=items,
        limit=codes.cited(place, "not_for_them"),
        fix=f"{swap}; if the guests are the general public, say {_ANSWER}" if guests.word else swap,
    )


def _not_for_them(where: str, dish: Dish, place: str) -> Iterator[Finding]:
    """Raw sprouts; shell eggs that are pooled, though they are cooked."""
    parts = parts_of(dish)
    reads = {read for one in dish.handling for read in one.reads}
    sprouts = [part.item for part in parts if "sprout" in part.food and "brussels" not in part.food]
    if sprouts and reads.isdisjoint({"cook", "reheat"}):
        yield Finding(
            severity="blocking",
            rule="kitchen.undercooked",
            where=f"{where}.recipe",
            message=f"{dish.name}: raw {', '.join(sprouts)} is not for a highly susceptible population",
            limit=codes.cited(place, "sprouts"),
            fix="cook them, or leave them out",
        )
    eggs = [part.item for part in parts if part.food_class == "eggs" and not part.is_pasteurized]
    if eggs and not _keeps(dish) and undercooked(dish) is None:
        yield Finding(
            severity="open",
            rule="kitchen.pooled_eggs",
            where=f"{where}.recipe",
            message=f"{dish.name}: shell eggs are pooled for a highly susceptible population",
            value=", ".join(eggs),
            limit=codes.cited(place, "eggs"),
            fix="take pasteurized eggs, or keep the written plan that the code asks for",
        )


def _keeps(dish: Dish) -> bool:
    """Whether eggs are baked through in it, or stay in their shell until they are hard."""
    in_shell = any(_IN_SHELL.search(step.text.casefold()) for step in (dish.recipe.steps if dish.recipe else ()))
    return in_shell or all(one.state == "stable" for one in dish.handling[-1:])
