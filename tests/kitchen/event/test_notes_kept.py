"""Notes: every sentence is an open item until a field or a decision accounts for it, whoever plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.intake.settle import settle
from catering_cli.kitchen.cook import cook
from catering_cli.kitchen.event.notes.facts import facts_of
from catering_cli.kitchen.event.notes.sentences import sentences
from catering_cli.kitchen.recipes.text_readers import TextReaders


def notes(text: str, **more: Any) -> list[Finding]:
    document = {
        "event": {"name": "Team lunch", "service_at": "2027-04-17T12:30:00-04:00", "venue": "Mill Hall"},
        "guests": 40,
        "menu": ["Caesar salad"],
        "notes": text,
        **more,
    }
    order = settle(Order.model_validate(document, context={"readers": TextReaders()}), Path())
    return [one for one in cook(order).findings if one.rule == "kitchen.note"]


PEANUT = "One guest at table 4 has a severe peanut allergy and carries an epi-pen."


def test_a_sentence_is_kept_as_it_is_written_and_what_no_field_holds_is_named():
    (found,) = notes(PEANUT)
    assert (found.severity, found.where, found.value) == ("open", "order.notes", PEANUT)
    assert "no field of the order holds the allergen peanuts, the name table 4" in found.message
    assert "order.guests.profiles" in found.fix


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("There will be eighty of us.", ["the number eighty"]),
        ("We are 55, two of them vegans.", ["the diet vegan", "the number 55", "the number two"]),
        ("Doors open at 6:15 pm and the cake is cut at 21:00.", ["the time 6:15 pm", "the time 21:00"]),
        ("The hall lets us in at half past two.", ["the time half past two"]),
        ("Please seat Mrs. Chen with Rabbi Cohen.", ["the name Mrs. Chen", "the name Rabbi Cohen"]),
        ("My son is coeliac.", ["the diet gluten-free"]),
        ("No pork, please.", ["the food pork"]),
        ("She is allergic to something she will tell you of.", ["an allergy"]),
        ("Ben's mother reacts to kiwi: an anaphylactic shock.", ["the food kiwi", "the name Ben's"]),
        ("Keep it festive.", []),
    ],
)
def test_what_a_sentence_says_is_read(sentence, said):
    assert [fact.said for fact in facts_of(sentence)] == said


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mrs. Chen arrives at 7 p.m. with her sister. Hold a plate.", 2),
        ("Mr. and Dr. Lee sit at no. 4 by the door.", 1),
        ("- cake at 20:30\n- no nuts\n\n* speeches after", 3),
        ("1. Load in by the yard\n2. Strike by 23:00", 2),
        ("It costs 3.50 a head! Is that right? Yes.", 3),
        ("...", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count):
    assert len(sentences(text)) == count


@given(st.text(alphabet="Abc 1.;!?\n-", max_size=80))
def test_no_letter_and_no_digit_of_the_notes_is_lost(text):
    kept = "".join(sentences(text))
    assert [char for char in kept if char.isalpha()] == [char for char in text if char.isalpha()]


def test_a_field_that_says_all_of_a_sentence_settles_it():
    profiles = [{"needs": ["peanuts"], "count": 1, "name": "table 4"}]
    guests = {"guaranteed": 40, "profiles": profiles}
    assert notes("One guest at table 4 has a peanut allergy.", guests=guests) == []
    (found,) = notes(PEANUT, guests=guests)
    assert "no field" not in found.message


def test_a_wrong_number_is_not_held_by_a_field_beside_it():
    assert notes("We expect 40 guests.") == []
    assert len(notes("We expect 45 guests.")) == 1


def test_a_person_passes_a_sentence_on():
    passed = [{"kind": "instruction", "quote": "Keep it festive"}]
    assert notes("Keep it festive.", decisions=passed) == []
    assert len(notes(f"Keep it festive. {PEANUT}", decisions=passed)) == 1


def test_very_many_sentences_are_bounded_and_those_that_name_something_come_first():
    text = " ".join(f"Be nice{'!' * n}" for n in range(1, 80)) + f" {PEANUT}"
    found = notes(text)
    assert len(found) <= 41
    assert found[0].value == PEANUT
    assert "more sentences" in found[-1].message
