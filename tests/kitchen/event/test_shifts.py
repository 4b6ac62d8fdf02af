"""From tasks to people."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.plan_parts.timeline import Block, Crew
from catering_cli.kitchen.event.rota import paid_minutes, rota, tasks_by_role
from catering_cli.scheduling.shifts import most_at_once

DAY = datetime(2027, 4, 17, tzinfo=UTC)

pieces = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 90), st.integers(1, 3)), min_size=1, max_size=12)


def blocks(rows):
    for number, (start, minutes, people) in enumerate(rows):
        begin = DAY + timedelta(minutes=start)
        yield Block(
            id=f"b{number}",
            kind="prep",
            label="work",
            start=begin,
            end=begin + timedelta(minutes=minutes),
            crew=(Crew(role="cook", count=people, minutes=minutes),),
        )


@given(pieces)
def test_shifts_cover_the_work_with_no_more_people_at_once_than_it_takes(rows):
    work = tasks_by_role(list(blocks(rows)))["cook"]
    found = rota("cook", work, max(span.end for span in work))
    busiest = max(sum(n for s, m, n in rows if s <= minute < s + m) for minute in range(700))
    assert most_at_once(work) == busiest
    assert paid_minutes(found) >= sum(m * n for _, m, n in rows)
    for minute in range(700):
        moment = DAY + timedelta(minutes=minute)
        at_work = sum(n for s, m, n in rows if s <= minute < s + m)
        assert sum(shift.start <= moment < shift.end for shift in found) >= at_work


@given(pieces)
def test_a_shift_is_paid_for_four_hours_and_lasts_no_more_than_twelve(rows):
    work = tasks_by_role(list(blocks(rows)))["cook"]
    for shift in rota("cook", work, max(span.end for span in work)):
        assert timedelta(hours=4) <= shift.end - shift.start <= timedelta(hours=12)
        assert bool(shift.breaks) is (shift.end - shift.start > timedelta(hours=6))
        assert all(shift.start <= one.start < one.end <= shift.end for one in shift.breaks)
