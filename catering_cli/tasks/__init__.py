"""The judgements that can be asked for, one module each; `registry` lists them, `prompts` holds what a model reads.

planning            strategic_planning, constraint_solving
a dish              recipe_scaling, timeline_creation
the ingredients     ingredient_consolidation, unit_conversion
the texts           text_formatting, recipe_translation
tree                the hierarchical tree: resource_planning, timeline_planning and the four below them
refinement          plan_refinement, plan_evaluation
reading             the client's words, sentence by sentence
drafts              a drafted recipe: its wire form, its rules, and its trial
shaping             the day of a cooked plan as it is read, and moves that shape menu and day
shared              what several of them have in common
"""
