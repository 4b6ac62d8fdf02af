"""What a routing file may say, as frozen types with the bounds of each value, and what it comes to.

A name is checked where it stands: a task against the registry's, a tier against the tiers of the file, which the
validation's context gives. A wrong one is told with the nearest that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, WithJsonSchema
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo

from catering_cli.domain.names import KITCHEN, TASKS
from catering_cli.domain.suggest import closest
from catering_cli.domain.value import Value

Provider = Literal["anthropic", "openai", "scripted", "builtin"]
PROVIDERS: tuple[str, ...] = get_args(Provider)
Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
Api = Literal["responses", "chat"]
When = Literal["blocked", "open", "always"]

_MOST_USD = 10**12
USUAL_CAP = 4_000
"""Tokens of a request that `limits.timeout_s` is the deadline of."""


def allowed(text: str, names: Iterable[str]) -> str:
    """What would be right instead of `text`: the nearest name, then all of them."""
    known = list(names)
    near = closest(text, known, likeness=0.5)
    hint = f"Did you mean {near}? " if near else ""
    return f"{hint}Allowed: {', '.join(known)}."


def _known(value: Any, names: Iterable[str]) -> Any:
    """The value, if it is one of the names. Raises PydanticCustomError with what would be right."""
    if value in names:
        return value
    raise PydanticCustomError("not_known", "is not known. {allowed}", {"allowed": allowed(str(value), names)})


def _among(names: tuple[str, ...]) -> BeforeValidator:
    return BeforeValidator(lambda value: _known(value, names))


def _tier_of_the_file(value: Any, info: ValidationInfo) -> Any:
    return _known(value, info.context["tiers"]) if info.context else value


def _no_flag(value: Any) -> Any:
    """Numbers only: to Python true is 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("number", "must be a number")
    return value


TierName = Annotated[str, BeforeValidator(_tier_of_the_file)]
TaskName = Annotated[str, _among(TASKS), WithJsonSchema({"type": "string", "enum": list(TASKS)})]
ProviderName = Annotated[str, _among(PROVIDERS), WithJsonSchema({"type": "string", "enum": list(PROVIDERS)})]
_NUMBER = BeforeValidator(_no_flag)
Usd = Annotated[
    Decimal,
    Field(ge=0, le=_MOST_USD),
    _NUMBER,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": _MOST_USD}),
]
Count = Annotated[int, Field(ge=1), _NUMBER]
Depth = Annotated[Effort, _among(get_args(Effort))]


class Settings(Value):
    """A part of a routing file."""

    model_config = ConfigDict(coerce_numbers_to_str=True)


class Price(Settings):
    """USD per million tokens."""

    input: Usd = Field(description="USD per million input tokens")
    output: Usd = Field(description="USD per million output tokens")


class TierRow(Settings):
    """Who answers. What a model accepts (`efforts`, `temperature`) is data here; absent: the vendor's usual."""

    provider: Annotated[Provider, _among(PROVIDERS)] = Field(description="who answers; builtin is the kitchen")
    model: str = Field(default="", description="the vendor's model id")
    base_url: str | None = Field(
        default=None,
        description="address of the API; absent: the vendor's, or the SDK's environment variable",
    )
    api: Annotated[Api, _among(get_args(Api))] = Field(
        default="responses",
        description="which API of OpenAI; compatible servers speak chat",
    )
    key_env: str | None = Field(
        default=None,
        description="environment variable that holds the key; absent: the vendor's usual one",
    )
    price: Price | None = Field(default=None, description="list price; absent: the price table's")
    efforts: tuple[Depth, ...] | None = Field(
        default=None,
        description="depths of reasoning the model accepts; []: none",
    )
    temperature: StrictBool | None = Field(default=None, description="whether the model accepts a temperature")
    script: str | None = Field(
        default=None,
        description="answers of the scripted provider, a file beside this one",
    )


class Tier(TierRow):
    """A tier with the name that the file gives it."""

    name: str = ""


class RouteRow(Settings):
    """How one task is asked: the chain of tiers and what goes with the request."""

    tiers: tuple[TierName, ...] = Field(min_length=1, description="names of tiers, first asked first")
    reasoning: Depth | None = Field(default=None, description="depth of reasoning to ask for")
    temperature: Annotated[float, Field(ge=0, le=2), _NUMBER] | None = Field(
        default=None, description="temperature to ask for"
    )
    max_tokens: Count = Field(default=USUAL_CAP, description="tokens of the answer; thinking comes on top")
    when: Annotated[When, _among(get_args(When))] = Field(
        default="open",
        description="blocked: only where the kitchen has no answer; open: also where a judgement could better it",
    )
    batch: Count = Field(default=1, description="how many like steps may go in one request")
    fallback_task: TaskName | None = Field(
        default=None,
        description="task asked in its place when every tier has failed",
    )


class Route(RouteRow):
    """A route with the task that it is for."""

    task: str = ""


class Complexity(Settings):
    """Where a step marked high starts, and how many may be."""

    high: TierName | None = Field(default=None, description="tier where a step marked high starts")
    max_high: Annotated[int, Field(ge=0), _NUMBER] = Field(
        default=4,
        description="steps beyond these count as medium",
    )


class Refine(Settings):
    """When refinement is good enough, and after how many rounds it stops."""

    threshold: Annotated[float, Field(ge=0, le=1), _NUMBER] = Field(
        default=0.9,
        description="a score above this is good enough",
    )
    max_iterations: Annotated[int, Field(ge=0, le=20), _NUMBER] = Field(
        default=3,
        description="rounds at most",
    )


class Limits(Settings):
    """Money, time and load."""

    max_cost_usd: Usd | None = Field(default=None, description="cap of a run; null: no cap")
    timeout_s: Annotated[float, Field(ge=0.1, le=3600), _NUMBER] = Field(
        default=120.0,
        description=f"deadline of one request of {USUAL_CAP} tokens; a larger cap has longer, in proportion",
    )
    silence_s: Annotated[float, Field(ge=0.1, le=3600), _NUMBER] = Field(
        default=20.0,
        description="a server silent for so long, and without its list of models then, is given up for the run",
    )
    deadline_s: Annotated[float, Field(ge=0.1, le=86_400), _NUMBER] = Field(
        default=300.0,
        description="time for asking models, of the whole run; what is not answered by then is the kitchen's",
    )
    overnight_s: Annotated[float, Field(ge=0.1, le=604_800), _NUMBER] = Field(
        default=86_400.0,
        description="with --overnight: how long a vendor's batch is waited for; what is late is asked as always",
    )
    patience_s: Annotated[float, Field(ge=0, le=600), _NUMBER] = Field(
        default=60.0,
        description="longest rest of a busy tier that is waited for when no other model may answer",
    )
    concurrency: dict[ProviderName, Count] = Field(
        default={},
        description="requests at once, by provider",
    )


class RoutingFile(Settings):
    """A whole routing file."""

    tiers: dict[str, TierRow] = Field(description="who can be asked, by name")
    routes: dict[TaskName, RouteRow] = Field(
        default={},
        description="how each task is asked; a task without a row takes default",
    )
    default: RouteRow = Field(
        default=RouteRow(tiers=(KITCHEN,)),
        description="the row of a task without one",
    )
    complexity: Complexity = Field(default=Complexity(), description="where steps marked high start")
    refine: Refine = Field(default=Refine(), description="the refinement loop")
    limits: Limits = Field(default=Limits(), description="money, time and load")


@dataclass(frozen=True, slots=True)
class Config:
    """What a file comes to: every tier and route by its name, the kitchen among the tiers."""

    tiers: Mapping[str, Tier]
    routes: Mapping[str, Route]
    default: Route
    complexity: Complexity
    refine: Refine
    limits: Limits
    name: str = ""
    file: str = ""
    notice: str = ""
    """one line for the user if the file was chosen for them"""

    def route(self, task: str) -> Route:
        """The row of `task`, or the default one."""
        return self.routes.get(task) or self.default.model_copy(update={"task": task})
