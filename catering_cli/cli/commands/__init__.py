"""The commands, one thin Typer module each.

plan, refine         make a plan, improve one
scale, convert       other numbers, other units
week                 several events in one kitchen
show, check          print a plan, prove one
routes, runs         who is asked for what, and what was asked and paid for
dishes               the catalogue, searched
schema               JSON Schemas and examples
options              the options that several commands share
"""
