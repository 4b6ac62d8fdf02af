"""The work plan of a run: a directed acyclic graph of steps, written by a model or given by a fixed tree."""

from typing import Literal

from pydantic import Field

from catering_cli.domain.attempt import Attempt
from catering_cli.domain.money import Usd
from catering_cli.domain.value import Value

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


class Predicted(Value):
    """What a run is expected to cost before anything is spent."""

    usd: Usd | None = Field(default=None, description="null where a model has no known price")
    critical_path_s: float = Field(default=0.0, ge=0)


class Run(Value):
    """The record of the run that made a plan; two runs with the same answers differ only here."""

    id: str
    config: str
    pattern: Pattern = "planning-execution"
    version: str
    execution_plan: ExecutionPlan
    steps: tuple[StepRun, ...] = ()
    notices: tuple[str, ...] = ()
    usd: Usd | None = None
    seconds: float = 0.0
    by_models: float = Field(default=0.0, ge=0, le=1, description="share of the decisions that models made")
