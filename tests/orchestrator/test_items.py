"""An answer is judged item by item: the good ones stand, the bad ones are named with their place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.finding import Finding
from catering_cli.orchestrator.items import Judge, bad_items, what_stands
from catering_cli.tasks.shared.findings import rejected
from catering_cli.tasks.shared.task import Wire


class Inner(Wire):
    text: str


class Reply(Wire):
    title: str
    rows: list[str]
    whole: list[str]
    inner: Inner


def faults(answer: Reply) -> list[Finding]:
    texts = [answer.title, answer.inner.text, *answer.rows, *answer.whole]
    return [rejected("bad", "somewhere", "is bad", value=text) for text in texts if "bad" in text]


def decides(answer: Reply) -> bool:
    return any((answer.title, answer.inner.text, answer.rows, answer.whole))


JUDGE = Judge(faults, decides, whole=("whole",))
WORDS = st.sampled_from(["good", "bad", "fair", "bad too"])


def reply(title: str, rows: list[str], whole: list[str], text: str) -> Reply:
    return Reply(title=title, rows=rows, whole=whole, inner=Inner(text=text))


@given(WORDS, st.lists(WORDS, max_size=6), WORDS)
def test_what_stands_is_all_that_is_good_and_nothing_bad(title: str, rows: list[str], text: str) -> None:
    answer = reply(title, rows, ["good"], text)
    bad = bad_items(answer, faults(answer), JUDGE)
    stands = what_stands(answer, bad, JUDGE) or answer
    assert faults(stands) == []
    assert stands.rows == [row for row in rows if "bad" not in row]
    assert stands.title == ("" if "bad" in title else title)
    assert {item.place for item in bad} == {
        *(["title"] if "bad" in title else []),
        *(["inner.text"] if "bad" in text else []),
        *(f"rows[{index}]" for index, row in enumerate(rows) if "bad" in row),
    }


def test_what_stands_or_falls_as_one_is_not_taken_apart() -> None:
    answer = reply("good", ["good"], ["good", "bad"], "good")
    bad = bad_items(answer, faults(answer), JUDGE)
    assert bad == []
    assert what_stands(answer, bad, JUDGE) is None


def test_an_answer_of_which_nothing_is_left_does_not_stand() -> None:
    answer = reply("bad", ["bad"], [], "")
    assert what_stands(answer, bad_items(answer, faults(answer), JUDGE), JUDGE) is None
