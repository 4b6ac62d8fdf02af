"""What is done when, where, with what and by whom: judged by the recipes and the order alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from judge.told import HOUR, MINUTE, Json, Told, claims, moment, most

PLANT = ("oven", "burner", "fryer", "grill", "steamer", "blast_chiller")
"""What is not at the base unless the order lists it, once it lists anything."""
KITCHEN = ("cook", "chef", "sous chef", "pastry")


def _recipe(dish: Json) -> list[Json]:
    return list((dish["recipe"] or {}).get("steps", ()))


def _before(steps: Sequence[Json], number: int) -> list[int]:
    after = steps[number - 1]["after"]
    if after is None:
        return [number - 1] if number > 1 else []
    return list(after)


def done(day: Told) -> Iterator[str]:
    """Each step is done for all portions, in batches no larger and no shorter than the recipe has them."""
    made_apart = {base["name"] for base in day.plan["bases"]}
    settled = {one["decision"]["kind"] for one in day.plan["decisions"]} & {"technique", "split_task"}
    for dish in day.dishes:
        for number, step in enumerate(_recipe(dish), start=1):
            mine = day.steps.get((dish["id"], number), [])
            if not step["minutes"] or not dish["portions"] or settled or step["part"] in made_apart:
                continue
            made = sum(block["portions"] for block in mine)
            if made != dish["portions"]:
                yield f"{dish['name']} step {number}: {made} of {dish['portions']} portions"
            for block in mine:
                if step["batch_portions"] and block["portions"] > step["batch_portions"]:
                    yield f"{block['id']}: {block['portions']} in a batch of {step['batch_portions']}"
                lasts = (block["to"] - block["from"]) / MINUTE
                if lasts < _least(dish, step, block):
                    yield f"{block['id']}: {lasts:.0f} of {step['minutes']} min"


def _least(dish: Json, step: Json, block: Json) -> float:
    """Minutes that a batch takes at least; hands that use no plant need less for less, where nothing else is said."""
    if step["grows"] == "linear":
        return 0
    by_hand = step["grows"] is None and not set(step["equipment"]) & set(PLANT) and not step["temperature"]
    share = min(1, block["portions"] / dish["recipe"]["yield"]["portions"]) if by_hand else 1
    return float(step["minutes"] * share)


def in_order(day: Told) -> Iterator[str]:
    """Nothing is begun before as much of what it is made of is done."""
    for dish in day.dishes:
        steps = _recipe(dish)
        for number in range(1, len(steps) + 1):
            for before in _before(steps, number):
                yield from _fed(
                    dish, number, day.steps.get((dish["id"], before), []), day.steps.get((dish["id"], number), [])
                )


def _fed(dish: Json, number: int, first: Sequence[Json], then: Sequence[Json]) -> Iterator[str]:
    begun = 0
    for block in sorted(then, key=lambda b: b["from"]):
        begun += block["portions"]
        ready = sum(one["portions"] for one in first if one["to"] <= block["from"])
        if first and ready < min(begun, sum(one["portions"] for one in first)):
            yield f"{dish['name']} step {number}: {begun} begun at {block['from']:%d %H:%M}, {ready} are ready"


def holds(day: Told) -> Iterator[str]:
    """No portion waits between two steps longer than the recipe lets it."""
    for dish in day.dishes:
        steps = _recipe(dish)
        for number in range(1, len(steps) + 1):
            for before in _before(steps, number):
                limit = steps[before - 1]["max_hold_minutes"]
                waited = _waited(day.steps.get((dish["id"], before), []), day.steps.get((dish["id"], number), []))
                if limit is not None and waited > limit:
                    yield f"{dish['name']} step {before}: held {waited} of {limit} min"


def _waited(first: Sequence[Json], then: Sequence[Json]) -> int:
    """Minutes that a portion waits at most if the first made is the first used."""
    made = [(b["to"], b["portions"]) for b in sorted(first, key=lambda b: b["to"])]
    used = [(b["from"], b["portions"]) for b in sorted(then, key=lambda b: b["from"])]
    longest = 0
    while made and used:
        (ready, many), (taken, wanted) = made[0], used[0]
        longest = max(longest, int((taken - ready) / MINUTE))
        part = min(many, wanted)
        made = made[1:] if part == many else [(ready, many - part), *made[1:]]
        used = used[1:] if part == wanted else [(taken, wanted - part), *used[1:]]
    return longest


def fresh(day: Told) -> Iterator[str]:
    """What is done last on a dish keeps until it is served; nothing is made further ahead than it may be."""
    for dish in day.plan["menu"]:
        steps = _recipe(dish)
        followed = {before for number in range(1, len(steps) + 1) for before in _before(steps, number)}
        for number, step in enumerate(steps, start=1):
            for block in day.steps.get((dish["id"], number), []):
                yield from _kept(block, step, number in followed, _dues(day, dish))
                yield from _ahead(block, step, _before_service(block, _dues(day, dish), day.of_service(dish)))


def _kept(block: Json, step: Json, used: bool, dues: Sequence[datetime]) -> Iterator[str]:
    waits = [int((due - block["to"]) / MINUTE) for due in dues if due >= block["to"]]
    if not waits and dues and not used:
        yield f"{block['id']}: done after it is served"
    wait = min(waits, default=0)
    if not used and _over(step["max_hold_minutes"], wait):
        yield f"{block['id']}: done {wait} min before it is served, holds {step['max_hold_minutes']}"


def _before_service(block: Json, dues: Sequence[datetime], services: Sequence[Json]) -> int:
    """Minutes from the end of a block to the begin of the service in which it is served."""
    due = min((due for due in dues if due >= block["to"]), default=block["to"])
    begins = max((one["from"] for one in services if one["from"] <= due), default=block["to"])
    return max(0, int((begins - block["to"]) / MINUTE))


def _ahead(block: Json, step: Json, wait: int) -> Iterator[str]:
    """The format counts hours ahead to the service, not to the plating of a later course."""
    hours = step["make_ahead_hours"]
    if hours is not None and wait > hours * 60:
        yield f"{block['id']}: {wait} min ahead, may be {hours} h"


def _dues(day: Told, dish: Json) -> list[datetime]:
    """When a dish is served: its platings begin, or else its services; what is made in waves, during them."""
    mine = {block["id"] for block in day.blocks if block["dish"] == dish["id"]}
    plates = [b["from"] for b in day.of("plate") if mine & {wait["block"] for wait in b["after"]}]
    services = day.of_service(dish)
    refills = [b["from"] for b in day.of("refill") if mine & {wait["block"] for wait in b["after"]}]
    waves = [*refills, *(one["to"] for one in services if one["style"] != "plated")]
    return plates or [*(one["from"] for one in services), *waves]


def _over(limit: int | None, wait: int) -> bool:
    return limit is not None and wait > limit


def plant(day: Told) -> Iterator[str]:
    """No more of a machine is in use than the order lists; plant that a list leaves out is not there."""
    listed = {place["id"]: place.get("equipment", {}) for place in day.order["places"]}
    if day.order["kitchen"].get("equipment") is not None:
        listed[day.base] = day.order["kitchen"]["equipment"]
    names = {
        (block["place"], use["name"]) for block in day.blocks for use in block["equipment"] if block["kind"] != "drive"
    }
    for place, name in sorted(names):
        there = listed.get(place) or {}
        if name not in there and (name not in PLANT or (place == day.base and not there)):
            continue
        used = most(
            (b["from"], b["to"], u["count"])
            for b in day.blocks
            for u in b["equipment"]
            if b["place"] == place and u["name"] == name and b["kind"] != "drive"
        )
        if used > there.get(name, 0):
            yield f"{place}: {used} {name} of {there.get(name, 0)}"


def opened(day: Told) -> Iterator[str]:
    """Hands are at work in the kitchen only when the order says that it is open."""
    hours = [(moment(one["from"]), moment(one["until"])) for one in day.order["kitchen"].get("hours", ())]
    first = day.order["kitchen"].get("available_from")
    for block in day.blocks:
        if block["place"] != day.base or not block["dish"] or not any(crew["minutes"] for crew in block["crew"]):
            continue
        ends = block["from"] + max(crew["minutes"] for crew in block["crew"]) * MINUTE
        if hours and not any(start <= block["from"] and ends <= until for start, until in hours):
            yield f"{block['id']}: {block['from']:%d %H:%M} to {ends:%H:%M}, the kitchen is closed"
        if first and block["from"] < moment(first):
            yield f"{block['id']}: before the kitchen is to be had"


def brought(day: Told) -> Iterator[str]:
    """To every place away from the base something is driven in time, no faster than the road."""
    for service in day.services:
        if service["place"] == day.base or not service["dishes"] or not day.road(day.base, service["place"]):
            continue
        if not any(b["place"] == service["place"] and b["to"] <= service["from"] for b in day.outward()):
            yield f"{service['id']}: nothing comes before it begins"
    for drive in day.of("drive"):
        here = _from_place(day, drive)
        way = day.road(here, _to_place(day, drive))
        if (drive["to"] - drive["from"]) / MINUTE < way:
            yield f"{drive['id']}: shorter than its road of {way} min"


def _from_place(day: Told, drive: Json) -> str:
    if ".back" in drive["id"]:
        return str(drive["place"])
    before = [day.by_id[wait["block"]] for wait in drive["after"] if wait["block"] in day.by_id]
    return next((str(one["place"]) for one in before if one["kind"] in ("drive", "set_up")), day.base)


def _to_place(day: Told, drive: Json) -> str:
    return day.base if ".back" in drive["id"] else str(drive["place"])


def vans(day: Told) -> Iterator[str]:
    """A van is out from the base until it is back; no more are out than the order lists."""
    count = (day.order["kitchen"].get("equipment") or {}).get("van")
    if count is None:
        return
    out, free = [], sorted((b for b in day.of("drive") if ".back" in b["id"] and b["equipment"]), key=lambda b: b["to"])
    for drive in sorted((b for b in day.outward() if b["equipment"]), key=lambda b: b["from"]):
        if _from_place(day, drive) != day.base:
            continue
        back = next((b for b in free if b["from"] >= drive["to"]), None)
        if back:
            free.remove(back)
        out.append((drive["from"], back["to"] if back else drive["to"] + HOUR, 1))
    if most(out) > count:
        yield f"{most(out)} vans are out, there are {count}"


def people(day: Told) -> Iterator[str]:
    """As many are called as it takes when each person is in one place at a time and drives from one to the next."""
    for line in day.plan["staffing"]:
        called = len({shift["who"] for shift in line["shifts"]}) or line["count"]
        role = line["role"]
        jobs = [
            (start, end, _from_place(day, b) if b["kind"] == "drive" else b["place"],
             _to_place(day, b) if b["kind"] == "drive" else b["place"])
            for b in day.blocks for start, end, many in claims([b], role) for _ in range(many)
        ]  # fmt: skip
        wanted = _chains(day, jobs)
        if wanted > called:
            yield f"{role}: {called} called, {wanted} could not do it in fewer"
        told = any(f["rule"] == "staffing.enough" and role in f["message"] for f in day.plan["findings"])
        if line["available"] is not None and called > line["available"] and not told:
            yield f"{role}: {called} called of {line['available']}"
    given = day.order["staff"]
    roles = {crew["role"] for block in day.blocks for crew in block["crew"] if crew["minutes"]}
    for role in sorted(roles - {line["role"] for line in day.plan["staffing"]}):
        yield f"{role}: at work and never called"
    for row in given or ():
        if most(claims(day.blocks, row["role"])) > row["available"]:
            yield f"{row['role']}: more at work than the {row['available']} there are"


Task = tuple[datetime, datetime, str, str]


def _chains(day: Told, jobs: Sequence[Task]) -> int:
    """The fewest persons that can do all jobs: those that one person can do in a row are paired off."""
    jobs = sorted(jobs)
    after = [
        [n for n in range(number + 1, len(jobs)) if jobs[n][0] >= job[1] + day.road(job[3], jobs[n][2]) * MINUTE]
        for number, job in enumerate(jobs)
    ]
    taken: dict[int, int] = {}
    for number in range(len(jobs)):
        _pair(number, after, taken, set())
    return len(jobs) - len(taken)


def _pair(job: int, after: Sequence[Sequence[int]], taken: dict[int, int], seen: set[int]) -> bool:
    for then in after[job]:
        if then in seen:
            continue
        seen.add(then)
        if then not in taken or _pair(taken[then], after, taken, seen):
            taken[then] = job
            return True
    return False


def rode(day: Told) -> Iterator[str]:
    """Cooks at work at a venue have come with a drive, and have not gone back."""
    for role in KITCHEN:
        for block in day.blocks:
            at = block["place"]
            need = sum(c["count"] for c in block["crew"] if c["role"] == role and c["minutes"])
            if not need or at == day.base or block["kind"] == "drive" or not day.road(day.base, at):
                continue
            here = 0
            for drive in day.of("drive"):
                many = sum(c["count"] for c in drive["crew"] if c["role"] == role)
                if drive["place"] == at and ".back" not in drive["id"] and drive["to"] <= block["from"]:
                    here += many
                if drive["place"] == at and ".back" in drive["id"] and drive["from"] <= block["from"]:
                    here -= many
            if here < need:
                yield f"{block['id']}: {need} {role} at {at}, {here} are there"


def shifts(day: Told) -> Iterator[str]:
    """A person's day is no longer than 12 hours, with 10 of rest between two, and all work lies in somebody's."""
    for line in day.plan["staffing"]:
        by_person: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        for shift in line["shifts"]:
            by_person[shift["who"]].append((moment(shift["start"]), moment(shift["end"])))
        for who, spans in by_person.items():
            spans.sort()
            if any(end - start > 12 * HOUR for start, end in spans):
                yield f"{line['role']} {who}: on duty longer than 12 h"
            if any(then[0] - one[1] < 10 * HOUR for one, then in pairwise(spans)):
                yield f"{line['role']} {who}: less than 10 h of rest"
        there = [(start, end, -1) for spans in by_person.values() for start, end in spans]
        if most([*claims(day.blocks, line["role"]), *there]) > 0:
            yield f"{line['role']}: at work while fewer are on duty"


def kept_to_date(day: Told) -> Iterator[str]:
    """What keeps so many hours is used or served within them."""
    for dish in day.plan["menu"]:
        steps = _recipe(dish)
        for number, step in enumerate(steps, start=1):
            keeps = step["shelf_life_hours"]
            then = [n for n in range(1, len(steps) + 1) if number in _before(steps, n)]
            for after in then if keeps is not None else ():
                waited = _waited(day.steps.get((dish["id"], number), []), day.steps.get((dish["id"], after), []))
                if waited > keeps * 60:
                    yield f"{dish['name']} step {number}: {waited // 60} h old, keeps {keeps}"


def in_hand(day: Told) -> Iterator[str]:
    """No time in hand blocks, and less than is wanted is open; so are too few runs on time, with what slips first."""
    timeline = day.plan["timeline"]
    minutes = [one["minutes"] for one in timeline["buffers"] if one["minutes"] < one["wanted"]]
    yield from _as_said(day, "timeline.buffers", 0 in minutes, any(minutes))
    test = timeline["replay"]
    if test:
        few, half = 5 * test["held"] < test["days"], 2 * test["held"] < test["days"]
        yield from _as_said(day, "timeline.stress", few, half and not few)
        if test["held"] < test["days"] and not test["first"]:
            yield "some runs are late, and it is not said what slips first"
        if test["change"] and test["then_held"] <= test["held"]:
            yield f"the change that is named helps no run: {test['change']}"
        tried = [one["fix"] for one in day.plan["findings"] if one["rule"] == "timeline.stress"]
        if few and timeline["repairs"] and not all(timeline["repairs"][0]["text"] in fix for fix in tried):
            yield "what was tried and helps is not said"


def _as_said(day: Told, rule: str, blocks: bool, is_open: bool) -> Iterator[str]:
    told = {one["severity"] for one in day.plan["findings"] if one["rule"] == rule}
    if ("blocking" in told, "open" in told) != (blocks, is_open):
        yield f"{rule} is {sorted(told) or 'silent'}, blocking is {blocks}, open is {is_open}"


RULES = (done, in_order, holds, fresh, plant, opened, brought, vans, people, rode, shifts, kept_to_date, in_hand)
