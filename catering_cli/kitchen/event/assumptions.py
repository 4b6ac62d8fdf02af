"""Everything that the plan takes for granted because the order is silent, each with its figure, source and override."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catering_cli.data.tables import rows
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Assumption
from catering_cli.domain.site import Budget
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.serving import portions

_WHEN: Mapping[str, Callable[[Order], bool]] = {
    "always": lambda _: True,
    "style_absent": lambda order: "style" not in order.event.model_fields_set,
    "end_absent": lambda order: any(service.until is None for service in services.services(order)),
    "timezone_absent": lambda order: order.event.timezone is None,
    "jurisdiction_default": lambda order: "jurisdiction" not in order.event.model_fields_set,
    "expected_absent": lambda order: order.guests.expected is None,
    "needs_absent": lambda order: not (order.guests.profiles or order.guests.diets or order.guests.allergies),
    "counts_only": lambda order: bool(order.guests.diets or order.guests.allergies),
    "portions_absent": lambda order: any(item.portions is None for item in order.menu),
    "over_absent": lambda order: any(item.over_percent is None and item.portions is None for item in order.menu),
    "children_share": lambda order: bool(
        order.guests.children and "share" not in order.guests.children.model_fields_set
    ),
    "equipment_absent": lambda order: order.kitchen.equipment is None,
    "equipment_given": lambda order: order.kitchen.equipment is not None,
    "hours_absent": lambda order: not order.kitchen.hours,
    "staff_absent": lambda order: order.staff is None,
    "servers": lambda order: order.event.style != "boxed",
    "system_default": lambda order: order.system == "us",
    "buffet": lambda order: order.event.style == "buffet",
    "priced": lambda order: bool(order.supply or order.budget),
    "tphc_absent": lambda order: not order.tphc,
}

_NUMBER: Mapping[str, Callable[[Order], str]] = {
    "service_end": lambda order: f"{services.row('serve', order.event.style).minutes} min",
    "timezone": lambda order: order.event.service_at.strftime("%z"),
    "expected": lambda order: str(order.guests.guaranteed),
    "overage": lambda order: f"{portions.over_percent(order)} %",
    "children": lambda order: str(order.guests.children.share if order.guests.children else ""),
    "contingency": lambda order: f"{(order.budget or Budget()).contingency_percent} %",
}


def assumptions(order: Order) -> tuple[Assumption, ...]:
    """The rows of the table that this order really leaves open."""
    return tuple(
        Assumption(
            id=row["id"],
            text=row["text"],
            number=row["number"] or _number(row["id"], order),
            source=row["source"],
            override=row["override"],
        )
        for row in rows("assumptions")
        if _WHEN[row["when"]](order)
    )


def _number(name: str, order: Order) -> str:
    figure = _NUMBER.get(name)
    return figure(order) if figure else ""
