"""What it costs: each figure from the shifts, the packs and the prices of the order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from judge.told import HOUR, Json, Told, claims, moment


def cents(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def money(value: float) -> Fraction:
    return Fraction(str(value))


def pay(day: Told) -> Iterator[str]:
    """Hours of all shifts at the order's rate, and no hour of work unpaid."""
    rates = {row["role"]: row["rate"] for row in day.order["staff"] or () if row.get("rate") is not None}
    fallback = (day.order.get("budget") or {}).get("labor_per_hour")
    for line in day.plan["staffing"]:
        role, hours = line["role"], Fraction(line["hours"])
        on_duty = sum((moment(s["end"]) - moment(s["start"]) for s in line["shifts"]), 0 * HOUR) / HOUR
        worked = sum((end - start) / HOUR * many for start, end, many in claims(day.blocks, role))
        if abs(float(hours) - on_duty) > 0.01:
            yield f"{role}: {float(hours):.2f} h paid, {on_duty:.2f} on duty"
        if float(hours) < worked - 0.01:
            yield f"{role}: {float(hours):.2f} h paid, {worked:.2f} worked"
        rate = rates.get(role, fallback)
        if rate is not None and (line["cost"] is None or money(line["cost"]) != money(str(cents(hours * money(rate))))):
            yield f"{role}: {line['cost']} for {hours} h at {rate}"


def till(day: Told) -> Iterator[str]:
    """A price is one that the order offers for the food; packs times the price is the cost; none is dropped."""
    offers = [*day.order["supply"], *({**one, "supplier": ""} for one in day.order["prices"])]
    prices = {str(money(one["price"])) for one in offers if one.get("price") is not None}
    for line in day.plan["shopping"]["lines"]:
        if line["unit_price"] is not None and str(money(line["unit_price"])) not in prices:
            yield f"{line['item']}: {line['unit_price']} is the price of no offer"
        packed = line["cost"] is not None and line["packs"] is not None
        if packed and money(line["cost"]) != money(str(cents(line["packs"] * money(line["unit_price"])))):
            yield f"{line['item']}: {line['packs']} at {line['unit_price']} are not {line['cost']}"
        same = [one for one in offers if one["item"].casefold() == line["item"].casefold() and one.get("price")]
        if same and line["cost"] is None and line["item"] not in str(day.plan["findings"]):
            yield f"{line['item']}: its price is dropped and it is not said"


def total(day: Told) -> Iterator[str]:
    """The lines are those of shopping, staff and trips, and add up."""
    costing = day.plan["costing"]
    amounts = {kind: Fraction(0) for kind in ("food", "labour", "rentals", "transport", "contingency")}
    for line in costing["lines"]:
        amounts[line["kind"]] += money(line["amount"])
    food = sum((money(one["cost"]) for one in day.plan["shopping"]["lines"] if one["cost"] is not None), Fraction(0))
    labour = sum((money(one["cost"]) for one in day.plan["staffing"] if one["cost"] is not None), Fraction(0))
    if (amounts["food"], amounts["labour"]) != (food, labour):
        yield "food and labour are not those of the list and the shifts"
    if costing["lines"] and money(costing["total"]) != sum(amounts.values()):
        yield "the lines do not add up to the total"
    yield from _trips(day, amounts["transport"])
    count = day.plan["headcount"]["set_for"]
    if costing["total"] is not None and money(costing["per_guest"]) != money(
        str(cents(money(costing["total"]) / count))
    ):
        yield "per guest is not the total over the guests"


def _trips(day: Told, paid: Fraction) -> Iterator[str]:
    """Each time that a van leaves the base is paid."""
    price = next((one["price"] for one in day.order["supply"] if one["item"] == "van" and one.get("price")), None)
    left = [drive for drive in day.outward() if not _before(day, drive) & {"drive", "set_up"}]
    if price is not None and left and paid != money(price) * len(left):
        yield f"{float(paid):.2f} for {len(left)} trips at {price}"


def _before(day: Told, drive: Json) -> set[str]:
    """The kinds of what a drive waits for: one that waits for another drive, or for a drop, goes on from there."""
    return {day.by_id[wait["block"]]["kind"] for wait in drive["after"] if wait["block"] in day.by_id}


def verdict(day: Told) -> Iterator[str]:
    """What blocks is counted, and nothing that is blocked is called good."""
    score, blocking = day.plan["score"], sum(f["severity"] == "blocking" for f in day.plan["findings"])
    if score["blocking"] != blocking or (blocking and score["value"] > 0.9):
        yield f"{blocking} blocking, the score says {score['blocking']} and {score['value']}"


RULES = (pay, till, total, verdict)
