"""Which sections a plan has, and which forms it can be printed in; both are tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from catering_cli.render import event, food, gantt, verdict
from catering_cli.render.page import Builder, Page

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

SECTIONS: dict[str, Builder] = {
    "verdict": verdict.verdict,
    "findings": verdict.findings,
    "menu": food.menu,
    "diets": food.diets,
    "timeline": gantt.timeline,
    "shopping": food.shopping,
    "staffing": event.staffing,
    "costs": event.costs,
    "assumptions": verdict.assumptions,
    "recipes": food.recipes,
    "equipment": event.equipment,
    "service": event.service,
    "safety": event.safety,
    "packing": event.packing,
    "contingency": verdict.contingency,
    "texts": verdict.texts,
    "run": verdict.run,
}
"""From general to particular."""

FIRST_READING = ("verdict", "findings", "menu", "diets", "timeline", "shopping", "staffing", "costs", "assumptions")
"""What is shown without asking for a section by name; the others are named at the end."""


def _terminal(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.terminal import text

    return text(plan, page)


def _markdown(plan: CateringPlan, page: Page) -> str:
    from catering_cli.render.markdown import text

    return text(plan, page)


TABLE: dict[str, Callable[[CateringPlan, Page], str]] = {"terminal": _terminal, "markdown": _markdown}
"""Form -> what writes it."""
