"""What a task is: one kind of judgement that a model, the kitchen or a client can make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order


class Wire(BaseModel):
    """Base of everything that goes over the wire: closed, every field required, no dicts, no recursion."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


G = TypeVar("G", bound=Wire)
A = TypeVar("A", bound=Wire)


@dataclass(frozen=True)
class Task(Generic[G, A]):
    """A frozen value; one module of this package each.

    `given` is small and canonical: nothing the judgement does not depend on, sizes rounded to two
    significant figures. `check` judges decisions, whoever made them: a blocking finding rejects an
    answer, an open one keeps it while the next tier is asked.
    """

    name: str
    purpose: str
    """one line for `catering routes` and the README"""
    prompt: str
    """file name of the stable part of the prompt, beside the module"""
    Given: type[G]
    Answer: type[A]
    given: Callable[[Order, str, Sequence[Decided]], G]
    """order, subject ('order' or a dish id), decisions of the ancestors in plan order"""
    default: Callable[[G], A]
    """the kitchen's answer"""
    decide: Callable[[G, A], tuple[Decision, ...]]
    check: Callable[[G, Sequence[Decision]], list[Finding]]
    is_open: Callable[[G], bool]
    """whether the kitchen's answer leaves something to a model; `when: open` asks only then"""
    wants: tuple[str, ...] = ()
    """tasks whose decisions it reads: lint adds the data edges"""
    per_dish: bool = False
    """whether its subject is a dish, else the order"""
