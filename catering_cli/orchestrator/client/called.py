"""Dishes and services as a client calls them, and what a part of a sentence is read as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from catering_cli.domain.decision import Decision
from catering_cli.domain.order import Service
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.recipes import catalogue


class Heard(NamedTuple):
    """What a part of a sentence asks for; `asks` is what has to be confirmed, empty if it was said plainly."""

    decisions: Sequence[Decision]
    asks: str = ""
    aim: str = ""
    """what rounds of refinement are to come nearer to"""


_SERVICE = re.compile(r"^(?P<what>.+?) (?:at|for|during|to) (?:the )?(?P<service>[\w -]+?)(?: only)?$", re.IGNORECASE)


def at_service(plan: CateringPlan, what: str) -> tuple[str, Service | None]:
    """What is asked for, and the service that is named behind it; None if none is."""
    found = _SERVICE.match(what)
    service = service_called(plan, found["service"]) if found else None
    return (found["what"], service) if found and service else (what, None)


def service_called(plan: CateringPlan, name: str) -> Service | None:
    """The service of that id or style."""
    services = (one for one in plan.order.services if has_words((*tokens(one.id), one.style or ""), name))
    return next(services, None)


def has_words(words: Iterable[str], name: str) -> bool:
    """Whether all words of a name are among these; a name without a word is nowhere."""
    wanted = set(tokens(name))
    return bool(wanted) and wanted.issubset(words)


def dishes_at(plan: CateringPlan, service: Service | None) -> list[Dish]:
    """The dishes that are served there, those of every service among them; None: all."""
    if service is None:
        return list(plan.menu)
    return [dish for dish in plan.menu if dish.service in ("", service.id)]


def dish_called(plan: CateringPlan, what: str) -> Dish | None:
    """The dish of that name, else the only one (of the service that is named) whose name has all the words."""
    exact = [dish for dish in plan.menu if catalogue.key(dish.name) == catalogue.key(what)]
    if exact:
        return exact[0]
    name, service = at_service(plan, what)
    like = [dish for dish in dishes_at(plan, service) if has_words(tokens(dish.name), name)]
    return like[0] if len(like) == 1 else None
