"""Files that the commands read: an order, a plan, a recipe; refused with every problem where they are wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.read import STDIN, document, named

if TYPE_CHECKING:
    from catering_cli.domain.order import Order
    from catering_cli.domain.plan import CateringPlan

SYSTEMS = ("us", "imperial", "metric", "au")


def order(path: str) -> Order:
    """The order at `path` ("-" is standard input), with recipe files inlined."""
    return order_of(document(path, "order"), path)


def order_of(data: Any, path: str) -> Order:
    """The order that a document of `path` writes."""
    from catering_cli.domain.explain import typed
    from catering_cli.domain.order import Order
    from catering_cli.kitchen.grammar import TextReaders
    from catering_cli.kitchen.readers import settle

    if isinstance(data, dict) and {"order", "timeline"} <= set(data):
        raise Refused(Problem("this is a plan; `catering show` prints it and `catering check` proves it", named(path)))
    system = data.get("system", "us") if isinstance(data, dict) else "us"
    readers = TextReaders(system if system in SYSTEMS else "us")
    loaded = typed(Order, data, file=named(path), root="order", context={"readers": readers})
    folder = Path() if path == STDIN else Path(path).parent
    return settle(loaded, folder, named(path))


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
