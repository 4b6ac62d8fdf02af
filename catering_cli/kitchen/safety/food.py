"""An ingredient as far as its safety goes: whether it is raw animal food, needs cold, or keeps anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from catering_cli.domain.order_parts.recipe import FoodClass
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
from catering_cli.kitchen.foods.mentions import mentions
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.foods.table import Food, names, table
from catering_cli.kitchen.recipes import cooking_words

RAW_ANIMAL: Final[frozenset[FoodClass]] = frozenset({"poultry", "ground_meat", "whole_meat", "roast", "fish", "eggs"})

STRICTEST: Final[tuple[FoodClass, ...]] = (
    "poultry", "unknown", "reheated", "ground_meat", "eggs", "roast", "whole_meat", "fish", "plant_hot",
    "ready_to_eat", "not_tcs",
)  # fmt: skip
"""Classes by the heat they need, the hottest first."""

FEW: Final = Fraction(6, 100)
"""Share of a dish below which egg is a wash or a coating, and an unknown food a seasoning; [K]."""

_DAIRY_IN_DOUGH: Final = frozenset({"milk", "buttermilk", "yogurt", "sour cream", "cream", "half-and-half", "kefir"})
_FAT: Final = frozenset({"butter", "unsalted butter", "brown butter", "margarine", "vegan butter"})


EGG_WHITES: Final = "whites"
"""The plural alone is of eggs: white wine is none."""


class Part(NamedTuple):
    """One line of a dish."""

    item: str
    food_class: FoodClass
    sort: str
    """fat, dairy, cheese, egg, fruit, melon, herb, grain, meal, flour, sugar, produce, stable, animal, other"""
    grams: Fraction | None
    words: frozenset[str]
    """words by which a step may speak of it"""
    is_frozen: bool = False
    is_pasteurized: bool = False
    food: str = ""
    bought_as: FoodClass = "not_tcs"
    """its class by itself, whatever share of the dish it is"""

    @property
    def is_raw_animal(self) -> bool:
        """Whether it has to be cooked to be safe; what no table knows may be."""
        return self.food_class in RAW_ANIMAL or self.food_class == "unknown"


def strictest(classes: Iterable[FoodClass]) -> FoodClass:
    """The class that needs most heat; not_tcs if there is none."""
    return min(classes, key=STRICTEST.index, default="not_tcs")


def parts_of(dish: Dish) -> tuple[Part, ...]:
    """The lines of a dish; unknown seasonings and egg that only coats other animal food do not count as themselves."""
    written = dish.recipe.ingredients if dish.recipe else ()
    texts = [line.text for line in written] if len(written) == len(dish.lines) else [""] * len(dish.lines)
    found = tuple(
        _part(line.item, line.preparation, line.food, text)._replace(grams=_most_grams(line))
        for line, text in zip(dish.lines, texts, strict=True)
    )
    whole = sum((one.grams for one in found if one.grams and one.food != "water"), Fraction(0))
    others = {one.food_class for one in found} & (RAW_ANIMAL - {"eggs"})
    return tuple(_weighed(part, whole, beside_meat=bool(others)) for part in found)


def _most_grams(line: ScaledLine) -> Fraction | None:
    return line.mass.quantity.high if line.mass else None


@lru_cache(maxsize=8_192)
def _part(item: str, preparation: str, food: str, text: str) -> Part:
    """A line as far as its words tell: how much it is comes from the dish."""
    said = f"{item}, {preparation}, {text}"
    told = cooking_words.of_line(said)
    foods = _foods(item, food)
    strict = min(foods, key=lambda food: STRICTEST.index(_class(food, told)), default=None)
    own = _class(strict, told) if strict else "unknown"
    return Part(
        item=item,
        food_class=own,
        bought_as=own if strict else _bought_as(item, told),
        sort=_sort(strict) if strict else "other",
        grams=None,
        words=_spoken(item, food, _sort(strict) if strict else ""),
        is_frozen="frozen" in told,
        is_pasteurized="pasteuri" in said.casefold(),
        food=strict.name if strict else "",
    )


def _bought_as(item: str, told: frozenset[str]) -> FoodClass:
    """What a food that no table knows is delivered as: raw animal food if its name speaks of some (squid rings)."""
    foods = (names()[one.words] for one in mentions(item) if one.words in names())
    classes = [_class(food, told) for food in foods]
    return min((one for one in classes if one in RAW_ANIMAL), key=STRICTEST.index, default="unknown")


def _foods(item: str, food: str) -> Sequence[Food]:
    """The foods that a line may be: those it names, and the one that it was decided to be."""
    decided = table().get(food)
    named = resolve_name(item).named
    return (*((decided,) if decided else ()), *(named if decided is None or decided in named else ()))


def _class(food: Food, told: frozenset[str]) -> FoodClass:
    own: FoodClass = food.food_class  # type: ignore[assignment]  # a class of the table of limits, tested
    if own not in RAW_ANIMAL:
        return own
    if "ready" in told:
        return "ready_to_eat"
    if "cooked" in told:
        return "reheated"
    if "comminuted" in told and own in ("whole_meat", "roast", "fish"):
        return "ground_meat"
    return "whole_meat" if own == "roast" else own


_SORTS: Final = (
    ("bread", "flour"), ("pasta", "grain"), ("noodle", "grain"), ("egg", "egg"), ("sugars", "sugar"),
    ("chocolate", "sugar"), ("oat", "meal"), ("rice", "grain"), ("grain", "grain"), ("nut", "flour"), ("herb", "herb"),
    ("baking", "stable"),
)  # fmt: skip
"""The first group of a food that says what sort it is: noodles with egg are noodles."""
_FLOURS: Final = ("flour", "semolina", "cornmeal", "breadcrumbs", "panko", "phyllo", "pastry", "pie crust", "harina")
_MELONS: Final = frozenset({"watermelon", "cantaloupe", "honeydew", "melon"})


@lru_cache(maxsize=2_048)
def _sort_of(name: str) -> str:
    food = table()[name]
    if name in _FAT:
        return "fat"
    if any(word in name for word in _FLOURS):
        return "meal" if "grain" in food.groups and "bread" not in food.groups else "flour"
    if food.department == "dairy" and "egg" not in food.groups:
        return _dairy(food)
    if "fruit" in food.groups and "vegetable" not in food.groups:
        return "melon" if name in _MELONS else "fruit"
    known = next((sort for group, sort in _SORTS if group in food.groups), "")
    return known or _otherwise(food)


def _dairy(food: Food) -> str:
    return "dairy" if food.name in _DAIRY_IN_DOUGH or food.food_class == "not_tcs" else "cheese"


def _otherwise(food: Food) -> str:
    """The sort of a food that no group tells."""
    if food.department == "produce":
        return "produce"
    if food.food_class == "not_tcs":
        return "stable"
    return "animal" if food.food_class in RAW_ANIMAL else "other"


def _sort(food: Food) -> str:
    return _sort_of(food.name)


def _spoken(item: str, food: str, sort: str) -> frozenset[str]:
    """Words that speak of a line: those of its name that are no mere description, and what its sort is called."""
    named = frozenset(tokens(f"{item} {food}"))
    if sort == "egg":
        part = next((part for part in ("yolk", "white") if part in named), "egg")
        return _SPOKEN_OF[part]
    return (named - _DESCRIBING) | _SPOKEN_OF.get(sort, frozenset()) | (_kinds(table()[food]) if food else frozenset())


def _kinds(food: Food) -> frozenset[str]:
    """What a step calls a food together with others, whatever its sort: corn is a vegetable beside the others."""
    kinds = {"seafood": {"fish"}, "poultry": {"bird"}, "meat": {"meat"}}.get(food.department, set[str]())
    if food.department == "produce":
        kinds = kinds | {"vegetable"} & set(food.groups)
    return frozenset(kinds if "staple" in food.groups else kinds | {"spice"} & set(food.groups))


_DESCRIBING: Final = frozenset(
    {
        "fresh", "large", "small", "medium", "whole", "boneless", "skinless", "raw", "ground", "dried", "dry", "frozen",
        "canned", "white", "red", "green", "black", "yellow", "brown", "extra", "virgin", "of", "and", "or", "with",
        "in", "the", "a", "for", "to", "cut", "piece", "cooked", "plain", "unsalted", "all", "purpose", "heavy",
        "sweet", "hot", "powder", "leaf", "oil", "sauce", "juice", "stock", "paste", "water", "wine",
    }
)  # fmt: skip
"""Words of a name that do not speak of the food by themselves."""


COLLECTIVE: Final = frozenset({"vegetable", "fruit", "herb", "cheese", "spice", "fish", "bird", "meat"})
"""Words for several foods of a kind."""

_SPOKEN_OF: Final = {
    "egg": frozenset({"egg", "yolk", EGG_WHITES}), "yolk": frozenset({"yolk"}), "white": frozenset({EGG_WHITES}),
    "produce": frozenset({"vegetable"}), "fruit": frozenset({"fruit"}),
    "herb": frozenset({"herb"}), "cheese": frozenset({"cheese"}),
}  # fmt: skip
"""What steps call lines of a sort together."""


def _weighed(part: Part, whole: Fraction, *, beside_meat: bool) -> Part:
    """An unknown pinch is no meat, and a wash of egg does not make a roast an egg dish."""
    few = part.grams is not None and part.grams < FEW * whole
    if few and part.food_class == "unknown":
        return part._replace(food_class="plant_hot", sort="other")
    if few and part.food_class == "eggs" and beside_meat:
        return part._replace(food_class="plant_hot")
    return part


def bakes_stable(parts: Sequence[Part]) -> bool:
    """Whether dry heat makes these to bread, cake or pastry that keeps: flour enough, not too much that is wet."""
    masses = {sort: Fraction(0) for sort in ("whole", *_MOST)}
    for part in parts:
        if part.food == "water":
            continue
        if part.food_class in RAW_ANIMAL - {"eggs"} or part.food_class in ("unknown", "reheated"):
            return False
        if part.grams is None and part.sort in ("egg", "dairy", "cheese", "melon", "other", "grain"):
            return False
        masses["whole"] += part.grams or 0
        sort = _BAKED_AS.get(part.sort, part.sort)
        masses[sort] = masses.get(sort, Fraction(0)) + (part.grams or 0)
    within = all(masses.get(sort, 0) <= most * masses["whole"] for sort, most in _MOST.items())
    return within and masses.get("flour", Fraction(0)) >= max(masses["whole"] / 10, masses["wet"] / 2)


_BAKED_AS: Final = {"egg": "wet", "dairy": "wet", "meal": "flour"}
_MOST: Final = {
    "wet": Fraction(1, 2), "cheese": Fraction(1, 10), "produce": Fraction(35, 100), "fruit": Fraction(45, 100),
    "grain": Fraction(1, 5), "other": Fraction(1, 10), "melon": Fraction(0),
}  # fmt: skip
"""Most of each sort in what is baked stable: more of it is a custard, a pizza, a fruit dessert; [K]."""
