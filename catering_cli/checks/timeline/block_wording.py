"""What a plan says of itself: a block is called by its dish, step and batch, a rule of thumb by its row of a table."""

from __future__ import annotations

from catering_cli.checks.event.staffing import holds
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.admitted import bought_unknown
from catering_cli.checks.reference.foods import rows_in
from catering_cli.data import tables
from catering_cli.domain.decision import Department

OWN_BASES = ("peak of the schedule", "decided")
"""Why people are called in, where it is no ratio of the table."""

LONGEST = 90
"""Characters of a step's words that its label gives; a longer one is cut between two words, where spaces part them."""

UNKNOWN = "Other"
"""Where a food is bought that the table does not know."""


def blocks_called(evidence: Evidence) -> Findings:
    """A block of a dish is called dish.step.batch, and its label gives the dish and the words of its step."""
    for index, block in enumerate(evidence.plan.timeline.blocks):
        if not block.dish or block.step is None:
            continue
        path = f"plan.timeline.blocks[{index}]"
        stem = f"{block.dish}.s{block.step}.b{block.batch}"
        if block.id != stem and not block.id.startswith(f"{stem}."):
            yield found("warning", f"{path}.id", "not the name of its dish, step and batch", block.id, stem)
        dish = evidence.dishes.get(block.dish)
        steps = dish.recipe.steps if dish and dish.recipe else ()
        if not 0 < block.step <= len(steps):
            continue
        text = " ".join(steps[block.step - 1].text.split())
        said = block.label.removeprefix(f"{dish.name}: " if dish else "")
        cut = said.removesuffix(" …")
        whole = text.split(". ")[0].rstrip(".")
        parted = " " in text[:LONGEST]
        torn = cut != said and (len(cut) > LONGEST or (parted and text[len(cut) : len(cut) + 1] not in (" ", ",", ";")))
        if not text.startswith(cut) or (cut == said and said != whole) or torn or (cut != said and whole == cut):
            yield found("warning", f"{path}.label", "not the words of its step", block.label, text[:90])


def bases_told(evidence: Evidence) -> Findings:
    """People who are called by a ratio are called by that of their own role, and its source is named."""
    for index, line in enumerate(evidence.plan.staffing):
        if line.basis in OWN_BASES:
            continue
        told = [row for row in tables.rows("staff_ratios") if line.basis.startswith(row["text"])]
        fitting = [row for row in told if row["style"] in ("*", evidence.order.event.style)]
        right = [row for row in fitting if row["role"] == line.role and row["source"] == line.source]
        right = [row for row in right if holds(evidence, row["when"])]
        if not right:
            path = f"plan.staffing[{index}].basis"
            yield found("warning", path, f"no rule of the table for {line.role}", line.basis, line.source)


def doubts_told(evidence: Evidence) -> Findings:
    """A control point says that its food class, or the jurisdiction's limit, is not known where that is so alone."""
    whose = evidence.plan.safety.jurisdiction
    for index, point in enumerate(evidence.plan.safety.points):
        if ("food class is not known" in point.note) != (point.food_class == "unknown"):
            path = f"plan.safety.points[{index}].note"
            yield found("warning", path, "not what the food class says", point.note, point.food_class)
        own = any(row["id"] == point.limit_id and row["jurisdiction"] == whose for row in tables.rows("limits"))
        if ("strictest shipped limit" in point.note) == own:
            path = f"plan.safety.points[{index}].note"
            yield found("warning", path, "not what the jurisdiction's table says", point.note, point.limit_id)


def places_meant(evidence: Evidence) -> Findings:
    """A service is held where the order says, else at its venue, else at the base unless there is a drive."""
    order = evidence.order
    own = {service.id: service.place for service in order.services}
    venue = next((place.id for place in order.places if place.kind == "venue"), None)
    for index, line in enumerate(evidence.plan.service):
        right = own.get(line.id) or venue or ("venue" if order.event.travel_minutes else "base")
        if line.place != right:
            yield found("warning", f"plan.service[{index}].place", "another place than the order's", line.place, right)


def departments_meant(evidence: Evidence) -> Findings:
    """A food is bought where the table says, or where somebody decided; a price by the pack has no unit beside it."""
    decided = {one.item.strip().casefold() for one in evidence.decided(Department)}
    decided |= {one.item.strip().casefold() for one in evidence.order.decisions if isinstance(one, Department)}
    for index, line in enumerate(evidence.plan.shopping.lines):
        path = f"plan.shopping.lines[{index}]"
        rows = () if bought_unknown(evidence, line.names) else rows_in(line.item)
        right = [row["department"] for row in rows] or [UNKNOWN]
        if line.item not in decided and line.department not in right:
            message = "another department than the table's"
            yield found("warning", f"{path}.department", message, line.department, right[0])
        if line.packs is not None and line.price_unit:
            yield found("warning", f"{path}.price_unit", "a pack is priced, not a unit", line.price_unit)


CHECKS = {
    "wording.blocks": blocks_called,
    "wording.bases": bases_told,
    "wording.doubts": doubts_told,
    "wording.places": places_meant,
    "wording.departments": departments_meant,
}
