"""Orders to jobs and back: the kitchen day as a scheduling problem, and its answer as dated blocks.

`resources` (what there is and when the kitchen is open), `event_times` (what the event's work takes), `work` (a piece
of work, and the job of integers that is scheduled for it), `event_jobs` and `dish_jobs` (all work of an order),
`day_problem` (jobs, capacities and openings), `buffers` (time in hand before plating and after arrival), `timeline`
(search, blocks), `robustness` (the stress test: the day run again with delays).
"""
