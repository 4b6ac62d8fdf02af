"""One count everywhere: guests of the order, of the plan's head, of the profiles and of each service."""

from __future__ import annotations

from catering_cli.checks.compare import compare
from catering_cli.checks.evidence import Evidence, Findings, found


def one_count(evidence: Evidence) -> Findings:
    """The plan's head repeats the order's counts, and is set for all who are paid for or expected."""
    guests = evidence.order.guests
    expected = guests.expected if guests.expected is not None else guests.guaranteed
    counts = {
        "headcount.guaranteed": guests.guaranteed,
        "headcount.expected": expected,
        "headcount.extra_meals": sum(meal.count for meal in guests.extra_meals),
        "headcount.set_for": max(guests.guaranteed, expected),
    }
    yield from compare(counts, evidence.plan, {"": "blocking"})


def everybody_has_a_profile(evidence: Evidence) -> Findings:
    """The profiles hold each guest once: their counts add up to the places that are set and the meals beside them."""
    profiles = evidence.plan.diets.profiles
    total = sum(profile.count for profile in profiles)
    due = evidence.plan.headcount.set_for + evidence.plan.headcount.extra_meals
    if total != due:
        message = "the profiles hold more or fewer guests than places are set for"
        yield found("blocking", "plan.diets.profiles", message, total, due, guests=abs(due - total))
    ids = [profile.id for profile in profiles]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield found("blocking", "plan.diets.profiles", "two profiles have one id", twice)


def stated_profiles(evidence: Evidence) -> Findings:
    """Every profile, diet and allergy that the order states is a profile of the plan with its count and severity."""
    guests = evidence.order.guests
    stated: list[tuple[tuple[str, ...], int, str | None, str]]
    stated = [(tuple(one.needs), one.count, one.severity, f"order.guests.profiles[{i}]")
              for i, one in enumerate(guests.profiles)]  # fmt: skip
    stated += [((one.diet,), one.count, None, f"order.guests.diets[{i}]") for i, one in enumerate(guests.diets)]
    stated += [((one.allergen,), one.count, one.severity, f"order.guests.allergies[{i}]")
               for i, one in enumerate(guests.allergies)]  # fmt: skip
    stated += [((), one.count, None, f"order.guests.extra_meals[{i}]") for i, one in enumerate(guests.extra_meals)]
    left = list(enumerate(evidence.plan.diets.profiles))
    for number, (needs, count, severity, where) in enumerate(stated, start=1):
        match = next((entry for entry in left if _same_needs(entry[1].needs, needs) and entry[1].source == where), None)
        match = match or next((entry for entry in left if needs and _same_needs(entry[1].needs, needs)), None)
        if match is None:
            message = f"no profile of the plan stands for {', '.join(needs) or 'the crew'}"
            yield found("blocking", "plan.diets.profiles", message, "", where, guests=count)
            continue
        left.remove(match)
        index, profile = match
        path = f"plan.diets.profiles[{index}]"
        if needs and profile.id != f"p{number}":
            message = f"{where} is what decisions call p{number}"
            yield found("blocking", f"{path}.id", message, profile.id, f"p{number}")
        if profile.count != count:
            yield found("blocking", f"{path}.count", f"{where} says {count} guests", profile.count, count)
        if severity is not None and profile.severity != severity:
            yield found("blocking", f"{path}.severity", f"{where} says {severity}", profile.severity, severity)
    for index, profile in left:
        if profile.needs:
            message = f"no guest of the order has the needs {', '.join(profile.needs)}"
            yield found("warning", f"plan.diets.profiles[{index}]", message, profile.id)


def _same_needs(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return sorted(need.strip().casefold() for need in one) == sorted(need.strip().casefold() for need in other)


CHECKS = {
    "headcount.one": one_count,
    "headcount.profiles": everybody_has_a_profile,
    "headcount.stated": stated_profiles,
}
