"""Kinds of guests, and the rule of who may eat what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, get_args

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.guests import Guests, Severity
from catering_cli.domain.plan_parts.diets import CellState, DietState, DishDiets, PlanProfile
from catering_cli.kitchen.dietary import allergens
from catering_cli.kitchen.dietary import diets as dietary
from catering_cli.kitchen.dietary.cell import SAFE
from catering_cli.kitchen.menu.services import headcount

EVERYBODY = "p0"
"""Id of the profile of all guests without a stated need."""


class _Stated(NamedTuple):
    """Guests with needs, as one entry of the order states them."""

    name: str
    needs: tuple[str, ...]
    guests: int
    severity: Severity
    source: str


def profiles(order: Order) -> tuple[PlanProfile, ...]:
    """p1, p2 ... as the order states them: profiles, then counts of diets and of allergies; p0 are all others.

    `source` is the path in the order; if it points into `diets` or `allergies`, overlaps are not known
    and each guest counted there is taken as a person of their own. Children without a stated need are in p0.
    """
    found = []
    for number, stated in enumerate(_stated(order.guests), start=1):
        found.append(
            PlanProfile(
                id=f"p{number}",
                name=stated.name or ", ".join(stated.needs),
                needs=stated.needs,
                count=stated.guests,
                severity=stated.severity,
                source=stated.source,
            )
        )
    others = headcount(order).set_for - sum(profile.count for profile in found)
    standard = PlanProfile(
        id=EVERYBODY,
        name="standard meals",
        count=max(others, 0),
        source="order.guests",
    )
    return (standard, *found)


def _stated(guests: Guests) -> Iterator[_Stated]:
    for i, profile in enumerate(guests.profiles):
        source = f"order.guests.profiles[{i}]"
        severity = profile.severity or _usual_severity(profile.needs)
        chose = "" if profile.needs else f"who chose {' and '.join(dict.fromkeys(profile.choices))}"
        yield _Stated(profile.name or chose, profile.needs, profile.count, severity, source)
    for i, keeping in enumerate(guests.diets):
        source = f"order.guests.diets[{i}]"
        yield _Stated("", (keeping.diet,), keeping.count, _usual_severity((keeping.diet,)), source)
    for i, avoiding in enumerate(guests.allergies):
        source = f"order.guests.allergies[{i}]"
        yield _Stated("", (avoiding.allergen,), avoiding.count, avoiding.severity, source)


COUNTED = ("order.guests.diets[", "order.guests.allergies[")
"""Paths at which the order counts a need without saying which other needs the same people have."""


def counted(order: Order) -> tuple[PlanProfile, ...]:
    """The counts of diets and allergies, whose people may be the same: the order does not say."""
    return tuple(profile for profile in profiles(order) if profile.source.startswith(COUNTED))


def together(several: Sequence[PlanProfile]) -> PlanProfile:
    """One person with the needs of several counts.

    `count` is the most there can be, `source` the paths of the counts.
    """
    names = [one.name for one in several]
    return PlanProfile(
        id="+".join(one.id for one in several),
        name=f"{', '.join(names[:-1])} and {names[-1]}",
        needs=tuple(chain.from_iterable(one.needs for one in several)),
        count=min(one.count for one in several),
        severity=max((one.severity for one in several), key=get_args(Severity).index),
        source=", ".join(one.source for one in several),
    )


def _usual_severity(needs: Sequence[str]) -> Severity:
    """What is not said: a diet that is a conviction is a preference; anything that may harm is taken as severe."""
    found = [dietary.diet(need) for need in needs]
    return "preference" if all(diet and not diet.cells for diet in found) else "severe"


def choices(order: Order, profile: str) -> tuple[str, ...]:
    """The dishes that the guests of a stated profile chose, by name; none for counts of diets and allergies."""
    for number, stated in enumerate(order.guests.profiles, start=1):
        if profile == f"p{number}":
            return stated.choices
    return ()


def columns(need: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of the matrix that a need stands for: those of diets, and those of allergens and foods."""
    if found := dietary.diet(need):
        return (found.name,), ()
    return (), tuple(target.name for target in allergens.targets(need))


WISHED: tuple[Severity, ...] = ("preference",)
"""Severities at which a dish is refused only for what is known to be in it."""


def feeds(row: DishDiets, profile: PlanProfile) -> bool:
    """Whether a dish may be given to a profile, by the severity of its needs.

    From an intolerance on only what is known: every cell none_found or free, every diet compatible. To a preference
    everything but a known conflict, its label to be confirmed; so also with a diet that no list of ingredients can
    show to be kept, whatever the severity. A need without a column feeds nothing.
    """
    wished = profile.severity in WISHED
    return _feeds(row, profile, lambda diet: wished or _is_unprovable(diet), wished=wished)


def is_known_to_feed(row: DishDiets, profile: PlanProfile) -> bool:
    """Whether a dish keeps all needs of a profile as far as words can show it, whatever their severity."""
    return _feeds(row, profile, lambda _: False, wished=False)


def _feeds(row: DishDiets, profile: PlanProfile, asked: Callable[[str], bool], *, wished: bool) -> bool:
    """Whether every need is kept: a diet that is `asked` for by no known conflict, else by what is known."""
    cells: dict[str, CellState] = {cell.allergen: cell.state for cell in row.cells}
    diets: dict[str, DietState] = {cell.diet: cell.state for cell in row.diets}
    for need in profile.needs:
        kept, avoided = columns(need)
        if not all(_suits(diets.get(name), wished=asked(name)) for name in kept):
            return False
        if not all(_is_absent(cells.get(name), wished=wished) for name in avoided):
            return False
    return True


def _suits(state: DietState | None, *, wished: bool) -> bool:
    return state == "compatible" or (wished and state == "cannot_tell")


def _is_absent(state: CellState | None, *, wished: bool) -> bool:
    return state in SAFE or (wished and state in ("may_contain", "unknown"))


def _is_unprovable(diet: str) -> bool:
    """Whether a diet is kept by how food was raised, killed or cooked, or by amounts."""
    return dietary.diets()[diet].unprovable
