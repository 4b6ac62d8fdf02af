"""The sections of a plan by name, and which of them make a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catering_cli.render.page import ENGLISH, Builder, Page, Section
from catering_cli.render.papers import (
    beo,
    client,
    closing,
    haccp_log,
    labels,
    manager,
    order_guide,
    overview,
    people,
    production,
    run_of_show,
    special_meals,
)
from catering_cli.render.papers.transport import driver, pack_out
from catering_cli.render.sections import (
    diets,
    do_now,
    event,
    first_screen,
    food,
    guests,
    proposals,
    readings,
    replanned,
    timeline,
    today,
    verdict,
)

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

SECTIONS: dict[str, Builder] = {
    "verdict": verdict.verdict_section,
    "to-do": do_now.to_do_section,
    "overview": overview.overview_section,
    "notes": proposals.proposals_section,
    "changed": replanned.replanned_section,
    "findings": verdict.findings_section,
    "readings": readings.readings_section,
    "menu": food.menu_section,
    "special": first_screen.special_section,
    "day": first_screen.day_section,
    "crew": first_screen.crew_section,
    "money": first_screen.money_section,
    "beo": beo.beo_section,
    "run-of-show": run_of_show.run_of_show_section,
    "call-sheet": people.call_sheet_section,
    "plates": special_meals.special_meals_section,
    "diets": diets.diets_section,
    "production": production.production_section,
    "prep": production.prep_section,
    "order-guide": order_guide.guide_section,
    "receiving": order_guide.receiving_section,
    "packing": pack_out.packing_section,
    "driver": driver.driver_section,
    "safety": haccp_log.log_section,
    "recipes": food.recipes_section,
    "timeline": timeline.timeline_section,
    "today": today.today_section,
    "shopping": food.shopping_section,
    "staffing": event.staffing_section,
    "equipment": event.equipment_section,
    "service": event.service_section,
    "cards": guests.cards_section,
    "labels": labels.labels_section,
    "box-labels": labels.box_labels_section,
    "client": client.client_section,
    "quote": client.quote_section,
    "closing": closing.closing_section,
    "costs": event.costs_section,
    "margins": manager.margins_section,
    "contingency": verdict.contingency_section,
    "assumptions": verdict.assumptions_section,
    "texts": verdict.texts_section,
    "run": verdict.run_section,
}

FIRST_READING: Final = (
    "verdict",
    "to-do",
    "notes",
    "menu",
    "special",
    "day",
    "crew",
    "money",
    "overview",
)
"""Shown without asking for a section by name; the others are named at the end."""

PREVIEW: Final = ("verdict", "to-do", "menu")
"""What is shown of the kitchen's own plan while models are asked."""

FOR_CLIENTS: Final = ("client", "quote")
"""Papers that leave the house: no cost and no issue is on them."""

BOOKS: Final[dict[str, tuple[str, ...]]] = {
    "book": (
        "beo",
        "overview",
        "run-of-show",
        "call-sheet",
        "plates",
        "diets",
        "production",
        "prep",
        "order-guide",
        "receiving",
        "packing",
        "driver",
        "safety",
        "recipes",
    ),
    "manager": (
        "verdict",
        "overview",
        "notes",
        "findings",
        "readings",
        "costs",
        "margins",
        "quote",
        "shopping",
        "staffing",
        "equipment",
        "timeline",
        "contingency",
        "assumptions",
        "texts",
        "run",
    ),
}
"""Papers that are held together: the event book in the order in which it is opened, and the manager's file."""


def chosen(name: str | None) -> tuple[str, ...]:
    """The sections that a name stands for: itself, or those of a book; without a name all of them."""
    if name is None:
        return tuple(SECTIONS)
    return BOOKS.get(name, (name,))


def built(name: str, plan: CateringPlan, page: Page) -> Section:
    """A section in the language of the page."""
    return in_language(SECTIONS[name](plan, page), plan, page)


def in_language(section: Section, plan: CateringPlan, page: Page) -> Section:
    """The section as the page is to be read: in English as it is, else translated by the tables."""
    if page.lang == ENGLISH:
        return section
    from catering_cli.render.languages.translate import translated

    return translated(section, plan, page)


def in_words(text: str, plan: CateringPlan, page: Page) -> str:
    """A word of a template in the language of the page."""
    if page.lang == ENGLISH:
        return text
    from catering_cli.render.languages.translate import translator

    return translator(plan, page).said(text)
