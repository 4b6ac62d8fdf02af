"""Imported once by the process that all workers are forked from: what every order needs is then in memory already."""

from catering_cli.checks import registry
from catering_cli.cli.many import one_order
from catering_cli.kitchen import cook
from catering_cli.kitchen.day import timeline
from catering_cli.orchestrator import story

LOADED = (registry, one_order, cook, timeline, story)
