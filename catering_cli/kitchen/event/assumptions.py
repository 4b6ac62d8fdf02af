"""Everything that the plan takes for granted because the order is silent, each with its figure, source and override."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis, filled
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


def assumptions(order: Order) -> tuple[Assumption, ...]:
    """The rows of the table that this order really leaves open."""
    figures = _figures(order)
    return tuple(_assumption(row, figures) for row in rows("assumptions") if _WHEN[row["when"]](order))


def _assumption(row: Mapping[str, str], figures: Mapping[str, str]) -> Assumption:
    """A row with its figure: the fixed one, or the template filled with what this order gives."""
    used = {name: value for name, value in figures.items() if f"{{{name}}}" in row["figure"]}
    return Assumption(
        id=row["id"],
        text=row["text"],
        number=row["number"] or filled(row["figure"], used),
        source=row["source"],
        override=row["override"],
        derivation=Basis(rule=f"assumption.{row['id']}", inputs=used, source=row["source"]),
    )


def _figures(order: Order) -> Mapping[str, str]:
    """What a template of the column `figure` may name."""
    children = order.guests.children
    return {
        "service_minutes": str(services.row("serve", order.event.style).minutes),
        "utc_offset": order.event.service_at.strftime("%z"),
        "guaranteed": str(order.guests.guaranteed),
        "over_percent": str(portions.over_percent(order)),
        "child_share": str(children.share) if children else "",
        "contingency_percent": str((order.budget or Budget()).contingency_percent),
    }
