"""A step of a recipe card: a sentence, and one line of figures whose words each have one meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from catering_cli.domain.order_parts.recipe import FoodClass, StepKind, Storage

_KINDS: Final = frozenset(get_args(StepKind))
_STORAGE: Final = frozenset(get_args(Storage))
_CLASSES: Final = {name.replace("_", " "): name for name in get_args(FoodClass)}
_BY_HAND: Final = frozenset(("prep", "finish"))
"""Kinds of work whose minutes grow with the amount unless a batch is said."""
EQUIPMENT: Final = {
    "table": "prep_table",
    "burner": "burner",
    "oven": "oven",
    "fryer": "fryer",
    "grill": "grill",
    "steamer": "steamer",
    "mixer": "mixer",
    "blender": "blender",
    "food processor": "food_processor",
    "blast chiller": "blast_chiller",
    "fridge shelf": "fridge_shelf",
    "freezer shelf": "freezer_shelf",
    "hot box": "hot_box",
    "coffee urn": "coffee_urn",
}
"""Words for what a step occupies -> names of `data/equipment.tsv`."""

_Read = Callable[[re.Match[str]], dict[str, Any]]
_FIGURES: Final[tuple[tuple[re.Pattern[str], _Read], ...]] = (
    (re.compile(r"(\d+) by hand"), lambda m: {"active_minutes": int(m[1])}),
    (re.compile(r"holds (\d+) min"), lambda m: {"max_hold_minutes": int(m[1])}),
    (re.compile(r"(\d+) h ahead"), lambda m: {"make_ahead_hours": int(m[1])}),
    (re.compile(r"keeps (\d+) h"), lambda m: {"shelf_life_hours": int(m[1])}),
    (re.compile(r"at (\d+ F)"), lambda m: {"temperature": m[1]}),
    (re.compile(r"after nothing"), lambda _: {"after": []}),
    (re.compile(r"after (\d+(?:(?: and |, | )\d+)*)"), lambda m: {"after": [int(n) for n in re.findall(r"\d+", m[1])]}),
    (re.compile(r"by (\w+)"), lambda m: {"skill": m[1]}),
    (re.compile(r"per batch"), lambda _: {"grows": "per_batch"}),
    (re.compile(r"fixed"), lambda _: {"grows": "fixed"}),
)
_WORK = re.compile(r"(\w+) (\d+) min(?: a batch of (\d+))?")


def step(lines: list[str], number: int) -> dict[str, Any]:
    """The fields of a step from its sentence and its figures. Raises ValueError for a word without a meaning."""
    text, *figures = lines
    said = [part.strip() for part in ", ".join(figures).split(",") if part.strip()]
    if not text or not said:
        raise ValueError(f"step {number} is a sentence and, below it, a line such as: prep 20 min, table, fridge")
    work = _WORK.fullmatch(said[0])
    if work is None or work[1] not in _KINDS:
        kinds = ", ".join(sorted(_KINDS))
        raise ValueError(f"step {number}: {said[0]!r} is not a kind of work ({kinds}) with its minutes")
    fields = {"text": text, **_of_work(*work.groups()), "after": [number - 1] if number > 1 else []}
    equipment: list[str] = []
    for word in said[1:]:
        if word in EQUIPMENT:
            equipment.append(EQUIPMENT[word])
        else:
            fields.update(_meaning(word, number))
    return fields | ({"equipment": equipment} if equipment else {})


def _of_work(kind: str, minutes: str, batch: str | None) -> dict[str, Any]:
    """The fields of "prep 20 min a batch of 50": work by hand without a batch grows with the portions."""
    grows = "linear" if kind in _BY_HAND and not batch else "per_batch"
    fields = {"kind": kind, "minutes": int(minutes), "active_minutes": int(minutes), "grows": grows}
    return fields | ({"batch_portions": int(batch)} if batch else {})


def _meaning(word: str, number: int) -> Mapping[str, Any]:
    if word in _STORAGE:
        return {"storage": word}
    if word in _CLASSES:
        return {"food_class": _CLASSES[word]}
    for pattern, read in _FIGURES:
        if found := pattern.fullmatch(word):
            return read(found)
    raise ValueError(f"step {number}: {word!r} has no meaning in a line of figures")
