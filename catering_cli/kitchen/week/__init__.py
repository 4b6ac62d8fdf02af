"""Several events that one house cooks, each with a plan of its own: `planning.cook_week`.

`household` (what the house has, read into each order), `held` (what a plan holds of the house, and when), `planning`
(one event after the other, each round those before it; who does not fit is said, with what would help), `sharing` (a
base made once, if that is asked for), `made_twice` (what one event could make for another), `guide` (bought together
while it keeps), `pay` (the same people for all), `costs` and `shares` (what each event bears, to the cent).
"""
