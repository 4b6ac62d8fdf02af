"""Who eats how much of what: the portions of a course are split over its dishes by how popular they are."""

from __future__ import annotations

from fractions import Fraction

from catering_cli.checks.dietary.portions_due import dues
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import of_kind
from catering_cli.domain.decision import Assign


def split(evidence: Evidence) -> Findings:
    """A profile's portions of a course are shared out by popularity, to a portion a sitting, where nothing limits it.

    Not judged: courses with a dish whose portions the order fixes, and profiles that chose or were assigned dishes.
    """
    fixed = {ident for ident in evidence.dishes if (item := evidence.menu_item(ident)) and item.portions is not None}
    chose = {f"order.guests.profiles[{i}]" for i, one in enumerate(evidence.order.guests.profiles) if one.choices}
    assigned = {one.profile for one, _ in of_kind(evidence, Assign)}
    due: dict[tuple[str, str], tuple[Fraction, int]] = {}
    for one in dues(evidence):
        if one.profile.id in assigned or one.profile.source in chose or fixed & set(one.dishes):
            continue
        weights = {dish: item.popularity if (item := evidence.menu_item(dish)) else 1 for dish in one.dishes}
        for dish in one.dishes:
            share = Fraction(one.due) if one.each else Fraction(one.due * weights[dish], sum(weights.values()))
            total, sittings = due.get((one.profile.id, dish), (Fraction(0), 0))
            due[one.profile.id, dish] = (total + share, sittings + 1)
    got = {(eats.profile, eats.dish): eats.portions for eats in evidence.plan.diets.eats}
    for (profile, dish), (total, sittings) in due.items():
        said = got.get((profile, dish), 0)
        if abs(said - total) >= sittings:
            message = f"{evidence.dishes[dish].name}: not the share of {profile} in its course"
            yield found("warning", "plan.diets.eats", message, said, f"{float(total):g}")


CHECKS = {"diets.shares": split}
