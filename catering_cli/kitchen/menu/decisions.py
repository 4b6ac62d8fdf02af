"""Decisions folded by what they decide: the last one on a thing holds, and the client's own hold against all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.names import HOUSE
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import RecipeStep

D = TypeVar("D")

_ABOUT: Mapping[type, Callable[[Any], tuple[str, ...]]] = {
    d.Substitute: lambda x: (x.dish, x.item),
    d.Assign: lambda x: (x.profile, x.dish),
    d.AddDish: lambda x: (x.dish,),
    d.DropDish: lambda x: (x.dish,),
    d.ReplaceDish: lambda x: (x.dish,),
    d.Share: lambda x: (x.dish,),
    d.ServeAt: lambda x: (x.dish,),
    d.LeaveOut: lambda x: (x.dish, x.item),
    d.MakeOn: lambda x: (x.dish, str(x.step)),
    d.FireOrder: lambda x: (x.dish, x.after),
    d.SharedBatch: lambda x: (x.dish, str(x.step), x.with_dish, str(x.with_step)),
    d.SameFood: lambda x: (x.food,),
    d.InformalMeasure: lambda x: (x.item, x.measure),
    d.DraftedRecipe: lambda x: (x.dish,),
    d.Technique: lambda x: (x.dish,),
    d.SplitTask: lambda x: (x.dish, str(x.step)),
    d.Department: lambda x: (x.item,),
    d.Staffing: lambda x: (x.role,),
    d.Overage: lambda x: (x.dish,),
    d.Brief: lambda x: (x.audience,),
    d.Overview: lambda _: (),
    d.Critique: lambda _: (),
    d.Text: lambda x: (x.name,),
    d.OpenQuestion: lambda x: (x.about, x.text),
    d.Instruction: lambda x: (x.quote,),
    d.Translation: lambda x: (x.dish, str(x.step), x.lang),
    d.ChangeOrder: lambda x: (x.path, x.quote),
    d.NothingToDo: lambda x: (x.quote,),
    d.MakeFor: lambda x: (x.base, x.dish, x.event),
    d.TakeMade: lambda x: (x.base,),
}


def about(decision: Decision) -> tuple[str, ...]:
    """What a decision decides: its kind and the names it is about, case aside. Two with the same answer compete."""
    names = _ABOUT[type(decision)](decision)
    return (decision.kind, *(folded(name) for name in names))


def dish_ids(order: Order) -> dict[str, str]:
    """Dish ids by the name on the menu, case aside: the first of that name. Ids are d1, d2 ... in menu order."""
    ids: dict[str, str] = {}
    for number, item in enumerate(order.menu, start=1):
        ids.setdefault(folded(item.dish), f"d{number}")
    return ids


def folded(name: str) -> str:
    """A name as names are compared: case and outer spaces aside."""
    return name.strip().casefold()


class DecisionIndex(NamedTuple):
    """Decisions by what they decide."""

    by_key: Mapping[tuple[str, ...], Decided]

    def one(self, kind: type[D], *names: str) -> D | None:
        """The decision of that type about those names, or None."""
        found = self.who(kind, *names)
        return found.decision if found else None  # type: ignore[return-value]

    def who(self, kind: type[Any], *names: str) -> Decided | None:
        """The same with who made it."""
        if not self.by_key:
            return None
        label = kind.model_fields["kind"].default
        key = (label, *map(folded, names))
        return self.by_key.get(key)

    def all(self, kind: type[D]) -> tuple[tuple[D, str], ...]:
        """All decisions of a type, each with who made it, in the order they were made."""
        found = [decided for decided in self.by_key.values() if isinstance(decided.decision, kind)]
        return tuple((decided.decision, decided.by) for decided in found)  # type: ignore[misc]

    def quoting(self) -> Iterator[tuple[Decided, str]]:
        """Decisions about the client's words, each with the words."""
        for decided in self.by_key.values():
            quote = getattr(decided.decision, "quote", "")
            if quote:
                yield decided, quote

    def same_food(self) -> dict[str, str]:
        """Food to buy by name, case aside."""
        foods: dict[str, str] = {}
        for decision, _ in self.all(d.SameFood):
            foods.update((folded(item), decision.food) for item in decision.items)
        return foods


_OF_STEP = (
    "minutes", "active_minutes", "equipment", "batch_portions", "max_hold_minutes", "make_ahead_hours", "storage",
    "place",
)  # fmt: skip
"""Fields of a step that a decision may set."""


def decided_step(dish: str, number: int, step: RecipeStep, judged: DecisionIndex) -> tuple[RecipeStep, str]:
    """The step with what was decided of its time and place, and by whom; a batch is only ever made smaller."""
    found = judged.who(d.SplitTask, dish, str(number))
    if found is None:
        return step, "kitchen"
    values = {name: getattr(found.decision, name) for name in _OF_STEP}
    settled = {name: value for name, value in values.items() if value is not None}
    if step.batch_portions and settled.get("batch_portions", 0) > step.batch_portions:
        settled["batch_portions"] = step.batch_portions
    return step.model_copy(update=settled), found.by


def fold(order: Order, decisions: Iterable[Decided] = ()) -> DecisionIndex:
    """Fold what the house has learnt, the decisions, and the client's own of the order, which win.

    Dish names become dish ids.
    """
    ids = dish_ids(order)
    given = [_with_id(decided, ids) for decided in (*of_house(order), *decisions)]
    own = [_with_id(Decided(decision=decision, by="client"), ids) for decision in order.decisions]
    given.sort(key=_is_settled)
    return DecisionIndex({about(decided.decision): decided for decided in (*given, *own)})


def of_house(order: Order) -> tuple[Decided, ...]:
    """What the house has learnt, as decisions: whatever else is decided goes before it."""
    return tuple(Decided(decision=row.decision, by=HOUSE) for row in order.learnt if row.decision)


def _is_settled(decided: Decided) -> bool:
    return decided.is_settled


def _with_id(decided: Decided, ids: Mapping[str, str]) -> Decided:
    """The decision about the ids of the dishes that it names; a dish to add has none yet."""
    decision = decided.decision
    if isinstance(decision, d.AddDish):
        return decided
    named = {field: ids.get(folded(getattr(decision, field, None) or "")) for field in _DISHES}
    known = {field: dish for field, dish in named.items() if dish is not None}
    return decided.model_copy(update={"decision": decision.model_copy(update=known)}) if known else decided


_DISHES = ("dish", "after", "with_dish")
"""Fields that name a dish of the menu."""
