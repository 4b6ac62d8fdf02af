"""`catering dishes`: the catalogue and the caterer's own folder searched; a card shown."""

import json
import subprocess
import sys

from catering_cli.kitchen.recipes.card import read_cards
from catering_cli.kitchen.recipes.catalogue import recipe_named


def test_dishes_are_found_by_season_and_equipment(catering):
    found = catering("dishes", "--season", "spring", "--course", "side").stdout
    assert "Grilled asparagus" in found
    assert "Corn on the cob" not in found
    grilled = catering("dishes", "--uses", "grill", "--without", "oven").stdout
    assert "Beef kebabs" in grilled
    assert "Lasagna" not in grilled


def test_an_unknown_season_is_refused_with_the_known_one(catering):
    done = catering("dishes", "--season", "sumer")
    assert (done.returncode, "known: summer" in done.stderr) == (2, True)


def test_the_example_of_a_recipe_is_a_card_to_edit_that_is_planned_from_the_own_folder(catering, tmp_path):
    card = catering("schema", "recipe", "--example").stdout
    assert read_cards(card)[0].recipe == recipe_named("Chicken piccata")
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.card").write_text(card.replace("15 lb chicken", "20 lb chicken"), encoding="utf-8")
    event = {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"}
    order = json.dumps({"event": event, "guests": 40, "menu": ["Chicken piccata"]})
    plan = json.loads(catering("plan", "-", "--offline", "--json", stdin=order, CATERING_RECIPES=str(own)).stdout)
    assert plan["menu"][0]["recipe"]["ingredients"][0]["quantity"]["amount"] == 20
    listed = catering("dishes", "piccata", CATERING_RECIPES=str(own)).stdout.splitlines()
    assert "own recipe" in listed[0]
    assert "20 lb chicken" in catering("dishes", "Chicken piccata", CATERING_RECIPES=str(own)).stdout


def test_a_card_that_is_made_as_another_is_shown_with_its_steps(catering):
    shown = catering("dishes", "Patatas", "bravas").stdout
    assert read_cards(shown)[0].recipe == recipe_named("Patatas bravas")


def test_a_search_reads_no_recipe():
    """Pydantic is not loaded: what a search needs is in the index."""
    command = (sys.executable, "-X", "importtime", "-m", "catering_cli", "dishes", "caesar")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "catering_cli.kitchen.recipes.catalogue" in done.stderr
    assert "| pydantic\n" not in done.stderr.replace("|   ", "| ").replace("  ", "")


def test_a_dish_is_scaled_by_its_name(catering):
    """So no file has to be written to know what eighty portions take; a synonym finds it too."""
    done = catering("scale", "Chicken parm", "--guests", "80")
    assert done.returncode == 0
    first, line = done.stdout.splitlines()[:2]
    assert first == "Chicken parmesan: 80 portions, 1 3/5 times the recipe"
    assert "chicken breast" in line
    assert catering("scale", "Chicken parmx", "--guests", "80").returncode == 2
