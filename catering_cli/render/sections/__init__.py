"""Plan to sections: what each part of a plan says, before any form.

index      every section by name, and which belong to the first reading
verdict    is the plan ready: verdict, issues, assumptions, contingency, texts, run
readings   what was read in doubt, and the field to change
food       menu, recipes, shopping
diets      allergen chart, and what each kind of guest eats
timeline   Gantt chart and tasks; stations has them by station
event      staff, equipment, service, food safety, packing, costs
guests     buffet cards and special meals
today      one page for the next six hours
changes    what a revision changed; findings has one issue as a line
"""
