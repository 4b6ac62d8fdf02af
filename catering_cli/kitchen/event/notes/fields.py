"""What the fields of an order hold, so that a sentence of its notes that says the same is accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import chain
from typing import Any, Final, NamedTuple

from catering_cli.domain.order import Order
from catering_cli.kitchen.dietary import allergens
from catering_cli.kitchen.dietary import diets as dietary
from catering_cli.kitchen.event.notes.facts import HALF_DAY, IDLE, Fact, Kind
from catering_cli.kitchen.foods.names import tokens


class Fields(NamedTuple):
    """What the fields of an order hold, beside its notes, recipes and prices."""

    needs: frozenset[str]
    """names of the allergens, foods and diets that guests keep"""
    numbers: frozenset[Fraction]
    minutes: frozenset[int]
    words: frozenset[str]
    texts: tuple[frozenset[str], ...]
    """the words of each text"""

    @classmethod
    def of(cls, order: Order) -> Fields:
        """All that an order says in fields."""
        said = tuple(_leaves(order.model_dump(mode="python", exclude=_ELSEWHERE)))
        guests = order.guests
        needs = list(chain.from_iterable(profile.needs for profile in guests.profiles))
        needs += [row.diet for row in guests.diets] + [row.allergen for row in guests.allergies]
        return cls.made_of(said, needs)

    @classmethod
    def made_of(cls, said: Sequence[object], needs: Iterable[str]) -> Fields:
        """What values say: texts, numbers and moments; and what guests need."""
        texts = [text for text in said if isinstance(text, str)]
        moments = [moment for moment in said if isinstance(moment, datetime)]
        days = frozenset(" ".join(f"{moment:%A %B}" for moment in moments).casefold().split())
        spoken = (days, *(frozenset(tokens(text)) for text in texts))
        return cls(
            needs=frozenset(_kept(needs)),
            numbers=frozenset(_numbers_in(said)),
            minutes=frozenset(moment.hour * 60 + moment.minute for moment in moments),
            words=frozenset().union(*spoken),
            texts=spoken,
        )

    def hold(self, fact: Fact) -> bool:
        """Whether a field says this."""
        return _HELD[fact.kind](self, fact.value)

    def say(self, sentence: str, facts: Sequence[Fact]) -> bool:
        """Whether the fields say all that a sentence says: in its own words, or each of its facts and nothing else."""
        if set(tokens(sentence)) in self.texts:
            return True
        if not facts or not all(map(self.hold, facts)):
            return False
        theirs = set(chain.from_iterable(tokens(fact.written) for fact in facts))
        return set(tokens(sentence)) <= theirs | IDLE | self.words

    def has_number(self, value: str) -> bool:
        """Whether a number stands in a field."""
        return Fraction(value.replace(",", ".")) in self.numbers

    def has_time(self, value: str) -> bool:
        """Whether something is at that time; of a time without half of the day at either."""
        minute = int(value.rstrip("?"))
        if value.endswith("?"):
            return any(minute % HALF_DAY == one % HALF_DAY for one in self.minutes)
        return minute in self.minutes


_HELD: Final[dict[Kind, Callable[[Fields, str], bool]]] = {
    "allergen": lambda fields, value: value in fields.needs,
    "allergy": lambda _fields, _value: False,
    "diet": lambda fields, value: value in fields.needs,
    "number": Fields.has_number,
    "time": Fields.has_time,
    "name": lambda fields, value: any(text.issuperset(value.split()) for text in fields.texts),
}

_ELSEWHERE: Any = {"notes", "recipes", "supply", "prices", "on_hand", "products", "decisions", "advice", "tphc"}


LONG = 12
"""Digits from which a number in a text is a code."""


def _numbers_in(said: Sequence[object]) -> Iterator[Fraction]:
    """The numbers of fields: counts, the day and year of dates, and what is written in texts."""
    for one in said:
        if isinstance(one, datetime):
            yield from (Fraction(one.year), Fraction(one.day))
        elif isinstance(one, str):
            yield from (Fraction(digits) for digits in re.findall(r"\d+", one)[:100] if len(digits) < LONG)
        elif isinstance(one, int) and not isinstance(one, bool):
            yield Fraction(one)


def _leaves(value: object) -> Iterator[object]:
    """All values of a document, at any depth; a dish's recipe aside."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name != "recipe":
                yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    else:
        yield value


def values_in(document: object) -> Iterator[object]:
    """The values of a document that is JSON, its moments as such."""
    for value in _leaves(document):
        try:
            yield datetime.fromisoformat(value) if isinstance(value, str) and _MOMENT.match(value) else value
        except ValueError:
            yield value


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")


def _kept(needs: Iterable[str]) -> Iterator[str]:
    """What guests need by its name in the tables, groups with what they stand for."""
    for need in needs:
        if found := dietary.diet(need):
            yield found.name
        for target in () if found else allergens.targets(need):
            yield target.name
            yield from target.allergens
