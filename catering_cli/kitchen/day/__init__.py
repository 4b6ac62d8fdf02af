"""Orders to jobs and back: the kitchen day as a scheduling problem, and its answer as dated blocks.

`resources` (what there is and when the kitchen is open), `event_times` (what the event's work takes), `event_jobs` and
`dish_jobs` (the jobs), `buffers` (time in hand before plating and after arrival), `timeline` (problem, search, blocks),
`robustness` (the stress test: the day run again with delays).
"""
