"""Papers in Spanish: words and foods from the tables, dates and numbers by babel, safety words whole from a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catering_cli.data.tables import rows
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.languages.lexicon import PLACE, spanish
from catering_cli.languages.proof import lost
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.languages.local import AMERICAN, EUROPEAN, localized
from catering_cli.render.languages.translate import Translator, translator
from catering_cli.render.page import Cards, Facts, Group, Page, Paragraph, Part, Signatures, Table
from catering_cli.render.sections.index import built

ROOT = Path(__file__).parents[2]
CREW = ("run-of-show", "call-sheet", "plates", "production", "prep", "order-guide", "receiving", "packing", "driver",
        "safety", "labels", "box-labels", "cards")  # fmt: skip
"""Papers that a crew works from."""

WORD = re.compile(r"[^\W\d_]{3,}")


def words_of(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))


ABBREVIATED = words_of("lun mar mié jue vie sáb dom ene feb abr may jun jul ago sept oct nov dic")
UNITS = frozenset(("cup", "tbsp", "tsp", "gal"))
AS_IT_IS = frozenset(("fda", "food", "code"))
"""Names of a code, which are the same in every language."""


@pytest.fixture(scope="module", params=["wedding", "boxed_lunches"])
def plan(request: pytest.FixtureRequest) -> CateringPlan:
    return cook(load.order(str(ROOT / "sample_orders" / f"{request.param}.json")), ())


def texts(part: Part) -> Iterator[str]:
    """Every text of a part."""
    if isinstance(part, Paragraph):
        yield part.text
    elif isinstance(part, Table):
        yield from (
            part.title,
            *(column.title for column in part.columns),
            *(cell for row in part.rows for cell in row),
        )
    elif isinstance(part, Facts):
        yield from (text for pair in part.pairs for text in pair)
    elif isinstance(part, Cards):
        for card in part.cards:
            yield from (card.title, *(text for label, said, _ in card.lines for text in (label, said)))
    elif isinstance(part, Signatures):
        yield from part.who
    elif isinstance(part, Group):
        for one in part.parts:
            yield from texts(one)


def of_the_order(plan: CateringPlan) -> set[str]:
    """Words of the order and of its recipes, which stay as written."""
    own = words_of(plan.order.model_dump_json())
    for dish in (*plan.menu, *plan.bases):
        own |= words_of(dish.name)
        for line in dish.lines:
            own |= words_of(f"{line.item} {line.food} {line.preparation}")
        for step in dish.recipe.steps if dish.recipe else ():
            own |= words_of(step.text)
    return own


def of_the_tables() -> set[str]:
    said = [row["es"] for row in rows("spanish_words")] + [row["es"] for row in rows("spanish_foods")]
    return {word for text in said for word in words_of(text)}


@pytest.mark.parametrize("name", CREW)
def test_no_english_word_of_ours_is_left_on_a_sheet(plan, name):
    section = built(name, plan, Page(section=name, lang="es"))
    known = of_the_order(plan) | of_the_tables() | ABBREVIATED | UNITS | AS_IT_IS
    left = {word for part in section.parts for text in texts(part) for word in words_of(text)} - known
    assert left == set()


@pytest.mark.parametrize("name", CREW)
def test_every_digit_of_the_english_is_in_the_spanish(plan, name):
    english = built(name, plan, Page(section=name))
    other = built(name, plan, Page(section=name, lang="es"))
    for one, two in zip(english.parts, other.parts, strict=True):
        for said, told in zip(texts(one), texts(two), strict=True):
            assert Counter(re.findall(r"\d", said)) == Counter(re.findall(r"\d", told))


def test_both_languages_stand_side_by_side(plan):
    section = built("packing", plan, Page(section="packing", lang="en+es"))
    assert section.title == "Pull and pack-out list / Lista de carga"
    assert "trash bag / bolsa de basura" in {text for part in section.parts for text in texts(part)}


def test_every_allergen_and_diet_has_a_row_of_its_own():
    found = {kind: {row["en"] for row in rows("spanish_words") if row["kind"] == kind} for kind in ("allergen", "diet")}
    assert found["allergen"] == {row["allergen"] for row in rows("allergens")}
    assert found["diet"] == {row["diet"] for row in rows("diets")}


def test_an_allergen_is_its_row_wherever_it_stands(plan):
    """In the chart, on cards and on labels: as many of them as in English, each in the word of the table."""
    said = {row["en"]: row["es"] for row in rows("spanish_words") if row["kind"] == "allergen"}
    say = translator(plan, Page(lang="es"))
    for english, other in said.items():
        assert say.said(english) == other
        assert say.said(english.upper()) == other.upper()
        assert say.said(f"Ana, table 3 ({english}; severe)") == f"Ana, mesa 3 ({other}; grave)"


def test_what_no_table_knows_stays_as_it_is(plan):
    say = translator(plan, Page(lang="es"))
    for text in ("Zubrowka syrup", "Served by the north door.", plan.menu[0].name, "moonberry flour (NIGHTNUTS)"):
        assert say.said(text) == text


def stems(name: str) -> set[str]:
    """The words of a name without the endings of the plural."""
    return {re.sub(r"(?:ies|es|e|s|y)$", "", word) for word in WORD.findall(name.casefold())}


def test_a_food_of_the_table_is_one_that_the_kitchen_takes_for_the_same():
    """Where the words of recipes in Spanish know it too, they do not mean another food."""
    theirs: dict[str, str] = {}
    for row in rows("foreign_names"):
        theirs |= {name.strip().casefold(): row["food"] for name in row["es"].split("|") if name.strip()}
    wrong = []
    for row in rows("spanish_foods"):
        meant = theirs.get(row["es"].casefold(), row["food"])
        if not stems(meant) & stems(row["food"]):
            wrong.append(f"{row['food']} -> {row['es']} is {meant}")
    assert wrong == []


def test_the_table_of_foods_has_the_commonest_and_each_once():
    names = [row["food"].casefold() for row in rows("spanish_foods")]
    assert len(names) >= 500
    assert len(set(names)) == len(names)


def test_a_phrase_has_the_same_places_in_both_languages():
    for row in rows("spanish_words"):
        if row["kind"] == "phrase":
            assert PLACE.findall(row["en"]) == PLACE.findall(row["es"]), row["en"]
        elif row["kind"] != "keep":
            assert row["es"], row["en"]


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("Sat 13 Nov 18:00", AMERICAN, "sáb 13 nov 18:00"),
        ("1,050 plates, 12.5 lb", AMERICAN, "1,050 plates, 12.5 lb"),
        ("12,050.5 kg", EUROPEAN, "12.050,5 kg"),
        ("2 1/2 in, 14:45-16:45, r76e9.2", EUROPEAN, "2 1/2 in, 14:45-16:45, r76e9.2"),
        ("Sat 31 Feb", EUROPEAN, "Sat 31 Feb"),
    ],
)
def test_dates_and_numbers_are_written_as_there(text, locale, said):
    assert localized(text, locale) == said


@given(st.text(alphabet="ab1 ;,/().:{}x-", max_size=200))
def test_a_text_of_an_order_cannot_make_the_work_endless(text):
    say = Translator(spanish(), EUROPEAN, both=False, own=frozenset(), steps={})
    told = say.said(text)
    assert Counter(re.findall(r"\d", told)) == Counter(re.findall(r"\d", text))


def test_the_book_in_spanish_says_so(plan):
    page = WRITERS["html"](plan, Page(lang="es"))
    assert '<html lang="es">' in page
    assert "Registro HACCP" in page
    assert "Banquet event order" not in page


STEP = "Roast the beets at 400 F for 45 minutes; toss with olive oil and 1/2 cup almonds."
KEPT = "Ase los betabeles a 400 F por 45 minutos; mezcle con aceite de oliva y 1/2 taza de almendras."
LOSES = {
    "a number": KEPT.replace("45", "54"),
    "a temperature": KEPT.replace("400 F", "400 C"),
    "a unit": KEPT.replace("minutos", "horas"),
    "a food": KEPT.replace("betabeles", "papas"),
    "a nut": KEPT.replace(" y 1/2 taza de almendras", " y 1/2 taza"),
    "what it brings in": f"{KEPT} Agregue cacahuates.",
}


def with_translation(text: str) -> CateringPlan:
    """A lunch whose one recipe has one step, with its translation."""
    recipe = {
        "name": "Warm beets",
        "yield": {"portions": 40},
        "ingredients": ["20 lb beets", "1 cup olive oil", "1/2 cup almonds"],
        "steps": [{"text": STEP, "minutes": 60, "equipment": ["oven"]}],
        "course": "side",
    }
    order = {
        "event": {"name": "Lunch", "service_at": "2027-04-17T12:30", "timezone": "America/New_York", "style": "buffet"},
        "guests": 40,
        "menu": ["Warm beets"],
        "recipes": [recipe],
        "decisions": [{"kind": "translation", "dish": "Warm beets", "step": 1, "text": text}],
    }
    return cook(load.order_of(order, "order.json"), ())


def test_a_translation_that_keeps_everything_is_printed():
    assert not lost(STEP, KEPT)
    plan = with_translation(KEPT)
    for name in ("production", "recipes"):
        shown = WRITERS["terminal"](plan, Page(section=name, lang="es", width=400))
        assert KEPT in shown
        assert STEP not in shown
        assert KEPT not in WRITERS["terminal"](plan, Page(section=name, width=400))


@pytest.mark.parametrize("what", LOSES)
def test_a_translation_that_loses_or_adds_is_not_printed(what):
    assert lost(STEP, LOSES[what])
    plan = with_translation(LOSES[what])
    shown = WRITERS["terminal"](plan, Page(section="production", lang="es", width=400))
    assert STEP in shown
    assert LOSES[what] not in shown


def test_the_verdict_and_the_issues_are_said_in_spanish(plan: CateringPlan) -> None:
    page = Page(lang="es")
    verdict = " ".join(text for part in built("verdict", plan, page).parts for text in texts(part))
    assert re.search(r"(Listo para realizarse|No está listo): ", verdict)
    assert "el trabajo empieza" in verdict
    issues = built("findings", plan, page)
    said = " ".join(text for part in issues.parts for text in texts(part))
    assert issues.title == "Puntos por resolver"
    assert "only labels prove" not in said
    assert "cannot prove it" not in said
