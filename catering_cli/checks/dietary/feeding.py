"""Who may eat what: only what is known to be safe feeds a guest, and guests get nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.cells import doubtful, ingredients, refuses
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.checks.reference.dues import Owed, owed, picked
from catering_cli.domain.decision import Assign
from catering_cli.domain.finding import Finding, Repair, Severity
from catering_cli.domain.names import HARMFUL
from catering_cli.domain.plan_parts.diets import PlanProfile


def _refuses(evidence: Evidence, dish: str, profile: PlanProfile) -> str:
    """Why a dish does not feed a profile; empty if it does."""
    row = evidence.rows.get(dish)
    return refuses(evidence, row, profile) if row else "no row in the matrix"


def _called(evidence: Evidence, dish: str) -> str:
    return evidence.dishes[dish].name if dish in evidence.dishes else dish


def may_eat(evidence: Evidence) -> Findings:
    """A profile may eat just the dishes whose every cell for its needs is none_found, free or compatible."""
    plates = {fold(one.dish) for one, _ in of_kind(evidence, Assign)}
    ordered = [dish for dish in evidence.plan.menu if evidence.menu_item(dish.id)]
    for_all = {dish.id for dish in ordered if fold(dish.name) not in plates}
    for path, profile in placed("plan.diets.profiles", evidence.plan.diets.profiles):
        guests = profile.name or profile.id
        for dish in profile.may_eat:
            if why := _refuses(evidence, dish, profile):
                message = f"{_called(evidence, dish)} does not feed {guests}: {why}"
                yield found("blocking", f"{path}.may_eat", message, dish, why, guests=profile.count)
        for dish in sorted(for_all.difference(profile.may_eat)):
            if not _refuses(evidence, dish, profile):
                message = f"{_called(evidence, dish)} would feed {guests}, and is not among their dishes"
                yield found("warning", f"{path}.may_eat", message, "", dish)


def given(evidence: Evidence) -> Findings:
    """No guest is given a dish that does not feed them."""
    for path, eats in placed("plan.diets.eats", evidence.plan.diets.eats):
        profile = evidence.profiles.get(eats.profile)
        if profile is None or eats.dish not in evidence.dishes:
            continue
        unlisted = "" if eats.dish in profile.may_eat else "it is not among their dishes"
        if why := _refuses(evidence, eats.dish, profile) or unlisted:
            message = f"{_called(evidence, eats.dish)} goes to {profile.name or profile.id}: {why}"
            yield found("blocking", path, message, eats.dish, why, guests=min(eats.portions, profile.count))


def chosen(evidence: Evidence) -> Findings:
    """Guests who chose dishes that feed them get just these of their course; what was chosen is on the menu."""
    profiles = {profile.source: profile for profile in evidence.plan.diets.profiles}
    for path, one in placed("order.guests.profiles", evidence.order.guests.profiles):
        profile = profiles.get(path)
        if profile is None or not one.choices:
            continue
        yield from _not_on_the_menu(evidence, path, one.choices)
        theirs = picked(evidence, profile)
        courses = {evidence.dishes[dish].course for dish in theirs.intersection(profile.may_eat)}
        for dish in evidence.plan.menu:
            gets = (profile.id, dish.id) in evidence.eaten
            if dish.id in theirs and dish.id not in profile.may_eat:
                why = _refuses(evidence, dish.id, profile)
                message = f"{profile.name} chose {dish.name}, which does not feed them: {why}"
                yield found("open", path, message, dish.name, fix="ask them for another choice", guests=profile.count)
            elif dish.course in courses and gets is not (dish.id in theirs):
                message = f"{profile.name} chose {', '.join(one.choices)}: {dish.name} is dealt otherwise"
                yield found("blocking", "plan.diets.eats", message, dish.id, path, guests=profile.count)


def _not_on_the_menu(evidence: Evidence, path: str, choices: tuple[str, ...]) -> Findings:
    """What guests chose and nothing on the menu is called."""
    names = {fold(dish.name) for dish in evidence.plan.menu} | evidence.dishes.keys()
    for name in dict.fromkeys(choices):
        if fold(name) not in names:
            on_it = ", ".join(dish.name for dish in evidence.plan.menu)
            message = f"guests chose {name!r}, which is not on the menu"
            yield found("open", f"{path}.choices", message, name, fix=f"name a dish of the menu: {on_it}")


def all_fed(evidence: Evidence) -> Findings:
    """Every profile gets its portions of every course, and no more than it is due."""
    for one in owed(evidence):
        if one.lacks:
            yield _hungry(evidence, one)
        elif one.over:
            message = f"{_name(one.profile)}: more portions of the {one.course} course than they are due"
            yield found("blocking", "plan.diets.eats", message, one.served, one.total)


def _hungry(evidence: Evidence, one: Owed) -> Finding:
    profile, course = one.profile, one.course
    index = evidence.plan.diets.profiles.index(profile)
    lacks = min(profile.count, one.lacks)
    who = f"{lacks} of the {profile.count} guests '{_name(profile)}' have"
    if profile.count == 1:
        who = f"'{_name(profile)}' has"
    message = f"{who} no {course}: {one.served} of {one.total} portions"
    where = f"plan.diets.profiles[{index}]"
    return found(_severity(one), where, message, one.served, one.total, fix=_remedies(evidence, one), guests=lacks)


BESIDE = ("bread", "drink")
"""What is taken beside the courses: a guest who has none of it still has a meal."""


def _severity(one: Owed) -> Severity:
    """A main that lacks is blocking, and any course for an allergy or worse; for a mere wish it is a warning."""
    if one.course == "main" or (one.profile.severity in HARMFUL and one.course not in BESIDE):
        return "blocking"
    wish = one.profile.needs and one.profile.severity == "preference"
    return "warning" if wish else "open"


def _remedies(evidence: Evidence, one: Owed) -> str:
    """A label that may settle it, then the plan's repairs with what each adds; without any, what has to be found."""
    told: dict[str, None] = dict.fromkeys(_labels(evidence, one))
    for lack in evidence.plan.diets.shortages:
        if (lack.profile, lack.course) == (one.profile.id, one.course):
            told |= dict.fromkeys(_told(repair) for repair in lack.repairs)
    needs = ", ".join(one.profile.needs) or "all guests"
    return "; or ".join(told) or f"add a {one.course} that is safe for {needs}, or raise a fixed portion count"


def _labels(evidence: Evidence, one: Owed) -> Iterator[str]:
    """The labels to read before a dish of the course may be given: of that which has the fewest."""
    found: list[tuple[int, str]] = []
    for dish in evidence.plan.menu:
        row = evidence.rows.get(dish.id)
        if dish.course != one.course or row is None or dish.id in one.profile.may_eat:
            continue
        asked = one.profile.model_copy(update={"severity": "preference"})
        unread = dict.fromkeys(chain.from_iterable(doubtful(evidence, dish, need) for need in one.profile.needs))
        listed = {line.item for line in ingredients(evidence, dish)}
        if unread and listed.issuperset(unread) and not refuses(evidence, row, asked):
            names = ", ".join(unread)
            found.append((len(unread), f"read the label of {names}: {dish.name} may then be given"))
    yield from (text for _, text in sorted(found)[:1])


def _told(repair: Repair) -> str:
    return repair.text if repair.cost is None else f"{repair.text} (adds {repair.cost})"


def _name(profile: PlanProfile) -> str:
    return profile.name or ", ".join(profile.needs) or profile.id


CHECKS = {
    "diets.may_eat": may_eat,
    "diets.eats": given,
    "diets.choices": chosen,
    "diets.unfed": all_fed,
}
