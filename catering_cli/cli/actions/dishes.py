"""The catalogue searched, a dish shown as its card, the index renewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from catering_cli.cli import output
from catering_cli.data.tables import DATA, parts, rows
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.recipe import COURSES
from catering_cli.domain.suggest import closest_few
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.recipes import catalogue


class Wanted(NamedTuple):
    """What a dish has to be."""

    course: str
    needs: tuple[str, ...]
    """diets, and allergens that it is free of"""
    without: tuple[str, ...]
    """equipment"""


def search(words: str, wanted: Wanted) -> None:
    """Print the card of a dish that is called so, else all dishes that fit."""
    _known(wanted)
    if words and wanted == Wanted("", (), ()) and (name := _called(words)):
        output.result(_card(name))
        return
    found = [row for row in catalogue.index() if _fits(row, words, wanted)]
    if not found:
        near = catalogue.near_names(words) if words else ()
        raise Refused(Problem(f"no dish of the catalogue fits{_instead(near)}", value=words))
    for row in found:
        output.result(_line(row))


def _instead(near: tuple[str, ...]) -> str:
    return f"; nearest: {', '.join(near)}" if near else "; ask for fewer words, or leave out an option"


def _known(wanted: Wanted) -> None:
    """Refuse a course, need or equipment that no dish could have."""
    table = catalogue.index()
    diets = {diet for row in table for diet in parts(row["diets"])}
    allergens = {row["allergen"] for row in rows("allergens")}
    plant = {name for row in table for name in parts(row["equipment"])}
    asked: list[tuple[str, str, set[str]]] = []
    if wanted.course:
        asked.append(("--course", wanted.course, set(COURSES)))
    asked += [("--needs", need, diets | allergens) for need in wanted.needs]
    asked += [("--without", _plant(name), plant) for name in wanted.without]
    for place, value, known in asked:
        if value not in known:
            listed = ", ".join(closest_few(value, sorted(known)) or sorted(known))
            raise Refused(Problem(f"is not known here; known: {listed}", place=place, value=repr(value)))


def _plant(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def _called(words: str) -> str:
    """The name of the dish that is called so; empty if none is."""
    wanted = catalogue.key(words)
    for row in rows(catalogue.INDEX):
        if wanted in map(catalogue.key, (row["name"], *parts(row["also"]))):
            return row["name"]
    return ""


def _fits(row: Mapping[str, str], words: str, wanted: Wanted) -> bool:
    said = set(tokens(" ".join((row["name"], *parts(row["also"])))))
    lacks = {*parts(row["contains"]), *parts(row["unknown"])}
    suits = {*parts(row["diets"])}
    return (
        set(tokens(words)) <= said
        and wanted.course in ("", row["course"])
        and all(need in suits or (need not in lacks and _is_allergen(need)) for need in wanted.needs)
        and not set(map(_plant, wanted.without)) & set(parts(row["equipment"]))
    )


def _is_allergen(need: str) -> bool:
    return any(need == row["allergen"] for row in rows("allergens"))


def _line(row: Mapping[str, str]) -> str:
    return f"{row['course']:<8} {row['name']}" + "".join(_remarks(row))


def _remarks(row: Mapping[str, str]) -> Iterator[str]:
    """What it contains, and what only a label tells."""
    if row["contains"]:
        yield f"; contains {', '.join(parts(row['contains']))}"
    if row["unknown"]:
        yield "; read the labels"


def _card(name: str) -> str:
    """The card as it is written, with the base recipes that it takes under their names."""
    from catering_cli.cli.catalogue import CARDS, filed
    from catering_cli.kitchen.recipes.card_text import card_text

    file = next(row["file"] for row in rows(catalogue.INDEX) if row["name"] == name)
    return next(card_text(one.card) for one in filed(CARDS, f"{file}.card") if one.card.recipe.name == name)


def renew() -> None:
    """Read the cards again and write what is generated from them."""
    from catering_cli.cli.catalogue import generated

    for file, content in generated().items():
        (DATA / file).write_text(content, encoding="utf-8")
        output.result(f"renewed: {file}")
