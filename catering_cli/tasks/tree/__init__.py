"""The hierarchical tree: two tasks that plan, and four below them whose answers follow from theirs.

resource_planning  above ingredient_calculation and equipment_allocation
timeline_planning  above recipe_scheduling and service_coordination
"""
