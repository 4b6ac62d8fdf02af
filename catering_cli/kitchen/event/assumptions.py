"""Everything that the plan takes for granted because the order is silent, each with its figure, source and override."""

from __future__ import annotations

from collections.abc import Mapping

from catering_cli.data.conditions import applies
from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis, filled
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Budget
from catering_cli.domain.plan import Assumption
from catering_cli.kitchen.menu import services
from catering_cli.kitchen.serving import portions


def assumptions(order: Order) -> tuple[Assumption, ...]:
    """The rows of the table that this order really leaves open."""
    figures = _figures(order)
    facts = {"services": services.stated(order)}
    open_ = [row for row in rows("assumptions") if applies(row["applies"], order, facts)]
    return tuple(_assumption(row, figures) for row in open_)


def _assumption(row: Mapping[str, str], figures: Mapping[str, str]) -> Assumption:
    """A row with its figure: the fixed one, or the template filled with what this order gives."""
    used = {name: value for name, value in figures.items() if f"{{{name}}}" in row["figure"]}
    return Assumption(
        id=row["id"],
        text=row["text"],
        number=row["number"] or filled(row["figure"], used),
        source=row["source"],
        override=row["override"],
        derivation=Basis(
            rule=f"assumption.{row['id']}",
            inputs=used,
            source=row["source"],
        ),
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
