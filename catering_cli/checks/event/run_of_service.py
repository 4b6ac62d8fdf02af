"""Each service of the order is run, for its guests, with its dishes, and the floor is told who has needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.services import lines_for, meals
from catering_cli.data import tables
from catering_cli.domain.names import GRAVE
from catering_cli.domain.plan_parts.diets import PlanProfile
from catering_cli.domain.plan_parts.people import ServiceLine

OWN_PLATE = ("separate", "covered", "name", "owner")
"""Words that tell of the plate of guests with a grave allergy."""


def served(evidence: Evidence) -> Findings:
    """The services of the plan are the order's: time, place, style, guests, lines and dishes."""
    plan, places = evidence.plan, _places(evidence)
    if len(plan.service) != len(places):
        yield found("blocking", "plan.service", "not the services of the order", len(plan.service), len(places))
    lines = placed("plan.service", plan.service)
    for (path, line), meal, place in zip(lines, meals(evidence), places, strict=False):
        due = {
            "id": meal.service or line.id,
            "at": meal.at,
            "until": meal.until,
            "style": meal.style,
            "guests": meal.guests,
            "lines": lines_for(meal.style, meal.guests),
            "place": place,
            "dishes": frozenset(dish.id for dish in plan.menu if meal.serves(dish)),
        }
        yield from compare_entry(path, line, due, BLOCKING)


def _places(evidence: Evidence) -> list[str]:
    """Where each service is: where it says, else at the order's first venue, else where the food is made."""
    order = evidence.order
    venues = [place.id for place in order.places if place.kind == "venue"]
    usual = "venue" if order.event.travel_minutes else "base"
    first = next(iter(venues), usual)
    return [one.place or first for one in order.services] or [first]


def notes(evidence: Evidence) -> Findings:
    """A note for each profile with needs that eats at a service: its number, need and dishes; none for others."""
    for path, line in placed("plan.service", evidence.plan.service):
        due = list(_due(evidence, line))
        if len(line.notes) != len(due):
            message = "there is one note for each profile with needs"
            yield found("warning", f"{path}.notes", message, len(line.notes), len(due))
        for (where, note), words in zip(placed(f"{path}.notes", line.notes), due, strict=False):
            yield from _note(where, note, words)


def _note(where: str, note: str, words: NoteWords) -> Findings:
    """A note says what its guests eat, and names no other dish."""
    lacks = [word for word in words.told if word not in note]
    if lacks or not note.startswith(f"{words.guests} "):
        message = f"does not say what {words.guests} guests with needs eat"
        yield found("warning", where, message, note, ", ".join(lacks))
    strange = [name for name in words.others if name in note]
    if strange:
        message = f"names dishes that are not for these guests: {', '.join(strange)}"
        yield found("blocking", where, message, note, guests=words.guests)


class NoteWords(NamedTuple):
    """What a note on guests has, and what it must not have."""

    guests: int
    told: list[str]
    """their name, severity, needs, dishes and plate"""
    others: list[str]
    """dishes that they do not eat"""


def _due(evidence: Evidence, line: ServiceLine) -> Iterator[NoteWords]:
    """The words of the note on each profile with needs that eats at a service."""
    here = [evidence.dishes[dish] for dish in line.dishes if dish in evidence.dishes]
    for profile in evidence.plan.diets.profiles:
        eaten = [dish.name for dish in here if (profile.id, dish.id) in evidence.eaten]
        if profile.needs and eaten:
            others = [dish.name for dish in here if dish.name not in " ".join(eaten)]
            yield NoteWords(profile.count, [*_said_of(profile), *eaten], others)


def _said_of(profile: PlanProfile) -> list[str]:
    """What a note says of guests with needs, their dishes aside."""
    plate = OWN_PLATE if profile.severity in GRAVE else ()
    return [profile.name, profile.severity, *profile.needs, *plate]


def own_plates(evidence: Evidence) -> Findings:
    """Guests with a grave allergy stand in the run of service, with a separate, covered, named plate and its owner."""
    said = " ".join(" ".join(line.notes) for line in evidence.plan.service).casefold()
    fed = {eats.profile for eats in evidence.plan.diets.eats}
    for path, profile in placed("plan.diets.profiles", evidence.plan.diets.profiles):
        if profile.severity not in GRAVE or profile.id not in fed or not profile.needs:
            continue
        words = [*OWN_PLATE, *map(str.casefold, profile.needs)]
        if not all(word in said for word in words):
            message = f"no service note tells of the plates for {profile.name or ', '.join(profile.needs)}"
            yield found("blocking", path, message, profile.severity, guests=profile.count)


UNUSUAL = "kitchen.food_per_guest"


def food_per_guest(evidence: Evidence) -> Findings:
    """More food a guest than is usual, or less, is said; food that is usual is not."""
    told = {one.where for one in evidence.plan.findings if one.rule == UNUSUAL}
    for path, line in placed("plan.service", evidence.plan.service):
        if line.food and (line.food.usual_low, line.food.usual_high) not in _usual(evidence, line):
            yield found("warning", f"{path}.food", "not what is usual at such a service", line.food.usual_high)
        weighed = {one.name for one in evidence.plan.menu if one.served is not None}
        if line.food and not weighed.isdisjoint(line.food.without):
            yield found(
                "warning", f"{path}.food", "left out of it are dishes of which the weight is known", line.food.grams
            )
        if (path in told) != _is_unusual(line):
            message = "food for a guest is unusual, and it is not said" if path not in told else "food is usual"
            yield found("warning", f"{path}.food", message, line.food.grams if line.food else "")


def _usual(evidence: Evidence, line: ServiceLine) -> set[tuple[int | None, int | None]]:
    """What a guest usually eats at a service of a style, at noon or in the evening; without a main nothing is usual."""
    here = [evidence.dishes[dish].course for dish in line.dishes if dish in evidence.dishes]
    rows = [row for row in tables.rows("portions") if row["kind"] == "head" and row["style"] in (line.style, "*")]
    usual: set[tuple[int | None, int | None]] = {(int(row["low"]), int(row["high"])) for row in rows}
    return usual if usual and "main" in here else {(None, None)}


def _is_unusual(line: ServiceLine) -> bool:
    """Whether the food of a service is outside what is usual; too little only if the weight of each dish is known."""
    food = line.food
    if food is None or food.usual_low is None or food.usual_high is None:
        return False
    return food.grams > food.usual_high or (not food.without and food.grams < food.usual_low)


def runs(evidence: Evidence) -> Findings:
    """The services with their dishes, and what a guest eats at each."""
    yield from served(evidence)
    yield from food_per_guest(evidence)


CHECKS = {"service.run": runs, "service.told": notes, "diets.precaution": own_plates}
