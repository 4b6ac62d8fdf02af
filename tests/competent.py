"""A competent model: the right answer to each task, of real size, read from what is given.

server.otherwise = competent        # answers every task of any order, joint questions too
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

_GIVEN = re.compile(r"<given>\n(.*?)\n</given>", re.DOTALL)
_AS_WRITTEN = {"equipment": [], "max_hold_minutes": -1, "make_ahead_hours": -1, "storage": ""}
_MINUTES = {"prep": 20, "cook": 40, "rest": 15, "chill": 60, "thaw": 120, "reheat": 20, "finish": 10, "": 25}
_NO_DRAFT = {"portions": 0, "ingredients": [], "steps": [], "served_at": "hot"}
_GRAMS = {"bunch": 80, "handful": 30, "sprig": 1, "pinch": 0.5, "clove": 5, "head": 300, "slice": 30, "": 100}
_PORTION = {"main": 250, "side": 150, "starter": 120, "salad": 120, "soup": 300, "dessert": 130, "bread": 80}
KNOWN = {"zorrel": "sorrel", "haricots verts": "green beans", "rocket": "arugula", "courgette": "zucchini"}
"""Names that the model knows and no table does."""


def competent(asked: Any) -> Any:
    """The answer to a request as the test server saw it."""
    return answer(asked.task, asked.user)


def answer(task: str, user: str) -> Any:
    """The answer to a task, from the text of its question."""
    found = givens(user)
    if task.endswith("_batch"):
        return {"answers": [_ANSWERS[task.removesuffix("_batch")](given) for given in found]}
    return _ANSWERS[task](found[0])


def givens(user: str) -> list[Any]:
    """What was given, once for each question of a joint request."""
    return [json.loads(text) for text in _GIVEN.findall(user)]


def _strategy(given: Mapping[str, Any]) -> Any:
    dishes = [dish["id"] for dish in given["dishes"]]
    rows = [("conflicts", "constraint_solving", "order", [], "what does not fit together")]
    rows += [(f"{d}.scale", "recipe_scaling", d, ["conflicts"], "how it is made at volume") for d in dishes]
    rows += [(f"{d}.time", "timeline_creation", d, [f"{d}.scale"], "how long it takes") for d in dishes]
    rows += [
        ("amounts", "resource_planning", "order", ["conflicts"], "what more take"),
        ("day", "timeline_planning", "order", [f"{d}.time" for d in dishes], "what is made when"),
        ("foods", "ingredient_consolidation", "order", [], "which names mean one food"),
        ("measures", "unit_conversion", "order", [], "what informal measures are"),
        ("texts", "text_formatting", "order", [], "what guests, kitchen and floor are told"),
    ]
    return {
        "overview": "The weight of this event lies before the doors open: what keeps is made early, what does not is "
        "kept for the end, and the line is set so that nobody has to hurry when the guests arrive.",
        "risks": [
            {
                "trigger": "A late delivery leaves no time for what has to chill.",
                "owner": "chef",
                "remedy": "Call the vendor on the eve.",
                "about": dishes[0],
            },
            {
                "trigger": "The ovens are wanted by all at the end.",
                "owner": "sous chef",
                "remedy": "Roast what keeps first.",
                "about": "timeline_creation",
            },
        ],
        "questions": ["Is there anything about your guests that the order does not say?"],
        "briefs": {"resources": "Buy what wilts as late as you can.", "timeline": "Let nothing hot wait long."},
        "steps": [
            {"id": i, "task": t, "subject": s, "complexity": "medium", "needs": n, "why": w, "checks": []}
            for i, t, s, n, w in rows
        ],
    }


def _settle(given: Mapping[str, Any]) -> Any:
    asks = [
        {
            **dict.fromkeys(("dish", "item", "by_item", "profile", "service"), ""),
            "action": "ask",
            "about": conflict["id"],
            "question": "This does not fit together as ordered: which of it may change?",
        }
        for conflict in given["conflicts"]
    ]
    doubt = "The notes and the fields of the order do not say the same: which one holds?"
    read = [
        {**dict.fromkeys(("path", "value", "service", "dish"), ""), "quote": one["text"], "ends_as": "question",
         "text": doubt}
        for one in given["sentences"]
    ]  # fmt: skip
    return {"moves": asks[:12], "shapes": [], "readings": read}


def _scale(given: Mapping[str, Any]) -> Any:
    technique = "Work in shallow layers, season in stages, and taste from the middle of every pan before it leaves."
    if given["has_recipe"]:
        return {"technique": technique, "batch_method": "batches", "draft": _NO_DRAFT}
    grams = _PORTION.get(given["course"], 150)
    draft = {
        "portions": 10,
        "ingredients": [
            {"item": "butternut squash", "amount": grams * 9, "unit": "g", "preparation": "peeled and diced"},
            {"item": "olive oil", "amount": grams, "unit": "mL", "preparation": ""},
        ],
        "steps": [
            {
                "text": "Peel and dice.", "kind": "prep", "minutes": 25, "active_minutes": 25,
                "equipment": ["prep_table"], "storage": "ambient", **_step([], 0, 120),
            },
            {
                "text": "Roast until soft.", "kind": "cook", "minutes": 45, "active_minutes": 5,
                "equipment": ["oven"], "storage": "hot", **_step([1], 60, 45),
            },
        ],
        "served_at": "hot",
    }  # fmt: skip
    return {"technique": technique, "batch_method": "batches", "draft": draft}


def _step(after: list[int], batch: int, hold: int) -> dict[str, Any]:
    """What a drafted step says beside its words and minutes."""
    keeping = {"make_ahead_hours": -1, "shelf_life_hours": -1, "max_hold_minutes": hold}
    return {"after": after, "batch_portions": batch, "temperature": "", "food_class": "", "place": "", **keeping}


def _timed(dish: Mapping[str, Any]) -> list[Any]:
    if not dish["steps"]:
        work = {"text": "Simmer until done.", "minutes": 50, "active_minutes": 20, **_AS_WRITTEN}
        return [{"dish": dish["dish"], "step": 1, **work, "equipment": ["burner"]}]
    return [
        {
            "dish": dish["dish"], "step": step["number"], "text": "", "minutes": _MINUTES[step["kind"]],
            "active_minutes": 10, **_AS_WRITTEN,
        }
        for step in dish["steps"]
        if step["open"]
    ]  # fmt: skip


def _time(given: Mapping[str, Any]) -> Any:
    return {"steps": [row for dish in given["dishes"] for row in _timed(dish)]}


def _names(given: Mapping[str, Any]) -> dict[str, Any]:
    names = [row["name"] for row in given["names"]]
    return {
        "same_food": [{"names": [name], "food": KNOWN[name]} for name in names if name in KNOWN],
        "departments": [{"name": name, "department": "produce"} for name in names],
    }


def _measures(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "measures": [
            {"item": row["item"], "measure": row["measure"], "amount": _GRAMS.get(row["measure"], 60), "unit": "g"}
            for row in given["measures"]
        ]
    }


def _letters(_given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "client_letter": "We are looking forward to cooking for {guests} guests at {event}. Service begins at "
        "{service_time} on {service_date}. Please tell us as soon as anything changes on your side.",
        "kitchen_notes": "Work begins {kitchen_start}. Weigh from the scaled lines and read every label that the plan "
        "asks for before anything is opened. Stop and ask when a reading misses its limit.",
        "floor_briefing": "We serve {guests} guests from {service_time}. When a guest asks what is in a dish, ask the "
        "kitchen, and never answer from memory.",
    }


_ANSWERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "strategic_planning": _strategy,
    "constraint_solving": _settle,
    "recipe_scaling": _scale,
    "timeline_creation": _time,
    "ingredient_consolidation": _names,
    "unit_conversion": _measures,
    "text_formatting": _letters,
    "resource_planning": lambda _: {
        "assign": [], "overage": [], "shares": [], "ingredients": "Buy what wilts late.", "equipment": "Share ovens.",
    },
    "timeline_planning": lambda _: {
        "ahead": [], "fire_order": [], "together": [], "recipes": "Chill early.", "service": "Hold nothing long.",
    },
    "ingredient_calculation": lambda given: {**_names(given), **_measures(given)},
    "equipment_allocation": lambda _: {"steps": []},
    "recipe_scheduling": _time,
    "service_coordination": lambda given: {"staffing": [], "texts": _letters(given)},
    "plan_evaluation": lambda _: {"critique": "It holds together and leaves room at the end.", "weaknesses": []},
    "plan_refinement": lambda _: {"moves": [], "shapes": [], "steps": []},
}  # fmt: skip
