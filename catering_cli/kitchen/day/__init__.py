"""Orders to jobs and back: the kitchen day as a scheduling problem, and its answer as dated blocks.

`resources` (what there is and when the kitchen is open), `event_times` (what the event's work takes), `work` (a piece
of work, and the job of integers that is scheduled for it), `dishes` (dishes as they are made), `riders`
(who of the kitchen goes along), `trips` (what is driven when), `calls` (what each service calls for), `event_jobs`
(packing, drives, service) and `dish_jobs` (the steps of dishes, in the kitchen or at the venue), `shared_use` (the
careful dish first on what dishes share), `fire_order` (which dish is fired first), `shared_batch` (what goes into one
oven together), `day_problem` (jobs, capacities and openings), `rating` (how good a day is), `choice` (which of several
is taken), `timeline` (its blocks), `standing` (what the day has to go round), `stores` (what waits in hot boxes and on
shelves, against what there is).
"""
