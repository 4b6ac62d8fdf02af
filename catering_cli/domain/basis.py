"""How a figure was derived, as data: a rule, the figures that went in, and the source of the rule.

The sentence beside it is made here from the same data, for the plan's JSON keeps both: the kitchen builds plans and
the renderers print them, and this is the one room that both may import.

Each rule, what its figure is, and the formula over `inputs` (numbers are exact: 6/5; up() rounds up to a whole):

    rule                     figure                 formula
    ware.per_guest           RentalLine.count       up(per_guest * guests)
    ware.per_dish            RentalLine.count       dishes * lines
    ware.per_hot_dish        RentalLine.count       dishes * lines
    ware.fuel                RentalLine.count       cans * chafers; cans = cans_a_set * up(hours / hours_a_set)
    staff.peak               StaffLine.count        peak
    staff.per_guests         StaffLine.count        up(guests / guests_each)
    staff.captain            StaffLine.count        1; the row's `applies` says from how many staff on
    staff.leads              StaffLine.count        floor(cooks / cooks_each); cooks_each 0: 1
    staff.shifts             StaffLine.count        people
    staff.decided            StaffLine.count        count
    cost.food                CostLine.amount        the sum of the department's priced lines, of which there are `lines`
    cost.labour              CostLine.amount        hours * rate, to the cent
    cost.rentals             CostLine.amount        count * price, to the cent
    cost.transport           CostLine.amount        trips * price, to the cent
    cost.contingency         CostLine.amount        subtotal * percent / 100, to the cent
    limit.own                ControlPoint.limit     the row of (jurisdiction, kind, food_class)
    limit.strictest          ControlPoint.limit     the hottest minimum or coldest maximum of (kind, food_class)
    limit.*_class_unknown    ControlPoint.limit     the same for a food class that no step states
    contingency.<row>        the text's figures     guests, spare and spare_percent as the row's text uses them:
                                                    spare = sum over the mains of portions beyond the need (all dishes
                                                    if there is no main), spare_percent = the largest overage of them
    assumption.<row>         Assumption.number      the row's fixed text, or the inputs in its template
    learnt.minutes           Assumption.number      value, as measured at n events of the house; so are these two:
    learnt.overage           Assumption.number      value
    learnt.hours             Assumption.number      value
    stress.delays            Replay                 `runs` days drawn from `seed`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from pydantic import Field

from catering_cli.domain.quantity import three_figures
from catering_cli.domain.value import Value

SENTENCES: Mapping[str, str] = {
    "ware.per_guest": "{per_guest} per guest x {guests} guests",
    "ware.per_dish": "1 per dish and line: {dishes} x {lines}",
    "ware.per_hot_dish": "1 per hot dish and line: {dishes} x {lines}",
    "ware.fuel": "{cans} per chafer for {hours} h of service",
    "staff.peak": "peak of the schedule",
    "staff.per_guests": "{ratio}: {guests} guests",
    "staff.captain": "{ratio}",
    "staff.leads": "{ratio}",
    "staff.shifts": "{people} people by the shifts, {peak} at once",
    "staff.decided": "decided",
    "cost.food": "priced lines: {lines}",
    "cost.labour": "{hours} h x {rate}",
    "cost.rentals": "{count} x {price}",
    "cost.transport": "trips: {trips} x {price}",
    "cost.contingency": "{percent} % of {subtotal}",
    "limit.own": "",
    "limit.own_class_unknown": "food class unknown: strictest limit used",
    "limit.strictest": "no {jurisdiction} limit on file: strictest limit used",
    "limit.strictest_class_unknown": (
        "no {jurisdiction} limit on file: strictest limit used; food class unknown: strictest limit used"
    ),
    "learnt.minutes": "{value} min, the middle of {n} ({low} to {high}), last {last}",
    "learnt.overage": "{value} % over the need, enough for each of {n} (they needed {low} to {high}), last {last}",
    "learnt.hours": "{value} % of the planned hours, the middle of {n} ({low} to {high}), last {last}",
    "stress.delays": (
        "drives up to {drive_percent} % longer, every other day one oven out for {oven_minutes} min, "
        "ovens up to {slow_percent} % slow, a cook up to {cook_minutes} min late, "
        "guests up to {late_minutes} min late; on time: within {grace_minutes} min"
    ),
}
"""What a rule says; a rule of a data table (`contingency`, `assumption`) has its words in its row."""


class Basis(Value):
    """How a figure was derived."""

    rule: str = Field(description="name of the formula: ware.per_guest")
    inputs: dict[str, str] = Field(default_factory=dict, description="what went in, exact: 6/5")
    source: str = Field(default="", description="where the rule comes from; [K] marks general knowledge")

    def sentence(self) -> str:
        """The rule in words; its exact inputs are said to three figures: 5.42 h x 34, 1.1 per guest x 120 guests."""
        told = {name: _told(value) for name, value in self.inputs.items()}
        return filled(SENTENCES[self.rule], told)


def _told(value: str) -> str:
    return three_figures(Fraction(value)) if _FRACTION.fullmatch(value) else value


_FRACTION = re.compile(r"\d+/[1-9]\d*")


def filled(template: str, inputs: Mapping[str, str]) -> str:
    """`template` with each `{name}` that `inputs` has; another brace stays as it is."""
    for name, value in inputs.items():
        template = template.replace(f"{{{name}}}", value)
    return template
