"""What no list of ingredients can prove: the labels and certificates to see before guests eat."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.cells import foods_of
from catering_cli.checks.reference.foods import row_of
from catering_cli.checks.reference.labels import labels
from catering_cli.checks.reference.needs import GRAVE, avoided, canonical, diet_named
from catering_cli.domain.diets import PlanProfile
from catering_cli.domain.finding import Finding

CERTIFIED = ("halal", "kosher-style", "kosher", "gluten-free")
"""Diets that an ingredient list cannot prove; 21 CFR 101.91 for gluten, certification for the others."""

MOST = 6


def to_see(evidence: Evidence) -> Findings:
    """none_found for a grave allergy, and halal, kosher-style and gluten-free always: what to see is named."""
    for index, profile in enumerate(evidence.plan.diets.profiles):
        path = f"plan.diets.profiles[{index}]"
        eaten = [eats.dish for eats in evidence.plan.diets.eats if eats.profile == profile.id]
        for need in profile.needs:
            diet = diet_named(need)
            if diet in CERTIFIED and eaten:
                yield from _certificate(evidence, profile, str(diet), eaten, path)
            elif diet is None and profile.severity in GRAVE:
                for name in avoided(need):
                    yield from _label(evidence, profile, name, eaten, path)


def _certificate(evidence: Evidence, profile: PlanProfile, diet: str, eaten: list[str], path: str) -> Iterator[Finding]:
    """One finding for a profile and diet; none where every ingredient of their dishes has the certificate."""
    missing = _without(evidence, eaten, diet)
    if not missing:
        return
    names = _names(evidence, eaten)
    message = (
        f"{profile.name or profile.id}: no conflict with {diet} found in {names}; a list of ingredients cannot prove it"
    )
    fix = f"see a {diet} certificate or label for {_some(missing)}"
    yield found("open", path, message, diet, fix=fix, guests=profile.count)


def _label(evidence: Evidence, profile: PlanProfile, allergen: str, eaten: list[str], path: str) -> Iterator[Finding]:
    cells = {(row.dish, canonical(cell.allergen)): cell.state for row in evidence.plan.diets.rows for cell in row.cells}
    unseen = [dish for dish in eaten if cells.get((dish, allergen)) == "none_found"]
    if not unseen:
        return
    missing = _without(evidence, unseen, "")
    message = f"{profile.name or profile.id} ({profile.severity}): no {allergen} found in {_names(evidence, unseen)}"
    message += "; only labels prove it absent"
    fix = f"read the labels of {_some(missing)} for {allergen} and write them into order.products"
    yield found("open", path, message, allergen, fix=fix, guests=profile.count)


def _without(evidence: Evidence, dishes: list[str], certificate: str) -> list[str]:
    """Ingredients of dishes for which no label (of that certificate) was read, those that a label decides first.

    Plain food that comes without a label is left out, unless there is nothing else.
    """
    items: dict[str, None] = {}
    for ident in dishes:
        dish = evidence.dishes.get(ident)
        for item, _ in foods_of(evidence, dish) if dish else ():
            read = labels(evidence, item)
            seen = any(not certificate or certificate in {one.casefold() for one in label.certified} for label in read)
            if not seen:
                items[item] = None
    last = RANKS["meat"] if certificate in BY_SOURCE else RANKS["packed"]
    ranked = sorted((_rank(item), item) for item in items)
    return [item for rank, item in ranked if rank <= last] or [item for _, item in ranked]


RANKS = {"compound": 0, "unsure": 1, "packed": 2, "meat": 3, "plain": 4}
"""How much a label can decide: what is in a compound; what some makes contain; what else the packer packs."""

UNLABELLED = {"produce": "plain", "meat": "meat", "poultry": "meat", "seafood": "meat"}
"""Departments whose plain food comes without a label."""

BY_SOURCE = ("halal", "kosher-style", "kosher")
"""Certificates of how an animal was raised and killed."""


def _rank(item: str) -> int:
    """Where an ingredient stands among those whose label is to be read."""
    row = row_of(item)
    if row is None or row["compound"] == "yes":
        return RANKS["compound"]
    if row["may_contain"]:
        return RANKS["unsure"]
    return RANKS[UNLABELLED.get(row["department"], "packed")]


def _names(evidence: Evidence, dishes: list[str]) -> str:
    return ", ".join(evidence.dishes[one].name for one in dict.fromkeys(dishes) if one in evidence.dishes)


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")


CHECKS = {"diets.labels": to_see}
