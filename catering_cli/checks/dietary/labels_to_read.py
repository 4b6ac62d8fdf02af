"""What no list of ingredients can prove: the labels and certificates to see before guests eat."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.cells import Ingredient, doubtful, ingredients, states
from catering_cli.checks.reference.foods import RANKS, is_staple, label_rank
from catering_cli.checks.reference.needs import avoided, diet_named
from catering_cli.domain.finding import Finding
from catering_cli.domain.names import GRAVE
from catering_cli.domain.plan_parts.diets import PlanProfile
from catering_cli.domain.plan_parts.menu import Dish

BY_SOURCE = ("halal", "kosher-style", "kosher")
"""Certificates of how an animal was raised and killed."""

CERTIFIED = (*BY_SOURCE, "gluten-free")
"""Diets that an ingredient list cannot prove; 21 CFR 101.91 for gluten, certification for the others."""

MOST = 6
"""Foods that a finding names."""


def to_see(evidence: Evidence) -> Findings:
    """none_found for a grave allergy, and halal, kosher-style and gluten-free always: what to see is named.

    Of a dish that is given to a wish although it cannot be told whether it keeps it, the label to confirm.
    """
    for path, profile in placed("plan.diets.profiles", evidence.plan.diets.profiles):
        eaten = [dish for ident, dish in evidence.dishes.items() if (profile.id, ident) in evidence.eaten]
        for need in profile.needs:
            diet = diet_named(need)
            if diet in CERTIFIED:
                yield from _certificate(evidence, profile, diet, eaten, path)
            elif diet is None and profile.severity in GRAVE:
                for name in avoided(need):
                    yield from _label(evidence, profile, name, eaten, path)
            else:
                yield from _confirm(evidence, profile, need, eaten, path)


def _confirm(evidence: Evidence, profile: PlanProfile, need: str, eaten: list[Dish], path: str) -> Iterator[Finding]:
    """One finding for a profile and need, if guests get dishes of which it cannot be told whether they keep it."""
    doubts = {dish.name: why for dish in eaten if (why := doubtful(evidence, dish, need))}
    if doubts:
        named = dict.fromkeys(chain.from_iterable(doubts.values()))
        listed = {one.item for one in chain.from_iterable(ingredients(evidence, dish) for dish in eaten)}
        labels = [item for item in named if item in listed]
        said = f"it cannot be told whether {_some(list(doubts))} can be given to {need}: {_some(list(named))}"
        read = f"confirm the label of {_some(labels)} and write it into order.products"
        fix = read if labels else "ask these guests what they can eat, and tell them what is in it"
        yield found("open", path, f"{_guests(profile)}: {said}", need, fix=fix, guests=profile.count)


def _certificate(
    evidence: Evidence, profile: PlanProfile, diet: str, eaten: list[Dish], path: str
) -> Iterator[Finding]:
    """One finding for a profile and diet; none if every ingredient of their dishes has the certificate."""
    missing = _without(evidence, eaten, diet)
    if missing:
        said = f"no conflict with {diet} found in {_names(eaten)}; a list of ingredients cannot prove it"
        fix = f"see a {diet} certificate or label for {_some(missing)}"
        yield found("open", path, f"{_guests(profile)}: {said}", diet, fix=fix, guests=profile.count)


def _label(evidence: Evidence, profile: PlanProfile, allergen: str, eaten: list[Dish], path: str) -> Iterator[Finding]:
    unseen = [dish for dish in eaten if _none_found(evidence, dish, allergen)]
    unread = _without(evidence, unseen, "")
    if unread:
        said = f"no {allergen} found in {_names(unseen)}; only labels prove it absent"
        fix = f"read the labels of {_some(unread)} for {allergen} "
        fix += "and write them into order.products"
        message = f"{_guests(profile)} ({profile.severity}): {said}"
        yield found("open", path, message, allergen, fix=fix, guests=profile.count)


def _none_found(evidence: Evidence, dish: Dish, allergen: str) -> bool:
    row = evidence.rows.get(dish.id)
    return row is not None and states(evidence, row).get(allergen) == "none_found"


def _guests(profile: PlanProfile) -> str:
    return profile.name or profile.id


def _without(evidence: Evidence, dishes: list[Dish], certificate: str) -> list[str]:
    """Ingredients of dishes for which no label (of that certificate) was read, those that a label decides first.

    Staples have none to read. Plain food that comes without a label is left out; a certificate may be asked for it.
    """
    items: set[str] = set()
    for dish in dishes:
        unseen = [one.item for one in ingredients(evidence, dish) if not _seen(one, certificate)]
        items.update(item for item in unseen if not is_staple(item))
    last = RANKS["meat"] if certificate in BY_SOURCE else RANKS["packed"]
    ranked = sorted(items, key=lambda item: (label_rank(item), item))
    listed = [item for item in ranked if label_rank(item) <= last]
    return ranked if certificate and not listed else listed


def _seen(one: Ingredient, certificate: str) -> bool:
    """Whether a label of an ingredient was read; one with the certificate, if one is asked for."""
    return any(not certificate or certificate in map(str.casefold, label.certified) for label in one.labels)


def _names(dishes: list[Dish]) -> str:
    return ", ".join(dish.name for dish in dishes)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


CHECKS = {"diets.labels": to_see}
