"""Whether a change says no more than the words it quotes, and takes no care away from a guest.

A number stands in the words, or stood in the field, or is the sum or difference of one of each ("four of the
twelve"); a time, a day, a need and a name stand in the words or in the order. A need of guests that food may harm
never becomes rarer or milder by a change: the words of a note take no allergy back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple, get_args

from catering_cli.domain.decision import ChangeOrder
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.guests import Severity
from catering_cli.domain.problem import Refused
from catering_cli.kitchen.dietary import allergens, diets, profiles
from catering_cli.kitchen.event.notes.fields import Fields
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.menu.changes import said_at
from catering_cli.tasks.reading.against import spoken_against, without_ages
from catering_cli.tasks.reading.changes import changed
from catering_cli.tasks.reading.said import Said
from catering_cli.tasks.shared.findings import rejected

CHOSEN = frozenset({"style", "course", "severity", "population"})
"""Fields with a closed list of words: the order's schema proves them, and a person sees which was chosen."""

NEEDS = frozenset({"needs", "diet", "allergen"})


class Ground(NamedTuple):
    """What a value may be made of."""

    said: Said
    there: Said
    """what stands in the field now"""
    words: frozenset[str]
    """all words that the order's fields hold"""
    days: frozenset[str]
    """days that the order names, in ISO form"""


def faults(order: Order, change: ChangeOrder, where: str) -> Iterator[Finding]:
    """What is wrong with a change: its words do not say it, it does not fit, or it makes something less safe."""
    key = str(change.path.replace("]", "").replace("[", ".").split(".")[-1])
    if change.value in (None, "") or not list(leaves(change.value, key)):
        yield rejected("reading", where, f"{change.path}: words of a note empty no field", value=str(change.value))
        return
    for name, value in leaves(change.value, key):
        wrong = unsaid(name, value, _ground(order, change))
        if wrong:
            yield rejected("reading", where, f"{change.path}: {wrong}", value=str(value))
    for why in spoken_against(order, change):
        yield rejected("reading", where, f"{change.path}: {why}", value=str(change.value))
    try:
        after = changed(order, change)
    except Refused as refused:
        for problem in refused.problems[:3]:
            place = problem.place or change.path
            yield rejected("reading", where, f"{place}: {problem.message}", value=problem.value)
        return
    for need in _milder(order, after):
        message = f"{change.path}: words of a note take back no need that food may harm"
        yield rejected("reading", where, message, value=need)


def _ground(order: Order, change: ChangeOrder) -> Ground:
    moments = [str(value) for _, value in leaves(order.model_dump(mode="json"), "") if _is_moment(value)]
    return Ground(
        said=Said.of(without_ages(change.path, change.quote)),
        there=Said.of(str(said_at(order, change.path) or "")),
        words=Fields.of(order).words,
        days=frozenset(moment[:10] for moment in moments),
    )


def leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every value in a document, with the name of the field that it is of."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, name)
    else:
        yield name, value


def unsaid(name: str, value: Any, ground: Ground) -> str:
    """Why a value is not said by the words; empty if it is."""
    if value is None or isinstance(value, bool) or name in CHOSEN:
        return ""
    if isinstance(value, int | float):
        return "" if _is_said_number(Fraction(str(value)), ground) else "the words do not say this number"
    if _is_moment(value):
        return _unsaid_moment(datetime.fromisoformat(value), ground)
    text = str(value)
    if name in NEEDS:
        return "" if _is_said_need(text, ground) else "the words do not name this need"
    return "" if _is_said_text(text, ground) else "the words do not say this"


def _is_said_text(text: str, ground: Ground) -> bool:
    """Each word is said or stands in the field already, or it is a time of day that is said."""
    known = ground.said.words | ground.there.words | ground.words
    return known.issuperset(tokens(text)) or _is_clock(text, ground)


def _is_said_number(number: Fraction, ground: Ground) -> bool:
    """In the words, in the field, the sum or difference of one of each; one guest is said by no number at all."""
    said, there = ground.said.numbers, ground.there.numbers
    if number in said | there or (number == 1 and not said):
        return True
    return any(number in (old - new, old + new) for old, new in product(there, said))


def _is_moment(value: Any) -> bool:
    if not isinstance(value, str) or len(value) < len("2027-06-12"):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _unsaid_moment(moment: datetime, ground: Ground) -> str:
    minute = moment.hour * 60 + moment.minute
    if not (ground.said.has_time(minute) or ground.there.has_time(minute)):
        return "the words do not say this time"
    is_known_day = moment.date().isoformat() in ground.days
    if not (is_known_day or any(day.is_that_of(moment) for day in ground.said.days)):
        return "the words do not say this day"
    return ""


def _is_clock(value: str, ground: Ground) -> bool:
    """Whether a text is a time of day that the words say."""
    times = Said.of(value).minutes
    return bool(times) and all(ground.said.has_time(minute) for minute, _ in times)


def _is_said_need(need: str, ground: Ground) -> bool:
    found = diets.diet(need)
    name = found.name if found else allergens.target(need).name
    return name in ground.said.needs or set(tokens(need)) <= ground.said.words or name in ground.there.needs


def _milder(before: Order, after: Order) -> Iterator[str]:
    """Needs that food may harm which are kept by fewer guests afterwards, or less severely."""
    kept = dict(_harmful(after))
    for need, (guests, weight) in _harmful(before):
        now_guests, now_weight = kept.get(need, (0, 0))
        if now_guests < guests or now_weight < weight:
            yield need


def _harmful(order: Order) -> list[tuple[str, tuple[int, int]]]:
    """Each need that is no mere preference: by how many guests, and how severe at worst."""
    severities = get_args(Severity)
    totals: dict[str, tuple[int, int]] = {}
    for profile in profiles.profiles(order):
        weight = severities.index(profile.severity) if profile.severity else 0
        for need in profile.needs if weight else ():
            guests, worst = totals.get(need.casefold(), (0, 0))
            totals[need.casefold()] = (guests + profile.count, max(worst, weight))
    return list(totals.items())
