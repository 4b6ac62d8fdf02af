"""What guests avoid: allergens of the law, foods of their own naming; and what a label says of them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from catering_cli.data.tables import rows
from catering_cli.kitchen.foods import table
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.table import Tokens

_WRAPPING = frozenset(
    tokens(
        "allergy allergic allergen to no free from of without avoid avoids intolerance intolerant sensitive "
        "sensitivity severe mild severely anaphylaxis anaphylactic any all all product products protein"
    )
)
"""Words around the thing itself: "severe peanut allergy", "allergic to kiwi", "no pork"."""

_SPLIT = re.compile(r"\s*(?:,|;|/|\+|&|\band\b|\bor\b)\s*", re.IGNORECASE)


class Target(NamedTuple):
    """Something that must not be in a dish: a column of the matrix."""

    name: str
    allergens: frozenset[str]
    """allergens of the table that it stands for; empty for a food"""
    words: frozenset[str]
    """foods and groups that it stands for; empty for an allergen"""
    parents: frozenset[str]
    """allergens that it is a kind of: almond is one of the tree nuts"""
    phrase: Tokens
    """its own words, looked for in what is written"""
    known: bool
    """false where no table knows it: every dish is then unknown for it"""

    @property
    def covers(self) -> frozenset[str]:
        """The facts of a food that make it contain this."""
        return self.allergens | self.words


class Law(NamedTuple):
    """What a label must declare in a jurisdiction."""

    name: str
    """row of the table; empty where no table knows the jurisdiction"""
    allergens: tuple[str, ...]
    """columns of the matrix"""
    labelled: frozenset[str]
    """what a label must declare"""
    nuts: frozenset[str]
    """tree nuts that must be named by their kind"""

    def declares(self, target: Target) -> bool:
        """Whether a label that does not list the target proves its absence."""
        listed = [wanted for wanted in (target.allergens, target.parents) if wanted and wanted <= self.labelled]
        if not listed:
            return False
        kinds = target.words - {"tree nuts"} if "tree nuts" in target.parents else frozenset[str]()
        return not kinds or bool(kinds & self.nuts)


def law(jurisdiction: str) -> Law:
    """The law of "us-fda-2022", "eu" ...

    Where no table knows it, the strictest of all: every list as columns, and a label is taken to speak only
    of what every list has.
    """
    prefix = (re.split(r"[-_ ]", jurisdiction.strip().casefold()) or [""])[0]
    for row in rows("jurisdictions"):
        if prefix in table.split(row["prefix"]):
            listed, nuts = table.split(row["allergens"]), table.split(row["nuts"])
            return Law(row["jurisdiction"], listed, frozenset(listed), frozenset(nuts))
    lists = [table.split(row["allergens"]) for row in rows("jurisdictions")]
    common = frozenset(lists[0]).intersection(*lists)
    return Law("", tuple(dict.fromkeys(name for one in lists for name in one)), common, frozenset())


@cache
def _allergens() -> dict[Tokens, dict[str, str]]:
    names: dict[Tokens, dict[str, str]] = {}
    for row in rows("allergens"):
        for name in (row["allergen"], *table.split(row["synonyms"])):
            names.setdefault(tokens(name), row)
    return names


@cache
def _groups() -> dict[Tokens, str]:
    """Every group, animal source and flag that some food has, by its words."""
    words = {word for food in table.table().values() for word in food.facts} - {"none"}
    return {tokens(word): word for word in sorted(words, reverse=True)}


def targets(need: str) -> tuple[Target, ...]:
    """What a need that is no diet means: "nuts and kiwi" are two targets. An unknown word is a target too."""
    whole = target(need)
    if whole.known or not (parts := [part for part in _SPLIT.split(need) if tokens(part)]):
        return (whole,)
    found = tuple(target(part) for part in parts)
    return found if all(one.known for one in found) else (whole,)


@cache
def target(need: str) -> Target:
    """The one thing that `need` names; not `known` where no table has it."""
    words = tokens(need)
    inner = tuple(word for word in words if word not in _WRAPPING) or words
    for phrase in (words, inner):
        if row := _allergens().get(phrase):
            members = table.split(row["members"]) or (row["allergen"],)
            parents = frozenset(table.split(row["implies"]))
            return Target(row["allergen"], frozenset(members), frozenset(), parents, phrase, known=True)
    for phrase in (words, inner):
        if found := _food(phrase):
            return found
    return Target(need.strip(), frozenset(), frozenset(), frozenset(), inner, known=False)


def _food(phrase: Tokens) -> Target | None:
    """A food, and every food that is a kind of it; or a group."""
    food = table.names().get(phrase)
    group = _groups().get(phrase)
    if food is None and group is None:
        return None
    words = frozenset(word for word in (food.name if food else None, group) if word)
    holders = [one for one in table.table().values() if words & (one.groups | {one.name}) and not one.compound]
    parents = frozenset.intersection(*(one.contains for one in holders)) if holders else frozenset[str]()
    parents -= {"sulphites"}  # declared above 10 mg/kg only: a label without them proves no absence of wine
    return Target(food.name if food else " ".join(phrase), frozenset(), words, parents, phrase, known=True)


class Declared(NamedTuple):
    """The words of a label, understood."""

    facts: frozenset[str]
    """allergens and foods that it names"""
    understood: bool
    """false where a word of it is not known: nothing is then proven absent"""


_NOTHING = frozenset(tokens(word) for word in ("", "none", "no allergens", "nothing", "free of allergens"))


def declared(label: tuple[str, ...]) -> Declared:
    """What a label's words declare: "tree nuts (almond)" is tree nuts and almond, "soya" is soybeans."""
    facts: set[str] = set()
    understood = True
    for entry in label:
        for part in re.split(r"[(),;:/&]|\band\b", entry):
            if tokens(part) in _NOTHING:
                continue
            found = target(part)
            understood = understood and found.known
            facts |= found.covers | found.parents
    return Declared(table.implied(facts), understood)
