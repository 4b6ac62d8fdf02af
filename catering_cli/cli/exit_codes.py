"""How the process ends."""

from enum import IntEnum


class Status(IntEnum):
    """Exit codes; part of the contract with the user."""

    GOOD = 0
    """a good plan, or the answer that was asked for"""
    INTERNAL = 1
    """a defect of catering, or a result that could not be written"""
    BAD_INPUT = 2
    """bad input or usage"""
    BLOCKING = 3
    """a plan with blocking findings (still printed); lines of a file that could not be converted"""
    EXHAUSTED = 4
    """no model answered a step whose route leaves the kitchen out; the kitchen's plan is still printed"""
    OVER_COST = 5
    """the cost cap was reached before there was a plan"""
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    """the reader of standard output went away, as with `| head`"""


WORST_FIRST = (
    Status.INTERRUPTED,
    Status.INTERNAL,
    Status.BAD_INPUT,
    Status.OVER_COST,
    Status.EXHAUSTED,
    Status.BLOCKING,
    Status.GOOD,
)


def worst(statuses: "list[Status]") -> Status:
    """Of several orders, the code that is reported."""
    return min(statuses, key=WORST_FIRST.index, default=Status.GOOD)
