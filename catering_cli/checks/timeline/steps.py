"""Every step of every dish is done, in full, for as long as it takes, by the hands and the plant that it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from catering_cli.checks.compare import compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.services import meals, minutes_between
from catering_cli.checks.reference.steps import Work, waits_for, work_of, works
from catering_cli.checks.reference.usage import could_share, fit_together, plant_of, riders, shared_steps
from catering_cli.data import tables
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block

SEVERITIES: Mapping[str, Severity] = {
    "": "warning", "temperature": "blocking",
}  # fmt: skip

LONGEST = 90
"""Characters of a step's text that a label gives."""


def complete(evidence: Evidence) -> Findings:
    """Every step of every dish is on the timeline with all its batches and portions, and nothing else is."""
    for work in works(evidence):
        if not work.blocks:
            message = f"{work.label} is nowhere on the timeline"
            yield found("blocking", "plan.timeline.blocks", message, "", f"{work.dish.id}.s{work.number}")
            continue
        said = {block.batch: block.portions for block in work.blocks}
        due = next((row.portions for row in work.dish.batches if row.step == work.number), said.values())
        if sorted(said.values()) != sorted(due):
            message = f"{work.label}: the batches on the timeline are not those of the dish"
            yield found(
                "blocking", evidence.block_paths[work.blocks[0].id], message, sorted(said.values()), sorted(due)
            )
    yield from _strays(evidence)


def _strays(evidence: Evidence) -> Iterator[Finding]:
    """Blocks that are numbered wrongly, of no step of the menu, or there twice."""
    blocks = evidence.plan.timeline.blocks
    parts = Counter((block.dish, block.step) for block in blocks)
    ids = Counter(block.id for block in blocks)
    for path, block in placed("plan.timeline.blocks", blocks):
        due = parts[block.dish, block.step] if block.step is not None else 1
        if block.of != due or not 1 <= block.batch <= due:
            yield found("warning", f"{path}.of", f"{block.label}: batch {block.batch} of {block.of}", block.of, due)
        if ids[block.id] > 1:
            yield found("blocking", path, "two blocks have one id", block.id)
        if block.step is not None and block.id not in work_of(evidence):
            yield found("blocking", path, "work on a dish or step that is not on the menu", block.id)


def lasting(evidence: Evidence) -> Findings:
    """A block lasts as long as the recipe says: batches keep their minutes, hand work grows with the portions."""
    for ident, work in work_of(evidence).items():
        assert work.dish.recipe is not None
        block, step, path = evidence.blocks[ident], work.step, evidence.block_paths[ident]
        share = Fraction(block.portions, work.dish.recipe.yields.portions)
        takes = step.minutes * (share if step.grows == "linear" else 1)
        active = step.minutes if step.active_minutes is None else step.active_minutes
        by_hand = min(takes, active * (share if step.grows in ("linear", "hands") else 1))
        hands = sum(map(_hands, (block, *_tending(evidence).get(ident, ()))))
        lasts = minutes_between(block.start, block.end)
        yield from _minutes(f"{path}.end", f"{work.label} takes", lasts, Fraction(takes))
        yield from _minutes(f"{path}.crew", f"{work.label}: people's work is", hands, Fraction(by_hand))


def _hands(block: Block) -> int:
    """Minutes of all people at a block."""
    return sum(crew.count * crew.minutes for crew in block.crew)


@asked_once
def _tending(evidence: Evidence) -> dict[str, list[Block]]:
    """The blocks of those who come back to a long step, by the step's."""
    tending: dict[str, list[Block]] = {}
    for name, block in evidence.blocks.items():
        if ".tend" in name:
            tending.setdefault(name.split(".tend")[0], []).append(block)
    return tending


def _minutes(where: str, what: str, said: int, due: Fraction) -> Iterator[Finding]:
    """Too short is blocking; longer than a rounded minute is worth knowing."""
    if not due <= said < due + 1:
        severity: Severity = "blocking" if said < due else "warning"
        yield found(severity, where, f"{what} {float(due):g} minutes", f"{said} minutes", f"{float(due):g} minutes")


def skilled(evidence: Evidence) -> Findings:
    """Who does a step is of the role it asks for, or of one that can do that work."""
    for ident, work in work_of(evidence).items():
        roles = _able(evidence, work.step.skill)
        for path, crew in placed(f"{evidence.block_paths[ident]}.crew", evidence.blocks[ident].crew):
            role = crew.role.casefold()
            able = not roles.isdisjoint({role, role.removesuffix("s")})
            there = {row.role.casefold() for row in evidence.order.staff or ()}
            if not able or (role not in there and roles & there):
                message = f"{work.label} asks for a {work.step.skill}, of those who are there"
                yield found("blocking", f"{path}.role", message, crew.role, work.step.skill)


@asked_once
def _able(evidence: Evidence, skill: str) -> frozenset[str]:
    """Roles that can do the work: its own; if the order has staff also those of the table, and who is said to."""
    plain = skill.casefold()
    if evidence.order.staff is None:
        return frozenset({plain})
    listed = {row["skill"]: row["roles"].casefold().split(",") for row in tables.rows("skills")}
    usual = "cook" if "cook" in plain or "chef" in plain else ""
    roles = {plain, *map(str.strip, listed.get(plain, listed.get(usual, ())))}
    taught = [row.role for row in evidence.order.staff if not roles.isdisjoint(map(str.casefold, row.skills))]
    return frozenset(roles.union(map(str.casefold, taught)))


def facts(evidence: Evidence) -> Findings:
    """A block has the temperature, plant and times of its step, and who set them."""
    for ident, work in work_of(evidence).items():
        block, path, step = evidence.blocks[ident], evidence.block_paths[ident], work.step
        venue = _due_place(evidence, work, block)
        due = {
            "id": f"{work.dish.id}.s{work.number}.b{block.batch}",
            "by": work.by,
            "place": venue,
            "temperature": step.temperature,
            "shelf_life_hours": step.shelf_life_hours,
            "make_ahead_hours": step.make_ahead_hours,
        }
        yield from compare_entry(path, block, due, SEVERITIES)
        plant = plant_of(evidence, work, block)
        held: list[str] = []
        for use in block.equipment:
            held += [use.name] * use.count
        if sorted(held) != plant:
            message = f"{work.label}: not the plant of its step"
            yield found("blocking", f"{path}.equipment", message, ", ".join(held), ", ".join(plant))
        if not _tells(_own_words(evidence, block), work):
            yield found("warning", f"{path}.label", f"{work.label}: not the words of its step", block.label)
    yield from fitting(evidence)


def _own_words(evidence: Evidence, block: Block) -> str:
    """A label without what it goes into the oven with."""
    shared = riders(evidence).get(block.id)
    return block.label.removesuffix(f" (in with {evidence.made[shared.host.dish].name})") if shared else block.label


def _due_place(evidence: Evidence, work: Work, block: Block) -> str:
    """Base or a venue, as the step says; if it says nothing, or says venue of a step that others wait for, either."""
    venues = {meal.place for meal in meals(evidence)} - {evidence.base_id}
    followed = any(work.number in waits_for(other) for other in works(evidence) if other.dish.id == work.dish.id)
    if work.step.place == "base" or block.place not in venues:
        is_there = work.step.place == "venue" and not followed and _all_away(evidence, work.dish)
        return " or ".join(sorted(venues)) if is_there else evidence.base_id
    return block.place


def _all_away(evidence: Evidence, dish: Dish) -> bool:
    """Whether a dish is served away from the kitchen alone."""
    places = {meal.place for meal in meals(evidence) if meal.serves(dish)}
    return bool(places) and evidence.base_id not in places


def _tells(label: str, work: Work) -> bool:
    """Whether a label gives the dish and the step's words, a long text cut between two words."""
    text = " ".join(work.step.text.split())
    base = f"{work.step.part}: " if work.step.part else ""
    said = label.removeprefix(f"{work.dish.name}: {base}").removesuffix(" …")
    torn = " " in said and text[len(said) : len(said) + 1].isalnum()
    return text.startswith(said) and len(said) <= LONGEST and not torn


def fitting(evidence: Evidence) -> Findings:
    """What goes in together fits and bakes at one heat; what was decided to be shared is, if any of it fits."""
    own = work_of(evidence)
    for ident, shared in riders(evidence).items():
        if not fit_together(own[shared.host.id], shared.host, own[ident], shared.rider):
            message = f"{shared.rider.label} and {shared.host.label} do not fit into one oven at one heat"
            yield found("blocking", evidence.block_paths[ident], message, shared.rider.portions)
    shares = {frozenset({_step(own[one.host.id]), _step(own[one.rider.id])}) for one in riders(evidence).values()}
    for one, other in shared_steps(evidence):
        could = any(
            could_share(evidence, one, mine, other, theirs) for mine, theirs in product(one.blocks, other.blocks)
        )
        if could and frozenset({_step(one), _step(other)}) not in shares:
            message = f"{one.label} was put into one oven with {other.label}, and is not"
            yield found("blocking", evidence.block_paths[one.blocks[0].id], message, one.label, other.label)


def _step(work: Work) -> tuple[str, int]:
    return work.dish.id, work.number


CHECKS = {
    "timeline.complete": complete,
    "timeline.durations": lasting,
    "timeline.skills": skilled,
    "timeline.facts": facts,
}
