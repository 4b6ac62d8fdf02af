"""Whether a plan reads a case as a cook would, by the form of `cases/*.json`: judged by meaning, never by wording.

A case is a line of a recipe or a whole order with its files. `right` lists what counts as right; one entry is enough.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from catering_cli.checks import registry
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

CASES = Path(__file__).parent / "cases"
GRAMS = {"g": 1, "kg": 1000, "mg": Fraction(1, 1000), "oz": Fraction("28.349523125"), "lb": Fraction("453.59237")}
MILLILITRES = {
    "mL": 1, "L": 1000, "dL": 100, "cL": 10, "tsp": Fraction("4.92892159375"), "tbsp": Fraction("14.78676478125"),
    "fl oz": Fraction("29.5735295625"), "cup": Fraction("236.5882365"), "pt": Fraction("473.176473"),
    "qt": Fraction("946.352946"), "gal": Fraction("3785.411784"), "dry pt": Fraction("550.6104713575"),
    "dry qt": Fraction("1101.220942715"), "metric tsp": 5, "metric tbsp": 15, "metric cup": 250,
}  # fmt: skip
DOUBTFUL = ("blocking", "open", "warning")
UNCLEAN = re.compile(r"\d|[()\[\]]|\b(or|plus|x|oz|lb|g|kg|ml|cup|cups|tbsp|tsp)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """What became of a case: the plan and its findings, or the words of the refusal."""

    plan: dict[str, Any] | None
    findings: tuple[tuple[str, str], ...]
    refusal: str = ""


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file."""
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))["cases"]
    return found


def order_with(line: str, portions: int = 10) -> dict[str, Any]:
    """An order of one side dish whose recipe, for ten, has that one line."""
    recipe = {
        "name": "Dish",
        "yield": {"portions": 10},
        "ingredients": [line],
        "steps": [{"text": "Make it.", "minutes": 10, "kind": "cook"}],
    }
    event = {
        "name": "Reading",
        "service_at": "2027-04-17T12:30:00-04:00",
        "timezone": "America/New_York",
        "style": "buffet",
    }
    dish = {"dish": "Dish", "course": "side", "portions": portions, "recipe": recipe}
    return {"event": event, "guests": portions, "menu": [dish]}


def read(order: Any, folder: Path, files: dict[str, Any] | None = None, name: str = "order.json") -> Read:
    """Plan an order that lies in `folder` with its files."""
    for file, content in (files or {}).items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    path = folder / name
    path.write_text(order if isinstance(order, str) else json.dumps(order), encoding="utf-8")
    try:
        loaded = load.order(str(path))
        plan = cook(loaded)
    except Refused as refused:
        return Read(None, (), "\n".join(str(problem) for problem in refused.problems))
    found, _ = registry.check(loaded, plan)
    told = [(one.severity, f"{one.message} {one.value} {one.fix}") for one in (*plan.findings, *found)]
    return Read(plan.model_dump(mode="json", by_alias=True), tuple(told))


def faults(case: dict[str, Any], told: Read) -> list[str]:
    """What is wrong with the entry of `right` that comes nearest; empty when one holds."""
    tried = [_faults(right, told) for right in case["right"]]
    return min(tried, key=len)


def _faults(right: dict[str, Any], told: Read) -> list[str]:
    if "refused" in right:
        hit = told.plan is None and all(re.search(one, told.refusal, re.IGNORECASE) for one in right["refused"])
        return [] if hit else [f"not refused as {right['refused']}: {told.refusal}"]
    if told.plan is None:
        return [f"refused: {told.refusal}"]
    out: list[str] = []
    lines = [line for dish in told.plan["menu"] for line in dish["lines"]]
    out += [fault for wanted in right.get("lines", []) for fault in _line_faults(wanted, lines)]
    rows = told.plan["shopping"]["lines"]
    out += [fault for wanted in right.get("shop", []) for fault in _row_faults(wanted, rows)]
    names = [text for line in (*lines, *rows) for text in (line["item"], line.get("food", "")) if text]
    out += [f"{one} is present" for one in right.get("absent", []) if any(_match(one, name) for name in names)]
    out += _said_faults(right, told)
    out += _matrix_faults(right, told.plan)
    out += _time_faults(right, told.plan)
    if right.get("clean", True) and right.get("lines"):
        out += [f"unclean name {line['item']!r}" for line in lines if UNCLEAN.search(line["item"])]
    return out


def _match(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _named(patterns: list[str], line: dict[str, Any]) -> bool:
    return any(_match(one, text) for one in patterns for text in (line["item"], line.get("food") or "") if text)


def _line_faults(wanted: dict[str, Any], lines: list[dict[str, Any]]) -> list[str]:
    found = [line for line in lines if _named(wanted["food"], line)]
    if not found:
        return [f"no line of {wanted['food']} among {[line['item'] for line in lines]}"]
    out = []
    if wanted.get("known") and not any(line["food"] for line in found):
        out.append(f"{found[0]['item']} is not known")
    amounts = [line for line in found if line["quantity"] is not None]
    if wanted.get("any") or (wanted.get("taste") and not amounts):
        return out
    if not amounts:
        return [*out, f"{found[0]['item']} has no amount"]
    return out + _amount_faults(wanted, [(line["quantity"], line["mass"]) for line in amounts], found[0]["item"])


def _amount_faults(wanted: dict[str, Any], amounts: list[tuple[Any, Any]], item: str) -> list[str]:
    """Whether all the amounts together lie inside, in the dimension in which they are stated, else by mass."""
    totals: dict[str, list[Fraction]] = {}
    for quantity, mass in amounts:
        kind, low, high = _sized(quantity, wanted.get("unit", ""))
        if kind not in wanted and mass is not None and "g" in wanted:
            kind, low, high = _sized(mass, "")
        total = totals.setdefault(kind, [Fraction(0), Fraction(0)])
        total[0] += low
        total[1] += high
    for kind, (low, high) in totals.items():
        if kind not in wanted:
            return [f"{item}: {kind} {float(low):g} is in none of {sorted(wanted)}"]
        ranges = wanted[kind] if isinstance(wanted[kind][0], list) else [wanted[kind]]
        if not any(Fraction(str(least)) <= low and high <= Fraction(str(most)) for least, most in ranges):
            return [f"{item}: {kind} {float(low):g}-{float(high):g}, not {ranges}"]
    return []


def _sized(quantity: dict[str, Any], unit_pattern: str) -> tuple[str, Fraction, Fraction]:
    low = Fraction(str(quantity.get("exact") or quantity.get("amount") or quantity.get("low")))
    high = Fraction(str(quantity.get("high") or low))
    unit = quantity["unit"]
    if unit_pattern and unit and re.fullmatch(unit_pattern, unit, re.IGNORECASE):
        return "n", low, high
    if unit in GRAMS:
        return "g", low * GRAMS[unit], high * GRAMS[unit]
    if unit in MILLILITRES:
        return "ml", low * MILLILITRES[unit], high * MILLILITRES[unit]
    if unit == "dozen":
        return "n", low * 12, high * 12
    return "n", low, high


def _row_faults(wanted: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    found = [row for row in rows if _named(wanted["food"], row)]
    if not found:
        return [f"nothing bought of {wanted['food']}"]
    out = []
    if "rows" in wanted and len(found) != wanted["rows"]:
        out.append(f"{len(found)} rows of {wanted['food']}")
    if "text" in wanted and not any(_match(one, json.dumps(row)) for one in _list(wanted["text"]) for row in found):
        out.append(f"no row speaks of {wanted['text']}")
    if "unpriced" in wanted and any(row["cost"] is not None for row in found):
        out.append("it has a price")
    if "cost" in wanted:
        costs = [float(row["cost"]) for row in found if row["cost"] is not None]
        least, most = wanted["cost"]
        if not costs or not least <= sum(costs) <= most:
            out.append(f"cost {costs} not {wanted['cost']}")
    if "packs" in wanted:
        out += _pack_faults(wanted, found)
    if {"g", "ml", "n"} & set(wanted) and not wanted.get("any"):
        of = wanted.get("of", ["as_purchased"])
        tried = [
            _amount_faults(wanted, [(row[key], None) for row in found if row[key]], found[0]["item"]) for key in of
        ]
        out += min(tried, key=len)
    return out


def _list(patterns: str | list[str]) -> list[str]:
    return [patterns] if isinstance(patterns, str) else patterns


def _pack_faults(wanted: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """Whether so many cans are bought: by the row's packs, or by its count of cans."""
    least, most = wanted["packs"]
    for row in rows:
        counts = [row["packs"], *(row[key]["amount"] for key in ("buy", "as_purchased") if _canned(row[key]["unit"]))]
        if any(count is not None and least <= float(count) <= most for count in counts):
            return []
    return [f"packs are not {wanted['packs']}: {[(row['packs'], row['buy']) for row in rows]}"]


def _canned(unit: str) -> bool:
    return _match("can|tin|jar", unit)


def _said_faults(right: dict[str, Any], told: Read) -> list[str]:
    assert told.plan is not None
    doubts = [text for severity, text in told.findings if severity in DOUBTFUL]
    stated = [f"{one['text']} {one['number']}" for one in told.plan["assumptions"]]
    out = [f"no doubt about {one}" for one in right.get("doubt", []) if not any(_match(one, text) for text in doubts)]
    out += [
        f"{one} is not said" for one in right.get("said", []) if not any(_match(one, t) for t in [*doubts, *stated])
    ]
    blocks = [text for severity, text in told.findings if severity == "blocking"]
    return out + [f"blocked: {text}" for one in right.get("no_block", []) for text in blocks if _match(one, text)]


def _matrix_faults(right: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    out = []
    ids = {dish["name"]: dish["id"] for dish in plan["menu"]}
    for key, wanted in (("contains", True), ("not_contains", False)):
        for dish, needs in right.get(key, {}).items():
            cells = {cell["allergen"]: cell["state"] for cell in _cells(plan, ids[dish])}
            out += [
                f"{dish}: {need} is {cells.get(need)}" for need in needs if (cells.get(need) == "contains") != wanted
            ]
    return out


def _cells(plan: dict[str, Any], dish: str) -> list[dict[str, Any]]:
    return [cell for row in plan["diets"]["rows"] if row["dish"] == dish for cell in row["cells"]]


def _time_faults(right: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    out = []
    if "minutes" in right:
        least, most = right["minutes"]
        total = sum(step["minutes"] for dish in plan["menu"] for step in (dish["recipe"] or {}).get("steps", []))
        out += [] if least <= total <= most else [f"steps last {total} minutes, not {least}-{most}"]
    blocks = json.dumps(plan["timeline"])
    return out + [f"{one} is not in the day" for one in right.get("made", []) if not _match(one, blocks)]
