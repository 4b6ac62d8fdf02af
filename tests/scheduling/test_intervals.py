"""Intervals: joined they cover the same minutes, and dealt out they need as many people as work at once."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.scheduling.intervals import assign, union

SPANS = st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 8)).map(lambda span: (span[0], span[0] + span[1])))
TASKS = st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 8)).map(lambda task: (task[0], task[0] + task[1])))


def minutes(spans) -> Counter[int]:
    return Counter(minute for low, high in spans for minute in range(low, high))


@given(SPANS)
def test_joined_spans_cover_the_same_minutes_once_and_do_not_touch(spans):
    joined = union(spans)
    assert minutes(joined) == Counter(minutes(spans).keys())
    assert all(one[1] < other[0] for one, other in pairwise(joined))


@given(TASKS)
def test_as_many_people_as_work_at_once_do_every_task_one_after_another(tasks):
    people = assign(tasks)
    assert len(people) == max(minutes(tasks).values(), default=0)
    assert Counter(task for person in people for task in person) == Counter(tasks)
    for person in people:
        assert all(before[1] <= then[0] for before, then in pairwise(person))


def test_a_task_goes_to_the_person_last_busy_who_is_free():
    assert assign([(0, 2), (0, 5), (6, 7)]) == [[(0, 2)], [(0, 5), (6, 7)]]
