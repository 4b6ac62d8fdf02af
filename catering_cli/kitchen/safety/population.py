"""Whether the guests are a highly susceptible population: as the order says, else as the words of the event tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from catering_cli.data.tables import parts, rows
from catering_cli.domain.order import Order
from catering_cli.kitchen.recipes.cooking_words import plain, stands_in

Susceptible = Literal["yes", "perhaps", "no"]


class Population(NamedTuple):
    """How likely it is, and by which words; no words if the order says it."""

    susceptible: Susceptible
    word: str = ""
    where: str = ""


def population(order: Order) -> Population:
    """As `event.population` says; absent: by the name of the event, its venue and the notes."""
    if order.event.population is not None:
        return Population("yes" if order.event.population == "highly_susceptible" else "no")
    places = " ; ".join(place.name for place in order.places)
    texts = {"order.event.name": order.event.name, "order.event.venue": order.event.venue, "order.places": places,
             "order.notes": order.notes}  # fmt: skip
    everything = plain(" ; ".join(texts.values()))
    told = [found for row in rows("populations") for found in _told(row, texts, everything)]
    return next((one for one in told if one.susceptible == "yes"), told[-1] if told else Population("no"))


def _told(row: Mapping[str, str], texts: Mapping[str, str], everything: str) -> Iterator[Population]:
    """What a row of the table tells of the words of an event: sure, or perhaps, if other guests are named beside."""
    others = any(_holds(everything, word) for word in parts(row["unless"]))
    if row["sure"] != "yes" and others:
        return
    susceptible: Susceptible = "yes" if row["sure"] == "yes" and not others else "perhaps"
    for where, text in texts.items():
        for word in parts(row["words"]):
            if _holds(plain(text), word):
                yield Population(susceptible, word, where)


def _holds(text: str, word: str) -> bool:
    return stands_in(text, plain(word), "s?")
