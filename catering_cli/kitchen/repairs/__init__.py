"""What would make it work: for guests unfed, and for a day that does not fit.

`feeding` finds who lacks a course and what would feed them, with `substitutions` (foods exchanged within a dish) and
`on_the_way` (whether a dish keeps for the drive).
`impossible` tells of a day without a schedule, `unsteady` of one that blocks: `diagnosis` finds why and `conflict_text`
says it, `day` which changes of the order make it work, each an `idea`: `order_changes` (more time, people or
equipment), `made_otherwise` (further ahead, at the venue, in smaller batches), `swap_dish` (another dish, `of_a_kind`)
and `cost` (what a change adds to the bill). A change is data: `order_patch` makes it, and each one that is offered was
tried by making the changed order's day (`trials`).
"""
