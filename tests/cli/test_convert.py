"""`catering convert` and `catering scale`, each as a real process."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

RECIPE = {
    "name": "Lentil soup",
    "yield": {"portions": 8},
    "ingredients": ["1 1/2 cups lentils", "1 bunch parsley", "8 oz bacon", "salt to taste"],
    "steps": [{"text": "Bake.", "minutes": 40, "temperature": "375 F"}],
}
ORDER = {
    "event": {"name": "x", "service_at": "2027-04-17T12:30:00-04:00"},
    "guests": {"guaranteed": 60, "profiles": [{"needs": ["vegan"], "count": 10}]},
    "menu": ["Lentil soup", "Tiramisu"],
    "recipes": [RECIPE],
}
SCRIPTED = """
tiers:
  script: {provider: scripted, script: answers.yaml}
default: {tiers: [script, kitchen]}
"""
ANSWERS = """
answers:
  - task: unit_conversion
    answer: {measures: [{item: parsley, measure: bunch, amount: 60, unit: g}]}
"""


@pytest.fixture(autouse=True)
def _files(tmp_path):
    (tmp_path / "soup.json").write_text(json.dumps(RECIPE))
    (tmp_path / "order.json").write_text(json.dumps(ORDER))
    (tmp_path / "own.yaml").write_text(SCRIPTED)
    (tmp_path / "answers.yaml").write_text(ANSWERS)


@pytest.mark.parametrize(
    ("text", "to", "exact"),
    [
        ("1 lb water", "g", "45359237/100000"),
        ("3 tsp water", "tbsp", "1"),
        ("2 cups water", "mL", "473176473/1000000"),
        ("350 F", "C", "1590/9"),
        ("1/3 cup", "tbsp", "16/3"),
    ],
)
def test_a_quantity_is_converted_exactly(catering, text, to, exact):
    done = catering("convert", text, "--to", to, "--json")
    assert done.returncode == 0, done.stderr
    assert Fraction(json.loads(done.stdout)["to"]["exact"]) == Fraction(exact)


def test_volume_becomes_mass_only_by_a_known_density_with_its_source(catering):
    told = json.loads(catering("convert", "2 cups", "--ingredient", "flour", "--to", "g", "--json").stdout)
    assert 220 <= told["to"]["amount"] <= 300
    assert told["source"]
    unknown = catering("convert", "2 cups zorrel", "--to", "g")
    assert (unknown.returncode, unknown.stdout) == (3, "")
    assert "zorrel" in unknown.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("2 cupz flour", "--to", "g"), "did you mean cup"),
        (("2 cups flour", "--to", "gramz"), "--to (gramz)"),
        (("lots", "--to", "g"), "QUANTITY"),
        (("-3 cups flour", "--to", "g"), "negative"),
        (("1 cup", "--to", "g"), "--ingredient"),
        (("nan", "--to", "g"), "not an amount"),
    ],
)
def test_what_is_no_quantity_is_refused(catering, args, says):
    done = catering("convert", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_lines_from_standard_input_give_one_array(catering):
    done = catering("convert", "-", "--to", "g", "--json", stdin="1 oz bacon\n\n1 bunch zorrel\n")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert [item["to"] is None for item in told] == [False, True]
    assert told[1]["problem"]


def test_a_model_is_asked_only_with_a_config(catering):
    assert catering("convert", "1 bunch parsley", "--to", "g").returncode == 3
    done = catering("convert", "1 bunch parsley", "--to", "g", "--config", "own.yaml", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["to"]["exact"], told["by"], told["approximate"]) == ("60", "script", True)


def test_a_recipe_stays_a_recipe_and_there_and_back_is_exact(catering):
    """Dry food is weighed, and a bunch that nobody knows the weight of is told."""
    metric = catering("convert", "soup.json", "--to", "metric", "--json")
    assert metric.returncode == 3
    assert metric.stderr.startswith("recipe.ingredients[1] (parsley)")
    document = json.loads(metric.stdout)
    assert [line.get("quantity", {}).get("unit") for line in document["ingredients"]] == ["g", "bunch", "g", None]
    assert document["steps"][0]["temperature"] == "191 C"
    back = json.loads(catering("convert", "-", "--to", "us", "--json", stdin=metric.stdout).stdout)
    grams = Fraction(document["ingredients"][0]["quantity"]["exact"])
    ounces = Fraction(back["ingredients"][0]["quantity"]["exact"])
    assert ounces * Fraction("28.349523125") == grams
    assert back["ingredients"][2]["quantity"]["exact"] == "8"


def test_an_order_of_another_system_keeps_what_its_stock_measures(catering):
    order = {**ORDER, "system": "imperial", "on_hand": [{"item": "cream", "quantity": "2 pt"}]}
    order["recipes"] = [{**RECIPE, "ingredients": ["1 pt cream"]}]
    told = json.loads(catering("convert", "-", "--to", "us", "--json", stdin=json.dumps(order)).stdout)
    assert told.get("system", "us") == "us"
    assert told["on_hand"][0]["quantity"]["unit"] == "imperial pt"
    quantity = told["recipes"][0]["ingredients"][0]["quantity"]
    assert quantity["unit"] == "cup"
    assert Fraction(quantity["exact"]) * Fraction("236.5882365") == Fraction("568.26125")


def test_the_json_of_a_line_is_the_documented_one(catering):
    told = json.loads(catering("convert", "2-3 cups flour", "--to", "g", "--json").stdout)
    assert set(told) == {"input", "to", "ingredient", "source", "approximate", "warnings"}
    assert (told["to"]["low"], told["to"]["high"], told["to"]["unit"]) == (250, 375, "g")
    assert "20081" in told["source"]
    assert catering("convert", "-18 C", "--to", "F", "--json").returncode == 0
    assert "4" in catering("convert", "gas mark 4", "--to", "F").stdout
    assert json.loads(catering("convert", "10 kg EP", "--to", "kg AP", "--ingredient", "onion", "--json").stdout)[
        "to"
    ] == {"amount": 11.235955056179776, "exact": "1000/89", "unit": "kg AP"}
    assert "8 fl oz" in json.loads(catering("convert", "8 oz milk", "--to", "g", "--json").stdout)["warnings"][0]


def test_a_line_of_a_file_that_cannot_follow_stays_and_is_told(catering):
    done = catering("convert", "soup.json", "--to", "g", "--json")
    assert done.returncode == 3
    assert "recipe.ingredients[1] (parsley)" in done.stderr
    assert json.loads(done.stdout)["ingredients"][1]["quantity"]["unit"] == "bunch"
    asked = catering("convert", "soup.json", "--to", "g", "--json", "--config", "own.yaml")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["ingredients"][1]["quantity"] == {"amount": 60, "exact": "60", "unit": "g"}


def test_scaling_a_recipe_gives_a_recipe(catering):
    done = catering("scale", "soup.json", "--servings", "20", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["yield"]["portions"] == 20
    assert document["ingredients"][0]["quantity"]["exact"] == "15/4"
    assert document["steps"] == [{"text": "Bake.", "minutes": 40, "temperature": "375 F"}]
    assert "Lentil soup: 20 portions" in catering("scale", "soup.json", "--factor", "5/2").stdout


def test_scaling_an_order_gives_an_order(catering):
    done = catering("scale", "order.json", "--guests", "90", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["guests"]["guaranteed"] == 90
    assert document["guests"]["profiles"][0]["count"] == 15
    again = catering("scale", "-", "--factor", "2/3", "--json", stdin=done.stdout)
    assert json.loads(again.stdout)["guests"]["guaranteed"] == 60


def test_scaling_one_dish_of_an_order(catering):
    done = catering("scale", "order.json", "--dish", "lentil soup", "--servings", "30", "--json")
    assert [(item["dish"], item["portions"]) for item in json.loads(done.stdout)["menu"]] == [("Lentil soup", 30)]
    assert "Tiramisu" not in catering("scale", "order.json", "--dish", "Lentil soup", "--guests", "30").stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("order.json",), "exactly one of"),
        (("order.json", "--guests", "5", "--factor", "2"), "exactly one of"),
        (("order.json", "--factor", "two"), "--factor (two)"),
        (("order.json", "--factor", "-1"), "--factor"),
        (("order.json", "--servings", "9"), "--dish"),
        (("order.json", "--dish", "Lentil sup", "--guests", "9"), "did you mean 'Lentil soup'?"),
        (("soup.json", "--factor", "1/3"), "8/3"),
        (("answers.yaml", "--factor", "2"), "neither an order nor a recipe"),
    ],
)
def test_what_cannot_be_scaled_is_refused(catering, args, says):
    done = catering("scale", *args)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


CHILI = {
    "name": "Chili",
    "yield": {"portions": 6},
    "ingredients": ["1 1/2 cups lentils", "2 tsp chili powder", "3 large eggs", "1 tbsp butter"],
    "steps": [{"text": "Simmer.", "minutes": 40, "temperature": "375 F", "batch_portions": 20}],
}


def test_scaling_shows_the_cooks_amount_beside_the_exact_one_and_what_to_think_of(catering, tmp_path):
    (tmp_path / "chili.json").write_text(json.dumps(CHILI))
    told = catering("scale", "chili.json", "--servings", "45").stdout
    assert "11 1/4 cups" in told
    assert "1/4 cup + 1 tbsp  15 tsp" in told
    assert "22 1/2 (1125 g) large" in told
    assert "chilli at 7.5 times" in told
    assert "40 min, 375 F, 3 batches" in told
    done = catering("scale", "chili.json", "--servings", "45", "--json")
    advice = json.loads(done.stdout)["advice"]
    assert [(one["item"], one["by"]) for one in advice] == [("chili powder", "kitchen")]
    assert advice[0]["text"].startswith("chilli at 7.5 times")
    again = catering("scale", "-", "--servings", "6", "--json", stdin=done.stdout)
    assert [line["quantity"]["exact"] for line in json.loads(again.stdout)["ingredients"]] == ["3/2", "2", "3", "1"]
    assert "advice" not in json.loads(again.stdout)


def test_eight_spoons_read_half_a_cup(catering, tmp_path):
    (tmp_path / "chili.json").write_text(json.dumps(CHILI))
    assert "1/2 cup  8 tbsp" in " ".join(catering("scale", "chili.json", "--factor", "8").stdout.split(" " * 12))


def test_the_dishes_of_an_order_are_asked_about_one_by_one(catering, tmp_path):
    (tmp_path / "ask.yaml").write_text(SCRIPTED.replace("tiers: [script", "when: always, tiers: [script"))
    answer = {"technique": "Brown it in small batches.", "batch_method": "batches"}
    answer["draft"] = {"portions": 0, "ingredients": [], "steps": [], "served_at": "hot"}
    script = {"answers": [{"task": "recipe_scaling", "answer": answer}]}
    (tmp_path / "answers.yaml").write_text(json.dumps(script))
    done = catering("scale", "order.json", "--guests", "80", "--config", "ask.yaml")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Note: Brown it in small batches.") == 2
    alone = catering("scale", "soup.json", "--factor", "2", "--config", "ask.yaml")
    assert "Note: Brown it in small batches. (by script)" in alone.stdout
    said = {"text": "Brown it in small batches.", "by": "script"}
    alone = catering("scale", "soup.json", "--factor", "2", "--config", "ask.yaml", "--json")
    assert json.loads(alone.stdout)["advice"] == [said]
    done = catering("scale", "order.json", "--guests", "80", "--config", "ask.yaml", "--json")
    assert json.loads(done.stdout)["advice"] == [{"dish": dish, **said} for dish in ORDER["menu"]]
    again = catering("scale", "-", "--factor", "1", "--json", stdin=done.stdout)
    assert "advice" not in json.loads(again.stdout)


def test_a_drafted_recipe_stands_in_the_scaled_order_as_a_draft_that_nobody_confirmed(catering, tmp_path):
    (tmp_path / "ask.yaml").write_text(SCRIPTED)
    line = {"item": "carrots", "amount": 1000, "unit": "g", "preparation": ""}
    step = {
        "text": "Boil in salted water; drain.", "kind": "cook", "after": [], "minutes": 20, "active_minutes": 5,
        "equipment": ["burner"], "batch_portions": 40, "temperature": "", "food_class": "plant_hot", "storage": "hot",
        "max_hold_minutes": 60, "make_ahead_hours": -1, "shelf_life_hours": -1, "place": "",
    }  # fmt: skip
    draft = {"portions": 10, "ingredients": [line], "steps": [step], "served_at": "hot"}
    answer = {"technique": "", "batch_method": "", "draft": draft}
    script = {"answers": [{"task": "recipe_scaling", "answer": answer}]}
    (tmp_path / "answers.yaml").write_text(json.dumps(script))
    (tmp_path / "own.json").write_text(json.dumps({**ORDER, "menu": ["Grandmother's carrots"]}))
    done = catering("scale", "own.json", "--guests", "80", "--config", "ask.yaml", "--json")
    drafted = json.loads(done.stdout)["recipes"][-1]
    assert (drafted["name"], drafted["tags"], drafted["source"]) == (
        "Grandmother's carrots", ["draft"], "drafted by script"
    )  # fmt: skip
    plan = json.loads(catering("plan", "-", "--offline", "--json", stdin=done.stdout).stdout)
    assert {cell["state"] for cell in plan["diets"]["rows"][0]["cells"]} == {"unknown"}
