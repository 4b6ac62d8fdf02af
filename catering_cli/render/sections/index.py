"""The sections of a plan by name, from general to particular."""

from __future__ import annotations

from catering_cli.render.page import Builder
from catering_cli.render.sections import event, food, guests, stations, timeline, today, verdict

SECTIONS: dict[str, Builder] = {
    "verdict": verdict.verdict,
    "findings": verdict.findings,
    "menu": food.menu,
    "diets": food.diets,
    "timeline": timeline.timeline,
    "shopping": food.shopping,
    "staffing": event.staffing,
    "costs": event.costs,
    "assumptions": verdict.assumptions,
    "recipes": food.recipes,
    "equipment": event.equipment,
    "service": event.service,
    "safety": event.safety,
    "packing": event.packing,
    "production": stations.production,
    "plates": guests.plates,
    "cards": guests.cards,
    "contingency": verdict.contingency,
    "texts": verdict.texts,
    "run": verdict.run,
    "today": today.today,
}

FIRST_READING = ("verdict", "findings", "menu", "diets", "timeline", "shopping", "staffing", "costs", "assumptions")
"""Shown without asking for a section by name; the others are named at the end."""
