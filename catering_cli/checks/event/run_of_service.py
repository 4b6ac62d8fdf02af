"""Each service of the order is run, for its guests, with its dishes, and all that it takes is in a box."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.event.equipment import lines_for
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.domain.finding import Finding
from catering_cli.domain.people import ServiceLine


def served(evidence: Evidence) -> Findings:
    """The services of the plan are the order's: time, style, guests and dishes."""
    order, plan = evidence.order, evidence.plan
    rows = {line.id: (index, line) for index, line in enumerate(plan.service)}
    due = [(s.id, s.at, s.style or order.event.style, s.guests or plan.headcount.set_for) for s in order.services]
    if not due:
        first = plan.service[0].id if plan.service else ""
        due = [(first, order.event.service_at, order.event.style, plan.headcount.set_for)]
    for ident, at, style, guests in due:
        if ident not in rows:
            yield found("blocking", "plan.service", f"the service {ident or order.event.name} is missing", "", ident)
            continue
        index, line = rows[ident]
        path = f"plan.service[{index}]"
        for name, said, right in (("at", line.at, at), ("style", line.style, style), ("guests", line.guests, guests)):
            if said != right:
                yield found("blocking", f"{path}.{name}", "not what the order says", said, right)
        dishes = {dish.id for dish in plan.menu if not order.services or dish.service in ("", ident)}
        if set(line.dishes) != dishes:
            missing = ", ".join(sorted(dishes ^ set(line.dishes)))
            yield found(
                "blocking",
                f"{path}.dishes",
                f"not the dishes of this service: {missing}",
                len(line.dishes),
                len(dishes),
            )
        if line.lines != lines_for(style, guests):
            message = "another number of buffet lines than the guests take"
            yield found("blocking", f"{path}.lines", message, line.lines, lines_for(style, guests))
        yield from _notes(evidence, line, f"{path}.notes")
        if line.until <= line.at:
            yield found("blocking", f"{path}.until", "the service ends before it begins", line.until.isoformat())
    for extra in sorted(set(rows) - {ident for ident, *_ in due}):
        yield found("blocking", f"plan.service[{rows[extra][0]}]", "a service that the order does not have", extra)


def _notes(evidence: Evidence, line: ServiceLine, path: str) -> Iterator[Finding]:
    """A note for each profile with needs that eats at the service, with its number and its dishes; none for others."""
    due = []
    for profile in evidence.plan.diets.profiles:
        eaten = [
            eats.dish for eats in evidence.plan.diets.eats if eats.profile == profile.id and eats.dish in line.dishes
        ]
        if profile.needs and eaten:
            due.append((profile, [evidence.dishes[one].name for one in eaten if one in evidence.dishes]))
    if len(line.notes) != len(due):
        message = "there is a note for each profile with needs, and for no other"
        yield found("warning", path, message, len(line.notes), len(due))
    for profile, names in due:
        said = [note for note in line.notes if note.startswith(f"{profile.count} ") and all(n in note for n in names)]
        if not said:
            message = f"no note says what {profile.count} x {profile.name or profile.id} eat"
            yield found("warning", path, message, "", ", ".join(names))


def packed(evidence: Evidence) -> Findings:
    """Every dish that is made is in a box, with something to serve it with."""
    packing = evidence.plan.packing
    for dish in evidence.plan.menu:
        if not dish.portions:
            continue
        mine = [line for line in packing if line.dish == dish.id and line.count > 0]
        if not mine:
            yield found("blocking", "plan.packing", f"{dish.name} is in no box", "", dish.id)
    for index, line in enumerate(packing):
        if line.dish and line.dish not in evidence.dishes:
            yield found(
                "blocking", f"plan.packing[{index}].dish", "packed for a dish that is not on the menu", line.dish
            )


CHECKS = {"service.run": served, "packing.complete": packed}
