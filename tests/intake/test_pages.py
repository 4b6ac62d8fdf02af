"""Recipes out of saved pages and JSON-LD as real pages write it; whatever a file holds is read or refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catering_cli.intake import cooklang, html_page, recipe_file, schema_org

RECIPE = {
    "@type": ["Thing", "Recipe"],
    "name": "Mac &amp; cheese",
    "recipeYield": ["8", "8 servings"],
    "totalTime": "PT1H5M",
    "recipeIngredient": ["For the sauce:", "<b>2 cups</b> milk", "1 lb macaroni,&nbsp;cooked", "Salt&#33; to taste"],
    "recipeInstructions": [
        {"@type": "HowToSection", "itemListElement": [{"@type": "HowToStep", "text": "<p>Boil.</p>"}, "Stir."]},
        "Bake.",
    ],
}


def page(document: object, *, wrapped: str = "{}") -> str:
    body = wrapped.replace("{}", json.dumps(document))
    person = '<script type="application/ld+json">{"@type": "Person"}</script>'
    return f"<html>{person}<SCRIPT id=x type='application/ld+json' class=y>{body}</SCRIPT></html>"


@pytest.mark.parametrize(
    "document",
    [RECIPE, [RECIPE], {"@graph": [{"@type": "WebPage"}, RECIPE]}, {"@type": "WebPage", "mainEntity": RECIPE},
     {**RECIPE, "@type": "http://schema.org/Recipe"}],
)  # fmt: skip
def test_a_recipe_is_found_wherever_the_page_has_it(document):
    read = recipe_file.parse_recipe(page(document), ".html", "x", "us")
    assert (read.name, read.yields.portions) == ("Mac & cheese", 8)
    assert [line.item for line in read.ingredients] == ["milk", "macaroni", "Salt!"]
    assert [step.text for step in read.steps] == ["Boil. Stir. Bake."]
    assert read.steps[0].minutes == 65


@pytest.mark.parametrize("wrapped", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "{};", " {} \n"])
def test_a_script_is_read_as_pages_wrap_it(wrapped):
    assert schema_org.find_recipe(list(html_page.documents(page(RECIPE, wrapped=wrapped)))) is not None


@pytest.mark.parametrize(
    "kind", ["application/ld+json", "'application/ld&#x2b;json'", '"Application/LD+JSON; charset=utf-8"']
)
def test_a_script_is_found_however_its_type_is_written(kind):
    text = f"<!doctype html><![if IE]><![odd[x]]><script async type={kind}>[1]</script><script>[2]</script>"
    assert list(html_page.documents(text)) == [[1]]


@pytest.mark.parametrize(
    ("written", "lines"),
    [("2 cups<br>flour<p>salt", ["2 cups", "flour", "salt"]), ("R&amp;amp;D &lt;b&gt;rice&lt;/b&gt;", ["R&D rice"]),
     ("x < 3 <3", ["x < 3 <3"]), ('<a title="a > b">rice</a> cut</p', ["rice cut"]),
     ("rice<style>milk", ["rice milk"])],
)  # fmt: skip
def test_text_lines_of_html(written, lines):
    assert [line for line in html_page.text_lines(written) if line] == lines


PIECES = st.sampled_from(
    ["<", ">", "!", "[", "]", "/", "--", "&", "#x", ";", "p", "script", "<![", "<!--", "CDATA[", " "]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_html_of_any_kind_is_read_without_an_error(text):
    assert all("\n" not in line for line in html_page.text_lines(text))
    assert list(html_page.documents(f"{text}<script type=application/ld+json>no json</script>")) == []


def test_json_that_is_nearly_json_is_read():
    text = page(RECIPE).replace('"8 servings"]', '"8 servings",]').replace("Stir.", "Don\\'t\tstir.\n")
    assert "Don't stir." in recipe_file.parse_recipe(text, ".html", "x", "us").steps[0].text


@pytest.mark.parametrize(
    ("written", "portions"),
    [(8, 8), ("22 cookies", 22), (["4"], 4), ("4.5 servings", 4), ("Serves 6-8", 6), ("1,200 pieces", 1200),
     ({"@type": "QuantitativeValue", "value": 12}, 12)],
)  # fmt: skip
def test_yields(written, portions):
    assert schema_org.stated_yield({"recipeYield": written})["portions"] == portions


@pytest.mark.parametrize("written", [None, "", "a few", "0", []])
def test_a_recipe_that_counts_no_portions_says_what_it_says_instead(written):
    assert schema_org.stated_yield({"recipeYield": written}) == {
        "stated": "a few" if written == "a few" else "not stated"
    }


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("PT1H30M", 90), ("P0DT0H45M", 45), ("PT5400S", 90), ("P1DT2H", 1560), ("PT0.5H", 30), ("45", 0), ("P9W", 0),
     ("pt20m", 20), ("P0Y0M0DT0H35M0.000S", 35), ("PT61S", 2), ("P1Y", 0), ("PT99999999999999H", 0), ("1 day", 1440),
     ("1 hour 10 minutes", 70)],
)  # fmt: skip
def test_durations(text, minutes):
    assert schema_org.duration_minutes(text) == minutes


def test_a_line_that_is_not_understood_is_named_and_none_is_left_out():
    with pytest.raises(ValueError, match="1500"):
        recipe_file.parse_recipe(
            page({**RECIPE, "recipeIngredient": ["1 cup milk", "1 500 g of x"]}), ".html", "x", "us"
        )


def test_a_page_without_a_recipe_says_so():
    with pytest.raises(ValueError, match="no schema"):
        recipe_file.parse_recipe("<html>2 cups flour</html>", ".html", "x", "us")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {"@type": st.sampled_from(["Recipe", ["Recipe"], "Thing"])},
    optional=dict.fromkeys(
        ("name", "recipeYield", "recipeIngredient", "recipeInstructions", "totalTime", "@graph", "url"), JSON
    ),
)


@settings(max_examples=40)
@given(FIELDS)
def test_whatever_a_page_holds_is_read_or_refused(document):
    try:
        read = recipe_file.parse_recipe(page(document), ".html", "x", "us")
    except ValueError:
        return
    assert read.ingredients


@given(st.text(max_size=300))
def test_whatever_a_cook_file_holds_is_read_or_refused(text):
    try:
        read = recipe_file.parse_recipe(f">> servings: 4\n\n{text}", ".cook", "x", "us")
    except ValueError:
        return
    assert read.ingredients


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Mix @soy sauce{1.5%tbsp), @black vinegar{1%tbsp} and @sugar{1/4%tsp}.", ["1.5 tbsp", "1 tbsp", "1/4 tsp"]),
        ("Season with @🧂 and @pepper.", ["🧂", "pepper"]),
        ("Write to me @ home{}, then add @salt{2%g}.", ["2 g salt"]),
        ("Ferment the @chillies{1%kg} for ~{17%days}.", ["1 kg chillies"]),
    ],
)
def test_marks_of_cooklang_as_people_type_them(text, lines):
    found = cooklang.fields(text, "sauce")["ingredients"]
    assert len(found) == len(lines)
    assert all(part in line for part, line in zip(lines, found, strict=True))
    recipe_file.parse_recipe(text, ".cook", "sauce", "us")


def test_cooklang_keeps_what_is_done_before_the_first_timer():
    steps = ("Dust the pan with flour.", "Bake @bread{=1%kg}(sliced) for ~{1%hour}.", "Serve with @&salt{}.")
    read = recipe_file.parse_recipe("\n\n".join((">> servings: 4", *steps)), ".cook", "toast", "us")
    assert [(line.item, line.preparation) for line in read.ingredients] == [("bread", "sliced"), ("salt", "to taste")]
    assert read.steps[0].text.startswith("Dust the pan with flour. Bake bread for 1 hour")
    assert read.steps[0].minutes == 60


def test_waiting_beyond_preparing_and_cooking_is_nobodys_work():
    times = {"prepTime": "PT20M", "cookTime": "PT10M", "totalTime": "PT24H30M"}
    step = schema_org.fields({**RECIPE, **times})["steps"][0]
    assert (step["minutes"], step["active_minutes"]) == (24 * 60 + 30, 30)


@pytest.mark.parametrize(
    "times",
    [{"totalTime": "PT24H"}, {"prepTime": "PT20M", "totalTime": "PT24H"}, {"prepTime": "PT20M", "cookTime": "PT40M"},
     {"prepTime": "PT0M", "cookTime": "PT0M", "totalTime": "PT24H"}],
)  # fmt: skip
def test_where_a_page_does_not_state_what_is_waiting_all_of_it_is_work(times):
    recipe = {key: value for key, value in RECIPE.items() if key != "totalTime"}
    assert "active_minutes" not in schema_org.fields({**recipe, **times})["steps"][0]


@pytest.mark.parametrize(
    ("written", "portions"),
    [(["8", "8 servings"], 8), (["2", "2 loaves"], 0), (["2", "2 cups"], 0), (["4", "4-6"], 4), (["12"], 12)],
)
def test_a_bare_number_beside_its_noun_counts_what_the_noun_counts(written, portions):
    assert schema_org.stated_yield({"recipeYield": written}).get("portions", 0) == portions
