"""Each service of the order is run, for its guests, with its dishes, and the floor is told who has needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.needs import GRAVE
from catering_cli.checks.reference.services import lines_for, meals
from catering_cli.domain.finding import Finding
from catering_cli.domain.people import ServiceLine


def served(evidence: Evidence) -> Findings:
    """The services of the plan are the order's: time, place, style, guests, lines and dishes."""
    order, plan = evidence.order, evidence.plan
    stated = {one.id: one.place for one in order.services}
    venue = next((place.id for place in order.places if place.kind == "venue"), "")
    usual = venue or ("venue" if order.event.travel_minutes else "base")
    expected: dict[str, Any] = {}
    for number, meal in enumerate(meals(evidence)):
        path = f"service[id={meal.service}]" if order.services else f"service[{number}]"
        expected[f"{path}.at"] = meal.at
        expected[f"{path}.until"] = meal.until
        expected[f"{path}.style"] = meal.style
        expected[f"{path}.guests"] = meal.guests
        expected[f"{path}.lines"] = lines_for(meal.style, meal.guests)
        expected[f"{path}.place"] = stated.get(meal.service) or usual
    yield from compare(expected, plan, {"": "blocking"})
    for index, line in enumerate(plan.service):
        path = f"plan.service[{index}]"
        if order.services and line.id not in stated:
            yield found("blocking", path, "a service that the order does not have", line.id)
        dishes = {dish.id for dish in plan.menu if not order.services or dish.service in ("", line.id)}
        if set(line.dishes) != dishes:
            other = ", ".join(sorted(dishes ^ set(line.dishes)))
            message = f"not the dishes of this service: {other}"
            yield found("blocking", f"{path}.dishes", message, len(line.dishes), len(dishes))
        if line.until <= line.at:
            yield found("blocking", f"{path}.until", "the service ends before it begins", line.until.isoformat())


def notes(evidence: Evidence) -> Findings:
    """A note for each profile with needs that eats at a service: its number, need and dishes; none for others."""
    for index, line in enumerate(evidence.plan.service):
        path = f"plan.service[{index}].notes"
        due = list(_due(evidence, line))
        if len(line.notes) != len(due):
            message = "there is one note for each profile with needs"
            yield found("warning", path, message, len(line.notes), len(due))
        for number, words in due:
            if not any(_says(note, number, words) for note in line.notes):
                message = f"no note says what {number} x {words[0]} eat"
                yield found("warning", path, message, "", ", ".join(words[1:]))


def _due(evidence: Evidence, line: ServiceLine) -> Iterator[tuple[int, list[str]]]:
    """Number of guests, and the words that a note on them has: their name, severity, needs and dishes."""
    for profile in evidence.plan.diets.profiles:
        eaten = {one.dish for one in evidence.plan.diets.eats if one.profile == profile.id}
        dishes = [evidence.dishes[one].name for one in line.dishes if one in eaten and one in evidence.dishes]
        if profile.needs and dishes:
            yield profile.count, [profile.name, profile.severity, *profile.needs, *dishes]


def _says(note: str, number: int, words: list[str]) -> bool:
    return note.startswith(f"{number} ") and all(word in note for word in words)


def own_plates(evidence: Evidence) -> Findings:
    """Guests with a grave allergy stand in the run of service, with a separate, covered, named plate and its owner."""
    for index, profile in enumerate(evidence.plan.diets.profiles):
        if profile.severity in GRAVE and profile.needs:
            yield from _own_plate(evidence, index)


def _own_plate(evidence: Evidence, index: int) -> Iterator[Finding]:
    profile = evidence.plan.diets.profiles[index]
    if not any(one.profile == profile.id for one in evidence.plan.diets.eats):
        return
    said = " ".join(note for line in evidence.plan.service for note in line.notes).casefold()
    words = ["separate", "covered", "name", "owner", *(need.casefold() for need in profile.needs)]
    if not all(word in said for word in words):
        message = f"no service note tells of the plates for {profile.name or ', '.join(profile.needs)}"
        yield found("blocking", f"plan.diets.profiles[{index}]", message, profile.severity, guests=profile.count)


CHECKS = {"service.run": served, "service.told": notes, "diets.precaution": own_plates}
