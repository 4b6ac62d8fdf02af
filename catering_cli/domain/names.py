"""Names that several rooms write and compare. No types: a command that only converts or lists loads them alone."""

KITCHEN = "kitchen"
"""The built-in tier, exact and free; also who decided what no model and no person did."""

HOUSE = "house"
"""Who decided what the house has measured at earlier events."""

CLIENT = "client"
"""Who decided what the client said."""

NO_MODEL = frozenset({KITCHEN, HOUSE, CLIENT})
"""Who decides without a model; any other is a tier of models."""

ABOUT_MODELS = "Models: "
"""How a notice of a run begins that says which models did not answer, and why."""
ABOUT_CAP = "Cost cap reached: "
"""How one begins that says which steps a cap on money kept from a model."""
ABOUT_ROUNDS = "Rounds: "
"""How one begins that says that rounds of refinement were not all tried."""

SYSTEMS = ("us", "imperial", "metric", "au")
"""Systems of kitchen measures."""

GRAVE = ("severe", "anaphylaxis")
"""Severities of a need that call for a plate of its own."""

HARMFUL = ("allergy", *GRAVE)
"""Severities of a need that food may harm: fed only by what is known to be safe, and never without a course."""

TASKS = (
    "strategic_planning",
    "constraint_solving",
    "recipe_scaling",
    "timeline_creation",
    "ingredient_consolidation",
    "unit_conversion",
    "text_formatting",
    "recipe_translation",
    "resource_planning",
    "timeline_planning",
    "ingredient_calculation",
    "equipment_allocation",
    "recipe_scheduling",
    "service_coordination",
    "plan_evaluation",
    "plan_refinement",
)
"""Tasks of the registry, which a test keeps equal; a routing config is read without loading them."""

CAN = " can"
"""End of the name of a unit that is one can: `400 g can`, `#10 can`."""

BIRD = " whole"
"""End of the name of a unit that is one bird or joint of a weight: `12 lb whole`. It is bought whole, as a can is."""

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula, in either width."""
