"""The sections of a plan by name, from general to particular."""

from __future__ import annotations

from catering_cli.render.page import Builder
from catering_cli.render.sections import diets, event, food, guests, readings, stations, timeline, today, verdict

SECTIONS: dict[str, Builder] = {
    "verdict": verdict.verdict_section,
    "findings": verdict.findings_section,
    "readings": readings.readings_section,
    "menu": food.menu_section,
    "diets": diets.diets_section,
    "timeline": timeline.timeline_section,
    "shopping": food.shopping_section,
    "staffing": event.staffing_section,
    "costs": event.costs_section,
    "assumptions": verdict.assumptions_section,
    "recipes": food.recipes_section,
    "equipment": event.equipment_section,
    "service": event.service_section,
    "safety": event.safety_section,
    "packing": event.packing_section,
    "production": stations.production_section,
    "plates": guests.plates_section,
    "cards": guests.cards_section,
    "contingency": verdict.contingency_section,
    "texts": verdict.texts_section,
    "run": verdict.run_section,
    "today": today.today_section,
}

FIRST_READING = ("verdict", "findings", "menu", "diets", "timeline", "shopping", "staffing", "costs", "assumptions")
"""Shown without asking for a section by name; the others are named at the end."""
