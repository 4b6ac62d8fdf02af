"""`--solve best` searches the schedule of a finished plan further and never makes it worse."""

import json

import pytest

from catering_cli.checks.registry import rank
from catering_cli.cli.actions.recook import compare
from catering_cli.cli.actions.solve_best import solved
from catering_cli.cli.runtime import compose
from catering_cli.cli.runtime.options import Options
from catering_cli.intake import load

ORDER = {
    "event": {"name": "Tea", "service_at": "2027-04-17T12:30:00-04:00", "timezone": "America/New_York"},
    "guests": 20,
    "menu": ["Roasted vegetables"],
}


def test_a_better_schedule_ranks_no_worse_and_the_rest_follows_from_it():
    pytest.importorskip("ortools")
    order = load.order_of(json.loads(json.dumps(ORDER)), "order.json")
    plan = compose.run_order(order, Options(config="offline", quiet=True), lambda _: None)
    better = solved(plan, work=0.2)
    assert better.score is not None
    assert plan.score is not None
    assert rank(better.findings, better.score) <= rank(plan.findings, plan.score)
    assert better.timeline.span_minutes <= plan.timeline.span_minutes
    assert better.run == plan.run
    assert compare(better) == ((), "")
