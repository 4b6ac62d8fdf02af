"""What a recipe makes and how long its steps take, as people write it."""

from __future__ import annotations

import pytest

from catering_cli.kitchen.recipes.step_text import minutes_in, step_of, steps_of
from catering_cli.kitchen.recipes.yield_text import parse_yield

COUNTED = {
    "About 3 dozen": 36, "2 dozen cookies": 24, "approximately 5 1/2 dozen 2-inch cookies": 66, "half a dozen": 6,
    "9x13 pan, 12 servings": 12, "1 (9-inch) cake, 12 servings": 12, "1 10-inch tart (8 slices)": 8,
    "4 servings (makes 2 quarts)": 4, "Makes 2 quarts, serves 8": 8, "1 sheet pan; 24 squares": 24,
    "Serves 4-6": 4, "8-10 people": 8, "ergibt 12 Stück": 12, "Para 8 personas": 8, "pour 6 personnes": 6,
    "für 4 Personen": 4, "24 mini tarts": 24, "22": 22, "1,200 portions": 1200, "12 (1-cup) servings": 12,
    "20 8-oz portions": 20, "6 half-cup servings": 6,
}  # fmt: skip
AMOUNTS = {"2940 g": (2940, "g"), "makes 1½ cups": (1.5, "cup"), "Yield: 1 quart": (1, "qt"), "3 kg": (3, "kg"),
           "20 8-oz portions": (160, "oz"), "12 (1-cup) servings": (12, "cup"), "1.200 g": (1200, "g")}  # fmt: skip
NOT_COUNTED = ("One 9-inch cake", "1 9-inch pie", "1 batch", "2940 g", "1 loaf", "2 (9x5) loaves", "1 9x13-inch pan",
               "serves a crowd", "1 Blech", "2 (9-inch) pie crusts", "1 gallon")  # fmt: skip


@pytest.mark.parametrize("text", COUNTED)
def test_the_number_beside_a_word_for_portions_counts(text):
    assert parse_yield(text)["portions"] == COUNTED[text]


@pytest.mark.parametrize("text", AMOUNTS)
def test_a_mass_or_volume_is_an_amount_of_all_of_it(text):
    amount = parse_yield(text)["amount"]
    assert (amount.low, amount.unit) == AMOUNTS[text]


@pytest.mark.parametrize("text", NOT_COUNTED)
def test_a_size_a_mass_or_a_whole_thing_is_no_number_of_portions(text):
    read = parse_yield(text)
    assert "portions" not in read
    assert read["stated"] == text


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Slice the onions, 20 minutes.", 20), ("Bake 30 minutes to 1 hour", 60), ("stir every 5 minutes", 0),
        ("Simmer 1 hour 15 minutes", 75), ("for 1 1/2 hours", 90), ("chill overnight", 480), ("half an hour", 30),
        ("Roast at 400 F 20 minutes, then at 350 F for 10 minutes more", 30), ("a 20-minute rest", 20),
        ("Turn once after 5 minutes, 10 minutes in all", 10), ("cuire 20 à 25 minutes", 25), ("1½ Std. backen", 90),
        ("Cook, stirring, in 2 batches", 0), ("preheat to 350 F", 0), ("whisk about 45 seconds", 1),
    ],
)  # fmt: skip
def test_a_step_lasts_as_long_as_its_words_say(text, minutes):
    assert minutes_in(text) == minutes


def test_a_method_in_one_paragraph_is_steps_that_end_with_each_time():
    told = "Slice the onions. Sweat them 20 minutes. Line the tin. Fill it and bake 45 minutes. Serve warm."
    steps = steps_of(told)
    assert [step["minutes"] for step in steps] == [20, 45]
    assert " ".join(step["text"] for step in steps) == told


@pytest.mark.parametrize("tail", ["Serve.", "Bake 10 minutes.", ""])
def test_no_word_of_a_long_method_is_lost(tail):
    told = f"Brush with peanut butter. {'Stir it well and wait. ' * 150}{tail}".strip()
    assert " ".join(step["text"] for step in steps_of(told)) == told
    assert "".join("".join(step["text"] for step in steps_of("x" * 5_000)).split()) == "x" * 5_000


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Blend, 10 min. Keeps 3 days.", 10),
        ("Refrigerate at least 2 hours or up to 3 days.", 120),
        ("Can be made 2 days ahead. Bake 30 minutes.", 30),
        ("Keep warm 20 minutes.", 20),
        ("Marinate 24 hours.", 1_440),
    ],
)
def test_how_long_it_keeps_is_no_work(text, minutes):
    assert sum(step["minutes"] for step in steps_of(text)) == minutes


@pytest.mark.parametrize(
    ("text", "minutes", "hands"),
    [
        ("Poach the veal, cool and chill overnight.", 480, 15),
        ("Mix, proof 3 hours, bake 20 minutes.", 200, 20),
        ("Chill for 30 minutes to 1 hour.", 60, 15),
        ("Bake 50 minutes.", 50, None),
        ("Stir every 5 minutes and simmer 2 hours.", 120, None),
    ],
)
def test_food_that_is_left_alone_takes_no_hands(text, minutes, hands):
    step = step_of(text)
    assert (step["minutes"], step.get("active_minutes")) == (minutes, hands)
