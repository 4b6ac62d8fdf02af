"""What guests avoid: allergens of the law, foods of their own naming; and what a label says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
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
    """false if no table knows it: every dish is then unknown for it"""
    kin: frozenset[str] = frozenset()
    """foods that may hold it, or are so near to it that only a person can say"""
    groups: frozenset[str] = frozenset()
    """groups of the plain foods that it names"""
    named: frozenset[str] = frozenset()
    """the food or group itself, without those that go with it"""

    @property
    def covers(self) -> frozenset[str]:
        """The facts of a food that make it contain this."""
        return self.allergens | self.words


class Law(NamedTuple):
    """What a label must declare in a jurisdiction."""

    name: str
    """row of the table; empty if no table knows the jurisdiction"""
    allergens: tuple[str, ...]
    """columns of the matrix"""
    labelled: frozenset[str]
    """what a label must declare"""
    nuts: frozenset[str]
    """tree nuts that must be named by their kind"""

    def declares(self, target: Target) -> bool:
        """Whether a label that does not list the target proves its absence."""
        wanted = [one for one in (target.allergens, target.parents) if one]
        if not any(one <= self.labelled for one in wanted):
            return False
        if "tree nuts" not in target.parents:
            return True
        kinds = target.words - {"tree nuts"}
        return not kinds or bool(kinds & self.nuts)


@lru_cache(maxsize=1_024)
def law(jurisdiction: str) -> Law:
    """The law of "us-fda-2022", "eu" ...

    If no table knows it, the strictest of all: every list as columns, and a label is taken to speak only
    of what every list has.
    """
    prefix = re.split(r"[-_ ]", jurisdiction.strip().casefold())[0]
    for row in rows("jurisdictions"):
        if prefix in table.split(row["prefix"]):
            listed = table.split(row["allergens"])
            nuts = frozenset(table.split(row["nuts"]))
            return Law(row["jurisdiction"], listed, frozenset(listed), nuts)
    lists = [table.split(row["allergens"]) for row in rows("jurisdictions")]
    columns = tuple(dict.fromkeys(chain.from_iterable(lists)))
    common = frozenset(columns).intersection(*lists)
    return Law("", columns, common, frozenset())


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
    words = set[str]().union(*(food.facts for food in table.table().values())) - {"none"}
    return {tokens(word): word for word in sorted(words, reverse=True)}


@lru_cache(maxsize=4_096)
def targets(need: str) -> tuple[Target, ...]:
    """What a need that is no diet means: "nuts and kiwi" are two targets. An unknown word is a target too."""
    whole = target(need)
    parts = [part for part in _SPLIT.split(need) if tokens(part)]
    if whole.known or not parts:
        return (whole,)
    found = tuple(map(target, parts))
    return found if all(one.known for one in found) else (whole,)


@cache
def target(need: str) -> Target:
    """The one thing that `need` names; not `known` if no table has it."""
    words = tokens(need)
    inner = tuple(word for word in words if word not in _WRAPPING) or words
    found = _allergen(words) or _allergen(inner) or _food(words) or _food(inner)
    return found or Target(need.strip(), frozenset(), frozenset(), frozenset(), inner, known=False)


def _allergen(phrase: Tokens) -> Target | None:
    """An allergen of the table, which may stand for several or be a kind of one."""
    row = _allergens().get(phrase)
    if row is None:
        return None
    return Target(
        name=row["allergen"],
        allergens=frozenset(table.split(row["members"]) or (row["allergen"],)),
        words=frozenset(),
        parents=frozenset(table.split(row["implies"])),
        phrase=phrase,
        known=True,
    )


def _food(phrase: Tokens) -> Target | None:
    """A food, and every food that is a kind of it; a group; or a family that guests have a word for."""
    food = table.names().get(phrase)
    group = _groups().get(phrase)
    family = _called().get(phrase)
    named = frozenset(word for word in (food.name if food else "", group) if word)
    if family:
        named |= {*table.split(family["named"]), *table.split(family["members"])}
    if not named:
        return None
    each = named.union(*map(_of_group, named))
    plain = [food for food in map(table.table().get, named) if food and not food.compound]
    words = each | _related(each, "members")
    kin = _related(each, "kin") | frozenset(table.split(family["kin"]) if family else ())
    return Target(
        name=food.name if food and not family else " ".join(phrase),
        allergens=frozenset(),
        words=words,
        parents=_common_allergens(words) - ABOVE_10_MG,
        phrase=phrase,
        known=True,
        kin=kin - words,
        groups=frozenset().union(*(food.groups for food in plain)),
        named=named,
    )


@cache
def _called() -> dict[Tokens, dict[str, str]]:
    """Families by the words that guests have for all of them: legumes, brassicas, alpha-gal."""
    return {tokens(name): row for row in rows("families") for name in table.split(row["synonyms"])}


@cache
def _of_group(group: str) -> frozenset[str]:
    """The foods of a group, by name; of a food none."""
    return frozenset(food.name for food in table.table().values() if group in food.groups)


def _related(words: frozenset[str], how: str) -> frozenset[str]:
    """What belongs to a food or a group for one who avoids it: its members (coriander is cilantro) or its kin."""
    return frozenset[str]().union(*(_families(how).get(word, frozenset()) for word in words))


@cache
def _families(how: str) -> dict[str, frozenset[str]]:
    """The foods of a column of the table of families, by each food or group that a family is named for."""
    found: dict[str, frozenset[str]] = {}
    for row in rows("families"):
        named = table.split(row["named"])
        whole = frozenset((*(named if how == "members" else ()), *table.split(row[how])))
        for name in named:
            found[name] = found.get(name, frozenset()) | whole
    return found


ABOVE_10_MG = frozenset({"sulphites"})
"""Declared above 10 mg/kg only: a label without them proves no absence of wine."""


def _common_allergens(words: frozenset[str]) -> frozenset[str]:
    """The allergens that every plain food of these names and groups contains."""
    plain = [food for food in table.table().values() if not food.compound]
    held = [food.contains for food in plain if food.name in words or words & food.groups]
    return frozenset.intersection(*held) if held else frozenset()


class Declared(NamedTuple):
    """The words of a label, understood."""

    facts: frozenset[str]
    """allergens and foods that it names"""
    understood: bool
    """false if a word of it is not known: nothing is then proven absent"""


_NOTHING = frozenset(map(tokens, ("", "none", "no allergens", "nothing", "free of allergens")))


def declared(label: tuple[str, ...]) -> Declared:
    """What a label's words declare: "tree nuts (almond)" is tree nuts and almond, "soya" is soybeans."""
    found = [target(word) for word in _label_words(label)]
    facts = set[str]().union(*(one.allergens | one.named | one.parents for one in found))
    return Declared(table.implied(facts), understood=all(one.known for one in found))


def _label_words(label: tuple[str, ...]) -> Iterator[str]:
    """The things that a label lists, one by one; "no allergens" lists none."""
    for entry in label:
        for part in re.split(r"[(),;:/&]|\band\b", entry):
            if tokens(part) not in _NOTHING:
                yield part
