"""Every step of every dish is done, in full, by the hands and the plant that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.steps import works
from catering_cli.data import tables
from catering_cli.domain.finding import Finding


def complete(evidence: Evidence) -> Findings:
    """Every step of every dish is on the timeline with all its batches and portions."""
    for work in works(evidence):
        if not work.blocks:
            message = f"{work.label} is nowhere on the timeline"
            yield found("blocking", "plan.timeline.blocks", message, "", f"{work.dish.id}.s{work.number}")
            continue
        batches = {block.batch: block.portions for block in work.blocks}
        due = next((list(row.portions) for row in work.dish.batches if row.step == work.number), None)
        if due is not None and sorted(batches.values()) != sorted(due):
            where = evidence.block_paths[work.blocks[0].id]
            message = f"{work.label}: the batches on the timeline are not those of the dish"
            yield found("blocking", where, message, sorted(batches.values()), sorted(due))
        most = work.step.batch_portions
        for block in work.blocks:
            if most is not None and block.portions > most:
                where = f"{evidence.block_paths[block.id]}.portions"
                yield found("blocking", where, f"{work.label}: more than one batch holds", block.portions, most)
    yield from _strays(evidence)


def _strays(evidence: Evidence) -> Iterator[Finding]:
    counts: dict[tuple[str, int | None], int] = {}
    for block in evidence.plan.timeline.blocks:
        counts[block.dish, block.step] = counts.get((block.dish, block.step), 0) + 1
    for block in evidence.plan.timeline.blocks:
        due = counts[block.dish, block.step] if block.step is not None else 1
        if block.of != due or not 1 <= block.batch <= due:
            message = f"{block.label}: batch {block.batch} of {block.of}"
            yield found("warning", f"{evidence.block_paths[block.id]}.of", message, block.of, due)
    ids = [block.id for block in evidence.plan.timeline.blocks]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield found("blocking", evidence.block_paths[twice], "two blocks have one id", twice)
    for block in evidence.plan.timeline.blocks:
        dish = evidence.dishes.get(block.dish)
        steps = len(dish.recipe.steps) if dish and dish.recipe else 0
        if block.step is not None and not (dish and 1 <= block.step <= steps):
            where = evidence.block_paths[block.id]
            yield found("blocking", where, "work on a dish or step that is not on the menu", block.id)


def lasting(evidence: Evidence) -> Findings:
    """A block lasts as long as the recipe says: batches keep their minutes, hand work grows with the portions."""
    for work in works(evidence):
        recipe, step = work.dish.recipe, work.step
        assert recipe is not None
        active = step.minutes if step.active_minutes is None else min(step.active_minutes, step.minutes)
        for block in work.blocks:
            grows = Fraction(block.portions, recipe.yields.portions) if step.grows == "linear" else Fraction(1)
            path = evidence.block_paths[block.id]
            lasts = (block.end - block.start) // timedelta(minutes=1)
            hands = sum(crew.count * crew.minutes for crew in block.crew)
            yield from _compare(f"{path}.end", f"{work.label} takes", lasts, step.minutes * grows)
            yield from _compare(f"{path}.crew", f"{work.label}: people's work is", hands, active * grows)


def _compare(where: str, what: str, said: int, due: Fraction) -> Iterator[Finding]:
    """Too short is blocking; longer than a rounded minute is worth knowing."""
    if said < due:
        yield found("blocking", where, f"{what} {float(due):g} minutes", f"{said} minutes", f"{float(due):g} minutes")
    elif said >= due + 1:
        yield found("warning", where, f"{what} {float(due):g} minutes", f"{said} minutes", f"{float(due):g} minutes")


def skilled(evidence: Evidence) -> Findings:
    """Who does a step is of the role it asks for, or of one that can do that work."""
    for work in works(evidence):
        roles = {work.step.skill.casefold()}
        if evidence.order.staff is not None:
            roles |= _able(work.step.skill)
            roles |= {row.role.casefold() for row in evidence.order.staff
                      if {one.casefold() for one in row.skills} & roles}  # fmt: skip
        for block in work.blocks:
            for index, crew in enumerate(block.crew):
                if not {crew.role.casefold(), crew.role.casefold().removesuffix("s")} & roles:
                    where = f"{evidence.block_paths[block.id]}.crew[{index}].role"
                    yield found(
                        "blocking", where, f"{work.label} asks for a {work.step.skill}", crew.role, work.step.skill
                    )


def _able(skill: str) -> set[str]:
    plain = skill.casefold()
    known = {row["skill"]: {one.strip().casefold() for one in row["roles"].split(",")} for row in tables.rows("skills")}
    if plain in known:
        return known[plain]
    return known.get("cook", set()) if "cook" in plain or "chef" in plain else set()


CHECKS = {
    "timeline.complete": complete,
    "timeline.durations": lasting,
    "timeline.skills": skilled,
}
