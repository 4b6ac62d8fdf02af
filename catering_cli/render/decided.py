"""What a model decided, in the words of a kitchen, with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from catering_cli.domain import decision as d
from catering_cli.domain.names import NO_MODEL
from catering_cli.domain.proposed import by_models
from catering_cli.render.wording import counted, dish_names, quantity_text

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

Names = Mapping[str, str]
"""Names of dishes and of kinds of guests, by id."""


def model_decision_lines(plan: CateringPlan) -> list[str]:
    """What models decided and a person may keep or take out, a line for each, with its id."""
    names = _names(plan)
    return [
        f"{ident} | {_headed(one.decision, names)}{_because(one.decision)} | {_maker(one)}"
        for ident, one in by_models(plan).items()
    ]


def _names(plan: CateringPlan) -> Names:
    return dish_names(plan) | {profile.id: profile.name or profile.id for profile in plan.diets.profiles}


def _headed(made: Any, names: Names) -> str:
    said = _SAYS[type(made)](made, names)
    return f"{_when(made)}: {said}" if isinstance(made, d.MakeOn) else said


def _because(made: Any) -> str:
    why = getattr(made, "why", "")
    return f" ({why})" if why else ""


def _maker(one: d.Decided) -> str:
    return f"{one.by}; accepted by {one.accepted_by}" if one.accepted_by else one.by


def decided_by_models(plan: CateringPlan) -> Iterator[tuple[str, str]]:
    """What models decided of menu, amounts, times and day, each as a sentence and by whom; words alone are no part."""
    names = _names(plan)
    told: defaultdict[_Alike, list[str]] = defaultdict(list)
    for one in plan.decisions:
        say = _SAYS.get(type(one.decision))
        if say is not None and one.by not in NO_MODEL:
            told[_alike(one)].append(say(one.decision, names))
    for alike, said in told.items():
        sentences = [f"{alike.head}: {', '.join(said)}"] if alike.head else said
        for sentence in sentences:
            yield f"{sentence}{alike.because}", alike.by


class _Alike(NamedTuple):
    """What decisions have in common that are told in one sentence."""

    head: str
    """when, of what is made on a day; else empty, and each has its own sentence"""
    because: str
    by: str


def _alike(one: d.Decided) -> _Alike:
    head = _when(one.decision) if isinstance(one.decision, d.MakeOn) else ""
    return _Alike(head, _because(one.decision), _maker(one))


def _named(dish: str, names: Names) -> str:
    return names.get(dish, dish)


def _when(made: d.MakeOn) -> str:
    days = {0: "made on the day itself", 1: "made on the day before"}
    return days.get(made.days_before, f"made {made.days_before} days before")


def _day(made: d.MakeOn, names: Names) -> str:
    return f"{_named(made.dish, names)} step {made.step}"


def _times(made: d.SplitTask, names: Names) -> str:
    said = [f"at the {made.place}"] if made.place == "venue" else []
    said += ["in the kitchen"] if made.place == "base" else []
    said += [f"{made.minutes} min"] if made.minutes is not None else []
    said += [f"holds {made.max_hold_minutes} min"] if made.max_hold_minutes is not None else []
    said += [f"up to {made.make_ahead_hours} h ahead"] if made.make_ahead_hours is not None else []
    said += [f"on {', '.join(made.equipment)}"] if made.equipment else []
    return f"{_named(made.dish, names)}, step {made.step}: {', '.join(said) or 'times'}"


def _added(made: d.AddDish, names: Names) -> str:
    return f"{_named(made.dish, names)} is added{f' to {made.service}' if made.service else ''}"


def _measure(made: d.InformalMeasure, _names: Names) -> str:
    return f"a {made.measure or 'piece'} of {made.item} is {quantity_text(made.quantity)}"


_SAYS: Mapping[type, Callable[[Any, Names], str]] = {
    d.Substitute: lambda x, n: f"{_named(x.dish, n)}: {x.by_item} in the place of {x.item}",
    d.Assign: lambda x, n: f"{_named(x.profile, n)} get {_named(x.dish, n)}",
    d.AddDish: _added,
    d.DropDish: lambda x, n: f"{_named(x.dish, n)} is taken off",
    d.ReplaceDish: lambda x, n: f"{x.by_dish} in the place of {_named(x.dish, n)}",
    d.Share: lambda x, n: f"{_named(x.dish, n)}: weight {x.popularity} among what guests choose from",
    d.ServeAt: lambda x, n: f"{_named(x.dish, n)} for {x.service} alone",
    d.LeaveOut: lambda x, n: f"{_named(x.dish, n)} without {x.item}",
    d.MakeOn: _day,
    d.FireOrder: lambda x, n: f"{_named(x.dish, n)} is fired after {_named(x.after, n)}",
    d.SharedBatch: lambda x, n: f"{_named(x.dish, n)} goes into one oven with {_named(x.with_dish, n)}",
    d.SplitTask: _times,
    d.DraftedRecipe: lambda x, n: f"a recipe for {_named(x.dish, n)}, drafted",
    d.Staffing: lambda x, _: counted(x.count, x.role),
    d.Overage: lambda x, n: f"{_named(x.dish, n)}: {x.percent} % beyond the need",
    d.SameFood: lambda x, _: f"{', '.join(x.items)} is {x.food}",
    d.InformalMeasure: _measure,
}
