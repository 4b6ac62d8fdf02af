"""A toy task and a fake model, so that the orchestrator is tested without a kitchen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catering_cli.domain.decision import Decision, Department
from catering_cli.domain.execution import FaultKind, Step, Tokens
from catering_cli.domain.finding import Finding
from catering_cli.orchestrator.context import RunContext, TierCall, TierChain
from catering_cli.providers.base import Answer, Fault, Faulted, Reply, Request
from catering_cli.tasks.shared.task import Task, Wire


class Items(Wire):
    names: list[str]


class Row(Wire):
    item: str
    department: str


class Placed(Wire):
    rows: list[Row]


def _decide(_given: Items, answer: Placed) -> tuple[Decision, ...]:
    return tuple(Department(item=row.item, department=row.department) for row in answer.rows)


def _found(severity: Any, item: str, message: str) -> Finding:
    return Finding(severity=severity, rule="toy", where=f"given.{item}", message=message)


def _check(given: Items, decisions: Sequence[Decision]) -> list[Finding]:
    decided = {d.item: d.department for d in decisions if isinstance(d, Department)}
    wrong = [_found("blocking", i, "not asked about") for i in decided if i not in given.names]
    wrong += [_found("blocking", i, "no such department") for i, d in decided.items() if d == "moon"]
    return wrong + [_found("open", i, "nobody knows where") for i in given.names if i not in decided]


TOY: Task[Items, Placed] = Task(
    name="toy",
    prompt="house_rules.md",
    Given=Items,
    Answer=Placed,
    given=lambda _order, subject, _decisions: Items(names=subject.split("+")),
    default=lambda given: Placed(rows=[Row(item=n, department="dairy") for n in given.names if n == "milk"]),
    decide=_decide,
    check=_check,
    is_open=lambda given: any(n != "milk" for n in given.names),
    rest=lambda given, decided: Items(
        names=[n for n in given.names if n not in {d.item for d in decided if isinstance(d, Department)}]
    ),
    is_empty=lambda given: not given.names,
)

STEP = Step(id="s1", task="toy")


def rows(**places: str) -> str:
    """The JSON of an answer: rows(leek="produce")."""
    return json.dumps({"rows": [{"item": item, "department": place} for item, place in places.items()]})


@dataclass
class Model:
    """A provider that says what it is told to, in order; the last entry repeats. A fault's name is raised."""

    script: Sequence[str | Fault]
    latency: float = 0.0
    requests: list[Request] = field(default_factory=list)
    address: str = "toy://model"

    async def complete(self, request: Request) -> Reply:
        self.requests.append(request)
        await asyncio.sleep(self.latency)
        said = self.script[min(len(self.requests), len(self.script)) - 1]
        if isinstance(said, Fault) and said.status != 200:
            raise Faulted(said)
        return Reply({"said": said})

    def body(self, request: Request) -> Mapping[str, Any]:
        return {"user": request.user, "max_tokens": request.max_tokens}

    def judge(self, reply: Reply) -> Answer:
        said = reply.body["said"]
        if isinstance(said, Fault):
            raise Faulted(said)
        return Answer(said, Tokens(input=100, output=10))


def call(name: str, model: Model, **more: Any) -> TierCall:
    return TierCall(tier=name, model=f"{name}-model", provider=model, price=lambda t: Decimal(t.output) / 1000, **more)


def fault(kind: FaultKind, status: int | None = None) -> Fault:
    return Fault(kind, "as scripted", status)


def context(chain: TierChain | None = None, **more: Any) -> RunContext:
    """A context that only asks."""
    nothing: Any = None
    return RunContext(cook=nothing, check=nothing, rank=nothing, chain=lambda _step: chain or TierChain(), **more)
