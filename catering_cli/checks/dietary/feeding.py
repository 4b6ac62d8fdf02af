"""Who may eat what: only what is known to be safe feeds a guest, and guests get nothing else."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.cells import refuses
from catering_cli.checks.reference.decisions import fold, of_kind
from catering_cli.domain.decision import Assign


def may_eat(evidence: Evidence) -> Findings:
    """A profile may eat just the dishes whose every cell for its needs is none_found, free or compatible."""
    rows = {row.dish: row for row in evidence.plan.diets.rows}
    own = {fold(one.dish) for one, _ in of_kind(evidence, Assign)}
    for index, profile in enumerate(evidence.plan.diets.profiles):
        path = f"plan.diets.profiles[{index}].may_eat"
        for dish in profile.may_eat:
            why = refuses(rows[dish], profile) if dish in rows else "no row in the matrix"
            if why:
                name = evidence.dishes[dish].name if dish in evidence.dishes else dish
                message = f"{name} does not feed {profile.name or profile.id}: {why}"
                yield found("blocking", path, message, dish, why, guests=profile.count)
        for dish, row in rows.items():
            if dish in profile.may_eat or dish not in evidence.dishes or refuses(row, profile):
                continue
            if fold(evidence.dishes[dish].name) in own or evidence.menu_item(dish) is None:
                continue
            message = (
                f"{evidence.dishes[dish].name} would feed {profile.name or profile.id}, and is not among their dishes"
            )
            yield found("warning", path, message, "", dish)


def given(evidence: Evidence) -> Findings:
    """Nobody is given a dish that does not feed them."""
    profiles = {profile.id: profile for profile in evidence.plan.diets.profiles}
    rows = {row.dish: row for row in evidence.plan.diets.rows}
    for index, eats in enumerate(evidence.plan.diets.eats):
        profile = profiles.get(eats.profile)
        if profile is None or eats.dish not in evidence.dishes:
            continue
        why = refuses(rows[eats.dish], profile) if eats.dish in rows else "no row in the matrix"
        if eats.dish not in profile.may_eat:
            why = why or "it is not among their dishes"
        if why:
            message = f"{evidence.dishes[eats.dish].name} goes to {profile.name or profile.id}: {why}"
            path = f"plan.diets.eats[{index}]"
            yield found("blocking", path, message, eats.dish, why, guests=min(eats.portions, profile.count))


def chosen(evidence: Evidence) -> Findings:
    """Who chose a dish that feeds them gets it."""
    for number, stated in enumerate(evidence.order.guests.profiles):
        source = f"order.guests.profiles[{number}]"
        profile = next((one for one in evidence.plan.diets.profiles if one.source == source), None)
        if profile is None:
            continue
        names = {fold(name) for name in stated.choices}
        for dish in evidence.plan.menu:
            picked = fold(dish.name) in names or dish.id in names
            if not picked or dish.id not in profile.may_eat:
                continue
            if not any(eats.profile == profile.id and eats.dish == dish.id for eats in evidence.plan.diets.eats):
                message = f"{profile.name or profile.id} chose {dish.name} and do not get it"
                yield found("warning", "plan.diets.eats", message, dish.id, source)


CHECKS = {"diets.may_eat": may_eat, "diets.eats": given, "diets.choices": chosen}
