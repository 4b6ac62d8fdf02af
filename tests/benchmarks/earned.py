"""What a competent model changes in a plan, against the kitchen alone: decisions by kind, money, minutes, risks.

    python tests/benchmarks/earned.py [wedding] [gala] [eight]

Each order is planned once, without an aim. The model is a script on a local server: it reads the notes, drafts dishes
as a chef does, writes the texts, says what is taken most, and shapes the day. The orders are two samples and a dinner
of eight dishes for which there is no recipe.
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
import competent  # noqa: E402
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
_DAY_HOURS, _HANDWORK, MOST = 24, 20, 5
_GOES_FIRST = ("shrimp", "beef", "chicken")
"""What guests take before other bites of a reception."""
_SUFFERS = ("salmon", "cod", "shrimp", "halibut")
"""What waits worst of all mains."""


def caterer(asked: Asked) -> Any:
    """The answer of a caterer who reads the notes, drafts, and plans amounts and the day."""
    if asked.task in _ANSWERS:
        return _ANSWERS[asked.task](givens(asked.user)[0])
    return chef.chef(asked)


def _read(given: dict[str, Any]) -> dict[str, Any]:
    """Each sentence is passed on, to its service if it names a meal of the evening."""
    late = given["fields"]["services"][-1:]
    passed_on = [
        {**_UNUSED, "quote": one["text"], "ends_as": "instruction", "service": (late or [""])[0]}
        for one in given["sentences"]
    ]
    return {"moves": [], "shapes": [], "readings": passed_on}


def _strategy(given: dict[str, Any]) -> dict[str, Any]:
    """The usual work, and the risks of this event: its gravest need, its road, its open kitchen."""
    said = competent.answer("strategic_planning", f"<given>\n{json.dumps(given)}\n</given>")
    grave = [need for need in given["needs"] if need["severity"] in {"severe", "anaphylaxis"}]
    risks = [
        {"trigger": f"The plate for {', '.join(need['needs'])} is not told from the others at the pass.",
         "owner": "chef", "remedy": "Plate it first, cover it, name it, and hand it over in person.", "about": "order"}
        for need in grave
    ]  # fmt: skip
    if given["travels"]:
        risks.append(
            {"trigger": "The road is closed or slow.", "owner": "driver", "remedy": "Leave early.", "about": ""}
        )
    return {**said, "risks": [*risks, *said["risks"]]}


def _amounts(given: dict[str, Any]) -> dict[str, Any]:
    """More of what goes first at a reception, where the client has not said so."""
    bites = [dish for dish in given["dishes"] if dish["course"] == "canape" and dish["weight"] == 1]
    more = [dish["id"] for dish in bites if any(word in dish["name"].casefold() for word in _GOES_FIRST)]
    why = "it is gone first at every reception"
    shares = [{"dish": dish, "popularity": 2, "why": why} for dish in more if len(bites) > 1]
    return {
        "overage": [],
        "shares": shares,
        "assign": [],
        "ingredients": "Buy herbs and fish on the day.",
        "equipment": "",
    }


def _day(given: dict[str, Any]) -> dict[str, Any]:
    """What keeps and is handwork is made on the day before; fish is fired last; loads that fit share an oven."""
    early = {(one["dish"], one["step"]) for one in given["days"]}
    ahead = [
        {"dish": dish["dish"], "step": step["number"], "make_ahead_hours": -1, "days_before": 1, "place": "",
         "why": "it keeps, and the last hours are full"}
        for dish in given["dishes"]
        for step in dish["steps"]
        if step["make_ahead_hours"] >= _DAY_HOURS and step["storage"] in {"fridge", "freezer"}
        and step["active_minutes"] >= _HANDWORK and (dish["dish"], step["number"]) not in early
    ][:MOST]  # fmt: skip
    mains = [dish for dish in given["dishes"] if dish["course"] == "main"]
    fish = [dish["dish"] for dish in mains if any(word in dish["name"].casefold() for word in _SUFFERS)]
    others = [dish["dish"] for dish in mains if dish["dish"] not in fish]
    fired = [{"dish": one, "after": others[0], "why": "it dries out while it waits"} for one in fish if others]
    together = [{**pair, "why": "one oven less at the end"} for pair in given["pairs"][:2]]
    return {"ahead": ahead, "fire_order": fired, "together": together, "recipes": "", "service": ""}


_ANSWERS = {
    "strategic_planning": _strategy,
    "constraint_solving": _read,
    "resource_planning": _amounts,
    "timeline_planning": _day,
}


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
    """The comparison for one order, as lines: an ordinary plan against the kitchen alone."""
    with Server() as server:
        server.otherwise = caterer
        desk = Bench(server, Path(tempfile.mkdtemp()))
        before = desk.plan(order, "offline")
        after = desk.plan(order, "default")
        desk.write("plan.json", after)
        shown = desk.run("show", "plan.json", "--section", "overview").stdout
    kinds = Counter((one["decision"]["kind"], one["by"]) for one in after["decisions"] if one["by"] != "kitchen")
    decided = ", ".join(f"{count} {kind} by {by}" for (kind, by), count in sorted(kinds.items()))
    was, now = figures(before), figures(after)
    lines = [f"{name}: {decided or 'no decision of a model'}"]
    lines += [f"  {what}: {was[what]} -> {now[what]}" for what in was if was[what] != now[what]]
    lines += [f"  {notice}" for notice in after["run"]["notices"]]
    answered = sum(step["by"] not in {"", "kitchen"} for step in after["run"]["steps"])
    share = f"{after['run']['by_models']:.0%} of the steps with something to decide"
    lines.append(f"  models answered {answered} steps ({share}) for ${float(after['run']['usd']):.4f} at list price")
    return "\n".join([*lines, shown])


def main() -> None:
    """Print every order, or those that are named."""
    samples = ROOT / "sample_orders"
    orders: dict[str, Any] = {name: str(samples / f"{name}.json") for name in ("wedding", "gala")} | {"eight": DINNER}
    for name in sys.argv[1:] or orders:
        print(told(name, orders[name]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
