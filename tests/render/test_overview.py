"""What models say of an event can be read: in the first reading, in full in its section, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from catering_cli.domain.decision import Critique, Decided, Overview
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.page import Page

SAMPLE = Path(__file__).parents[2] / "sample_orders" / "boxed_lunches.json"
SAID = Overview(
    text="A working lunch in waves.",
    risks=("The lift is shared.", "The bread dries.", "The second van is late.", "Nobody signs."),
    questions=("Who opens the gate?",),
)
THOUGHT = Critique(text="Good bones.", weaknesses=("One oven for everything.",))


def planned(*decisions: Overview | Critique) -> CateringPlan:
    return cook(load.order(str(SAMPLE)), tuple(Decided(decision=one, by="planner") for one in decisions))


@pytest.mark.parametrize(("form", "section"), [("terminal", "overview"), ("terminal", "manager"), ("html", None)])
def test_every_word_of_a_model_is_shown_with_its_maker(form: str, section: str | None) -> None:
    text = WRITERS[form](planned(SAID, THOUGHT), Page(section=section))
    for words in (
        SAID.text,
        *(risk.text for risk in SAID.risks),
        *SAID.questions,
        THOUGHT.text,
        *THOUGHT.weaknesses,
        "planner",
    ):
        assert words in text


def test_the_first_reading_has_the_first_of_them() -> None:
    text = WRITERS["terminal"](planned(SAID, THOUGHT), Page())
    assert all(words in text for words in (SAID.text, SAID.risks[0].text, SAID.questions[0], THOUGHT.text))
    assert SAID.risks[3].text not in text


def test_without_a_model_the_overview_is_of_the_plan_s_figures() -> None:
    text = WRITERS["terminal"](planned(), Page(section="overview"))
    assert "8 dishes for 45 guests" in text
