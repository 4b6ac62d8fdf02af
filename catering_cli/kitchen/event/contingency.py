"""If this happens, that is done: rows of a table that fit the event, with its own figures."""

from __future__ import annotations

from collections.abc import Sequence

from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis, filled
from catering_cli.domain.menu import Dish
from catering_cli.domain.order import Order
from catering_cli.domain.people import StaffLine
from catering_cli.domain.plan import Contingency, Headcount
from catering_cli.kitchen.event.condition import holds


def contingency(
    order: Order, headcount: Headcount, dishes: Sequence[Dish], staffing: Sequence[StaffLine]
) -> tuple[Contingency, ...]:
    """The rows that fit; the owner is somebody who is there, the chef where nobody of that role is."""
    mains = [dish for dish in dishes if dish.course == "main"] or list(dishes)
    figures = {
        "guests": str(headcount.set_for),
        "spare": str(sum(max(dish.portions - dish.needed, 0) for dish in mains)),
        "spare_percent": str(max((dish.over_percent for dish in mains), default=0)),
    }
    roles = {line.role for line in staffing if line.count}
    found = []
    for row in rows("contingency"):
        if holds(row["applies"], order, {"dishes": dishes}):
            owner = row["owner"] if row["owner"] in roles else "chef"
            used = {name: value for name, value in figures.items() if f"{{{name}}}" in row["trigger"] + row["action"]}
            found.append(
                Contingency(
                    trigger=filled(row["trigger"], used),
                    action=filled(row["action"], used),
                    owner=owner,
                    derivation=Basis(rule=f"contingency.{row['id']}", inputs=used, source=row["source"]),
                )
            )
    return tuple(found)
