"""What is done if something goes wrong: the rows of the table that fit the event, with its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from catering_cli.data.conditions import applies
from catering_cli.data.tables import rows
from catering_cli.domain.basis import Basis, filled
from catering_cli.domain.order import Order
from catering_cli.domain.plan import Contingency, Headcount
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.people import StaffLine


def contingency(
    order: Order,
    headcount: Headcount,
    dishes: Sequence[Dish],
    staffing: Sequence[StaffLine],
) -> tuple[Contingency, ...]:
    """The rows that fit; the chef owns a row if its own role is not called in."""
    figures = _figures(headcount, dishes)
    roles = {line.role for line in staffing if line.count}
    facts = {"dishes": dishes}
    fitting = [row for row in rows("contingency") if applies(row["applies"], order, facts)]
    return tuple(_contingency(row, figures, roles) for row in fitting)


def _contingency(row: Mapping[str, str], figures: Mapping[str, str], roles: AbstractSet[str]) -> Contingency:
    text = row["trigger"] + row["action"]
    used = {name: value for name, value in figures.items() if f"{{{name}}}" in text}
    return Contingency(
        trigger=filled(row["trigger"], used),
        action=filled(row["action"], used),
        owner=row["owner"] if row["owner"] in roles else "chef",
        derivation=Basis(
            rule=f"contingency.{row['id']}",
            inputs=used,
            source=row["source"],
        ),
    )


def _figures(headcount: Headcount, dishes: Sequence[Dish]) -> Mapping[str, str]:
    """What a row's text may name: the spare portions are those of the mains, or of all dishes if there is no main."""
    mains = [dish for dish in dishes if dish.course == "main"] or dishes
    spare = sum(max(dish.portions - dish.needed, 0) for dish in mains)
    percent = max((dish.over_percent for dish in mains), default=0)
    return {"guests": str(headcount.set_for), "spare": str(spare), "spare_percent": str(percent)}
