"""The day that goes wrong: the smallest change of a plan that works, `replanning.replan`.

`mishap` (what happened), `changed_order` (guests more or fewer, guests late), `fewer_people` (who is left does the
event's work), `called_in` (who is called in for those who are lost), `remaining` (the day as it stands: what is done or
under way stays, what is lost or late is not to be had), `smallest` (the fewest blocks that have to move),
`replanning` (what is thrown out, what is cut if nothing else works), `told` (what changed, and who has to be told).
"""
