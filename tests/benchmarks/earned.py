"""What a competent model changes in a plan, against the kitchen alone: decisions by kind, money, minutes, risks.

    python tests/benchmarks/earned.py

Each order is planned, then refined toward a calmer day. The model is a script on a local server: it reads the notes,
drafts dishes as a chef does, writes the texts, and moves what keeps to the day before. The orders are two samples and a
dinner of eight dishes for which there is no recipe.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "survival"), str(TESTS / "drafting")]

import chef  # noqa: E402  # found where the line above says
from competent import givens  # noqa: E402
from server import Asked, Server  # noqa: E402
from survive import ROOT, Bench  # noqa: E402

EIGHT = (
    "Smoked trout rillettes", "Mushroom stroganoff", "Herb-crusted leg of lamb", "Miso-glazed eggplant",
    "Saffron orzo", "Charred corn ribs", "Blistered shishito peppers", "Burnt honey panna cotta",
)  # fmt: skip
DINNER: dict[str, Any] = {
    "event": {"name": "Dinner of eight dishes", "service_at": "2027-09-18T19:00:00-04:00", "style": "buffet"},
    "guests": {"guaranteed": 80, "profiles": [{"needs": ["vegetarian"], "count": 9, "severity": "preference"}]},
    "menu": [{"dish": name, "course": chef.COURSES[name]} for name in EIGHT],
    "notes": "The band needs ten hot plates at 18:00. The house lights go down at 19:30.",
}
_UNUSED = {"path": "", "value": "", "service": "", "dish": "", "text": ""}
_SHAPE = {"about": "", "dish": "", "to": "", "step": 0, "number": 0, "why": ""}
_DAY_MINUTES, _DAY_HOURS = 24 * 60, 24
MOST = 5
"""Steps that are put on the day before in one round."""


def caterer(asked: Asked) -> Any:
    """The answer of a caterer who reads, drafts and plans the day."""
    given = givens(asked.user)[0]
    if asked.task == "constraint_solving":
        passed_on = [{**_UNUSED, "quote": one["text"], "ends_as": "instruction"} for one in given["sentences"]]
        return {"moves": [], "readings": passed_on}
    if asked.task == "plan_evaluation":
        weak = ["The last hours before service carry work that would keep from the day before."]
        return {"critique": "The day is sound; its end is fuller than it has to be.", "weaknesses": weak}
    if asked.task == "plan_refinement":
        return {"moves": [], "shapes": _to_the_day_before(given), "steps": []}
    return chef.chef(asked)


def _to_the_day_before(given: dict[str, Any]) -> list[dict[str, Any]]:
    keeps = [
        one
        for one in given["day"]["steps"]
        if one["make_ahead_hours"] >= _DAY_HOURS and one["storage"] in {"fridge", "freezer"} and one["people"]
        and one["begins"] < _DAY_MINUTES
    ]  # fmt: skip
    why = "it keeps, and the last hours are full"
    moved = [{**_SHAPE, "action": "make_on", "dish": one["dish"], "step": one["step"], "number": 1} for one in keeps]
    return [{**one, "why": why} for one in moved[:MOST]]


def figures(plan: dict[str, Any]) -> dict[str, Any]:
    """What is compared of a plan."""
    timeline, severities = plan["timeline"], Counter(one["severity"] for one in plan["findings"])
    overview = plan["overview"] or {}
    texts = [one for one in plan["texts"] if one.get("by", "kitchen") != "kitchen"]
    return {
        "blocking": severities["blocking"],
        "open": severities["open"],
        "score": round(plan["score"]["value"], 3),
        "cost": plan["costing"]["total"],
        "minutes from first work to service": timeline["span_minutes"],
        "stress test, days held": (timeline["replay"] or {}).get("held"),
        "hands at once in the last hours": _hands(plan),
        "risks named": len(overview.get("risks", ())),
        "questions to the client": len(overview.get("questions", ())),
        "texts by a model": len(texts),
        "sentences of the notes read": len(plan["proposals"]),
        "dishes cooked": sum(bool(dish["recipe"]) for dish in plan["menu"]),
    }


def _hands(plan: dict[str, Any]) -> int:
    """People at work on dishes at once, at most, in the three hours before service."""
    service = datetime.fromisoformat(plan["timeline"]["service_at"])
    late = service - timedelta(hours=3)
    uses = []
    for block in plan["timeline"]["blocks"]:
        start, end = datetime.fromisoformat(block["start"]), datetime.fromisoformat(block["end"])
        people = sum(crew["count"] for crew in block["crew"])
        if block["step"] is not None and late <= start < service:
            uses += [(start, people), (end, -people)]
    return max(accumulate(people for _, people in sorted(uses)), default=0)


def told(name: str, order: Any) -> str:
    """The comparison for one order, as lines."""
    with Server() as server:
        server.otherwise = caterer
        desk = Bench(server, Path(tempfile.mkdtemp()))
        before = desk.plan(order, "offline")
        made = desk.plan(order, "default", "--refine", "2")
        desk.write("plan.json", made)
        ran = desk.run("refine", "plan.json", "--config", "default", "--aim", "calmer", "--json")
        after = json.loads(ran.stdout)
    kinds = Counter((one["decision"]["kind"], one["by"]) for one in after["decisions"] if one["by"] != "kitchen")
    decided = ", ".join(f"{count} {kind} by {by}" for (kind, by), count in sorted(kinds.items()))
    was, now = figures(before), figures(after)
    lines = [f"{name}: {decided or 'no decision of a model'}"]
    lines += [f"  {what}: {was[what]} -> {now[what]}" for what in was if was[what] != now[what]]
    runs = (made["run"], after["run"])
    spent = sum(float(run["usd"]) for run in runs)
    answered = sum(step["by"] not in {"", "kitchen"} for run in runs for step in run["steps"])
    return "\n".join([*lines, f"  models answered {answered} steps for ${spent:.4f} at list price"])


def main() -> None:
    """Print every order."""
    samples = ROOT / "sample_orders"
    for name in ("wedding", "gala"):
        print(told(name, str(samples / f"{name}.json")), flush=True)  # noqa: T201
    print(told("eight dishes without recipes", DINNER), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
