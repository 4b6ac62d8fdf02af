"""What is wrong, unsure or worth knowing about a plan, and the changes that would mend it: data, never an exception."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, JsonValue

from catering_cli.domain.money import Money
from catering_cli.domain.value import Value

Severity = Literal["blocking", "open", "warning", "advice"]

SEVERITIES: tuple[Severity, ...] = ("blocking", "open", "warning", "advice")
"""In order of weight: must not be served so; still to be judged by a person; worth knowing; a hint."""


class Finding(Value):
    """One observation about a plan or a proposed decision."""

    severity: Severity
    rule: str = Field(description="name of the rule that found it, e.g. diets.unfed")
    where: str = Field(description="path of the place, e.g. order.menu[1].recipe or plan.shopping.lines[4]")
    message: str = Field(description="what is the matter, in a chef's words")
    value: str = Field(default="", description="what was found there")
    limit: str = Field(default="", description="what it should have been, with its source if it is a rule")
    fix: str = Field(default="", description="what would make it right")
    guests: int = Field(default=0, ge=0, description="how many guests it touches; 0 if that has no meaning")


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those with which a plan must not be served, and an answer not be taken."""
    return [finding for finding in findings if finding.severity == "blocking"]


class Change(Value):
    """One value of the order to be put in another's place."""

    path: str = Field(description="where: order.kitchen.equipment.oven; one past the end of a list adds to it")
    value: JsonValue = Field(description="what stands there afterwards")


class Repair(Value):
    """A change of the order that was tried: under it there is a schedule, or the guests who lacked a course have it."""

    text: str
    cost: Money | None = Field(default=None, description="what it adds if rates or prices are known; null: not known")
    changes: tuple[Change, ...] = Field(description="all of them together do it")
