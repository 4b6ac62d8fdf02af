"""A run: its steps, a directed acyclic graph; the calls that each makes, with their cost; what happens meanwhile."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from catering_cli.domain.money import Usd
from catering_cli.domain.value import Value

FaultKind = Literal[
    "timeout",
    "connection",
    "cut",
    "rate_limited",
    "out_of_quota",
    "bad_key",
    "unknown_model",
    "wrong_address",
    "no_client",
    "bad_request",
    "too_large",
    "server_error",
    "overloaded",
    "malformed",
    "empty",
    "truncated",
    "refused",
    "wrong_schema",
    "rejected",
    "no_key",
    "no_price",
    "no_journal",
    "over_budget",
    "cooling",
    "saturated",
    "out_of_time",
    "interrupted",
]
"""Why an attempt was left. The table `AFTER` says what each is worth."""

Left = Literal["accepted", "open"] | FaultKind


class Tokens(Value):
    """Tokens of one call; `input` includes `cached`."""

    input: int = Field(default=0, ge=0)
    cached: int = Field(default=0, ge=0, description="part of input read from the vendor's prompt cache")
    written: int = Field(default=0, ge=0, description="part of input written to the vendor's prompt cache")
    output: int = Field(default=0, ge=0, description="reasoning included")


class Attempt(Value):
    """One call to one tier for one step."""

    tier: str
    model: str = Field(description="the model that was asked; 'kitchen' for the built-in answer")
    left: Left = Field(description="accepted, open (kept while the next tier is asked), or the fault that ended it")
    detail: str = Field(default="", description="one line more about a fault; no order text, no key")
    tokens: Tokens = Tokens.model_construct()
    usd: Usd | None = Field(default=Decimal(0), description="price of the call; null if it is not known")
    seconds: float = Field(default=0.0, ge=0)
    journalled: bool = Field(default=False, description="true if the reply came from the journal and cost nothing")
    overnight: bool = Field(default=False, description="true if the reply came by a vendor's batch, at half price")
    asked: str = Field(default="", description="beginning of the hash of the request, for the journal")


@dataclass(frozen=True, slots=True)
class Event:
    """One moment of a run. `t` is seconds since its start."""

    t: float
    event: str
    """plan, work, step, call, attempt, cook, check, round, notice or done"""
    step: str = ""
    task: str = ""
    tier: str = ""
    model: str = ""
    state: str = ""
    """waiting, running, accepted, open, failed, or a fault; for a notice its text"""
    usd: Decimal | None = None
    seconds: float = 0.0
    journalled: bool | None = None
    """of an attempt: whether its reply came from the journal"""
    steps: int | None = None
    """of work: how many steps there are"""
    why: str = ""
    """of an attempt: why it ended so, in words that quote no order"""


Complexity = Literal["low", "medium", "high"]
Pattern = Literal["planning-execution", "hierarchical"]


class Step(Value):
    """One judgement to ask for: which task, about what, after what."""

    id: str = Field(min_length=1, max_length=80, description="unique in the plan; never substituted into text")
    task: str = Field(description="name of a task of the registry")
    subject: str = Field(default="order", description="'order' or a dish id such as d3; never a dish's text")
    complexity: Complexity = Field(default="medium", description="high starts at the tier that `complexity` names")
    needs: tuple[str, ...] = Field(default=(), description="ids of the steps whose decisions this one reads")
    why: str = Field(default="", max_length=400, description="reason in a few words; no figures")
    checks: tuple[str, ...] = Field(default=(), description="rules of the check registry to report for this subject")


class ExecutionPlan(Value):
    """Steps in plan order; decisions are folded in this order, whatever the order of completion."""

    steps: tuple[Step, ...] = ()
    by: str = Field(default="kitchen", description="kitchen, tree, or the tier that wrote it")


StepState = Literal["waiting", "accepted", "open", "failed", "stopped"]


class StepRun(Value):
    """How a step went."""

    id: str
    task: str
    subject: str
    state: StepState
    by: str = Field(default="", description="the tier whose answer stands")
    attempts: tuple[Attempt, ...] = ()
    usd: Usd | None = None
    seconds: float = 0.0
    note: str = ""


class Difference(Value):
    """A figure of a plan, and the same of the plan before: of the kitchen's own, or the one that was refined."""

    what: str
    before: str
    after: str


class Predicted(Value):
    """What a run is expected to cost before anything is spent."""

    usd: Usd | None = Field(default=None, description="null if a model has no known price")
    critical_path_s: float = Field(default=0.0, ge=0, description="of the questions that wait for each other")
    seconds: float = Field(default=0.0, ge=0, description="of the whole run, the kitchen's own work included")
    questions: int = Field(default=0, ge=0, description="how many models are asked")


class Run(Value):
    """The record of the run that made a plan; two runs with the same answers differ only here."""

    id: str
    config: str
    pattern: Pattern = "planning-execution"
    version: str
    asked: str = Field(default="", description="key of what was asked for, if it was one of several orders")
    execution_plan: ExecutionPlan
    steps: tuple[StepRun, ...] = ()
    notices: tuple[str, ...] = ()
    changed: tuple[Difference, ...] = Field(
        default=(), description="what decisions changed: of the kitchen's plan, or by refining"
    )
    usd: Usd | None = None
    seconds: float = 0.0
    by_models: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="of the steps that had something to decide, the share in which a model decided",
    )
