"""Where the greedy finds nothing and arithmetic shows nothing: a schedule, or the fewest rules that cannot all hold."""

from dataclasses import replace

import pytest

from catering_cli.scheduling.problem import Job, Lag, Need, Problem, Resource

pytest.importorskip("ortools")

OVEN, COOK, FRYER = (Resource("equipment", "oven", "base"), Resource("staff", "cook", "base"),
                     Resource("equipment", "fryer", "base"))  # fmt: skip


def job(name: str, minutes: int, *needs: Resource, after: tuple[Lag, ...] = (), **more) -> Job:
    asked = tuple(Need((resource,), 1, minutes) for resource in needs)
    return Job(name, minutes, "base", asked, after, group=name[0], **more)


def served(*names: str, limit: int | None = None) -> Job:
    return Job("serve", 1, "base", (), tuple(Lag(name, limit) for name in names), earliest=0, latest=0)


def three_of_two() -> Problem:
    """Three of 50 minutes that keep for 60, on a fryer that takes one at a time and an oven nobody else needs."""
    jobs = (
        job("a", 50, FRYER),
        job("b", 50, FRYER),
        job("c", 50, FRYER),
        job("d", 20, OVEN),
        served(*"abcd", limit=60),
    )
    return Problem(jobs, {FRYER: 1, OVEN: 1, COOK: 3}, {}, -600, 10)


def test_the_core_is_minimal_and_leaves_out_what_has_nothing_to_do_with_it():
    from catering_cli.scheduling.exact.infeasible_core import verdict

    found = verdict(three_of_two())
    assert found.found is None
    names = {(rule.kind, rule.name) for rule in found.core}
    assert ("resource", "fryer") in names
    assert not names & {("resource", "oven"), ("resource", "cook"), ("keeps", "d"), ("hours", "")}
    assert {name for kind, name in names if kind == "keeps"} <= set("abc")


def test_a_day_that_was_asked_about_is_not_asked_again():
    from catering_cli.scheduling.exact.infeasible_core import verdict

    assert verdict(three_of_two()) is verdict(three_of_two())
    assert verdict(three_of_two()) is not verdict(replace(three_of_two(), capacities={FRYER: 2, OVEN: 1, COOK: 3}))


def test_without_one_rule_of_the_core_there_is_a_schedule():
    from catering_cli.scheduling.exact.infeasible_core import verdict

    whole = three_of_two()
    assert verdict(whole).core
    assert verdict(replace(whole, capacities={**whole.capacities, FRYER: 2})).found is not None


def test_hours_are_in_the_core_where_they_are_the_reason():
    from catering_cli.scheduling.exact.infeasible_core import verdict

    jobs = (job("a", 50, COOK, attended=50), job("b", 50, COOK, attended=50), served("a", "b"))
    found = verdict(Problem(jobs, {COOK: 1}, {"base": ((-70, 5),)}, -70, 5))
    assert {rule.kind for rule in found.core} == {"hours", "resource"}


def test_what_the_solver_places_keeps_every_rule():
    from catering_cli.scheduling.exact.infeasible_core import verdict

    jobs = (job("a", 50, FRYER), job("b", 50, FRYER), served("a", "b", limit=60))
    found = verdict(Problem(jobs, {FRYER: 1}, {}, -600, 10)).found
    assert found is not None
    a, b = sorted((found.placement["a"], found.placement["b"]))
    assert a + 50 <= b
    assert b + 50 <= 0 <= a + 50 + 60


def test_the_day_is_at_least_as_long_as_its_hands_have_open_minutes_for():
    from catering_cli.scheduling.backward_greedy import search
    from catering_cli.scheduling.exact.cp_sat import improve
    from catering_cli.scheduling.lower_bounds import least_span
    from catering_cli.scheduling.network import Net

    jobs = (*(job(name, 50, COOK, attended=50) for name in "abc"), served(*"abc"))
    problem = Problem(jobs, {COOK: 1}, {"base": ((-900, -600), (-100, 5))}, -900, 5)
    net = Net(problem)
    assert least_span(net) == 650  # 100 minutes on the day, 50 before the night
    found = search(problem)
    assert problem.span(found.placement) >= 650
    better = improve(problem, found, 0.5)
    assert (better.span, better.bound) == (650, 650)
