"""Names of the tasks, so that a routing config can be read without loading the tasks. A test keeps them equal."""

TASKS = (
    "strategic_planning",
    "constraint_solving",
    "recipe_scaling",
    "timeline_creation",
    "ingredient_consolidation",
    "unit_conversion",
    "text_formatting",
    "resource_planning",
    "timeline_planning",
    "ingredient_calculation",
    "equipment_allocation",
    "recipe_scheduling",
    "service_coordination",
    "plan_evaluation",
    "plan_refinement",
)
