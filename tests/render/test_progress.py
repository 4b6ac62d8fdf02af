"""What a run tells on standard error: the kitchen's plan first, then each step, one line or one living line."""

from __future__ import annotations

import re
from decimal import Decimal
from io import StringIO

import pytest

from catering_cli.domain.execution import Event
from catering_cli.render.progress import Progress

RUN = (
    Event(0.1, "check", state="0.950"),
    Event(0.2, "plan", state="the kitchen's own plan is ready"),
    Event(0.3, "step", "s1", "constraint_solving", state="running"),
    Event(1.0, "attempt", "s1", "constraint_solving", "mid", "model-a", "timeout", None, 0.7),
    Event(2.0, "attempt", "s1", "constraint_solving", "planner", "model-b", "accepted", Decimal("0.0123"), 1.0),
    Event(2.0, "step", "s1", "constraint_solving", "planner", state="accepted"),
    Event(2.1, "check", state="0.990"),
)


def told(**how) -> str:
    out = StringIO()
    progress = Progress(out, **how)
    for event in RUN:
        progress(event)
    progress.end()
    return out.getvalue()


def test_the_kitchens_plan_is_told_before_any_model_is_asked():
    lines = told().splitlines()
    assert "the kitchen's own plan is ready, score 0.950" in lines[0]
    assert "constraint_solving" not in lines[0]


def test_a_pipe_gets_whole_lines_and_no_escape():
    said = told()
    assert "\x1b" not in said
    assert "\r" not in said
    assert "timeout" in said
    assert "at least $0.0123 spent on models" in said, "what the call that timed out cost is not known"


def test_a_terminal_gets_one_living_line_that_is_taken_away():
    said = told(live=True, width=60)
    assert "\r\x1b[2K" in said
    assert max(len(line) for part in said.split("\n") for line in part.split("\r\x1b[2K")) <= 120
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l"), "the cursor comes back"
    assert said.endswith("spent on models.\n")


@pytest.mark.parametrize("part", ["mid model-a", "timeout", "planner model-b", "accepted", "1.0 s", "$0.0123"])
def test_verbose_tells_tier_model_state_seconds_and_money(part):
    assert part in told(verbose=True)


def test_the_kitchen_alone_says_nothing():
    out = StringIO()
    progress = Progress(out)
    progress(Event(0.0, "plan", state="the kitchen decides alone"))
    progress(Event(0.1, "check", state="1.000"))
    progress.end()
    assert out.getvalue() == ""


MODELS = (("planner", "claude-opus-5-5"), ("mid", "a-model-with-a-very-long-name-indeed-20260101"))


@pytest.mark.parametrize("width", [80, 160])
def test_the_display_says_how_far_it_is_and_what_is_in_flight_in_whole_words(width):
    out = StringIO()
    progress = Progress(out, live=True, width=width)
    progress(Event(0.2, "work", steps=12))
    for number, (tier, model) in enumerate(MODELS):
        progress(Event(0.3, "call", f"d{number}.scale", "recipe_scaling", tier, model))
    progress(Event(1.0, "attempt", "s", "recipe_scaling", "mid", "m", "accepted", Decimal("0.5"), 1.0, journalled=True))
    progress(Event(1.0, "step", "s", "recipe_scaling", "mid", state="accepted"))
    progress.display._bars.refresh()
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue()).replace("\r", "\n").splitlines()
    progress.end()
    assert max(map(len, lines)) <= width
    said = "\n".join(lines)
    assert re.search(r"1 of 12 steps  \$0\.5000  1 from the journal +0:00:0\d", said)
    assert re.search(r"planner claude-opus-5-5 recipe_scaling d0\.scale +0:00:0\d", said)
    known = {"mid", MODELS[1][1], "recipe_scaling", "d1.scale"}
    last = [line for line in lines if line.startswith("mid ")][-1]
    assert {word for word in last.split() if not word.startswith("0:00")} <= known, "no word is broken"
    assert "…" not in said


def test_what_stays_above_the_display_breaks_between_words():
    out = StringIO()
    progress = Progress(out, live=True, width=80)
    text = "The planner's work plan was repaired: the step reads results it did not wait for (19 times), twice over"
    progress(Event(0.2, "notice", state=text))
    progress.end()
    first, second = out.getvalue().splitlines()
    assert (f"{first} {second}", len(first) <= 80) == (text, True)


@pytest.mark.parametrize("begun", [False, True])
def test_a_text_that_is_set_for_the_terminal_stays_as_it_is(begun):
    """Its colours take no columns: a row as wide as the terminal is not broken again."""
    row = " ".join(f"\x1b[1m{word * 7}\x1b[0m" for word in "abcdefghij")
    out = StringIO()
    progress = Progress(out, live=True, width=80)
    if begun:
        progress(RUN[2])
    progress.show(row)
    progress.end()
    assert " ".join(word * 7 for word in "abcdefghij") in re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
