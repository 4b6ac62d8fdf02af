"""A solver of project scheduling with resources, time lags and openings, in integers: it knows no dish and no date.

In the order of the data:
problem, intervals          jobs, needs, waits; spans joined, and dealt out to people
shifts, late_work           work as shifts of people; work that could be made ahead
usage, network              what is in use when; which job waits for which
time_lags, lower_bounds     what is proven before any search
priority_rules              which job is placed next
backward_greedy, restarts   the first schedule; a better one by placing again
search/                     a later start, from a first schedule
exact/                      CP-SAT: a better schedule, or why there is none
relaxation, excess          what would make a day work; when more is in use than there is
"""
