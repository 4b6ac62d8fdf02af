"""Files that the commands read: an order, a plan, a recipe; refused with every problem if they are wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from catering_cli.domain.names import SYSTEMS
from catering_cli.domain.path import step
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake.json_document import STDIN, file_label, parse_json, read_bytes, read_json
from catering_cli.intake.yaml_document import Lined, located

if TYPE_CHECKING:
    from catering_cli.domain.order import Order
    from catering_cli.domain.order_parts.recipe import Recipe
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.week import Household, Week
    from catering_cli.kitchen.recipes.text_readers import TextReaders

TEXTS = (".cook", ".html", ".htm")
"""Recipes that are no JSON."""


def order(path: str) -> Order:
    """The order at `path` ("-" is standard input), with recipe files inlined."""
    return order_of(read_json(path, "order"), path)


def order_of(data: Any, path: str) -> Order:
    """The order that a document of `path` writes."""
    from catering_cli.domain.order import Order
    from catering_cli.intake.field_errors import typed
    from catering_cli.intake.local_times import with_offsets, with_zone_named
    from catering_cli.intake.settle import settle

    if isinstance(data, dict) and {"order", "timeline"} <= set(data):
        raise Refused(
            Problem("this is a plan; `catering show` prints it and `catering check` proves it", file_label(path))
        )
    readers = _readers_for(data)
    folder = Path() if path == STDIN else Path(path).parent
    try:
        loaded = typed(Order, with_offsets(data), file=file_label(path), root="order", context={"readers": readers})
        return settle(loaded, folder, file_label(path))
    except Refused as refused:
        raise located(with_zone_named(refused, data), data) from None


def plan(path: str) -> CateringPlan:
    """The plan at `path` ("-" is standard input)."""
    return plan_of(read_json(path, "plan"), path)


def plan_of(data: Any, path: str) -> CateringPlan:
    """The plan that a document of `path` writes."""
    from catering_cli.domain.plan import SCHEMA_VERSION, CateringPlan
    from catering_cli.intake.field_errors import typed

    _is_a_plan(data, file_label(path), SCHEMA_VERSION)
    context = {"readers": _readers_for(data.get("order"))}
    return typed(CateringPlan, data, file=file_label(path), root="plan", context=context)


def _readers_for(order: Any) -> TextReaders:
    """The grammar of amounts under the system of measures of an order's document, if it names one."""
    from catering_cli.kitchen.recipes.text_readers import TextReaders

    system = order.get("system", "us") if isinstance(order, dict) else "us"
    return TextReaders(system if system in SYSTEMS else "us")


class Loaded(NamedTuple):
    """An order, with the plan that it came in, if it did."""

    order: Order
    plan: CateringPlan | None


def order_or_plan(path: str) -> Loaded:
    """The order at `path`, or the plan whose order and decisions stand."""
    data = read_json(path, "order")
    if isinstance(data, dict) and {"order", "timeline"} <= set(data):
        found = plan_of(data, path)
        return Loaded(found.order, found)
    return Loaded(order_of(data, path), None)


def household(path: str) -> Household:
    """The kitchen file at `path`: what several events share."""
    from catering_cli.domain.week import Household
    from catering_cli.intake.field_errors import typed
    from catering_cli.kitchen.recipes.text_readers import TextReaders

    data = read_json(path, "house")
    context = {"readers": TextReaders("us")}
    try:
        return typed(Household, data, file=file_label(path), root="house", context=context)
    except Refused as refused:
        raise located(refused, data) from None


def week(path: str) -> Week:
    """The week at `path`, as `catering week` wrote it."""
    from catering_cli.domain.week import Week
    from catering_cli.intake.field_errors import typed

    return typed(Week, read_json(path, "week"), file=file_label(path), root="week")


WEEK_FILE = "week.json"


def is_week(path: str) -> bool:
    """Whether a file is called as `catering week` calls a week."""
    return Path(path).name == WEEK_FILE


def _is_a_plan(data: Any, file: str, version: str) -> None:
    if not isinstance(data, dict):
        raise Refused(Problem("a plan is a JSON object; `catering plan ORDER --json` prints one", file, "plan"))
    if "order" not in data and "menu" in data and "event" in data:
        raise Refused(Problem("this is an order; a plan is what `catering plan ORDER --json` makes of it", file))
    if "order" in data and data.get("schema_version", version) != version:
        found = str(data["schema_version"])[:40]
        message = f"this version of catering reads plans of schema version {version}; cook the order again"
        raise Refused(Problem(message, file, "plan.schema_version", found))


_OF_AN_ORDER = frozenset({"event", "guests", "menu"})
"""Fields of an order that no recipe has."""


def recipe_or_order(path: str, raw: bytes | None = None) -> tuple[Literal["recipe", "order"], Any]:
    """Which of the two a file is, and its document (the text, of `.cook` and pages). `raw`: it was read already."""
    raw = read_bytes(path) if raw is None else raw
    if path.lower().endswith(TEXTS):
        return "recipe", raw.decode("utf-8", "replace")
    data = parse_json(raw, file_label(path))
    is_order = isinstance(data, dict) and not _OF_AN_ORDER.isdisjoint(data)
    if is_order and isinstance(data, Lined):
        data.lines = {step("order", place) if place else "order": line for place, line in data.lines.items()}
    return ("order" if is_order else "recipe"), data


def recipe_of(data: Any, path: str, system: str = "us") -> Recipe:
    """The recipe that a document of `path` writes: our own form, schema.org JSON-LD, or Cooklang text."""
    from catering_cli.domain.order_parts.recipe import Recipe
    from catering_cli.intake.field_errors import typed
    from catering_cli.kitchen.recipes.text_readers import TextReaders

    if isinstance(data, dict) and "name" in data and isinstance(data.get("ingredients"), list):
        context = {"readers": TextReaders(system)}
        try:
            return typed(Recipe, data, file=file_label(path), root="recipe", context=context)
        except Refused as refused:
            raise located(refused, data) from None
    from pydantic import ValidationError

    from catering_cli.intake import recipe_file

    text, suffix = (data, Path(path).suffix.lower()) if isinstance(data, str) else (json.dumps(data), ".json")
    try:
        return recipe_file.parse_recipe(text, suffix, Path(path).stem, system)
    except ValueError as error:
        reason = "" if isinstance(error, ValidationError) else f": {error}"
        message = f"is neither an order nor a recipe{reason}; `catering schema order --example` shows both"
        raise Refused(Problem(message, file_label(path))) from None


def dumped(document: Order | Recipe) -> Any:
    """An order or recipe as the JSON that is read again."""
    return document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
