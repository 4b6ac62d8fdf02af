"""Plan to sections: what each part of a plan says, before any form.

index      every section by name, which belong to the first reading, which make a book
do_now     what to settle, with who and by when; first_screen: special meals, the day in ten lines, crew, money
verdict    is the plan ready: verdict, issues, assumptions, contingency, texts, run
proposals  what the notes were read as, and what each change would do
readings   what was read in doubt, and the field to change
food       menu, recipes, shopping
diets      allergen chart, and what each kind of guest eats
timeline   Gantt chart and tasks
event      staff, equipment, service, costs
guests     buffet cards
today      one page for the next six hours
variants   variants of a plan side by side
replanned  what changed on the day, and whom to tell
changes    what a revision changed; findings has one issue as a line
"""
