"""Foods are identified exactly or not at all."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.checks.reference import foods as reference
from catering_cli.data import tables
from catering_cli.data.tables import parts, rows
from catering_cli.kitchen.foods import identify, phrases
from catering_cli.kitchen.foods import table as food_table
from catering_cli.kitchen.foods.mentions import mentions
from catering_cli.kitchen.foods.names import tokens

DATA = Path(tables.__file__).parent
ALLERGENS = {
    "milk", "eggs", "fish", "crustaceans", "molluscs", "tree nuts", "peanuts", "wheat", "gluten", "soybeans",
    "sesame", "celery", "mustard", "lupin", "sulphites",
}  # fmt: skip


def lines_of(name):
    with (DATA / f"{name}.tsv").open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", ["foods", "allergens", "allergen_words", "diets", "food_words", "jurisdictions"])
def test_every_row_of_a_table_is_whole_and_has_a_source(name):
    header, *body = lines_of(name)
    assert header[-1] == "source"
    for row in body:
        assert len(row) == len(header), row
        assert row[-1], row
        assert all(cell == cell.strip() for cell in row), row


def test_the_table_has_more_than_450_foods_with_unique_names_and_known_words():
    table = food_table.table()
    assert len(table) > 450
    assert len(table) == len(lines_of("foods")) - 1
    for food in table.values():
        assert food.name == food.name.lower()
        assert food.contains <= ALLERGENS, food.name
        assert food.storage in {"ambient", "fridge", "freezer"}, food.name
        assert food.department, food.name
        assert set(food.parts) <= set(table), food.name
        for part in food.parts:
            assert not table[part].parts, "parts of parts are not followed"


def test_no_name_means_two_foods():
    owner = {}
    for food in food_table.table().values():
        for name in (food.name, *food.synonyms, *food.kinds):
            assert owner.setdefault(tokens(name), food.name) == food.name, name


def test_no_name_of_a_food_names_an_allergen_that_its_row_leaves_out():
    """A plain food whose name holds an allergen's word is checked by hand; those that are traps stand here."""
    traps = {
        "butternut squash", "buttercup squash", "white bean", "water chestnut", "eggplant", "mustard", "coconut milk",
        "coconut cream", "nutmeg", "cream of tartar", "cocoa butter", "lettuce", "mushroom", "egg fruit",
        "maple butter", "shea butter", "milk thistle",
    }  # fmt: skip
    words = {
        "milk": "milk", "butter": "milk", "cheese": "milk", "egg": "eggs", "almond": "tree nuts", "peanut": "peanuts",
        "walnut": "tree nuts", "wheat": "wheat", "sesame": "sesame", "shrimp": "crustaceans", "celery": "celery",
    }  # fmt: skip
    for food in food_table.table().values():
        if food.compound or food.name in traps:
            continue
        for word, allergen in words.items():
            if word in tokens(food.name):
                assert allergen in food.contains, food.name


@pytest.mark.parametrize(
    ("item", "food"),
    [
        ("scallions", "scallion"),
        ("spring onion", "scallion"),
        ("Green Onions, thinly sliced", "scallion"),
        ("large boneless skinless chicken thighs", "chicken thigh"),
        ("crème fraîche", "creme fraiche"),
        ("unsalted butter", "unsalted butter"),
        ("softened butter", "butter"),
        ("2% milk", "milk"),
        ("extra-virgin olive oil", "olive oil"),
        ("freshly ground black pepper", "black pepper"),
        ("kosher salt", "kosher salt"),
        ("bone-in chicken breast", "chicken breast"),
        ("jalapeños", "jalapeno"),
        ("cherry tomatoes", "tomato"),
        ("low-sodium soy sauce", "soy sauce"),
        ("dried oregano", "oregano"),
        ("dried apricots", "dried apricot"),
        ("ground beef", "ground beef"),
        ("za’atar", "za'atar"),
        ("frozen peas", "pea"),
        ("all-purpose flour", "flour"),
        ("Parmigiano-Reggiano", "parmesan"),
    ],
)
def test_a_name_is_identified_after_dropping_what_only_describes(item, food):
    assert identify.identify(item).name == food


@pytest.mark.parametrize(
    "item",
    [
        "almond flour cake crumbs", "zorrel", "", "   ", "½", "chicken zorrel", "breaded chicken thighs",
        "mashed potatoes", "onion rings", "chicken bites", "marinated chicken", "stuffed peppers",
        "candied carrots", "dried beef", "ground chicken nuggets", "farine de zorrel", "小麦粉", "молоко",
        "butter, zorrel", "salt and zorrel", "smoked chicken sausage roll", "egg-free zorrel", "gluten free cake",
        "vegan", "fresh",
    ],
)  # fmt: skip
def test_one_word_that_is_not_understood_makes_it_no_food(item):
    assert identify.identify(item) is None
    assert not phrases.items(item)


def test_a_line_to_buy_is_its_own_though_the_food_is_the_same():
    assert identify.purchase_name("spring onions") == identify.purchase_name("Scallions") == "scallion"
    assert identify.purchase_name("unsalted butter") != identify.purchase_name("butter")
    assert identify.purchase_name("beef brisket") != identify.purchase_name("beef short ribs")
    assert identify.purchase_name("low-sodium soy sauce") != identify.purchase_name("soy sauce")
    assert identify.purchase_name("large eggs") == identify.purchase_name("egg")
    assert identify.purchase_name("  zorrel   paste ") == "zorrel paste"


def test_several_foods_in_one_item_are_all_found():
    assert [one.food.name for one in phrases.items("salt and pepper, to taste")] == ["salt", "black pepper"]
    assert [one.food.name for one in phrases.items("olive oil or butter")] == ["olive oil", "butter"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("finely diced", []),
        ("cut into 1-inch pieces", []),
        ("at room temperature", []),
        ("", []),
        ("packed in olive oil, drained", ["olive oil"]),
        ("tossed in butter", None),
        ("brushed with glaze", None),
        ("zorrelled", None),
    ],
)
def test_a_preparation_is_understood_word_by_word(text, found):
    notes = phrases.preparation_notes(text)
    assert (notes.foods is None) == (found is None)
    if found is not None:
        assert [one.food.name for one in notes.foods] == found


def test_suggestions_are_near_and_never_an_answer():
    assert identify.near("scalion")[0] == "scallion"
    assert identify.identify("scalion") is None
    assert identify.near("") == ()
    assert identify.near("qqqqqqqq") == ()


@pytest.mark.parametrize("word", ["rouget", "merlan", "flétan", "brochet", "Schmand", "Quark", "whipping creme"])
def test_a_foreign_word_that_only_looks_like_a_food_suggests_none(word):
    assert identify.near(word) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chiken breast", "chicken breast"), ("brocolli", "broccoli"), ("smoked mackrel", "smoked mackerel")],
)
def test_a_slip_suggests_the_same_kind_of_thing(typed, meant):
    assert identify.near(typed)[0] == meant


def test_the_300_most_used_foods_have_names_in_other_languages():
    """A cell is empty if the word is the English one: mango, quinoa, avocado."""
    named = {row["food"] for row in rows("foreign_names") if any(row[language] for language in food_table.LANGUAGES)}
    assert len(named) >= 300


def test_a_foreign_name_is_its_food_for_kitchen_and_checker_and_never_another():
    for row in rows("foreign_names"):
        for language in food_table.LANGUAGES:
            for name in parts(row[language]):
                assert identify.identify(name).name == row["food"], name
                assert reference.row_of(name)["food"] == row["food"], name


def test_a_longer_phrase_wins_over_the_words_inside_it_and_overlaps_both_count():
    assert [m.words for m in mentions("coconut milk")] == [("coconut", "milk")]
    assert ("milk", "chocolate") in [m.words for m in mentions("coconut milk chocolate")]


NAMES = sorted(food_table.table())


@given(st.sampled_from(NAMES), st.text("qxzvwk", min_size=3, max_size=7), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_foreign_word_beside_a_name_is_never_dropped(name, word, first):
    item = f"{word} {name}" if first else f"{name} {word}"
    assert identify.identify(item) is None
    assert phrases.items(item) is None


@given(st.sampled_from(NAMES))
@settings(max_examples=100, deadline=None)
def test_case_and_plural_do_not_matter(name):
    assert identify.identify(name.upper()).name == name
    assert identify.identify(f" {name}, ").name == name


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_is_answered(text):
    identify.identify(text)
    phrases.preparation_notes(text)
    mentions(text)
    assert len(identify.near(text)) <= 5
