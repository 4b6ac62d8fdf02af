"""The commands, one thin Typer module each.

plan, refine         make a plan, improve one
accept               a person accepts what was read in the client's words
intake               a message becomes an order
scale, convert       other numbers, other units
week, replan, close  several events in one kitchen; a day that went wrong; what was measured
show, check          print a plan, prove one
dishes               the catalogue, searched
confirm              a drafted recipe kept as one of the house's own
schema               JSON Schemas and examples
asking/              what is about the models alone
options              the options that several commands share
"""
