"""Changes of an order that give a day more time, people or equipment, by the path that each one changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from catering_cli.data.equipment_names import equipment_name
from catering_cli.data.tables import rows
from catering_cli.domain import path as paths
from catering_cli.domain.finding import Change
from catering_cli.domain.order import Order
from catering_cli.kitchen.day.resources import base_equipment
from catering_cli.kitchen.menu.clock import Clock, base_id
from catering_cli.scheduling.problem import Resource, Spans


def more(order: Order, resource: Resource, count: int) -> Change:
    """More of a resource if the order says what there is; tools and stores that it does not list stay assumed."""
    if resource.kind == "staff":
        return _more_people(order, resource.name, count)
    at = _place_of(order, resource)
    if at is None:
        return _more_in_kitchen(order, resource.name, count)
    listed = order.places[at].equipment
    return _counted(f"order.places[{at}].equipment", listed, resource.name, count)


def brought(order: Order, lacking: Iterable[Resource], count: int) -> Iterator[Change]:
    """So many of each piece at a venue that lacks it; a venue that the order only drives to gets a row of its own."""
    known = {place.id for place in order.places}
    new: dict[str, dict[str, int]] = {}
    for one in lacking:
        if one.place in known:
            yield more(order, one, count)
        else:
            new.setdefault(one.place, {})[one.name] = count
    for at, (place, pieces) in enumerate(new.items(), start=len(order.places)):
        yield Change(path=f"order.places[{at}]", value={"id": place, "kind": "venue", "equipment": pieces})


def _place_of(order: Order, resource: Resource) -> int | None:
    """The number of the place whose list of equipment counts; None if it is the kitchen's, or there is none."""
    at = next((n for n, place in enumerate(order.places) if place.id == resource.place), None)
    is_base = resource.place == base_id(order)
    if is_base and (order.kitchen.equipment is not None or not base_equipment(order)):
        return None
    return at


def _more_in_kitchen(order: Order, name: str, count: int) -> Change:
    """More of a piece in the kitchen's own list; without one, beside what a kitchen usually has."""
    path = "order.kitchen.equipment"
    if order.kitchen.equipment is not None:
        return _counted(path, order.kitchen.equipment, name, count)
    usual = {row["name"]: int(row["count"]) for row in rows("equipment") if row["kind"] == "plant"}
    return Change(path=path, value={**usual, name: usual.get(name, 0) + count})


def _more_people(order: Order, role: str, count: int) -> Change:
    """More people in the row of the role, or a row for it."""
    staff = order.staff or ()
    for i, row in enumerate(staff):
        if row.role == role:
            return Change(path=f"order.staff[{i}].available", value=row.available + count)
    return Change(path=f"order.staff[{len(staff)}]", value={"role": role, "available": count})


def _counted(path: str, given: Mapping[str, int], name: str, count: int) -> Change:
    """More of a piece in a list, by the name that the list has for it."""
    called = next((own for own in given if equipment_name(own) == name), name)
    return Change(path=paths.step(path, called), value=given.get(called, 0) + count)


def hours(order: Order, clock: Clock, spans: Spans, first: int) -> Iterator[Change]:
    """These openings, as far as they end after the minute `first`, and nothing kept from before they begin."""
    near = [(clock.moment(low), clock.moment(high)) for low, high in spans if high > first]
    times = [{"from": opens.isoformat(), "until": closes.isoformat()} for opens, closes in near]
    yield Change(path="order.kitchen.hours", value=times)
    opens = clock.moment(spans[0][0])
    start = order.kitchen.available_from
    if start is not None and start > opens:
        yield Change(path="order.kitchen.available_from", value=opens.isoformat())


def later(order: Order, minutes: int) -> Iterator[Change]:
    """Everything that is fixed to the clock, that much later."""
    event = order.event
    times = {"order.event.service_at": event.service_at, "order.event.ends_at": event.ends_at}
    for n, service in enumerate(order.services):
        times[f"order.services[{n}].at"] = service.at
        times[f"order.services[{n}].until"] = service.until
    for path, time in times.items():
        if time:
            moved = time + timedelta(minutes=minutes)
            yield Change(path=path, value=moved.isoformat())
