"""The command line, and the only room that prints.

app             which commands there are
commands        their options and arguments, one thin module each
actions         what each command does
other_numbers   the same document for other numbers or in other units
house           several events in one kitchen; the rest of a day that went wrong
many            several orders of one command: on every core, or on a Dask cluster
bench           configurations measured on orders: grades, sums, the Pareto set
runtime         routing, tiers, providers and journal, put together for one run
output          results to standard output, everything else to standard error
destination     where a result is written: looked at first, held, replaced whole
errors          what is raised becomes a message and one of the exit_codes
schemas         writes the shipped JSON Schemas, catalogue the index of dishes; version holds the version
signature       who stands for something: --by
own_recipe      a drafted recipe written as a recipe file of the house
local_model     a small real model on this machine
"""
