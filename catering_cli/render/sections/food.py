"""Menu, recipes, diets and shopping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.render.page import Column, Line, Page, Part, Section, Table, Tone
from catering_cli.render.wording import TAP, calendar_day, chosen, counted, department, dishes, money

if TYPE_CHECKING:
    from catering_cli.domain.diets import Diets, DishDiets, PlanProfile
    from catering_cli.domain.menu import Dish, ScaledLine
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.shopping import ShoppingLine

MARKS = {"contains": "YES", "may_contain": "may", "unknown": "?", "none_found": "·", "free": "free"}
SUITS = {"compatible": "ok", "conflict": "no", "cannot_tell": "?"}
MARKS_SAID = "YES contains; may: may contain; ? unknown; · none found in the words; free by a label that was read."

LISTED_SAID = "What is not named was not found in the words of the recipe; only a label proves it absent."


def menu(plan: CateringPlan, page: Page) -> Section:
    """Dishes with the portions that are made."""
    columns = (
        Column("#"),
        Column("Dish", wide=True),
        Column("Course"),
        Column("Portions", right=True),
        Column("Eaten", right=True),
        Column("Each", right=True, spare=True),
        Column("Recipe", spare=True),
    )
    rows = tuple(
        (
            dish.id,
            dish.name,
            dish.course,
            f"{dish.portions:,}",
            f"{dish.needed:,} +{dish.over_percent} %",
            page.words(dish.served) if dish.served else "-",
            "none" if dish.recipe is None else dish.recipe_from,
        )
        for dish in plan.menu
    )
    return Section("menu", "Menu", (Table(columns, rows, fold=30),))


def recipes(plan: CateringPlan, page: Page) -> Section:
    """Each dish at the amounts of this order."""
    parts: list[Part] = []
    for dish in plan.menu:
        parts += _recipe(dish, page)
    return Section("recipes", "Recipes, scaled", tuple(parts) or (Line("None."),))


def _recipe(dish: Dish, page: Page) -> list[Part]:
    head = f"{dish.id} {dish.name}: {counted(dish.portions, 'portion')}"
    if dish.recipe is None:
        return [Line(f"{head}, no recipe.", "bad")]
    columns = (
        Column("Amount", right=True),
        Column("Ingredient", wide=True),
        Column("Mass", right=True),
        Column("Source", spare=True, wide=True),
    )
    rows = tuple(_ingredient(line, page) for line in dish.lines)
    parts: list[Part] = [Table(columns, rows, title=f"{head}, {dish.factor} times the recipe", fold=40)]
    if dish.recipe.method:
        parts.append(Line(f"Method: {dish.recipe.method}"))
    batches = {entry.step: entry for entry in dish.batches}
    for number, step in enumerate(dish.recipe.steps, 1):
        entry = batches.get(number)
        times = f" in {counted(entry.batches, 'batch', 'batches')}" if entry and entry.batches > 1 else ""
        heat = f", {step.temperature}" if step.temperature else ""
        parts.append(Line(f"{number}. {step.text} ({step.minutes} min{heat}{times})"))
    return parts + [Line(f"Note: {text}", "dim") for text in dish.advice]


def _ingredient(line: ScaledLine, page: Page) -> tuple[str, ...]:
    about = "about " if line.approximate else ""
    amount = f"{about}{page.words(line.quantity)}" if line.quantity else "to taste"
    item = f"{line.item}, {line.preparation}" if line.preparation else line.item
    who = f" (by {line.by})" if line.by != "kitchen" else ""
    return amount, f"{item}{who}", page.words(line.mass) if line.mass else "-", line.source


def diets(plan: CateringPlan, page: Page) -> Section:
    """Who may eat what: a grid where it fits, else a list; then how each kind of guest is fed."""
    matrix = plan.diets
    names = dishes(plan)
    grids = [grid for grid in (_grid(matrix, names, diets=False), _grid(matrix, names, diets=True)) if grid.columns[1:]]
    fits = all(sum(max(len(column.title), 4) + 2 for column in grid.columns[1:]) + 26 <= page.width for grid in grids)
    parts: list[Part] = (
        [*grids, Line(MARKS_SAID, "dim")] if fits else [_listed(matrix, names), Line(LISTED_SAID, "dim")]
    )
    parts.append(_profiles(plan, whole=page.section == "diets"))
    parts += _shortages(plan) if page.section == "diets" else ()  # the findings tell the cheapest remedy
    if matrix.labels_to_read:
        parts.append(Line(f"Labels to read: {', '.join(matrix.labels_to_read)}.", "open"))
    return Section("diets", "Allergens and diets", tuple(parts))


def _grid(matrix: Diets, names: dict[str, str], *, diets: bool) -> Table:
    """Dishes against allergens, or against diets."""
    titles = matrix.diets if diets else matrix.allergens
    columns = (Column("Dish", wide=True), *(Column(name) for name in titles))
    rows = []
    for row in matrix.rows:
        marks = (
            {cell.diet: SUITS[cell.state] for cell in row.diets}
            if diets
            else {cell.allergen: MARKS[cell.state] for cell in row.cells}
        )
        rows.append((names.get(row.dish, row.dish), *(marks.get(name, "?") for name in titles)))
    return Table(columns, tuple(rows), fold=30)


def _listed(matrix: Diets, names: dict[str, str]) -> Table:
    columns = (
        Column("Dish", wide=True),
        Column("Contains", wide=True),
        Column("Unknown or may contain", wide=True),
        Column("Not for", wide=True),
    )
    return Table(columns, tuple(_listed_row(row, names) for row in matrix.rows), fold=30)


def _listed_row(row: DishDiets, names: dict[str, str]) -> tuple[str, ...]:
    sure = [cell.allergen for cell in row.cells if cell.state == "contains"]
    unsure = [cell.allergen for cell in row.cells if cell.state in ("may_contain", "unknown")]
    unsure += [f"{cell.diet} (cannot tell)" for cell in row.diets if cell.state == "cannot_tell"]
    against = [cell.diet for cell in row.diets if cell.state == "conflict"]
    return names.get(row.dish, row.dish), ", ".join(sure) or "-", ", ".join(unsure) or "-", ", ".join(against) or "-"


def _profiles(plan: CateringPlan, *, whole: bool) -> Table:
    """How each kind of guest is fed: with portions and names where that is asked for, else by the dishes' numbers."""
    matrix, names, ids = plan.diets, dishes(plan), tuple(dish.id for dish in plan.menu)
    columns = (Column("Guests", right=True), Column("Who", wide=True), Column("Eat", wide=True))
    rows: list[tuple[str, ...]] = []
    tones: list[Tone] = []
    for profile in matrix.profiles:
        eaten = [item for item in matrix.eats if item.profile == profile.id]
        fed = ", ".join(f"{item.portions:,} {names.get(item.dish, item.dish)}" for item in eaten)
        short = chosen(tuple(item.dish for item in eaten), ids)
        rows.append((f"{profile.count:,}", _who(profile), fed if fed and whole else short))
        tones.append("plain" if fed else "bad")
    return Table(columns, tuple(rows), title="Who eats what", fold=12, tones=tuple(tones))


def _shortages(plan: CateringPlan) -> list[Part]:
    """Who lacks a course, each with what would feed them, cheapest first."""
    who = {profile.id: _who(profile) for profile in plan.diets.profiles}
    out: list[Part] = []
    for lack in plan.diets.shortages:
        at = f" at {lack.service}" if lack.service else ""
        missing = f"{counted(lack.portions, 'portion')} of {lack.course} missing{at}"
        out.append(Line(f"{who.get(lack.profile, lack.profile)}: {missing}.", "bad"))
        for repair in lack.repairs:
            adds = f", adds {money(repair.cost, plan.costing.currency)}" if repair.cost is not None else ""
            out.append(Line(f"What feeds them: {repair.text}{adds}."))
    return out


def _who(profile: PlanProfile) -> str:
    """Name, needs and severity, each once."""
    needs = ", ".join(profile.needs)
    if not needs:
        return profile.name
    return (
        f"{needs} ({profile.severity})"
        if profile.name in ("", needs)
        else f"{profile.name} ({needs}; {profile.severity})"
    )


def shopping(plan: CateringPlan, page: Page) -> Section:
    """What is bought, by department."""
    columns = (
        Column("Department", spare=True),
        Column("Item", wide=True),
        Column("Buy", right=True),
        Column("Needed", right=True),
        Column("Order by", spare=True),
        Column("Cost", right=True),
        Column("Note", wide=True, spare=True),
    )
    currency = plan.costing.currency
    lines = sorted(plan.shopping.lines, key=lambda line: (line.department, line.item))
    rows = tuple(_bought(line, page, currency) for line in lines)
    parts: list[Part] = [Table(columns, rows, fold=15)]
    if plan.shopping.to_taste:
        parts.append(Line(f"Keep at hand: {', '.join(plan.shopping.to_taste)}."))
    if plan.shopping.unpriced:
        bought = sum(line.department != TAP for line in lines)
        parts.append(Line(f"Without a price: {counted(len(plan.shopping.unpriced), 'item')} of {bought}.", "dim"))
    return Section("shopping", "Shopping", tuple(parts))


def _bought(line: ShoppingLine, page: Page, currency: str) -> tuple[str, ...]:
    packs = f"{line.packs} x {page.words(line.pack)}" if line.packs and line.pack else page.words(line.buy)
    who = f"by {line.by}" if line.by != "kitchen" else ""
    value = f" ({money(line.left_value, currency)})" if line.left_value is not None else ""
    left = f"leaves {page.words(line.left)}{value}" if line.left and line.packs else ""
    note = "; ".join(part for part in (line.note, left, who) if part)
    due = calendar_day(line.order_by) if line.order_by else ""
    about = "about " if line.approximate else ""
    return (
        department(line),
        line.item,
        f"{about}{packs}",
        page.words(line.needed),
        due,
        money(line.cost, currency),
        note,
    )
