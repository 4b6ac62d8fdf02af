"""Steps of recipes in a second language: asked for only if it is wanted, judged step by step, printed if proven."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from forked import command_line

from catering_cli.domain.decision import Translation
from catering_cli.domain.finding import blocking
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.languages.proof import lost
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.page import Page
from catering_cli.tasks.recipe_translation import RECIPE_TRANSLATION, Given

ROOT = Path(__file__).parents[2]
PAIRS = (Path(__file__).parent / "words" / "spanish_steps.tsv").read_text(encoding="utf-8").splitlines()[1:]
STEPS = (
    ("Roast the beets at 400 F for 45 minutes; hold at 140 F or above.",
     "Ase los betabeles a 400 F por 45 minutos; mantenga a 140 F o más."),
    ("Trim the beans; do not wash the mushrooms.", "Despunte los ejotes; no lave los champiñones."),
    ("Chill both to 41 F within 2 h, in two shallow pans.",
     "Enfríe ambos a 41 F en 2 h, en dos recipientes poco profundos."),
)  # fmt: skip
"""Steps of one dish, and what a cook says in Spanish."""


def order(*languages: str) -> dict[str, Any]:
    recipe = {
        "name": "Warm beets", "course": "side", "yield": {"portions": 40},
        "ingredients": ["20 lb beets", "5 lb green beans", "2 lb mushrooms"],
        "steps": [{"text": text, "minutes": 30, "equipment": ["oven"]} for text, _ in STEPS],
    }  # fmt: skip
    return {
        "event": {"name": "Lunch", "service_at": "2027-04-17T12:30", "timezone": "America/New_York"},
        "guests": 40,
        "menu": ["Warm beets"],
        "recipes": [recipe],
        "languages": languages,
    }


def given(*languages: str) -> Given:
    return RECIPE_TRANSLATION.given(load.order_of(order(*languages), "order.json"), "order", ())


def test_a_cooks_spanish_is_proven():
    """Of a whole wedding, written before it was compared: each line, or the reason why it stays in English."""
    refused = [line for line in PAIRS if lost(*line.split("\t"), own=("green beans",))]
    assert [line.split()[0] for line in refused] == ["Steam", "Cream"]


def test_nothing_is_asked_without_a_second_language():
    assert RECIPE_TRANSLATION.is_empty(given())
    assert not given().words
    assert [step.text for dish in given("es").dishes for step in dish.steps] == [text for text, _ in STEPS]
    assert {word.english for word in given("es").words} == {"beets", "mushrooms"}


@pytest.mark.parametrize(
    ("number", "said", "fault"),
    [
        (1, STEPS[0][1].replace("o más", "o menos"), "limit"),
        (1, STEPS[0][1].replace("140", "104"), "number"),
        (1, STEPS[0][0], "English"),
        (1, f"{STEPS[0][1]} Apto para una dieta vegana.", "vegan"),
        (1, f"{STEPS[0][1]} {'Sirva muy caliente a toda la mesa. ' * 8}", "more than the step"),
        (2, STEPS[1][1].replace("no lave", "lave"), "negation"),
        (2, f"{STEPS[1][1]} Agregue nueces de árbol.", "food|allergen"),
        (3, STEPS[2][1].replace("dos", "tres"), "number"),
        (4, "Sirva.", "no such step"),
    ],
)
def test_what_says_more_or_less_is_refused(number, said, fault):
    found = blocking(RECIPE_TRANSLATION.check(given("es"), [Translation(dish="d1", step=number, text=said)]))
    assert found
    assert any(word in one.message for one in found for word in fault.split("|")), found


ROUTING = """
tiers:
  script: {provider: scripted, script: answers.json}
  kitchen: {provider: builtin}
routes:
  recipe_translation: {tiers: [script, kitchen]}
default: {tiers: [kitchen]}
"""


def command(folder: Path, *arguments: str) -> str:
    env = {**os.environ, "CATERING_STATE": str(folder / "state"), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    made = [*command_line(), *arguments]
    ran = subprocess.run(made, env=env, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode in (0, 3), ran.stderr
    return ran.stdout


def test_a_plan_in_a_second_language_from_order_to_sheet(tmp_path):
    """The step that is wrong stays in English, the others are printed."""
    wrong = STEPS[0][1].replace("45", "54")
    texts = (wrong, STEPS[1][1], STEPS[2][1])
    steps = [{"dish": "d1", "step": number, "text": text} for number, text in enumerate(texts, start=1)]
    answer = {"task": "recipe_translation", "answer": {"steps": steps}}
    (tmp_path / "answers.json").write_text(json.dumps({"answers": [answer, answer]}), encoding="utf-8")
    (tmp_path / "order.json").write_text(json.dumps(order("es")), encoding="utf-8")
    (tmp_path / "routing.yaml").write_text(ROUTING, encoding="utf-8")
    command(tmp_path, "plan", "order.json", "--config", "routing.yaml", "--out", "plan.json")
    plan = load.plan(str(tmp_path / "plan.json"))
    assert [one.by for one in plan.decisions if isinstance(one.decision, Translation)] == ["script", "script"]
    sheet = WRITERS["terminal"](plan, Page(section="recipes", lang="es", width=200))
    assert [text in sheet for text in (wrong, STEPS[0][0], STEPS[1][1], STEPS[2][1])] == [False, True, True, True]


def test_offline_the_steps_stay_as_they_are_written():
    plan = cook(load.order_of(order("es"), "order.json"), ())
    sheet = WRITERS["terminal"](plan, Page(section="recipes", lang="es", width=200))
    assert all(text in sheet for text, _ in STEPS)
