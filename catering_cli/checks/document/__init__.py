"""Rules about the plan as a document.

form           the plan is whole: sections filled, sources named, no figure in a model's prose
assumptions    what the order leaves open is stated, and what is done if something goes wrong fits the plan
open_items     what no table has is reported as unknown, and nothing else
"""
