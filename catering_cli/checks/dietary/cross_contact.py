"""Equipment that dishes share: what one leaves there may be in the other, whichever the schedule has first.

A cell is never made safer by the order of work. The matrix decides who eats what, that decides the portions, and
they decide the schedule: a cell that followed from the schedule would follow from itself. And no schedule proves
a wash, fresh oil, or that a cook keeps to it. So the order of use is told beside the cell, with what would do.
"""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.dietary.allergens import DANGER, SAFE, diet_named, least
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.names import holds, words
from catering_cli.checks.reference.needs import avoided, canonical
from catering_cli.data.rows import parts, table
from catering_cli.domain.diets import DishDiets
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish

TOUCHING = {
    "fryer": ("fryer", "deep fry", "deep fried", "deepfry", "frying oil"),
    "blender": ("blender",),
    "processor": ("food processor", "processor"),
    "board": ("cutting board", "chopping board"),
}
"""Equipment that keeps what touched it, and the words that tell of it; of a step's text only the longer ones."""


METHOD = 0
"""Number of the recipe's running text among its steps."""


def used(dish: Dish) -> dict[str, frozenset[int]]:
    """What of TOUCHING a dish's recipe uses or speaks of, and in which steps (0: in its running text)."""
    out: dict[str, set[int]] = {}
    recipe = dish.recipe
    texts: list[tuple[int, str, tuple[str, ...]]] = [(METHOD, recipe.method, ())] if recipe else []
    texts += [(n, step.text, step.equipment) for n, step in enumerate(recipe.steps if recipe else (), 1)]
    for number, text, equipment in texts:
        listed = [words(one.replace("_", " ")) for one in equipment]
        for name, said in TOUCHING.items():
            for word in map(words, said):
                told = word != ("processor",) and holds(words(text), word)
                if told or any(holds(one, word) for one in listed):
                    out.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in out.items()}


def touching(dish: Dish) -> frozenset[str]:
    """What of TOUCHING a dish's recipe uses or speaks of."""
    return frozenset(used(dish))


def contact(evidence: Evidence) -> Findings:
    """What shares a fryer, a blender or a board with a dish that holds an allergen is not shown without it."""
    rows = {row.dish: {canonical(cell.allergen): cell.state for cell in row.cells}
            for row in evidence.plan.diets.rows}  # fmt: skip
    touched = {ident: touching(dish) for ident, dish in evidence.dishes.items()}
    for index, row in enumerate(evidence.plan.diets.rows):
        others = [one for one in touched if one != row.dish and touched[one] & touched.get(row.dish, frozenset())]
        for number, cell in enumerate(row.cells):
            unsafe = [
                one for one in others if DANGER[rows.get(one, {}).get(canonical(cell.allergen), "unknown")] > SAFE
            ]
            if DANGER[cell.state] <= SAFE and unsafe:
                names = ", ".join(evidence.dishes[one].name for one in unsafe)
                path = f"plan.diets.rows[{index}].cells[{number}].state"
                message = f"{evidence.dishes[row.dish].name}: {cell.allergen} is shown {cell.state}, but it shares "
                message += f"equipment with {names}"
                yield found("blocking", path, message, cell.state, "may_contain")


def apart(evidence: Evidence) -> Findings:
    """Where only shared equipment keeps a dish from guests, what would keep it apart is told."""
    wanted = _wanted(evidence)
    rows = evidence.plan.diets.rows
    states = {(row.dish, canonical(cell.allergen)): cell.state for row in rows for cell in row.cells}
    for index, row in enumerate(rows):
        dish = evidence.dishes.get(row.dish)
        names = list(_by_contact(evidence, row, wanted)) if dish else []
        for other in evidence.dishes.values() if dish and names else ():
            assert dish is not None
            shared = sorted(touching(dish) & touching(other))
            brings = [name for name in names if DANGER[states.get((other.id, name), "unknown")] > SAFE]
            if other.id != dish.id and shared and brings:
                yield _keep(evidence, f"plan.diets.rows[{index}]", dish, other, shared, brings)


def _wanted(evidence: Evidence) -> set[str]:
    """Allergens and foods that some guest must not have, those of diets included."""
    cells = {row["diet"]: parts(row["cells"]) for row in table("diets")}
    needs = {need for profile in evidence.plan.diets.profiles for need in profile.needs}
    return {name for need in needs for name in (cells.get(diet_named(need) or "") or avoided(need))}


def _by_contact(evidence: Evidence, row: DishDiets, wanted: set[str]) -> Iterator[str]:
    """The allergens of a row that nothing in the dish itself explains."""
    for cell in row.cells:
        name = canonical(cell.allergen)
        if name in wanted and DANGER[cell.state] > SAFE and least(evidence, evidence.dishes[row.dish], name)[0] <= SAFE:
            yield name


def _keep(evidence: Evidence, path: str, dish: Dish, other: Dish, shared: list[str], names: list[str]) -> Finding:
    """How a dish is kept apart from another, by the order in which the schedule has them."""
    things = " and ".join(shared)
    first = all(_before(evidence, dish, other, thing) for thing in shared)
    message = f"{dish.name} may hold {', '.join(names)} only by what it shares with {other.name}: {things}"
    order = f"the schedule has {dish.name} first: keep that order" if first else f"make {dish.name} first"
    clean = f"a clean {things}{' and fresh oil' if 'fryer' in shared else ''}"
    fix = f"{order} and begin with {clean}, or wash in between, or use another"
    return found("warning", path, message, ", ".join(names), fix=fix)


def _before(evidence: Evidence, dish: Dish, other: Dish, thing: str) -> bool:
    """Whether every use of a thing for one dish ends before any use of it for the other begins."""
    ours, theirs = used(dish)[thing], used(other)[thing]
    blocks = evidence.plan.timeline.blocks
    ends = [block.end for block in blocks if block.dish == dish.id and (block.step or METHOD) in ours]
    starts = [block.start for block in blocks if block.dish == other.id and (block.step or METHOD) in theirs]
    return METHOD not in ours | theirs and bool(ends and starts) and max(ends) <= min(starts)


CHECKS = {"diets.contact": contact, "diets.apart": apart}
