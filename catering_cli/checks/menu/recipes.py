"""The recipe in the plan is the order's, the catalogue's or a drafted one, but for decided swaps."""

from __future__ import annotations

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.decisions import fold, for_dish
from catering_cli.checks.reference.recipes import source_of
from catering_cli.domain.decision import SplitTask, Substitute
from catering_cli.domain.recipe import Recipe, RecipeStep

TIMED = [name for name in RecipeStep.model_fields if name in SplitTask.model_fields and name not in ("text", "kind")]
"""Fields of a step that a decision gives it."""


def unchanged(evidence: Evidence) -> Findings:
    """Nothing of a recipe differs from its source but the foods that a decision substitutes."""
    for path, dish in evidence.menu:
        source, by = source_of(evidence, dish.id)
        if dish.recipe is None or source is None:
            yield from compare_entry(path, dish, {"recipe": source}, BLOCKING)
            continue
        yield from compare_entry(path, dish, {"recipe_from": by}, BLOCKING)
        steps = source.steps or _decided_steps(evidence, dish.id, source)
        due = {name: getattr(source, name) for name in Recipe.model_fields if name != "ingredients"}
        yield from compare_entry(f"{path}.recipe", dish.recipe, due | {"steps": steps}, BLOCKING)
        swaps = {fold(swap.item): fold(swap.by_item) for swap, _ in for_dish(evidence, Substitute, dish.id)}
        yield from _ingredients(source, dish.recipe, swaps, f"{path}.recipe.ingredients")


def _decided_steps(evidence: Evidence, dish_id: str, source: Recipe) -> tuple[RecipeStep, ...]:
    """The steps that decisions give a recipe without any: from the first up to the first gap."""
    timed = {one.step: one for one, _ in for_dish(evidence, SplitTask, dish_id) if one.minutes}
    steps: list[RecipeStep] = []
    while split := timed.get(len(steps) + 1):
        given = {name: getattr(split, name) for name in TIMED}
        known = {name: value for name, value in given.items() if value is not None}
        steps.append(RecipeStep(text=split.text or f"make {source.name}"[:300], **known))
    return tuple(steps)


def _ingredients(source: Recipe, here: Recipe, swaps: dict[str, str], path: str) -> Findings:
    if len(source.ingredients) != len(here.ingredients):
        message = "the recipe has another number of ingredient lines than as written"
        yield found("blocking", path, message, len(here.ingredients), len(source.ingredients))
    for was, (where, now) in zip(source.ingredients, placed(path, here.ingredients), strict=False):
        swap = swaps.get(fold(was.item))
        if swap is None and was != now:
            yield found("blocking", where, "differs from the recipe as written", str(now)[:200], str(was)[:200])
        elif swap is not None and fold(now.item) != swap:
            yield found("blocking", where, "a decided substitution is not made", now.item, swap)


def present(evidence: Evidence) -> Findings:
    """Every dish has a recipe, with steps, a drafted one confirmed; what the plan says is missing is not said again."""
    told = {(one.rule, fold(one.value)) for one in evidence.plan.findings}
    for path, dish in evidence.menu:
        name = fold(dish.name)
        if dish.recipe is None:
            if ("kitchen.recipe_missing", name) not in told:
                message = f"{dish.name} has no recipe"
                yield found("blocking", f"{path}.recipe", message, fix="write it into order.recipes")
        elif not dish.recipe.steps:
            if ("kitchen.duration_unknown", name) not in told:
                message = f"{dish.name}: no steps: say how it is made and how long that takes"
                yield found("open", f"{path}.recipe.steps", message)
        elif dish.recipe_from not in ("order", "catalogue"):
            fix = "read it, move it into order.recipes and set confirmed_by"
            message = f"{dish.name}: the recipe was drafted by {dish.recipe_from}"
            yield found("open", f"{path}.recipe", message, fix=fix)


CHECKS = {"recipes.unchanged": unchanged, "recipes.present": present}
