"""How many portions of a course each profile is due, counted again from the guests and the table of portions."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.dues import Owed, owed
from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.finding import Finding, Repair, Severity
from catering_cli.domain.names import HARMFUL


def all_fed(evidence: Evidence) -> Findings:
    """Every profile gets its portions of every course, and no more than it is due."""
    for one in owed(evidence):
        if one.lacks:
            yield _hungry(evidence, one)
        elif one.over:
            message = f"{_name(one.profile)} get more portions of the {one.course} course than they are due"
            yield found("blocking", "plan.diets.eats", message, one.served, one.total)


def _hungry(evidence: Evidence, one: Owed) -> Finding:
    profile, course = one.profile, one.course
    index = evidence.plan.diets.profiles.index(profile)
    lacks = min(profile.count, one.lacks)
    message = f"{lacks} of the {profile.count} guests '{_name(profile)}' have no {course}: "
    message += f"{one.served} of {one.total} portions"
    where = f"plan.diets.profiles[{index}]"
    return found(_severity(one), where, message, one.served, one.total, fix=_remedies(evidence, one), guests=lacks)


def _severity(one: Owed) -> Severity:
    """A main that lacks is blocking, and any course for an allergy or worse; for a mere wish it is a warning."""
    if one.course == "main" or one.profile.severity in HARMFUL:
        return "blocking"
    wish = one.profile.needs and one.profile.severity == "preference"
    return "warning" if wish else "open"


def _remedies(evidence: Evidence, one: Owed) -> str:
    """The plan's repairs, cheapest first, with what each adds; without any, what has to be found."""
    told: dict[str, None] = {}
    for lack in evidence.plan.diets.shortages:
        if (lack.profile, lack.course) == (one.profile.id, one.course):
            told |= dict.fromkeys(_told(repair) for repair in lack.repairs)
    needs = ", ".join(one.profile.needs) or "all guests"
    return "; or ".join(told) or f"add a {one.course} that is safe for {needs}, or raise a fixed portion count"


def _told(repair: Repair) -> str:
    return repair.text if repair.cost is None else f"{repair.text} (adds {repair.cost})"


def _name(profile: PlanProfile) -> str:
    return profile.name or ", ".join(profile.needs) or profile.id


CHECKS = {"diets.unfed": all_fed}
