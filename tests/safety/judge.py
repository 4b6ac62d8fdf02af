"""Whether a plan holds what a case of `cases/checks.json` asks: judged by the plan's meaning, never by its wording.

A form of check (a key of `FORMS`) is a function of the plan and the check that says whether it holds.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from forked import command_line

from catering_cli.checks import registry
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

CASES = Path(__file__).parent / "cases"
SHORT_WAIT = timedelta(minutes=45)
ASKED = ("open", "blocking")

Check = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True)
class Planned:
    """A plan as its JSON has it, with the checker's findings beside the kitchen's."""

    plan: Row
    findings: tuple[Row, ...]

    def dishes(self, name: str) -> list[Row]:
        """The rows of the menu with that name: a dish at two services is two rows."""
        return [row for row in self.plan["menu"] if row["name"] == name]

    def ids(self, name: str) -> set[str]:
        """Their ids."""
        return {row["id"] for row in self.dishes(name)}

    def points(self, name: str, *kinds: str) -> list[Row]:
        """The control points of a dish of those kinds."""
        of = self.ids(name)
        return [point for point in self.plan["safety"]["points"] if point["dish"] in of and point["kind"] in kinds]

    def blocks(self, name: str) -> list[Row]:
        """The work on a dish, in order of its end."""
        of = self.ids(name)
        found = [block for block in self.plan["timeline"]["blocks"] if block["dish"] in of and block["step"]]
        return sorted(found, key=lambda block: _time(block["end"]))


REFUSED = Planned({"menu": [], "diets": {"profiles": [], "eats": []}, "exit": 2}, ())


def planned(order: Path) -> Planned:
    """The plan that the kitchen makes without a model."""
    try:
        given = load.order(str(order))
    except Refused:
        return REFUSED
    plan = cook(given)
    found, _ = registry.check(given, plan)
    findings = [one.model_dump(mode="json") for one in (*plan.findings, *found)]
    return Planned(plan.model_dump(mode="json"), tuple(findings))


def planned_by_command(order: Path, *options: str) -> Planned:
    """The plan that `catering plan` prints with these options."""
    command = [*command_line(), "plan", str(order), "--offline", "--json", *options]
    printed = subprocess.run(command, capture_output=True, text=True, check=False)
    plan = json.loads(printed.stdout)
    return Planned(plan, tuple(plan["findings"]))


def holds(made: Planned, check: Check) -> bool:
    """Whether the check, or one or all of several, holds."""
    if "any_of" in check:
        return any(holds(made, one) for one in check["any_of"])
    if "all_of" in check:
        return all(holds(made, one) for one in check["all_of"])
    return FORMS[check["is"]](made, check)


# Control points


def cook_limit(made: Planned, check: Check) -> bool:
    """The highest cooking limit of the dish."""
    limits = [_degrees(point["limit"]) for point in made.points(check["dish"], "cook")]
    return max(limits, default=0) in check["f"]


def cooked_last(made: Planned, check: Check) -> bool:
    """The reading belongs to that step."""
    steps = {_step(point["block"]) for point in made.points(check["dish"], "cook")}
    return steps == {check["step"]}


def hot(made: Planned, check: Check) -> bool:
    """Kept hot after cooking: a hot reading, no cold one, no cold box."""
    cooked = [point["at"] for point in made.points(check["dish"], "cook")]
    cold_after = [point for point in made.points(check["dish"], "cold_hold") if point["at"] >= max(cooked, default="")]
    boxes = [row["box"] for row in made.plan["packing"] if row["dish"] in made.ids(check["dish"])]
    held = [point for point in made.points(check["dish"], "hot_hold") if _degrees(point["limit"]) == 135]
    return bool(held) and not cold_after and not any("cold" in box for box in boxes)


def cold(made: Planned, check: Check) -> bool:
    """Held cold."""
    return bool(made.points(check["dish"], "cold_hold"))


def no_points(made: Planned, check: Check) -> bool:
    """No control point of these sorts."""
    kinds = {"cook": "cook", "cool": "cool", "cold": "cold_hold"}
    found = made.points(check["dish"], *(kinds[sort] for sort in check["sorts"]))
    return not [point for point in found if point["kind"] != "cook" or _degrees(point["limit"]) > check["over"]]


def cool_point(made: Planned, check: Check) -> bool:
    """Both limits of cooling."""
    limits = " ".join(point["limit"] for point in made.points(check["dish"], "cool"))
    return "70F" in limits and "41F" in limits


def reheat_point(made: Planned, check: Check) -> bool:
    """Reheated for hot holding."""
    return any(_degrees(point["limit"]) == 165 for point in made.points(check["dish"], "reheat"))


def receive(made: Planned, check: Check) -> bool:
    """The raw food is received cold or frozen."""
    return any("41F" in point["limit"] or "frozen" in point["limit"] for point in made.points(check["dish"], "receive"))


def travels(made: Planned, check: Check) -> bool:
    """Read on the road, after the last work at the base, at its own temperature."""
    done = max(block["end"] for block in made.blocks(check["dish"]) if block["place"] == "base")
    limit = 135 if check["hot"] else 41
    return any(
        _time(done) <= _time(point["at"]) <= _time(made.plan["timeline"]["service_at"])
        and _degrees(point["limit"]) == limit
        for point in made.points(check["dish"], "transport")
    )


def holds_after(made: Planned, check: Check) -> bool:
    """Held hot after it is cooked."""
    cooked = [_time(point["at"]) for point in made.points(check["dish"], "cook")]
    held = [_time(point["at"]) for point in made.points(check["dish"], "hot_hold")]
    return bool(cooked and held) and max(held) >= max(cooked)


def wait(made: Planned, check: Check) -> bool:
    """Between two steps: short, or in a named place with a control point, or asked about."""
    if finding(made, {"severities": ASKED, "dish": check["dish"], "any": [r"\bwait|stand|stor(e|age)|between|held"]}):
        return True
    blocks = made.blocks(check["dish"])
    before = [block for block in blocks if block["step"] == check["step"]]
    after = [block for block in blocks if block["step"] == check["step"] + 1]
    watched = {point["block"] for point in made.points(check["dish"], "cold_hold", "hot_hold")}
    for block in after:
        feeding = [one for one in before if one["id"] in block["after"]] or before
        last = max(feeding, key=lambda one: _time(one["end"]))
        stored = last["storage"] is not None and last["id"] in watched
        if _time(block["start"]) - _time(last["end"]) > SHORT_WAIT and not stored:
            return False
    return True


def advisory(made: Planned, check: Check) -> bool:
    """A consumer advisory names the dish."""
    return bool(made.points(check["dish"], "advisory"))


# Findings and words


def finding(made: Planned, check: Check) -> bool:
    """A finding of these severities, of the dish, whose words match."""
    return any(True for _ in _findings(made, check))


def no_finding(made: Planned, check: Check) -> bool:
    """None such."""
    return not finding(made, check)


def said(made: Planned, check: Check) -> bool:
    """A block or a control point of the dish says it."""
    texts = [json.dumps(row) for row in made.blocks(check["dish"])]
    texts += [json.dumps(row) for row in made.plan["safety"]["points"] if row["dish"] in made.ids(check["dish"])]
    return any(_matches(text, check) for text in texts)


def note(made: Planned, check: Check) -> bool:
    """A sentence of the notes stands in the plan, and a finding keeps it open."""
    words = [re.escape(word) for word in check["words"]]
    return check["sentence"] in json.dumps(made.plan) and finding(made, {"severities": ASKED, "all": words})


def suggests(made: Planned, check: Check) -> bool:
    """What is offered instead of an unknown word is of its kind."""
    of = {"severities": ("open", "blocking", "warning"), "dish": check["dish"], "all": [re.escape(check["word"])]}
    offers = [one["fix"].partition("one of: ")[2] for one in _findings(made, of)]
    foods = [food for offer in offers for food in offer.split(", ") if food]
    return all(any(word in food for word in check["ok"]) for food in foods)


def labels_not(made: Planned, check: Check) -> bool:
    """Staples have no label to read."""
    return not {_label(one) for one in made.plan["diets"]["labels_to_read"]} & set(check["words"])


def exits(made: Planned, check: Check) -> bool:
    """How `catering plan` ends."""
    blocking = any(one["severity"] == "blocking" for one in made.findings)
    return made.plan.get("exit", 3 if blocking else 0) in check["codes"]


# Who eats what


def fed(made: Planned, check: Check) -> bool:
    """The guest may eat the dish."""
    allowed = _may_eat(made, check["who"])
    return bool(made.ids(check["dish"]) & allowed)


def not_fed(made: Planned, check: Check) -> bool:
    """The guest may not."""
    return not fed(made, check)


def eats(made: Planned, check: Check) -> bool:
    """Portions that a guest (or all of them) gets of dishes or of a course."""
    rows = made.plan["menu"]
    of = {row["id"] for row in rows if row["course"] == check.get("course") or row["name"] in check.get("dishes", ())}
    who = {row["id"] for row in made.plan["diets"]["profiles"] if check["who"] in (None, row["name"])}
    given = [row["portions"] for row in made.plan["diets"]["eats"] if row["profile"] in who and row["dish"] in of]
    return check["least"] <= sum(given) <= check.get("most", sum(given))


def portions_made(made: Planned, check: Check) -> bool:
    """Portions made of the dish."""
    return check["least"] <= sum(row["portions"] for row in made.dishes(check["dish"])) <= check["most"]


def portions_or_said(made: Planned, check: Check) -> bool:
    """Made, or said why not."""
    made_now = sum(row["portions"] for row in made.dishes(check["dish"]))
    return made_now > 0 or finding(made, {"severities": ASKED, "dish": check["dish"]})


def bought(made: Planned, check: Check) -> bool:
    """Grams in the scaled lines of the dish."""
    lines = [line for row in made.dishes(check["dish"]) for line in row["lines"]]
    grams = [Fraction(line["mass"]["exact"]) for line in lines if line["mass"] and check["food"] in line["item"]]
    return sum(grams) >= check["grams"]


def per_head(made: Planned, check: Check) -> bool:
    """Food per head within reason, or it is said."""
    rows = [row for row in made.plan["menu"] if row["served"]]
    total = sum(Fraction(row["served"]["exact"]) * row["needed"] for row in rows)
    if total <= check["most"] * check["guests"]:
        return True
    return finding(made, {"severities": ("warning", *ASKED), "any": ["too much food|more food than"]})


FORMS: dict[str, Callable[[Planned, Check], bool]] = {
    "advisory": advisory, "bought": bought, "cold": cold, "cook_limit": cook_limit, "cooked_last": cooked_last,
    "cool_point": cool_point, "eats": eats, "exits": exits, "fed": fed, "finding": finding, "holds_after": holds_after,
    "hot": hot, "labels_not": labels_not, "made": portions_made, "no_finding": no_finding, "no_points": no_points,
    "not_fed": not_fed, "note": note, "per_head": per_head, "planned": said, "portions_or_said": portions_or_said,
    "receive": receive, "reheat_point": reheat_point, "suggests": suggests, "travels": travels, "wait": wait,
}  # fmt: skip


# Reading the plan


def _findings(made: Planned, check: Check) -> Iterator[Row]:
    """The findings that a check is about."""
    for one in made.findings:
        if one["severity"] not in check["severities"]:
            continue
        if "dish" in check and not _about(made, one, check["dish"]):
            continue
        if _matches(f"{one['message']} {one['value']} {one['limit']} {one['fix']}", check):
            yield one


def _about(made: Planned, one: Row, dish: str) -> bool:
    """Whether a finding is of the dish: it names it, or stands at its place."""
    if dish in one["message"]:
        return True
    rows = [f"plan.menu[{index}]" for index, row in enumerate(made.plan["menu"]) if row["name"] == dish]
    return one["where"].startswith(tuple(rows)) or bool(re.search(rf"\b({'|'.join(made.ids(dish))})\b", one["where"]))


def _matches(text: str, check: Check) -> bool:
    """All of `all`, one of `any`, none of `none`."""

    def found(pattern: str) -> bool:
        return bool(re.search(pattern, text, re.IGNORECASE))

    wanted, one_of, none = check.get("all", ()), check.get("any", ()), check.get("none", ())
    return all(map(found, wanted)) and (not one_of or any(map(found, one_of))) and not any(map(found, none))


def _may_eat(made: Planned, who: str) -> set[str]:
    """The dishes that the guest of that name may eat."""
    rows = [row for row in made.plan["diets"]["profiles"] if row["name"] == who]
    assert rows, f"no guest is called {who}"
    return {dish for row in rows for dish in row["may_eat"]}


def _label(one: Any) -> str:
    """The food of a label to read."""
    return str(one["item"] if isinstance(one, dict) else one)


def _degrees(limit: str) -> int:
    """The first Fahrenheit figure of a limit."""
    found = re.search(r"(\d+)\s?F", limit)
    return int(found[1]) if found else 0


def _step(block: str) -> int:
    """The step of a block of work on a dish (`d1.s2.b1`)."""
    found = re.search(r"\.s(\d+)", block)
    return int(found[1]) if found else 0


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
