"""The catalogue and the caterer's own folder searched, a dish shown as its card, the index renewed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from catering_cli.cli import output
from catering_cli.data.tables import DATA, parts, rows
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest_few
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.recipes import catalogue

if TYPE_CHECKING:
    from catering_cli.kitchen.recipes.card import Card

Row = Mapping[str, str]

OWN: Final = "own recipe"
"""In the place of a file: the caterer's own recipes."""


class Search(NamedTuple):
    """What a dish has to be."""

    course: str = ""
    season: str = ""
    needs: tuple[str, ...] = ()
    """diets, and allergens that it is free of"""
    uses: tuple[str, ...] = ()
    """equipment that it takes"""
    without: tuple[str, ...] = ()
    """equipment that it does not take"""


def search(words: str, wanted: Search) -> None:
    """Print the card of a dish that is called so, else all dishes that fit."""
    table = (*_own_rows(), *rows(catalogue.INDEX))
    _known(wanted, table)
    if words and wanted == Search() and (called := _called(words, table)):
        output.result(_card(called))
        return
    served = [row for row in table if row["course"] != catalogue.BASE]
    found = [row for row in served if _fits(row, words, wanted)]
    if not found:
        near = catalogue.near_names(words) if words else ()
        raise Refused(Problem(f"no dish of the catalogue fits{_instead(near)}", value=words))
    for row in found:
        output.result(_line(row))


def _own_rows() -> tuple[Row, ...]:
    """The index of the folder that `$CATERING_RECIPES` names."""
    if not os.environ.get("CATERING_RECIPES"):
        return ()
    from catering_cli.cli.catalogue import Filed, rows_of, whole

    cards = [Filed(card, OWN) for card in _own_cards()]
    return tuple(rows_of(cards, whole(cards, catalogue.recipe_named)))


def _own_cards() -> Iterator[Card]:
    from catering_cli.intake.dishes.recipe_folder import house_folders

    return chain.from_iterable(folder.all() for folder in house_folders(os.environ))


def _instead(near: tuple[str, ...]) -> str:
    return f"; nearest: {', '.join(near)}" if near else "; ask for fewer words, or leave out an option"


def _known(wanted: Search, table: Iterable[Row]) -> None:
    """Refuse a course, season, need or equipment that no dish could have."""
    diets, plant, seasons, courses = (_entries(table, name) for name in ("diets", "equipment", "season", "course"))
    asked = [("--course", wanted.course, courses - {catalogue.BASE}), ("--season", wanted.season, seasons)]
    asked += [("--needs", need, diets | _allergens()) for need in wanted.needs]
    asked += [("--uses", _plant(name), plant) for name in wanted.uses]
    asked += [("--without", _plant(name), plant) for name in wanted.without]
    for place, value, known in asked:
        if value and value not in known:
            listed = ", ".join(closest_few(value, sorted(known)) or sorted(known))
            raise Refused(Problem(f"is not known here; known: {listed}", place=place, value=repr(value)))


def _entries(table: Iterable[Row], column: str) -> set[str]:
    return set(chain.from_iterable(parts(row[column]) for row in table))


def _allergens() -> set[str]:
    return {row["allergen"] for row in rows("allergens")}


def _plant(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def _called(words: str, table: Iterable[Row]) -> Row | None:
    """The first row that is called so: an own recipe before the catalogue's."""
    wanted = catalogue.key(words)
    return next((row for row in table if wanted in map(catalogue.key, (row["name"], *parts(row["also"])))), None)


def _fits(row: Row, words: str, wanted: Search) -> bool:
    said = set(tokens(" ".join((row["name"], *parts(row["also"])))))
    plant = set(parts(row["equipment"]))
    return (
        set(tokens(words)) <= said
        and wanted.course in ("", row["course"])
        and (not wanted.season or not row["season"] or wanted.season in parts(row["season"]))
        and _suits(row, wanted.needs)
        and plant >= set(map(_plant, wanted.uses))
        and not plant & set(map(_plant, wanted.without))
    )


def _suits(row: Row, needs: Iterable[str]) -> bool:
    lacks = {*parts(row["contains"]), *parts(row["unknown"])}
    suits = {*parts(row["diets"])}
    return all(need in suits or (need not in lacks and need in _allergens()) for need in needs)


def _line(row: Row) -> str:
    return f"{row['course']:<8} {row['name']}" + "".join(_remarks(row))


def _remarks(row: Row) -> Iterator[str]:
    """Whose it is, when it is at its best, what it contains, and what only a label tells."""
    if row["file"] == OWN:
        yield f"; {OWN}"
    if row["season"]:
        yield f"; best in {', '.join(parts(row['season']))}"
    if row["contains"]:
        yield f"; contains {', '.join(parts(row['contains']))}"
    if row["unknown"]:
        yield "; read the labels"


def _card(row: Row) -> str:
    """The card as it is written, with the steps that it takes from another card and its base recipes by their names."""
    if row["file"] == OWN:
        return _own_card(row["name"])
    from catering_cli.kitchen.recipes.card_lines import read_lines

    text = (DATA / "catalogue" / f"{row['file']}.card").read_text(encoding="utf-8")
    return next(lines.text() for lines in read_lines(text) if lines.name == row["name"])


def _own_card(name: str) -> str:
    from catering_cli.kitchen.recipes.card_text import card_text

    return next(card_text(card) for card in _own_cards() if card.recipe.name == name)


def example() -> str:
    """A card to copy and edit, with whatever a card may say."""
    row = _called(_EXAMPLE, rows(catalogue.INDEX))
    assert row is not None
    return _card(row)


_EXAMPLE: Final = "Chicken piccata"


def renew() -> None:
    """Read the cards again and write what is generated from them."""
    from catering_cli.cli.catalogue import filed, generated

    for file, content in generated(filed()).items():
        (DATA / file).write_text(content, encoding="utf-8")
        output.result(f"renewed: {file}")
