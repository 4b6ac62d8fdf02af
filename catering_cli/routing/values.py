"""What a routing file says, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Provider = Literal["anthropic", "openai", "scripted", "builtin"]
PROVIDERS = ("anthropic", "openai", "scripted", "builtin")
EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")


@dataclass(frozen=True, slots=True)
class Price:
    """USD per million tokens."""

    input: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True)
class Tier:
    """Who answers. What a model accepts (`efforts`, `temperature`) is data here; None: the vendor's usual."""

    provider: Provider
    model: str = ""
    base_url: str | None = None
    api: Literal["responses", "chat"] = "responses"
    key_env: str | None = None
    price: Price | None = None
    efforts: tuple[str, ...] | None = None
    temperature: bool | None = None
    script: str | None = None
    name: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """How one task is asked: the chain of tiers and what goes with the request."""

    tiers: tuple[str, ...]
    reasoning: str | None = None
    temperature: float | None = None
    max_tokens: int = 4000
    when: Literal["open", "always"] = "open"
    batch: int = 1
    fallback_task: str | None = None
    task: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Complexity:
    """Where a step marked high starts, and how many may be."""

    high: str | None = None
    max_high: int = 4


@dataclass(frozen=True, slots=True)
class Refine:
    """When refinement is good enough, and after how many rounds it stops."""

    threshold: float = 0.9
    max_iterations: int = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """Money, time and load."""

    max_cost_usd: Decimal | None = None
    timeout_s: float = 120.0
    concurrency: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """A whole routing config."""

    tiers: Mapping[str, Tier]
    routes: Mapping[str, Route]
    default: Route
    complexity: Complexity = Complexity()
    refine: Refine = Refine()
    limits: Limits = field(default_factory=Limits)
    name: str = ""
    file: str = ""
    notice: str = ""
    """one line for the user where the file was chosen for them"""

    def route(self, task: str) -> Route:
        """The row of `task`, or the default one."""
        return self.routes.get(task) or replace(self.default, task=task)
