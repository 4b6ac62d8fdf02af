"""A later beginning of the day: roles pooled and dealt out again, the board of bits, halving, moves and crossings."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.scheduling.backward_greedy import Found, search
from catering_cli.scheduling.exact.cp_sat import improve
from catering_cli.scheduling.lower_bounds import least_span
from catering_cli.scheduling.network import Net
from catering_cli.scheduling.problem import Job, Lag, Need, Problem, Resource
from catering_cli.scheduling.search.bit_timetable import Board
from catering_cli.scheduling.search.compress import closed, kept_whole, later, not_before
from catering_cli.scheduling.search.genetic import bred, fit
from catering_cli.scheduling.search.neighbourhood import moved
from catering_cli.scheduling.search.pooling import dealt, pooled, pools, shared

COOK, CHEF, OVEN = (Resource("staff", "cook", "base"), Resource("staff", "chef", "base"),
                    Resource("equipment", "oven", "base"))  # fmt: skip
HOURS = {"base": ((-2200, -1200), (-720, 60))}


def day(seed: int, count: int, *, limits: bool = True) -> Problem:
    """So many dishes of a cut, an oven and a finish, for two cooks, a chef and two ovens; served at 0."""
    draw = Random(seed)
    jobs, ends = [], []
    for n in range(count):
        for step, kind in enumerate(("cut", "bake", "finish")):
            minutes, hands = draw.randint(5, 50), (COOK, CHEF) if draw.random() < 0.7 else (CHEF, COOK)
            needs = [Need(hands, 1, minutes)]
            needs += [Need((OVEN,), draw.randint(1, 2), minutes)] if kind == "bake" else []
            limit = draw.choice((30, 240, 2880)) if limits else None
            after = (Lag(f"{n}.{step - 1}", limit),) if step else ()
            jobs.append(Job(f"{n}.{step}", minutes, "base", tuple(needs), after, minutes, group=str(n)))
        ends.append(Lag(f"{n}.2", 1000 if limits else None))
    serve = Job("serve", 1, "base", (), tuple(ends), earliest=0, latest=0)
    return Problem((*jobs, serve), {COOK: 2, CHEF: 1, OVEN: 2}, HOURS, -2200, 60)


def faults(problem: Problem, found: Found) -> list[str]:
    """What is wrong with a placement, minute by minute."""
    at, by, used = found.placement, {job.id: job for job in problem.jobs}, Counter()
    out = []
    for job in problem.jobs:
        start = at[job.id]
        waits = [(start - at[lag.job] - by[lag.job].minutes, lag.limit) for lag in job.after]
        out += [f"{job.id} waits {wait}" for wait, limit in waits if wait < 0 or (limit is not None and wait > limit)]
        if job.attended and not any(
            low <= start and start + job.attended <= high for low, high in problem.openings["base"]
        ):
            out.append(f"{job.id} outside opening")
        for need, resource in zip(job.needs, found.taken[job.id], strict=True):
            out += [] if resource in need.options else [f"{job.id} has {resource.name}"]
            used.update({(resource, minute): need.count for minute in range(start, start + need.minutes)})
    return out + [f"{key}" for key, count in used.items() if count > problem.capacities[key[0]]]


def span(found: Found) -> int:
    return -min(found.placement.values())


def test_roles_that_do_the_same_work_are_one_pool():
    problem = day(1, 3)
    assert {frozenset(options) for options in pools(problem)} == {frozenset({COOK, CHEF})}
    pool = next(iter(pools(problem).values()))
    assert pooled(problem, pools(problem)).capacities[pool] == 3


@pytest.mark.parametrize(
    "other",
    [Need((CHEF,), 1, 10), Need((COOK, CHEF), 2, 10), Need((CHEF, OVEN), 1, 10)],
    ids=["one role alone", "two at a time", "another set with one of them"],
)
def test_roles_that_somebody_tells_apart_are_no_pool(other):
    problem = day(1, 3)
    jobs = (*problem.jobs, Job("more", 10, "base", (other,)))
    assert not pools(Problem(jobs, problem.capacities, HOURS, -2200, 60))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 9))
def test_what_is_found_with_pools_holds_when_the_roles_are_dealt_out(seed, count):
    problem = day(seed, count)
    known = pools(problem)
    one = pooled(problem, known)
    found = search(one)
    if found.valid:
        assert not faults(one, found)
        assert not faults(problem, dealt(problem, found, known))
        assert shared(problem, dealt(problem, found, known), known).taken == found.taken


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_the_board_knows_the_same_free_minutes_as_counting(seed, data):
    problem = pooled(day(seed, 5), pools(day(seed, 5)))
    found = search(problem)
    if not found.valid:
        return
    net = Net(problem)
    board = Board(net, found, -2200)
    i = data.draw(st.integers(0, len(net.jobs) - 1))
    board.lift(i)
    low, high = net.low[i], min(net.high[i], net.low[i] + data.draw(st.integers(0, 600)))

    def fits(minute: int) -> bool:
        used: Counter = Counter()
        for job in problem.jobs:
            at = minute if job.id == net.jobs[i].id else found.placement[job.id]
            for need in job.needs:
                used.update({(need.options[0], m): need.count for m in range(at, at + need.minutes)})
        attended = net.jobs[i].attended
        opened = attended is None or any(a <= minute and minute + attended <= b for a, b in HOURS["base"])
        return opened and all(count <= problem.capacities[key[0]] for key, count in used.items())

    free = [minute for minute in range(low, high + 1) if fits(minute)]
    assert board.latest(i, low, high) == (free[-1] if free else None)
    if free:
        assert board.earliest(i, low) == free[0]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_every_later_day_is_valid_and_begins_no_earlier(seed):
    problem = day(seed, 12)
    problem = pooled(problem, pools(problem))
    found = search(problem)
    if found.valid:
        net = Net(problem)
        least = least_span(net)
        for one in (closed(problem, found, least), moved(net, found, least, 500), later(problem, found, 0.02)):
            assert not faults(problem, one)
            assert least <= span(one) <= span(found)


def test_halving_sees_that_what_must_lie_far_ahead_is_urgent():
    rest = Job("rest", 700, "base", (Need((COOK,), 1, 10),), (), 10, group="a")
    use = Job("use", 60, "base", (Need((COOK,), 1, 60),), (Lag("rest", 1440),), 60, group="a")
    hour = (Need((COOK,), 1, 60),)
    others = [Job(f"o{n}", 60, "base", hour, (), 60, earliest=-720, group=f"o{n}") for n in range(10)]
    ends = tuple(Lag(job.id) for job in (use, *others))
    serve = Job("serve", 1, "base", (), ends, earliest=0, latest=0)
    problem = Problem((rest, use, *others, serve), {COOK: 1}, HOURS, -2200, 60)
    found = search(problem)
    better = closed(problem, found, least_span(Net(problem)))
    assert not faults(problem, better)
    assert span(better) < span(found)


def held_open(short: int) -> tuple[Problem, Found]:
    """A chain of 75 minutes on the evening before, and so many jobs of a quarter of an hour, for one cook."""
    hands = lambda minutes: (Need((COOK,), 1, minutes),)  # noqa: E731
    chain = (
        Job("cut", 40, "base", hands(40), (), 40, group="a"),
        Job("bake", 35, "base", hands(35), (Lag("cut", 30),), 35, group="a"),
    )
    others = tuple(Job(f"o{n}", 15, "base", hands(15), (), 15, group=f"o{n}") for n in range(short))
    ends = tuple(Lag(job.id) for job in (chain[1], *others))
    serve = Job("serve", 1, "base", (), ends, earliest=0, latest=0)
    problem = Problem((*chain, *others, serve), {COOK: 1}, HOURS, -2200, 60)
    evening = replace(problem, jobs=(chain[0], replace(chain[1], latest=-1235), *others, serve))
    return problem, search(evening)


def test_a_chain_that_holds_the_day_open_is_kept_whole_on_the_morning():
    problem, found = held_open(47)
    assert (span(found), least_span(Net(problem))) == (1275, 1260)
    whole, begun = kept_whole(problem, found, 1260)
    assert [job.earliest for job in whole.jobs[:2]] == [-720, -680]
    assert not faults(problem, begun)
    assert min(begun.placement["cut"], begun.placement["bake"]) >= -720
    assert span(begun) == 1260


def test_where_the_day_has_no_room_for_it_the_chain_stays_where_it_is():
    problem, found = held_open(47)
    fixed = tuple(replace(job, latest=-1235) if job.id == "bake" else job for job in problem.jobs)
    problem = replace(problem, jobs=fixed)
    assert kept_whole(problem, found, 1260) == (problem, found)


def test_nothing_may_begin_before_the_moment_that_is_asked_for():
    cut = not_before(day(3, 4), -700)
    assert min(Net(cut).low) >= -700


def test_without_limits_orders_of_work_are_crossed_and_begin_later():
    problem = day(5, 20, limits=False)
    problem = pooled(problem, pools(problem))
    net, found = Net(problem), search(problem)
    assert fit(net)
    assert not fit(Net(day(5, 20)))
    better = bred(net, found, least_span(net), 20_000)
    assert not faults(problem, better)
    assert span(better) < span(found)


@pytest.mark.parametrize("limits", [True, False])
def test_the_same_day_is_found_every_time(limits):
    problem = day(7, 14, limits=limits)
    found = search(problem)
    assert found.valid
    assert dict(later(problem, found, 0.05).placement) == dict(later(problem, found, 0.05).placement)


def test_what_is_found_for_a_large_day_holds_for_every_cook_and_its_bound_is_proven():
    problem = day(3, 110)
    problem = replace(problem, capacities={COOK: 8, CHEF: 3, OVEN: 16})
    found = search(problem)
    better = improve(problem, found, 0.05, aims=("span",))
    assert not faults(problem, better.found)
    assert better.bound == least_span(Net(pooled(problem, pools(problem)))) <= better.span < span(found)
