"""Every task: the lab's seven, the second language, the six of the hierarchical tree, the two of refinement."""

from __future__ import annotations

from catering_cli.tasks.constraint_solving import CONSTRAINT_SOLVING
from catering_cli.tasks.ingredient_consolidation import INGREDIENT_CONSOLIDATION
from catering_cli.tasks.plan_evaluation import PLAN_EVALUATION
from catering_cli.tasks.plan_refinement import PLAN_REFINEMENT
from catering_cli.tasks.recipe_scaling import RECIPE_SCALING
from catering_cli.tasks.recipe_translation import RECIPE_TRANSLATION
from catering_cli.tasks.shared.task import AnyTask
from catering_cli.tasks.strategic_planning import STRATEGIC_PLANNING
from catering_cli.tasks.text_formatting import TEXT_FORMATTING
from catering_cli.tasks.timeline_creation import TIMELINE_CREATION
from catering_cli.tasks.tree.equipment_allocation import EQUIPMENT_ALLOCATION
from catering_cli.tasks.tree.ingredient_calculation import INGREDIENT_CALCULATION
from catering_cli.tasks.tree.recipe_scheduling import RECIPE_SCHEDULING
from catering_cli.tasks.tree.resource_planning import RESOURCE_PLANNING
from catering_cli.tasks.tree.service_coordination import SERVICE_COORDINATION
from catering_cli.tasks.tree.timeline_planning import TIMELINE_PLANNING
from catering_cli.tasks.unit_conversion import UNIT_CONVERSION

TASKS: tuple[AnyTask, ...] = (
    STRATEGIC_PLANNING,
    CONSTRAINT_SOLVING,
    RECIPE_SCALING,
    TIMELINE_CREATION,
    INGREDIENT_CONSOLIDATION,
    UNIT_CONVERSION,
    TEXT_FORMATTING,
    RECIPE_TRANSLATION,
    RESOURCE_PLANNING,
    TIMELINE_PLANNING,
    INGREDIENT_CALCULATION,
    EQUIPMENT_ALLOCATION,
    RECIPE_SCHEDULING,
    SERVICE_COORDINATION,
    PLAN_EVALUATION,
    PLAN_REFINEMENT,
)

BY_NAME: dict[str, AnyTask] = {task.name: task for task in TASKS}
