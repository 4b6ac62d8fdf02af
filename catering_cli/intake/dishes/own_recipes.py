"""The recipes that an order brings: in it, in files beside it, and within each other; each dish gets a whole one."""

from __future__ import annotations

from itertools import product
from pathlib import Path, PurePosixPath

from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.order_parts.recipe import Ingredient, Recipe
from catering_cli.domain.problem import Problem, Refused
from catering_cli.intake import recipe_file
from catering_cli.intake.dishes.recipe_folder import RecipeFolder
from catering_cli.intake.recipe_file import SUFFIXES
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.lines.shorthand import written_out
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.serving import base_recipes, reckoned_yield


class OwnRecipes:
    """The recipes of an order by name; `folder` is where paths start, `folders` are the caterer's own."""

    def __init__(self, order: Order, folder: Path, folders: tuple[RecipeFolder, ...] = ()) -> None:
        self.order, self.folder, self.folders = order, folder, folders
        self.by_key = {catalogue.key(recipe.name): recipe for recipe in reversed(order.recipes)}
        self.files: dict[str, Recipe] = {}

    def with_recipe(self, item: MenuItem, place: str) -> MenuItem:
        """The menu item; its recipe is in it if it is a file, has base recipes, or does not say its portions.

        Raises Refused for a name that is nearly another, a file that is none, and a yield that nothing tells.
        """
        found = self._recipe_of(item, place)
        if found is None:
            return item
        if item.yields is not None:
            found = found.model_copy(update={"yields": item.yields})
        whole = self.assembled(found, f"{place}.recipe")
        counted = reckoned_yield.with_portions(whole, item.course, self.order.system)
        if counted is None:
            message = f"says {whole.yields.stated!r}, which is no number of portions; give it beside the dish"
            raise Refused(Problem(message, place=f"{place}.yield", value='e.g. {"portions": 12}'))
        if isinstance(item.recipe, Recipe) or counted is not self._known_later(item):
            return item.model_copy(update={"recipe": counted, "yields": None})
        return item

    def assembled(self, recipe: Recipe, place: str) -> Recipe:
        """The recipe with its base recipes put in. Raises Refused with the way round if one needs itself."""
        try:
            return base_recipes.assembled(recipe, lambda line: self._base(line, place), self.order.system)
        except base_recipes.CircularRecipe as circle:
            message = f"{circle}; buy one of them, or write its foods out"
            raise Refused(Problem(message, place="order.recipes")) from None

    def _called_so(self, name: str) -> Recipe | None:
        """The recipe of that name: the order's, else the caterer's own, else the catalogue's."""
        if found := self.by_key.get(catalogue.key(name)):
            return found
        own = (found for folder in self.folders if (found := folder.find(name)))
        return next(own, None) or catalogue.recipe_named(name)

    def _known_later(self, item: MenuItem) -> Recipe | None:
        """The recipe that the kitchen finds by the item's name: it knows the order and the catalogue, no folder."""
        name = _name(item)
        return self.by_key.get(catalogue.key(name)) or catalogue.recipe_named(name)

    def _recipe_of(self, item: MenuItem, place: str) -> Recipe | None:
        """The recipe that a menu item brings or names; None for a new dish without one."""
        if isinstance(item.recipe, Recipe):
            return item.recipe
        name = item.recipe or item.dish
        if found := self._called_so(_name(item)):
            return found
        field = f"{place}.recipe" if item.recipe else f"{place}.dish"
        if item.recipe and recipe_file.is_path(item.recipe):
            return self._file(item.recipe, field)
        near = self._near(name)
        if item.recipe and not near:
            near = list(catalogue.near_names(name))
        if problem := _unknown_recipe(item, name, near, field):
            raise Refused(problem)
        return None

    def _near(self, name: str) -> list[str]:
        """Names of the order's and the caterer's own recipes that are nearly that name."""
        near = [recipe.name for recipe in self.order.recipes if catalogue.alike(recipe.name, name)]
        for folder in self.folders:
            near += folder.near_names(name)
        return near

    def _file(self, name: str, place: str) -> Recipe:
        """The recipe of a file; the paths in it are made to start where the order lies."""
        if name not in self.files:
            read = recipe_file.read_recipe(self.folder, name, self.order.system, place)
            within = PurePosixPath(name.replace("\\", "/")).parent
            lines = tuple(_anchored(line, within) for line in read.ingredients)
            self.files[name] = read.model_copy(update={"ingredients": lines})
        return self.files[name]

    def _base(self, line: Ingredient, place: str) -> Recipe | None:
        """The recipe that a line is made by: the one it names, else one that is called like its food."""
        if line.part:
            return None
        if not line.recipe:
            return self._called(line) or self._elsewhere(line, place)
        if recipe_file.is_path(line.recipe) or "/" in line.recipe:
            path = line.recipe if recipe_file.is_path(line.recipe) else f"{line.recipe}.cook"
            return self._file(path, place)
        found = self._called_so(line.recipe)
        if found is None:
            message = f"{line.item}: is neither a recipe of the order or the catalogue nor a file beside the order"
            raise Refused(Problem(message, place=place, value=repr(line.recipe)))
        return found

    def _called(self, line: Ingredient) -> Recipe | None:
        """A recipe of the order whose name is the food of a line, in the singular or the plural.

        A recipe that itself takes a food of its own name ("Rice", made of rice) is not what such a line means.
        """
        words = tokens(line.item)
        for recipe in self.by_key.values():
            name = written_out(recipe.name)
            same = catalogue.key(name) == catalogue.key(line.item) or tokens(name) == words
            if same and not any(tokens(one.item) == words for one in recipe.ingredients):
                return recipe
        return None

    def _elsewhere(self, line: Ingredient, place: str) -> Recipe | None:
        """A recipe beside the order or in the catalogue that is called like a food that no table has.

        A known food is bought: coffee and cookies are, though the catalogue can make them.
        """
        if resolve_name(line.item).identified:
            return None
        stem = catalogue.key(line.item)
        names = map("".join, product((stem, stem.replace("-", "_")), SUFFIXES)) if stem else ()
        beside = next((name for name in names if (self.folder / name).is_file()), "")
        return self._file(beside, place) if beside else catalogue.recipe_named(line.item)


def _name(item: MenuItem) -> str:
    """The name by which the recipe of an item is looked for."""
    return item.recipe if isinstance(item.recipe, str) else item.dish


def _anchored(line: Ingredient, within: PurePosixPath) -> Ingredient:
    """A line whose path starts at the folder of the order, not at that of the file it stands in."""
    if "/" not in line.recipe and "\\" not in line.recipe:
        return line
    return line.model_copy(update={"recipe": str(within / line.recipe.replace("\\", "/"))})


def _unknown_recipe(item: MenuItem, name: str, near: list[str], place: str) -> Problem | None:
    """A name that is nearly another, or a recipe that is named and not there; a new dish may lack one."""
    from catering_cli.intake.app_export import ARCHIVES  # late: few orders name a file

    if near:
        message = (
            f"is not a recipe of the order or the catalogue. Did you mean {_or(near)}? "
            "For a dish of your own, give its recipe in order.recipes."
        )
        return Problem(message, place=place, value=repr(name))
    suffix = Path(item.recipe).suffix.lower() if isinstance(item.recipe, str) else ""
    if suffix in ARCHIVES:
        message = f"is {ARCHIVES[suffix]}; recipes are read from .json (schema.org JSON-LD too), .yaml, .html, .cook."
        return Problem(message, place=place, value=repr(name))
    if item.recipe:
        message = "is neither a recipe of the order or the catalogue nor a .json, .yaml or .cook file beside the order."
        return Problem(message, place=place, value=repr(name))
    return None


def _or(names: list[str]) -> str:
    return " or ".join(repr(name) for name in names)
