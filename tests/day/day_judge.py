"""Whether a planned day can be worked, by the form of `cases/cases.json`: judged by meaning, in plain Python.

A plan is its JSON; a case names the checks that are made of it, and each yields what is wrong. A question is an open
or blocking finding: where one is right, it is said in the check.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from catering_cli.checks import registry
from catering_cli.domain.problem import Refused
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

CASES = Path(__file__).parent / "cases"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ASKING = ("open", "blocking")
Json = dict[str, Any]
Span = tuple[datetime, datetime]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass(frozen=True)
class Told:
    """What became of an order: its plan as JSON with all findings, or the words of a refusal."""

    plan: Json
    refusal: str = ""

    @cached_property
    def blocks(self) -> list[Json]:
        blocks = self.plan["timeline"]["blocks"]
        return [b | {"from": moment(b["start"]), "to": moment(b["end"])} for b in blocks]

    @cached_property
    def order(self) -> Json:
        return self.plan["order"]

    @cached_property
    def base(self) -> str:
        return next((place["id"] for place in self.order["places"] if place["kind"] == "base"), "base")

    @cached_property
    def services(self) -> list[Json]:
        rows = self.plan["service"]
        return [row | {"from": moment(row["at"]), "to": moment(row["until"])} for row in rows]

    @property
    def first(self) -> datetime:
        return min(one["from"] for one in self.services)

    def of(self, *kinds: str) -> list[Json]:
        return [block for block in self.blocks if block["kind"] in kinds]

    def step(self, check: Json) -> list[Json]:
        ids = {dish["id"] for dish in self.plan["menu"] if dish["name"] == check["dish"]}
        return [block for block in self.blocks if block["dish"] in ids and block["step"] == check["step"]]

    def asked(self, words: str = "") -> bool:
        """Whether something is asked: by a refusal, or by a finding that is open or blocking."""
        said = [self.refusal] if self.refusal else []
        findings = self.plan.get("findings", ())
        said += [json.dumps(one) for one in findings if one["severity"] in ASKING]
        return any(re.search(words, one, re.IGNORECASE) for one in said)

    def available(self, role: str) -> int | None:
        staff = self.order["staff"]
        return None if staff is None else sum(row["available"] for row in staff if row["role"] == role)


def told(path: Path, change: Callable[[Json], Json] = lambda order: order) -> Told:
    """An order planned by the kitchen alone, and checked; `change` may alter its document first."""
    document = change(json.loads(path.read_text(encoding="utf-8")))
    try:
        order = load.order_of(document, str(path))
    except Refused as refused:
        return Told({}, str(refused))
    plan = cook(order)
    findings, score = registry.check(order, plan)
    return Told(plan.model_copy(update={"findings": findings, "score": score}).model_dump(mode="json", by_alias=True))


def rank(one: Told) -> tuple[int, int, float]:
    counts = Counter(finding["severity"] for finding in one.plan["findings"])
    return counts["blocking"], counts["open"], -one.plan["score"]["value"]


def is_cook(role: str) -> bool:
    return bool(re.search(r"cook|chef|baker|pastry", role))


def is_back(block: Json) -> bool:
    return bool(re.search(r"back|return", block["id"] + block["label"], re.IGNORECASE))


def people(block: Json, wanted: Callable[[str], bool]) -> int:
    return sum(crew["count"] for crew in block["crew"] if wanted(crew["role"]))


def claims(blocks: Iterable[Json], wanted: Callable[[str], bool]) -> Iterator[tuple[datetime, datetime, int]]:
    """(from, to, people) of the hands that blocks take."""
    for block in blocks:
        for crew in block["crew"]:
            if wanted(crew["role"]) and crew["minutes"]:
                yield block["from"], block["from"] + crew["minutes"] * MINUTE, crew["count"]


def most(spans: Iterable[tuple[datetime, datetime, int]]) -> int:
    """The most at once."""
    changes = sorted(change for start, end, count in spans for change in ((start, 1, count), (end, 0, -count)))
    top = now = 0
    for _, _, count in changes:
        now += count
        top = max(top, now)
    return top


def road(day: Told, place: str) -> int:
    """Minutes from the base over the legs, else as the event says."""
    legs = day.order["legs"]
    far = {day.base: 0}
    for _ in legs:
        for leg in legs:
            if leg["from"] in far:
                there = far[leg["from"]] + leg["minutes"]
                far[leg["to"]] = min(far.get(leg["to"], there), there)
    return far.get(place, day.order["event"]["travel_minutes"])


def trips(day: Told) -> list[tuple[Json, Json | None]]:
    """Each drive out with the drive back that follows it, if there is one."""
    backs = sorted((block for block in day.of("drive") if is_back(block)), key=lambda b: b["from"])
    pairs: list[tuple[Json, Json | None]] = []
    for out in sorted((block for block in day.of("drive") if not is_back(block)), key=lambda b: b["from"]):
        later = [one for one in backs if one["from"] >= out["to"]]
        same = next((one for one in later if one["place"] == out["place"]), later[0] if later else None)
        if same is not None:
            backs.remove(same)
        pairs.append((out, same))
    return pairs


def away_for(day: Told) -> list[Json]:
    """Services to which food is driven."""
    return [one for one in day.services if one["place"] != day.base and road(day, one["place"])]


def arrival(day: Told, _: Json) -> Iterator[str]:
    """Food is there half an hour before a buffet opens or before its plating, and made before its van leaves."""
    by_id = {block["id"]: block for block in day.blocks}
    for service in away_for(day):
        outs = [out for out in day.of("drive") if out["place"] == service["place"] and not is_back(out)]
        ours = [
            out for out in outs if out["to"] <= service["from"] + 4 * HOUR and out["to"] > service["from"] - 20 * HOUR
        ]
        if not ours:
            yield f"nothing is driven to {service['id']}"
        for out in ours:
            prefixed = len(day.services) == 1 or f".{service['id']}." in out["id"]
            takers = [b for b in day.of("plate") if out["id"] in {w["block"] for w in b["after"]}]
            due = min((b["from"] for b in takers), default=service["from"])
            if prefixed and out["to"] > due - 30 * MINUTE:
                yield f"{out['id']} arrives {(due - out['to']) / MINUTE:.0f} min before it is wanted"
    for block in day.blocks:
        for wait in block["after"]:
            if by_id[wait["block"]]["to"] > block["from"]:
                yield f"{block['id']} begins before {wait['block']} is done"


def drives(day: Told, _: Json) -> Iterator[str]:
    """No drive is shorter than its road."""
    legs = {(leg["from"], leg["to"]): leg["minutes"] for leg in day.order["legs"]}
    shortest = {to: minutes for (_, to), minutes in sorted(legs.items(), key=lambda one: -one[1])}
    for block in day.of("drive"):
        least = min(shortest.get(block["place"], road(day, block["place"])), road(day, block["place"]))
        if (block["to"] - block["from"]) / MINUTE < least:
            yield f"{block['id']} is shorter than its road"


def _out(day: Told, count: int | None, what: str, used: Callable[[Json], int]) -> Iterator[str]:
    """No more of a driver or a van are out at once than there are: out from loading until the drive back ends."""
    if count is None:
        return
    spans = []
    for out, back in trips(day):
        until = back["to"] if back else out["to"] + 4 * HOUR
        spans.append((out["from"], until, used(out)))
    if most(spans) > count:
        yield f"{most(spans)} of {count} {what} are out at once"


def driver(day: Told, _: Json) -> Iterator[str]:
    yield from _out(day, day.available("driver"), "driver", lambda out: people(out, lambda role: role == "driver"))


def van(day: Told, _: Json) -> Iterator[str]:
    there = (day.order["kitchen"]["equipment"] or {}).get("van")
    yield from _out(
        day, there, "van", lambda out: sum(use["count"] for use in out["equipment"] if use["name"] == "van")
    )


def _home(day: Told, out: Json) -> datetime:
    """When the cooks of a drive are back: with the next drive from there that takes cooks."""
    backs = [
        back for back in day.of("drive") if is_back(back) and back["place"] == out["place"] and people(back, is_cook)
    ]
    return min((back["to"] for back in backs if back["from"] >= out["to"]), default=out["to"] + 6 * HOUR)


def cooks_places(day: Told, _: Json) -> Iterator[str]:
    """Cooks at a venue rode there in time, and are at no other place until they have driven back."""
    gone = [
        (out["from"], back["to"] if back else out["to"] + 6 * HOUR, people(out, is_cook), out)
        for out, back in trips(day)
    ]
    for block in day.blocks:
        if block["place"] == day.base or block["kind"] == "drive" or not people(block, is_cook):
            continue
        there = sum(
            n
            for start, end, n, out in gone
            if out["place"] == block["place"] and out["to"] <= block["from"] and end >= block["to"]
        )
        if there < people(block, is_cook):
            yield f"{block['id']}: {people(block, is_cook)} cooks at {block['place']}, {there} rode there"
    at_base = claims((b for b in day.blocks if b["place"] == day.base), is_cook)
    cooks = [row["available"] for row in day.order["staff"] or () if is_cook(row["role"])]
    if day.order["staff"] is not None and most([*at_base, *((a, b, n) for a, b, n, _ in gone)]) > sum(cooks):
        yield "more cooks at work or away than there are"


def kitchen_stays(day: Told, _: Json) -> Iterator[str]:
    """A cook is there until shortly before a hot buffet ends, or until the last course is plated; boxes need none."""
    for service in day.services:
        if service["style"] == "boxed":
            continue
        here = [
            block
            for block in day.blocks
            if block["place"] in (service["place"], day.base if not road(day, service["place"]) else "")
        ]
        last = service["to"] - 15 * MINUTE
        if service["style"] == "plated":
            last = max((block["to"] for block in day.of("plate")), default=service["from"])
        at = service["from"]
        for start, end, _ in sorted(claims(here, is_cook)):
            at = max(at, end) if start <= at else at
        if at < last:
            yield f"{service['id']}: the kitchen leaves at {at:%H:%M}, the service lasts until {service['to']:%H:%M}"


def hours(day: Told, _: Json) -> Iterator[str]:
    """Attended work at base lies between 06:00 and 22:00, or within four hours of a service on its day."""
    for block in day.blocks:
        if block["place"] != day.base or block["step"] is None:
            continue
        for start, end, _ in claims([block], lambda _: True):
            opens, closes = start.replace(hour=6, minute=0), start.replace(hour=22, minute=0)
            soon = any(
                s["from"] - 4 * HOUR <= start <= s["to"] and start.date() == s["from"].date() for s in day.services
            )
            if not (opens <= start and end <= closes) and not soon:
                yield f"{block['label']} at {start:%d %b %H:%M}"


def capacity(day: Told, _: Json) -> Iterator[str]:
    """What the order gives is never exceeded."""
    for name, count in (day.order["kitchen"]["equipment"] or {}).items():
        used = [
            (b["from"], b["to"], u["count"])
            for b in day.blocks
            if b["place"] == day.base
            for u in b["equipment"]
            if u["name"] == name
        ]
        if most(used) > count:
            yield f"{most(used)} {name} of {count}"
    for row in day.order["staff"] or ():
        if most(claims(day.blocks, lambda role, row=row: role == row["role"])) > row["available"]:
            yield f"more {row['role']} than there are"


def transport_log(day: Told, _: Json) -> Iterator[str]:
    """The log looks at a dish on the road after it is made, on the van that takes it."""
    by_id = {block["id"]: block for block in day.blocks}
    rows = [row for row in day.plan["safety"]["points"] if row["kind"] == "transport"]
    if not rows:
        yield "no dish is looked at on the road"
    for row in rows:
        made = [b["to"] for b in day.blocks if b["dish"] == row["dish"] and b["place"] == day.base]
        out = by_id.get(row["block"])
        if out is None or out["kind"] != "drive" or max(made) > out["from"]:
            yield f"{row['dish']} on {row['block']}: not made by then"


def labour(day: Told) -> float:
    return sum(float(line["cost"] or 0) for line in day.plan["staffing"])


def crew(day: Told, check: Json, path: Path) -> Iterator[str]:
    """With fewer available no plan of the same verdict pays less."""
    for count in check["try"]:

        def fewer(order: Json, count: int = count) -> Json:
            for row in order["staff"]:
                row["available"] = count if row["role"] == check["role"] else row["available"]
            return order

        other = told(path, fewer)
        if rank(other) <= rank(day) and labour(other) < labour(day) - 0.005:
            yield f"{count} {check['role']}: {labour(other):.2f} against {labour(day):.2f}"


def rota(day: Told) -> list[Json]:
    """One row a person and day, wherever they stand in the staffing."""
    found: list[Json] = []
    for line in day.plan["staffing"]:
        mine = [{"role": line["role"]} | shift for shift in line.get("shifts", ())]
        found += [shift | {"from": moment(shift["start"]), "to": moment(shift["end"])} for shift in mine]
    return found


def shifts(day: Told, _: Json) -> Iterator[str]:
    """One row a person and day: no longer than 12 hours, a break beyond 6, a call of 3 or more, 8 hours of rest."""
    rows = rota(day)
    if not rows:
        yield "no shifts"
    people_of: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for row in rows:
        people_of[row["role"], str(row["who"])].append(row)
        length = row["to"] - row["from"]
        if length > 12 * HOUR or length < 3 * HOUR or (length > 6 * HOUR and not row["breaks"]):
            yield f"{row['role']} {row['who']}: {length}, {len(row['breaks'])} breaks"
    for (role, who), mine in people_of.items():
        mine.sort(key=lambda row: row["from"])
        for one, then in itertools.pairwise(mine):
            if then["from"] - one["to"] < 8 * HOUR:
                yield f"{role} {who}: {then['from'] - one['to']} of rest"
    for role in {crew["role"] for block in day.blocks for crew in block["crew"]}:
        work = [*claims(day.blocks, lambda one, role=role: one == role)]
        there = [(row["from"], row["to"], -1) for row in rows if row["role"] == role]
        if most([*work, *there]) > 0:
            yield f"{role}: work outside the shifts"


def night_pay(day: Told, _: Json) -> Iterator[str]:
    days = {block["from"].date() for block in day.blocks}
    for line in day.plan["staffing"]:
        top, _, bottom = line["hours"].partition("/")
        if int(top) / int(bottom or 1) > 12.5 * line["count"] * len(days):
            yield f"{line['role']}: {line['hours']} h for {line['count']} on {len(days)} days"


def ahead(day: Told, check: Json) -> Iterator[str]:
    for block in day.step(check):
        if block["to"].date() >= day.first.date():
            yield f"{block['label']} on the day, at {block['from']:%H:%M}"


def for_nothing(day: Told, check: Json) -> Iterator[str]:
    """Nothing is chilled to be heated again within the hour."""
    ids = {dish["id"] for dish in day.plan["menu"] if dish["name"] == check["dish"]}
    mine = [block for block in day.blocks if block["dish"] in ids]
    for chill in (block for block in mine if block["kind"] == "chill"):
        for then in (block for block in mine if block["kind"] == "reheat"):
            if timedelta(0) <= then["from"] - chill["to"] < HOUR and then["from"].date() == chill["from"].date():
                yield f"{chill['id']} is heated again after {then['from'] - chill['to']}"


def no_call_in(day: Told, _: Json) -> Iterator[str]:
    """On an earlier day there is an hour's work or none."""
    minutes: Counter[Any] = Counter()
    for start, end, count in claims(day.blocks, lambda _: True):
        if start.date() < day.first.date():
            minutes[start.date()] += (end - start) / MINUTE * count
    yield from (f"{date}: {work:.0f} min of work" for date, work in minutes.items() if work < 60)


def tended(day: Told, check: Json) -> Iterator[str]:
    """Somebody is there every three hours of a long step, or it is asked who stays."""
    if day.asked("tend|stays|overnight|night|attend"):
        return
    for block in day.step(check):
        here = [(s, e) for s, e, _ in claims((b for b in day.blocks if b["dish"] == block["dish"]), lambda _: True)]
        at = block["from"]
        for start, end in sorted(here):
            at = max(at, end) if start <= at + 3 * HOUR else at
        if at + 3 * HOUR < block["to"]:
            yield f"{block['id']}: unattended from {at:%d %b %H:%M}"


def at_venue(day: Told, check: Json) -> Iterator[str]:
    """The step is done at the venue, or while the service lasts if it must be."""
    mine = day.step(check)
    if not mine or day.plan["timeline"]["status"] != "scheduled":
        yield "it is not planned"
    for block in mine:
        if block["place"] == day.base:
            yield f"{block['label']} at base, {block['from']:%H:%M}"
        service = day.services[0]
        if check.get("during") and not (service["from"] <= block["from"] and block["to"] <= service["to"] + 5 * MINUTE):
            yield f"{block['label']} at {block['from']:%H:%M}, outside the service"


FACTS = {
    "power": r"power|generator|electric|urn|outlet",
    "fridge": r"refrigerat|fridge|cooler|ice\b",
    "water": r"water|hand.?wash",
    "burner": r"burner|gas|stove|butane",
}


def _words(day: Told) -> str:
    packed = [line["item"] for line in day.plan["packing"] if not line["dish"]]
    return "\n".join([*packed, *(json.dumps(one) for one in day.plan["findings"] if one["severity"] != "advice")])


def fact(day: Told, check: Json) -> Iterator[str]:
    venue = [line for line in _words(day).splitlines() if "timeline.holds" not in line and "no_schedule" not in line]
    if not re.search(FACTS[check["what"]], "\n".join(venue), re.IGNORECASE):
        yield f"nothing is said of {check['what']}"


def no_fact(day: Told, check: Json) -> Iterator[str]:
    found = re.search(r"generator|no power|hand.?wash", _words(day), re.IGNORECASE)
    if found:
        yield f"{check['what']} is there, and the plan says {found.group()!r}"


def batches(day: Told, check: Json) -> Iterator[str]:
    """Split by what an oven and a person can do, or asked."""
    if day.asked("batch|oven holds|at once"):
        return
    for block in day.step({"dish": check["dish"], "step": check["oven"]}):
        if block["portions"] > 300:
            yield f"{block['portions']} in one oven"
    for block in day.step({"dish": check["dish"], "step": check["hand"]}):
        if block["portions"] > 300 and block["to"] - block["from"] < 2 * HOUR:
            yield f"{block['portions']} by one person in {block['to'] - block['from']}"


def asks(day: Told, check: Json) -> Iterator[str]:
    if not day.asked(check["words"]):
        yield "nothing is asked"


def instant(day: Told, check: Json) -> Iterator[str]:
    if day.refusal or moment(day.plan["timeline"]["service_at"]) != moment(check["at"]):
        yield f"service at {day.refusal or day.plan['timeline']['service_at']}"
    elif check.get("quiet") and day.asked(check["quiet"]):
        yield "it is asked for nothing"


def together(day: Told, check: Json) -> Iterator[str]:
    """One production for all drops, as far as a batch holds it."""
    mine = day.step(check)
    made = sum(block["portions"] for block in mine)
    if not mine or len(mine) > -(-made // check["batch"]):
        yield f"{made} portions in {len(mine)} batches"


def one_van(day: Told, check: Json) -> Iterator[str]:
    """One van and one driver take all drops in order."""
    outs = [out for out, _ in trips(day)]
    places = [out["place"] for out in sorted(outs, key=lambda out: out["from"])]
    if (
        places != [service["place"] for service in sorted(day.services, key=lambda one: one["from"])]
        or len(places) != check["drops"]
    ):
        yield f"drives to {places}"
    if most((out["from"], out["to"], 1) for out in outs) > 1:
        yield "more than one van is on the road"
    loads = list(day.of("load"))
    if len(loads) != 1:
        yield f"{len(loads)} vans are loaded"
    for service in day.services:
        came = [out["to"] for out in outs if out["place"] == service["place"]]
        if not came or max(came) > service["from"] - 30 * MINUTE:
            yield f"{service['id']}: not half an hour before"


def honest(day: Told, _: Json) -> Iterator[str]:
    """No plan is called good with less time in hand than is wanted, or when fewer than half of the days hold."""
    if day.asked() or day.plan["score"]["value"] < 0.9:
        return
    timeline = day.plan["timeline"]
    thin = [one for one in timeline["buffers"] if one["minutes"] < one["wanted"]]
    replay = timeline["replay"]
    if thin or replay["held"] * 2 < replay["days"]:
        yield f"good, with {replay['held']} of {replay['days']} days and {len(thin)} thin buffers"
    hot = [dish["id"] for dish in day.plan["menu"] if (dish["recipe"] or {}).get("served_at") == "hot"]
    for block in day.blocks:
        ends = [b["to"] for b in day.blocks if b["dish"] == block["dish"]]
        if block["dish"] in hot and block["to"] == max(ends) and day.services[0]["from"] - block["to"] > 4 * HOUR:
            yield f"{block['label']} is done {day.services[0]['from'] - block['to']} before the service"


CHECKS: Mapping[str, Callable[[Told, Json], Iterator[str]]] = {
    one.__name__: one
    for one in (
        arrival, drives, driver, van, cooks_places, kitchen_stays, hours, capacity, transport_log, shifts, night_pay,
        ahead, for_nothing, no_call_in, tended, at_venue, fact, no_fact, batches, asks, instant, together, one_van,
        honest,
    )
}  # fmt: skip

EVERY_DAY = ("arrival", "drives", "driver", "van", "cooks_places", "kitchen_stays", "hours", "capacity", "shifts")
"""What must hold of any plan that is scheduled."""
