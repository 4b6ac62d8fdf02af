"""A solver of project scheduling with resources, time lags and openings, in integers: it knows no dish and no date.

In the order of the data: `problem` (jobs, needs, waits), `intervals` (joined, and dealt out to people), `shifts`
(work as shifts of people), `usage` (what
is in use when), `network` (which job waits for which), `lower_bounds` (what is proven before any search),
`backward_greedy` (the first schedule), `pooling`, `late_work`, then the search for a later start: `compress` (halving),
`genetic` or `neighbourhood` on a `bit_timetable`. `cp_model` is the model that CP-SAT is given; `cp_sat` asks it for a
better schedule and for how good it is, `infeasible_core` why there is none. `relaxation` finds what would make a day
work.
"""
