"""The recipe in the plan is the order's, the catalogue's or a drafted one, but for decided swaps."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import fold, for_dish
from catering_cli.checks.reference.recipes import source_of
from catering_cli.domain.decision import SplitTask, Substitute
from catering_cli.domain.recipe import Recipe, RecipeStep


def unchanged(evidence: Evidence) -> Findings:
    """Nothing of a recipe differs from its source but the foods that a decision substitutes."""
    for dish_id, dish in evidence.dishes.items():
        path = f"{evidence.dish_path(dish_id)}.recipe"
        source, by = source_of(evidence, dish_id)
        if dish.recipe is None or source is None:
            if (dish.recipe is None) != (source is None):
                said = "has no recipe here, but there is one" if source else "has a recipe from no source"
                yield found("blocking", path, f"{dish.name} {said}", dish.recipe_from, by)
            continue
        if dish.recipe_from != by:
            yield found("blocking", f"{path}_from", "says another wrote the recipe", dish.recipe_from, by)
        swaps = {fold(swap.item): fold(swap.by_item) for swap, _ in for_dish(evidence, Substitute, dish_id)}
        source = (
            source if source.steps else source.model_copy(update={"steps": _decided_steps(evidence, dish_id, source)})
        )
        yield from _differences(source, dish.recipe, swaps, path)


def _decided_steps(evidence: Evidence, dish_id: str, source: Recipe) -> tuple[RecipeStep, ...]:
    """The steps that decisions give a recipe without any: from the first up to the first gap."""
    timed = {one.step: one for one, _ in for_dish(evidence, SplitTask, dish_id) if one.minutes}
    whole = 0
    while whole + 1 in timed:
        whole += 1
    fields = [
        name for name in RecipeStep.model_fields if name in SplitTask.model_fields and name not in ("text", "kind")
    ]
    return tuple(
        RecipeStep(
            text=timed[number].text or f"make {source.name}"[:300],
            **{name: value for name in fields if (value := getattr(timed[number], name)) is not None},
        )
        for number in range(1, whole + 1)
    )


def _differences(source: Recipe, here: Recipe, swaps: dict[str, str], path: str) -> Findings:
    for field in Recipe.model_fields:
        if field != "ingredients" and getattr(source, field) != getattr(here, field):
            was = getattr(source, field)
            yield found("blocking", f"{path}.{field}", "differs from the recipe as written", getattr(here, field), was)
    if len(source.ingredients) != len(here.ingredients):
        message = "the recipe has another number of ingredient lines than as written"
        where = f"{path}.ingredients"
        yield found("blocking", where, message, len(here.ingredients), len(source.ingredients))
    for index, (was, now) in enumerate(zip(source.ingredients, here.ingredients, strict=False)):
        where = f"{path}.ingredients[{index}]"
        if fold(was.item) in swaps:
            if fold(now.item) != swaps[fold(was.item)]:
                yield found("blocking", where, "a decided substitution is not made", now.item, swaps[fold(was.item)])
        elif was != now:
            yield found("blocking", where, "differs from the recipe as written", _line(now), _line(was))


def _line(line: object) -> str:
    return str(line)[:200]


def present(evidence: Evidence) -> Findings:
    """Every dish has a recipe, with steps, a drafted one confirmed; what the plan says is missing is not said again."""
    told = {(one.rule, fold(one.value)) for one in evidence.plan.findings}
    for dish_id, dish in evidence.dishes.items():
        if dish.recipe is None and ("kitchen.recipe_missing", fold(dish.name)) in told:
            continue
        path = f"{evidence.dish_path(dish_id)}.recipe"
        if dish.recipe is None:
            yield found("blocking", path, f"{dish.name} has no recipe", "", fix="write it into order.recipes")
        elif not dish.recipe.steps and ("kitchen.duration_unknown", fold(dish.name)) not in told:
            yield found("open", f"{path}.steps", f"{dish.name}: no steps: say how it is made and how long that takes")
        elif dish.recipe_from not in ("order", "catalogue"):
            fix = "read it, move it into order.recipes and set confirmed_by"
            yield found("open", path, f"{dish.name}: the recipe was drafted by {dish.recipe_from}", fix=fix)


CHECKS = {"recipes.unchanged": unchanged, "recipes.present": present}
