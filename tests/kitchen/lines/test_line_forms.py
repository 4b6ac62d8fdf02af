"""Forms of a line beyond amount, unit, food: an amount behind its food or said twice, grades, vague words, shapes."""

import pytest

from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.lines.ingredient_line import parse_line
from catering_cli.kitchen.lines.several_foods import parse_lines
from catering_cli.kitchen.quantities.amount import parse_amount


def read(text):
    (line,) = parse_lines(text)
    return line.quantity, line.item


def wanted(amount, item):
    return (parse_amount(amount).quantity if amount else None), item


@pytest.mark.parametrize(
    ("text", "amount", "item"),
    [
        ("6 pork chops, about 200g/7oz each, trimmed", "1200 g", "pork chops"),
        ("3 tbsp rice vinegar 45 mL", "3 tbsp", "rice vinegar"),
        ("Sugar (120 g)", "120 g", "Sugar"),
        ("cream cheese (2 packages), softened", "2 package", "cream cheese"),
        ("1 cup (100 g) grated pecorino", "100 g", "pecorino"),
        ("2 tbsp (1 oz) lime juice", "2 tbsp", "lime juice"),
        ("5 lb 80/20 ground chuck", "5 lb", "ground chuck"),
        ("2 lb 21-25 count shrimp", "2 lb", "shrimp"),
        ("12 U-10 scallops", "12", "scallops"),
        ("a few sprigs thyme", "3 sprig", "thyme"),
        ("couple of pinches of nutmeg", "2 pinch", "nutmeg"),
        ("a little olive oil", "", "olive oil"),
        ("big handful basil", "1 handful", "basil"),
        ("a scant 1/2 cup sugar", "1/2 cup", "sugar"),
        ("4 small or 2 large onions", "4 small", "onions"),
        ("1 pint dry sherry", "1 pt", "dry sherry"),
        ("5 peppers, sliced", "5", "bell peppers"),
        ("2 tsp pepper", "2 tsp", "pepper"),
        ("3 sprigs coriander", "3 sprig", "fresh coriander"),
        ("1 tsp coriander", "1 tsp", "coriander"),
        ("6 romaine leaves", "6 leaf", "romaine"),
        ("6 curry leaves", "6", "curry leaves"),
        ("2 lamb ribs", "2", "lamb ribs"),
        ("1 egg or 2 egg whites", "1", "egg"),
        ("cup flour", "1 cup", "flour"),
        ("1.5kg/3lb 5oz - 2kg/4lb 8oz pork belly", "1.5-2 kg", "pork belly"),
        ("350-450g/12oz-1lb runner beans", "350-450 g", "runner beans"),
        ("1 x 3lb 4oz gammon", "3 lb 4 oz", "gammon"),
        ("125g/4½ plain flour", "125 g", "plain flour"),
        ("2½cm/1in piece fresh root ginger", "1", "fresh root ginger"),
        ("1 (2-inch [5 cm]) piece turmeric", "1", "turmeric"),
        ("4cm root ginger", "1", "root ginger"),
        ("6 ½-inch-thick slices ham", "6 slice", "ham"),
        ("Two 7- or 8-bone racks of lamb", "2 rack", "lamb"),
        ("A 3½-to-4-pound chicken", "3 1/2 - 4 lb", "chicken"),
        ("Rye flour 2/3 cup (80 grams), sifted", "80 g", "Rye flour"),
        ("Egg yolks 4 (72 grams)", "72 g", "Egg yolks"),
        ("monkfish tail (weighing approximately 500g/1lb 2oz)", "500 g", "monkfish tail"),
        ("Leaves from 10 to 12 cilantro sprigs", "10-12 sprig", "cilantro"),
        ("Juice 1/2 lemon", "1/2", "lemon"),
        ("1/2 plus 1/8 teaspoon baking soda", "5/8 tsp", "baking soda"),
        ("1 cup seeded, cored, and diced apples", "1 cup", "apples"),
        ("1/4 tsp or a few drops of almond extract", "1/4 tsp", "almond extract"),
        ("<span1/2 tsp salt", "1/2 tsp", "salt"),
        ("Additional 1 tablespoon sugar", "1 tbsp", "sugar"),
        ("10 10 eggs", "10", "eggs"),
        ("2 bu cilantro", "2 bunch", "cilantro"),
        ("3 stk avocado", "3", "avocado"),
        ("2 stk butter", "2 stick", "butter"),
        ("2 tbsp plus 1 tsp vinegar", "2 tbsp plus 1 tsp", "vinegar"),
        ("1 egg, beaten with 2 tbsp (25 ml) water", "1", "egg"),
        ("1 lime, juiced (about 2 tbsp)", "1", "lime"),
        ("Twenty six-ounce fillets of cod", "120 oz", "cod"),
        ("1 one-pound jar apricot jam", "1 lb", "apricot jam"),
        ("thirty six mussels", "36", "mussels"),
        ("2 tablespoons minced or grated ginger", "2 tbsp", "grated ginger"),
        ("1 cup packed light or dark brown sugar", "1 cup", "light or dark brown sugar"),
        ("3 fresh or dried bay leaves", "3", "fresh or dried bay leaves"),
        ("2 Stk Paprika", "2", "bell pepper"),
        ("3 large flat mushrooms", "3 large", "flat mushrooms"),
        ("2 St. Zwiebeln", "2", "Zwiebeln"),
    ],
)
def test_the_amount_and_the_food(text, amount, item):
    assert read(text) == wanted(amount, item)


@pytest.mark.parametrize(
    "text", ["cup flour", "10 10 eggs", "2 flats strawberries", "a few carrots", "3 heaped tbsp flour", "1 T sugar"]
)
def test_what_is_read_with_a_doubt_is_told(text):
    assert parse_line(text).warnings


def test_the_weight_of_the_author_that_is_far_from_the_table_is_told():
    assert any("another amount" in warning for warning in parse_line("1 cup (200 g) grated parmesan").warnings)
    assert not parse_line("1 cup (240 ml) milk").warnings


@pytest.mark.parametrize("text", ["1 frozen whole turkey, 12 lb", "2 2-pound whole chickens"])
def test_a_whole_bird_is_as_purchased(text):
    assert parse_line(text).state == "AP"


@pytest.mark.parametrize("item", ["whole chickens", "bone-in chicken breasts", "shell-on shrimp", "almonds in shell"])
def test_what_is_bought_with_its_bones_or_shell_is_a_product_with_that_loss(item):
    product = resolve_name(item).product
    assert product.food is not None
    assert product.share.percent < 100


@pytest.mark.parametrize(
    ("text", "item", "grade"),
    [
        ("3 lb ground beef 80/20", "ground beef", "80/20"),
        ("2 lb shrimp 21/25, peeled", "shrimp", "21/25"),
        ("5 lb shrimp (16/20 ct), tail on", "shrimp", "16/20"),
        ("2 lb scallops U/10", "scallops", "U/10"),
    ],
)
def test_a_grade_behind_the_food_is_no_part_of_its_name(text, item, grade):
    line = parse_line(text, "us")
    assert (line.item, line.quantity.unit) == (item, "lb")
    assert grade in line.preparation
