"""From tasks to people."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.timeline import Block, Crew
from catering_cli.kitchen.event.staffing import most_at_once, shifts

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
def test_people_are_exactly_the_peak_and_their_hours_cover_the_work(rows):
    found = shifts(blocks(rows))["cook"]
    busiest = max(sum(n for s, m, n in rows if s <= minute < s + m) for minute in range(700))
    assert most_at_once(found) == busiest
    assert sum(shift.minutes for shift in found) >= sum(m * n for _, m, n in rows)
    assert min(shift.start for shift in found) == DAY + timedelta(minutes=min(s for s, _, _ in rows))
    assert max(shift.end for shift in found) == DAY + timedelta(minutes=max(s + m for s, m, _ in rows))
