"""What models write: good English is taken, a claim never is; texts with sources in `words`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catering_cli.data import tables
from catering_cli.kitchen.event import texts
from catering_cli.kitchen.recipes import catalogue
from catering_cli.tasks.shared import claims, prose

WORDS = Path(__file__).parent / "words"
ACCEPTED = json.loads((WORDS / "accepted.json").read_text(encoding="utf-8"))
REFUSED = [
    one for one in json.loads((WORDS / "refused.json").read_text(encoding="utf-8")) if one["kind"] != "note_reading"
]
STRICTNESS = {"client_letter": prose.LETTER, "technique": prose.TECHNIQUE, "draft_step": prose.RECIPE}


def faults(kind: str, text: str) -> list[str]:
    return prose.faults(text, STRICTNESS.get(kind, prose.WORKING), slots=texts.FIXED)


def lines(name: str) -> list[str]:
    return (WORDS / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("kind", ACCEPTED)
def test_professional_texts_are_taken(kind: str) -> None:
    assert {text: faults(kind, text) for text in ACCEPTED[kind] if faults(kind, text)} == {}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["text"][:30])
def test_what_may_not_stand_is_refused(case: dict[str, str]) -> None:
    assert faults(case["kind"], case["text"])


@pytest.mark.parametrize("text", lines("claims.txt"))
def test_a_claim_is_found(text: str) -> None:
    assert list(claims.claims(text))


@pytest.mark.parametrize("text", lines("plain.txt"))
def test_to_speak_of_a_need_is_no_claim(text: str) -> None:
    assert faults("risk", text) == []


def test_every_claim_of_a_text_is_named_at_once() -> None:
    found = faults("risk", "The pesto is nut-free. The cake has no eggs. Serve at 18:45 for forty guests.")
    assert len(found) == 4


def test_a_figure_that_was_given_may_be_repeated() -> None:
    text = "The van has 45 minutes for 120 guests."
    assert prose.faults(text, prose.WORKING, facts='{"guests":120,"drive":45}') == []
    assert len(prose.faults(text, prose.WORKING, facts='{"guests":12}')) == 2


def test_the_catalogue_is_written_in_recipe_english() -> None:
    steps = [step.text for name in catalogue.names() for step in catalogue.recipe_named(name).steps]
    assert len(steps) > 100
    assert {text: faults("draft_step", text) for text in steps if faults("draft_step", text)} == {}
    assert tables.rows("rules")
