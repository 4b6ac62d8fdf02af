"""The rule for a model's prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.kitchen.event import texts
from catering_cli.tasks.shared import prose

SLOTS = ("guests", "service_time", "dish:d3", "count:vegan")
DISHES = ("Roasted vegetables", "{count:vegan}", "Crème brûlée")


def letter(text: str) -> list[str]:
    return prose.faults(text, prose.LETTER, slots=SLOTS, dishes=DISHES)


@pytest.mark.parametrize(
    "text",
    [
        "We look forward to {guests} guests and {dish:d3} from {service_time}.",
        "Ask the kitchen where you are not sure; nobody answers from memory.",
        "No one leaves hungry.",
    ],
)
def test_plain_prose_with_slots_holds(text: str) -> None:
    assert letter(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "There are 14 guests.",
        "There are fourteen guests.",
        "There are twenty-one guests.",
        "We serve at half past six.",
        "Doors at noon.",
        "Twelve vegans are coming.",
        "There are no nuts at all.",
        "Everything is gluten-free.",
        "The soup is safe for everybody.",
        "Suitable for the vegetarians.",
        "Serve the roasted   VEGETABLES first.",
        "{guests} and {price}",
        "{guests",
        "٣ trays",
        "１２ trays",
        "Ⅻ trays",
        "三 trays",
        "½ tray",
        "Добро пожаловать",
        "欢迎",
        "Estimados clientes muchas gracias por confiar en nuestra cocina para esta noche tan especial",
    ],
)
def test_figures_names_claims_and_other_tongues_do_not(text: str) -> None:
    assert letter(text)


def test_a_dish_called_like_a_slot_is_named_by_no_common_word() -> None:
    text = "We look forward to {guests} guests and {dish:d3}."
    assert prose.faults(text, prose.LETTER, slots=SLOTS, dishes=["{guests}", "{count:vegan}"]) == []
    odd = "Soup {guests} royale"
    assert prose.faults("We serve a soup royale.", prose.LETTER, slots=SLOTS, dishes=[odd])
    assert prose.faults("We serve {count:unicorns}.", prose.LETTER, slots=SLOTS, dishes=["{count:unicorns}"])


def test_working_prose_may_speak_of_foods_and_makes_no_claim() -> None:
    assert prose.faults("Melt the butter, then whisk in the eggs and the milk.", prose.WORKING) == []
    assert prose.faults("This has no eggs in it.", prose.WORKING)
    assert prose.faults("Nut-free and vegan.", prose.WORKING)
    assert prose.faults("Cook it ten minutes.", prose.WORKING)


@given(st.integers(0, 10**6), st.sampled_from(["{}", "about {} of them", "x{}y", "{guests}{}"]))
def test_no_figure_outside_a_slot_is_accepted(number: int, around: str) -> None:
    assert letter(around.replace("{}", str(number)))


@given(st.text(max_size=60))
def test_a_fact_is_filled_once_and_never_read_as_a_slot(name: str) -> None:
    known = {"dish:d3": name, "guests": "{dish:d3}"}
    assert texts.fill("{dish:d3}|{guests}", known) == f"{name}|{{dish:d3}}"


def test_a_dish_named_like_a_slot_is_filled_as_it_is_called() -> None:
    assert texts.fill("{dish:d3}", {"dish:d3": "{count:vegan}", "count:vegan": "9"}) == "{count:vegan}"
