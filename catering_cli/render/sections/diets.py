"""Who may eat what: the allergen chart, and how each kind of guest is fed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from catering_cli.render.page import Column, Page, Paragraph, Part, Row, Section, Table, Tone
from catering_cli.render.papers.meals import meals_of
from catering_cli.render.wording import around, counted, dish_names, money_text, names_or_dash

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.diets import Diets, DishDiets, PlanProfile

MARKS: Final = {
    "contains": "YES",
    "may_contain": "may",
    "unknown": "?",
    "none_found": "·",
    "free": "free",
    "compatible": "ok",
    "conflict": "no",
    "cannot_tell": "?",
}
"""State of a cell -> its mark; a cell that is missing is unknown."""

MARKS_SAID = "YES contains; may: may contain; ? unknown; · none found in the words; free by a label that was read."
LISTED_SAID = "What is not named was not found in the words of the recipe; only a label proves it absent."
DISH_WIDTH = 26
"""Columns of a terminal that the names of dishes need beside the marks."""

LISTED_COLUMNS = (
    Column("Dish", wide=True),
    Column("Contains", wide=True),
    Column("Unknown or may contain", wide=True),
    Column("Not for", wide=True),
)
GUEST_COLUMNS = (
    Column("Guests", right=True),
    Column("Who", wide=True),
    Column("Serve", wide=True),
    Column("Not for", wide=True),
)


def diets_section(plan: CateringPlan, page: Page) -> Section:
    """Who may eat what: a grid if it fits, else a list; then how each kind of guest is fed."""
    return Section("diets", "Allergens and diets", tuple(_parts(plan, page)))


def _parts(plan: CateringPlan, page: Page) -> Iterator[Part]:
    whole = page.section == "diets"
    names = dish_names(plan)
    grids = list(_grids(plan.diets, names))
    if all(_grid_width(grid) <= page.width for grid in grids):
        yield from grids
        yield Paragraph(MARKS_SAID, "dim")
    else:
        rows = tuple(_listed_row(row, names) for row in plan.diets.rows)
        yield Table(LISTED_COLUMNS, rows, fold=30)
        yield Paragraph(LISTED_SAID, "dim")
    yield _guests(plan, whole=whole)
    if whole:  # else the findings tell the cheapest fix
        yield from _shortages(plan)
    if plan.diets.labels_to_read:
        yield Paragraph(f"Labels to read: {', '.join(plan.diets.labels_to_read)}.", "open")


def _grid_width(grid: Table) -> int:
    marks = sum(max(len(column.title), 4) + 2 for column in grid.columns[1:])
    return DISH_WIDTH + marks


def _grids(matrix: Diets, names: dict[str, str]) -> Iterator[Table]:
    """Dishes against allergens, and against diets."""
    if matrix.allergens:
        states = {row.dish: {cell.allergen: cell.state for cell in row.cells} for row in matrix.rows}
        yield _grid(matrix.allergens, states, names)
    if matrix.diets:
        kept = {row.dish: {cell.diet: cell.state for cell in row.diets} for row in matrix.rows}
        yield _grid(matrix.diets, kept, names)


def _grid(titles: tuple[str, ...], found: Mapping[str, Mapping[str, str]], names: dict[str, str]) -> Table:
    columns = (Column("Dish", wide=True), *(Column(title) for title in titles))
    rows: list[Row] = []
    for dish, states in found.items():
        marks = [MARKS[states.get(title, "unknown")] for title in titles]
        rows.append((names.get(dish, dish), *marks))
    return Table(columns, tuple(rows), fold=30)


def _listed_row(row: DishDiets, names: dict[str, str]) -> Row:
    unsure = allergens_in(row, "may_contain", "unknown")
    unsure += [f"{diet} (cannot tell)" for diet in diets_in(row, "cannot_tell")]
    sure = allergens_in(row, "contains")
    against = diets_in(row, "conflict")
    return names.get(row.dish, row.dish), names_or_dash(sure), names_or_dash(unsure), names_or_dash(against)


def allergens_in(row: DishDiets, *states: str) -> list[str]:
    """Allergens of a dish whose cells are in one of these states."""
    return [cell.allergen for cell in row.cells_that(*states)]


def diets_in(row: DishDiets, *states: str) -> list[str]:
    """Diets of a dish whose cells are in one of these states."""
    return [cell.diet for cell in row.diets if cell.state in states]


def _guests(plan: CateringPlan, *, whole: bool) -> Table:
    """How each kind of guest is fed, and what is not for them; portions if the section was asked for by name."""
    names = dish_names(plan)
    meals = {meal.profile: meal for meal in meals_of(plan)}
    rows: list[Row] = []
    tones: list[Tone] = []
    for profile in plan.diets.profiles:
        eaten = [item for item in plan.diets.eats if item.profile == profile.id]
        portions = [f"{item.portions:,} {names.get(item.dish, item.dish)}" for item in eaten]
        who, fed, not_for = profile.name, "standard menu", "-"
        meal = meals.get(profile.id)
        if meal:
            who, fed, not_for = meal.who, meal.serve, meal.not_for
        if whole and (eaten or meal):
            fed = ", ".join(portions) or "nothing on this menu"
        rows.append((f"{profile.count:,}", who, fed, not_for))
        tones.append("plain" if eaten else "bad")
    return Table(GUEST_COLUMNS, tuple(rows), title="Who eats what", tones=tuple(tones))


def _shortages(plan: CateringPlan) -> Iterator[Part]:
    """Who lacks a course, each with what would feed them, cheapest first."""
    who = {profile.id: guests_text(profile) for profile in plan.diets.profiles}
    for lack in plan.diets.shortages:
        at = around(" at ", lack.service)
        missing = f"{counted(lack.portions, 'portion')} of {lack.course} missing{at}"
        yield Paragraph(f"{who.get(lack.profile, lack.profile)}: {missing}.", "bad")
        for repair in lack.repairs:
            adds = f", adds {money_text(repair.cost, plan.costing.currency)}" if repair.cost is not None else ""
            yield Paragraph(f"Fix: {repair.text}{adds}.")


def guests_text(profile: PlanProfile) -> str:
    """Name, needs and severity of a kind of guest, each once."""
    needs = ", ".join(profile.needs)
    if not needs:
        return profile.name
    if profile.name in ("", needs):
        return f"{needs} ({profile.severity})"
    return f"{profile.name} ({needs}; {profile.severity})"
