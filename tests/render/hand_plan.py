"""A small plan written by hand: what the forms are tested on, whatever the kitchen cooks today."""

from __future__ import annotations

from typing import Any

from catering_cli.domain.plan import CateringPlan

DAY = "2027-04-17"


def _at(clock: str, day: str = DAY) -> str:
    return f"{day}T{clock}:00-04:00"


def _amount(number: int, unit: str, kitchen: str = "") -> dict[str, Any]:
    return {"amount": number, "exact": str(number), "unit": unit, "kitchen": kitchen}


def _block(name: str, dish: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "cook", "label": name, "dish": dish, "start": _at(start), "end": _at(end), **more}


def small_plan(dish: str = "Chicken piccata", *, finding: str = "open", note: str = "") -> CateringPlan:
    """Sixty guests, two dishes, one allergy; `dish` is the name of the first."""
    recipe = {
        "name": dish,
        "yield": {"portions": 6},
        "ingredients": [{"item": "chicken breast", "quantity": {"amount": 1, "unit": "kg"}}],
        "steps": [{"text": "Fry the chicken.", "minutes": 20, "temperature": "375 F", "equipment": ["burner"]}],
    }
    order = {
        "event": {"name": "Spring lunch", "service_at": _at("12:30"), "timezone": "America/New_York"},
        "guests": {"guaranteed": 60, "profiles": [{"needs": ["tree nuts"], "count": 2, "name": note}]},
        "menu": [dish, "Green salad"],
        "recipes": [recipe],
    }
    cells = [
        {"allergen": "milk", "state": "contains", "because": ["butter"]},
        {"allergen": "tree nuts", "state": "none_found"},
    ]
    unsure = [{"allergen": "milk", "state": "unknown"}, {"allergen": "tree nuts", "state": "may_contain"}]
    line = {"item": "chicken breast", "quantity": _amount(10, "kg", "10 kg"), "mass": _amount(10_000, "g", "10 kg")}
    return CateringPlan.model_validate(
        {
            "version": "0.0.0",
            "order": order,
            "headcount": {"guaranteed": 60, "expected": 60, "set_for": 60},
            "menu": [
                {
                    "id": "d1",
                    "name": dish,
                    "course": "main",
                    "needed": 60,
                    "over_percent": 5,
                    "portions": 63,
                    "recipe": recipe,
                    "recipe_from": "order",
                    "factor": "21/2",
                    "lines": [line],
                    "batches": [{"step": 1, "batches": 3, "portions": [21, 21, 21]}],
                },
                {"id": "d2", "name": "Green salad", "course": "salad", "needed": 60, "portions": 60},
            ],
            "diets": {
                "allergens": ["milk", "tree nuts"],
                "diets": ["vegan"],
                "rows": [
                    {"dish": "d1", "cells": cells, "diets": [{"diet": "vegan", "state": "conflict"}]},
                    {"dish": "d2", "cells": unsure, "diets": [{"diet": "vegan", "state": "cannot_tell"}]},
                ],
                "profiles": [
                    {"id": "p0", "name": "standard meals", "count": 58, "may_eat": ["d1", "d2"]},
                    {
                        "id": "p1",
                        "name": note,
                        "needs": ["tree nuts"],
                        "count": 2,
                        "severity": "severe",
                        "may_eat": ["d1"],
                    },
                ],
                "eats": [
                    {"profile": "p0", "dish": "d1", "portions": 58},
                    {"profile": "p1", "dish": "d1", "portions": 2},
                ],
                "labels_to_read": ["pesto"],
            },
            "shopping": {
                "lines": [
                    {
                        "item": f"item {number:02}",
                        "department": "produce",
                        "needed": _amount(number, "kg", f"{number} kg"),
                        "as_purchased": _amount(number, "kg", f"{number} kg"),
                        "buy": _amount(number, "kg", f"{number} kg"),
                        "cost": number,
                    }
                    for number in range(1, 21)
                ],
                "to_taste": ["salt"],
            },
            "timeline": {
                "blocks": [
                    _block("day.before", "d2", "23:00", "23:30")
                    | {"start": _at("22:00", "2027-04-16"), "end": _at("22:30", "2027-04-16")},
                    _block("d1.s1.b1", "d1", "10:00", "10:20", equipment=[{"name": "burner", "count": 2}]),
                    _block(
                        "d1.s1.b2",
                        "d1",
                        "10:20",
                        "10:40",
                        equipment=[{"name": "burner", "count": 1}],
                        crew=[{"role": "cook", "count": 1, "minutes": 20}],
                        temperature="375 F",
                        batch=2,
                        of=3,
                    ),
                    _block("service.serve", "", "12:30", "14:00", crew=[{"role": "server", "count": 3, "minutes": 90}]),
                ],
                "first_start": _at("22:00", "2027-04-16"),
                "span_minutes": 870,
            },
            "equipment": {"plant": [{"name": "burner", "peak": 2, "available": 6, "assumed": True}]},
            "staffing": [
                {
                    "role": "server",
                    "count": 3,
                    "available": 2,
                    "start": _at("11:30"),
                    "end": _at("15:00"),
                    "hours": "21/2",
                    "cost": 210,
                    "basis": "1 for 20 guests",
                }
            ],
            "service": [
                {
                    "id": "service",
                    "at": _at("12:30"),
                    "until": _at("14:00"),
                    "place": "venue",
                    "style": "buffet",
                    "guests": 60,
                    "dishes": ["d1", "d2"],
                    "notes": ["2 plates without tree nuts"],
                }
            ],
            "safety": {
                "jurisdiction": "us-fda-2022",
                "points": [{"dish": "d1", "kind": "cook", "limit": ">=165F (74C)", "limit_id": "cook.poultry"}],
            },
            "packing": [{"box": "1 hot", "item": "hotel pan", "count": 3, "dish": "d1", "open_first": True}],
            "costing": {
                "lines": [{"kind": "food", "label": "Food", "amount": 210}],
                "total": 1234.5,
                "at_least": True,
                "per_guest": 20.58,
                "budget": 1000,
                "over_budget": 234.5,
            },
            "contingency": [{"trigger": "the oven fails", "action": "use the second", "owner": "chef"}],
            "assumptions": [
                {"id": "portion.main", "text": "a main is 180 g", "source": "[K]", "override": "menu[].portions"}
            ],
            "findings": [
                {"severity": "advice", "rule": "x.advice", "where": "plan.menu[0]", "message": "Taste it."},
                {
                    "severity": finding,
                    "rule": "diets.label",
                    "where": "plan.diets.rows[1]",
                    "message": "Read the label of the pesto.",
                    "fix": "Ask the maker.",
                },
            ],
            "score": {"value": 0.95},
        }
    )
