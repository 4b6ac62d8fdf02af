"""Work plans without a planner: the kitchen's own, and the fixed hierarchical tree."""

from __future__ import annotations

from catering_cli.domain.execution import ExecutionPlan, Pattern, Step
from catering_cli.domain.order import Order
from catering_cli.orchestrator.work_plan.lint import ROOT
from catering_cli.tasks.registry import BY_NAME
from catering_cli.tasks.shared import order_view
from catering_cli.tasks.strategic_planning import STRATEGIC_PLANNING

TREE: tuple[tuple[str, str, str], ...] = (
    ("conflicts", "constraint_solving", ROOT),
    ("resources", "resource_planning", ROOT),
    ("timeline", "timeline_planning", ROOT),
    ("ingredients", "ingredient_calculation", "resources"),
    ("equipment", "equipment_allocation", "resources"),
    ("recipes", "recipe_scheduling", "timeline"),
    ("service", "service_coordination", "timeline"),
)
"""Id, task and parent of the nodes below the strategic planner, as the lab draws them; and who reads the notes."""

ALWAYS = frozenset({"constraint_solving", "resource_planning", "timeline_planning", "text_formatting"})
"""Tasks that every order requires: conflicts and the day show only in the cooked plan, its texts are for people."""


def root(pattern: Pattern) -> Step:
    """The planner's own step."""
    why = "what the whole is about" if pattern == "hierarchical" else "which judgements are to be made"
    return Step(id=ROOT, task=STRATEGIC_PLANNING.name, why=why)


def dish_ids(order: Order) -> tuple[str, ...]:
    """Ids of the order's own menu, less what the client's decisions drop from it."""
    own = {f"d{number}" for number in range(1, len(order.menu) + 1)}
    return tuple(dish.id for dish in order_view.menu_dishes(order, ()) if dish.id in own)


def kitchen_plan(order: Order) -> ExecutionPlan:
    """The kitchen's own plan: every task once, those about a dish for each dish; lint adds the data edges."""
    dishes = dish_ids(order)
    scale = [
        Step(id=f"{dish}.scale", task="recipe_scaling", subject=dish, why="how it is made at volume") for dish in dishes
    ]
    time = [Step(id=f"{dish}.time", task="timeline_creation", subject=dish, why="how long it takes") for dish in dishes]
    steps = (
        Step(id="conflicts", task="constraint_solving", complexity="high", why="what does not fit together"),
        *scale,
        *time,
        Step(id="amounts", task="resource_planning", why="what more take, and how much is made of it"),
        Step(id="day", task="timeline_planning", why="what is made on which day, and what is fired first"),
        Step(id="foods", task="ingredient_consolidation", complexity="low", why="which names mean one food"),
        Step(id="measures", task="unit_conversion", complexity="low", why="what informal measures are"),
        Step(id="texts", task="text_formatting", complexity="low", why="what guests, kitchen and floor are told"),
    )
    return ExecutionPlan(steps=steps, by="kitchen")


def tree(order: Order) -> ExecutionPlan:
    """The hierarchical tree; a dish without recipe has a step of its own that drafts one, before those who read it."""
    own = dish_ids(order)
    without_recipe = [dish.id for dish in order_view.menu_dishes(order, ()) if dish.recipe is None]
    bare = [ident for ident in without_recipe if ident in own]
    drafts = [
        Step(id=f"{dish}.draft", task="recipe_scaling", subject=dish, why="the dish has no recipe") for dish in bare
    ]
    nodes = [Step(id=name, task=task, needs=(parent,)) for name, task, parent in TREE]
    return ExecutionPlan(steps=(root("hierarchical"), *drafts, *nodes), by="tree")


def besides(order: Order) -> tuple[Step, ...]:
    """Steps that no planner is asked about: what the crew reads in its second language."""
    if not order.languages:
        return ()
    why = "the crew reads its second language"
    return (Step(id="translation", task="recipe_translation", complexity="low", why=why),)


def with_root(work: ExecutionPlan) -> ExecutionPlan:
    """The plan with the planner's own step in front of those that read its briefs."""
    steps = [_after_root(step) for step in work.steps]
    return work.model_copy(update={"steps": (root("planning-execution"), *steps)})


def _after_root(step: Step) -> Step:
    if ROOT in step.needs or STRATEGIC_PLANNING.name not in BY_NAME[step.task].wants:
        return step
    return step.model_copy(update={"needs": (ROOT, *step.needs)})


def required(order: Order) -> tuple[Step, ...]:
    """The steps of the kitchen's own plan that have something to settle which the kitchen cannot."""
    return tuple(step for step in kitchen_plan(order).steps if _is_required(step, order))


def _is_required(step: Step, order: Order) -> bool:
    return step.task in ALWAYS or _is_open(step, order)


def _is_open(step: Step, order: Order) -> bool:
    task = BY_NAME[step.task]
    return task.is_open(task.given(order, step.subject, ()))
