"""Generate the shipped schemas from the types: `python -m catering_cli.cli.schemas`. A test keeps them equal."""

from __future__ import annotations

import json
from typing import Any

from catering_cli.cli.commands.schema import SCHEMAS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def generated() -> dict[str, str]:
    """File name -> text of every schema that a type gives."""
    from catering_cli.domain.execution import ExecutionPlan
    from catering_cli.domain.order import Order
    from catering_cli.domain.order_parts.recipe import Recipe
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.routing.config import schema as routing

    return {
        "order.schema.json": _text(Order.model_json_schema(mode="validation"), "Catering order"),
        "plan.schema.json": _text(CateringPlan.model_json_schema(mode="validation"), "Catering plan"),
        "execution-plan.schema.json": _text(ExecutionPlan.model_json_schema(mode="validation"), "Execution plan"),
        "recipe.schema.json": _text(Recipe.model_json_schema(mode="validation"), "Recipe"),
        "routing.schema.json": _text(routing(), "Routing config"),
    }


def _text(schema: dict[str, Any], title: str) -> str:
    whole = {"$schema": DRAFT, **schema, "title": title}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for file, content in generated().items():
        (SCHEMAS / file).write_text(content, encoding="utf-8")
