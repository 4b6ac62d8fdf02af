"""Rules about who may eat what.

matrix             no cell of the chart is safer than the ingredients show, of allergens or of diets
step_foods         what only a step brings in
cross_contact      equipment that dishes share
labels_to_read     the labels and certificates to see before service
feeding            guests are given only what is known to be safe for them, and all that they are due
shortages          who lacks a course is told, with repairs that feed them
"""
