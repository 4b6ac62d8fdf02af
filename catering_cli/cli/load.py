"""Files that the commands read: an order, a plan, a recipe; refused with every problem where they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.read import document, named

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan


def plan(path: str) -> CateringPlan:
    """The plan at `path` ("-" is standard input)."""
    from catering_cli.domain.explain import typed
    from catering_cli.domain.plan import SCHEMA_VERSION, CateringPlan

    data = document(path, "plan")
    _is_a_plan(data, named(path), SCHEMA_VERSION)
    return typed(CateringPlan, data, file=named(path), root="plan")


def _is_a_plan(data: Any, file: str, version: str) -> None:
    if not isinstance(data, dict):
        raise Refused(Problem("a plan is a JSON object; `catering plan ORDER --json` prints one", file, "plan"))
    if "order" not in data and "menu" in data and "event" in data:
        raise Refused(Problem("this is an order; a plan is what `catering plan ORDER --json` makes of it", file))
    if "order" in data and data.get("schema_version", version) != version:
        found = str(data["schema_version"])[:40]
        message = f"this version of catering reads plans of schema version {version}; cook the order again"
        raise Refused(Problem(message, file, "plan.schema_version", found))
