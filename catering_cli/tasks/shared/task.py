"""What a task is: one kind of judgement that a model, the kitchen or a client can make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan


class Wire(BaseModel):
    """Base of everything that goes over the wire: closed, every field required, no dicts, no recursion."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        allow_inf_nan=False,
    )


G = TypeVar("G", bound=Wire)
A = TypeVar("A", bound=Wire)


def _all_of_it(given: G, _decided: Sequence[Decision]) -> G:
    return given


def _something(_given: object) -> bool:
    return False


def _item_by_item(_given: object) -> Sequence[str]:
    return ()


def _no_more(_order: object, _given: object) -> Callable[[object], Sequence[Finding]]:
    return lambda _answer: ()


def _nothing(_given: object, _by_models: bool) -> tuple[Decision, ...]:
    return ()


@dataclass(frozen=True)
class Task(Generic[G, A]):
    """A frozen value; one module of this package each.

    `given` is small and canonical: nothing the judgement does not depend on, sizes rounded to two
    significant figures. `check` judges decisions, whether a model, the kitchen or a client made them: a
    blocking finding rejects an answer, an open one keeps it while the next tier is asked for `rest` alone.
    """

    name: str
    prompt: str
    """file name of the stable part of the prompt, in the folder `prompts`"""
    Given: type[G]
    Answer: type[A]
    given: Callable[[Order, str, Sequence[Decided]], G]
    """order, subject ('order' or a dish id), decisions of the ancestors in plan order"""
    default: Callable[[G], A]
    """the kitchen's answer"""
    decide: Callable[[G, A], tuple[Decision, ...]]
    check: Callable[[G, Sequence[Decision]], list[Finding]]
    is_open: Callable[[G], bool]
    """whether the kitchen has no answer to a part of it: then `when: blocked` and `when: open` ask a model"""
    betters: Callable[[G], bool] = _something
    """whether a judgement could be better than the kitchen's answer: then `when: open` asks a model first"""
    wants: tuple[str, ...] = ()
    """tasks whose decisions it reads: lint adds the data edges"""
    per_dish: bool = False
    """whether its subject is a dish, else the order"""
    rest: Callable[[G, Sequence[Decision]], G] = _all_of_it
    """what the decisions leave open: the next tier is asked for that alone"""
    is_empty: Callable[[G], bool] = _something
    """whether there is nothing to judge at all: then no model is asked, not even under `when: always`"""
    leave: Callable[[G, bool], tuple[Decision, ...]] = _nothing
    """what the kitchen says in the end, knowing whether a model's answer stands: questions for a person"""
    whole: Callable[[G], Sequence[str]] = _item_by_item
    """fields of an answer that stand or fall as one; of the others each element and each text stands by itself"""
    proof: Callable[[Order, G], Callable[[A], Sequence[Finding]]] = _no_more
    """what an answer must hold beside `check`, of the whole order, which is no part of what is sent"""
    given_plan: Callable[[CateringPlan], G] | None = None
    """for a task that judges a cooked and checked plan: its given from that, if a model is asked"""


AnyTask = Task[Any, Any]
"""A task whose types do not matter to what handles it."""
