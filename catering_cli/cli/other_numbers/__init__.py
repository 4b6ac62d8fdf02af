"""The same document for other numbers, or in other units: `scale`, `convert` and `show --units`.

scale            an order or recipe for other numbers; scaled_text has it as text
convert          a quantity or lines; convert_file: a recipe or an order
ask_measures     models asked for informal measures; ask_technique: how dishes are made at volume
recipe_text      a recipe as text
in_system        a plan in metric or US measures, for reading
"""
