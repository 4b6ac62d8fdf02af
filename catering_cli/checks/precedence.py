"""Every step of every dish is done, in full, after what it waits for, and its result does not lie too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from catering_cli.checks.capacity import equipment_called
from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.rows import table
from catering_cli.checks.settled import for_dish
from catering_cli.domain.decision import SplitTask
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish
from catering_cli.domain.recipe import RecipeStep
from catering_cli.domain.timeline import Block


class Work(NamedTuple):
    """A step of a dish as recipe and decisions have it, and the blocks that do it."""

    dish: Dish
    number: int
    step: RecipeStep
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        """For messages."""
        return f"{self.dish.name}, step {self.number}"


def works(evidence: Evidence) -> tuple[Work, ...]:
    """All steps of all dishes that are made, in menu order; many rules ask for them, so they are kept."""
    if ("works", "") not in evidence.memo:
        evidence.memo["works", ""] = tuple(_work(evidence))
    found_works: tuple[Work, ...] = evidence.memo["works", ""]
    return found_works


def _work(evidence: Evidence) -> Iterator[Work]:
    mine: dict[tuple[str, int], list[Block]] = {}
    for block in evidence.plan.timeline.blocks:
        if block.dish and block.step is not None:
            mine.setdefault((block.dish, block.step), []).append(block)
    for dish in evidence.dishes.values():
        if dish.recipe is None or not dish.portions:
            continue
        splits = {split.step: split for split, _ in for_dish(evidence, SplitTask, dish.id)}
        for number, step in enumerate(dish.recipe.steps, start=1):
            blocks = tuple(sorted(mine.get((dish.id, number), []), key=lambda one: (one.batch, one.start, one.id)))
            yield Work(dish, number, _decided(step, splits.get(number)), blocks)


def _decided(step: RecipeStep, split: SplitTask | None) -> RecipeStep:
    if split is None:
        return step
    fields = ("minutes", "active_minutes", "equipment", "max_hold_minutes", "make_ahead_hours", "storage")
    return step.model_copy(update={f: getattr(split, f) for f in fields if getattr(split, f) is not None})


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
            lasts = _minutes(block.end - block.start)
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
    known = {row["skill"]: {one.strip().casefold() for one in row["roles"].split(",")} for row in table("skills")}
    if plain in known:
        return known[plain]
    return known.get("cook", set()) if "cook" in plain or "chef" in plain else set()


def equipped(evidence: Evidence) -> Findings:
    """Each block of a step holds the plant that its recipe names, one of each, and no other."""
    for work in works(evidence):
        due = sorted(equipment_called(name) for name in work.step.equipment)
        for block in work.blocks:
            held = sorted(name for use in block.equipment for name in [use.name] * use.count)
            if held != due:
                where = f"{evidence.block_paths[block.id]}.equipment"
                message = f"{work.label} needs {', '.join(due) or 'no plant'}"
                yield found("blocking", where, message, ", ".join(held), ", ".join(due))


def in_order(evidence: Evidence) -> Findings:
    """Nothing starts before what it waits for has ended, as the block says and as the recipe says."""
    for block in evidence.plan.timeline.blocks:
        path = evidence.block_paths[block.id]
        for index, wait in enumerate(block.after):
            before = evidence.blocks.get(wait.block)
            if before is None:
                yield found("blocking", f"{path}.after[{index}]", "waits for work that is not there", wait.block)
                continue
            gap = _minutes(block.start - before.end)
            if gap < 0:
                message = f"{block.label} starts {-gap} minutes before {before.label} ends"
                yield found("blocking", f"{path}.start", message, _at(block.start), _at(before.end))
            elif wait.max_minutes is not None and gap > wait.max_minutes:
                message = f"{before.label} lies {gap - wait.max_minutes} minutes too long before {block.label}"
                yield found("blocking", f"{path}.start", message, gap, f"{wait.max_minutes} minutes")
    for earlier, later in recipe_pairs(works(evidence)):
        if later.start < earlier.end:
            gap = _minutes(earlier.end - later.start)
            message = f"{later.label} starts {gap} minutes before {earlier.label} ends"
            yield found(
                "blocking", f"{evidence.block_paths[later.id]}.start", message, _at(later.start), _at(earlier.end)
            )


def waits_right(evidence: Evidence) -> Findings:
    """A step's block waits for just the batches that its portions come from; packing takes the dishes of its course."""
    all_works = works(evidence)
    own = {block.id: block for work in all_works for block in work.blocks}
    due: dict[str, set[str]] = {ident: set() for ident in own}
    for earlier, later in recipe_pairs(all_works):
        due[later.id].add(earlier.id)
    for ident, block in own.items():
        said = {wait.block for wait in block.after if wait.block in own}
        if said != due[ident]:
            message = f"{block.label} waits for others than it is made of"
            where = f"{evidence.block_paths[ident]}.after"
            yield found("warning", where, message, ", ".join(sorted(said)), ", ".join(sorted(due[ident])))
    users: dict[str, list[tuple[Block, int]]] = {}
    for user in evidence.plan.timeline.blocks:
        for index, wait in enumerate(user.after):
            users.setdefault(wait.block, []).append((user, index))
    for work in all_works:
        for block in work.blocks:
            if block.id not in users:
                where = evidence.block_paths[block.id]
                yield found("warning", where, f"nothing waits for {block.label}: it is made and not served", block.id)
            yield from _kept(evidence, work, users.get(block.id, []))


def _kept(evidence: Evidence, work: Work, users: list[tuple[Block, int]]) -> Iterator[Finding]:
    """Whoever waits for a result says how long it keeps, or less."""
    limit = work.step.max_hold_minutes
    for user, index in users:
        said = user.after[index].max_minutes
        loose = said is None or (limit is not None and said > limit)
        if limit is not None and loose and user.kind not in ("pack", "load", "drive"):
            where = f"{evidence.block_paths[user.id]}.after[{index}].max_minutes"
            yield found("warning", where, f"{work.label} keeps {limit} minutes", said, limit)


def waits_for(work: Work) -> tuple[int, ...]:
    """Numbers of the steps that a step waits for: those it names; if it names none, the one before."""
    if work.step.after is not None:
        return work.step.after
    return (work.number - 1,) if work.number > 1 else ()


def recipe_pairs(all_works: tuple[Work, ...]) -> Iterator[tuple[Block, Block]]:
    """(earlier, later) blocks of a dish where the later uses portions that the earlier makes."""
    by_step = {(work.dish.id, work.number): work for work in all_works}
    ranges = {key: portions_of(work) for key, work in by_step.items()}
    for work in all_works:
        mine = ranges[work.dish.id, work.number]
        for number in waits_for(work):
            before = by_step.get((work.dish.id, number))
            if before is None:
                continue
            made = ranges[work.dish.id, number]
            for later, (low, high) in zip(work.blocks, mine, strict=True):
                for earlier, (made_from, made_to) in zip(before.blocks, made, strict=True):
                    if made_from < high and low < made_to:
                        yield earlier, later


def portions_of(work: Work) -> tuple[tuple[int, int], ...]:
    """The portions of a dish (from, to) that each block of a step is about: batches follow one another."""
    sizes: dict[int, int] = {}
    for block in work.blocks:
        sizes[block.batch] = block.portions
    starts, at = {}, 0
    for batch in sorted(sizes):
        starts[batch], at = at, at + sizes[batch]
    return tuple((starts[block.batch], starts[block.batch] + block.portions) for block in work.blocks)


def held(evidence: Evidence) -> Findings:
    """No result waits longer than its recipe allows, for the next step or for service."""
    all_works = works(evidence)
    followed: dict[str, list[Block]] = {}
    for earlier, later in recipe_pairs(all_works):
        followed.setdefault(earlier.id, []).append(later)
    used = {wait.block: block for block in reversed(evidence.plan.timeline.blocks) for wait in block.after}
    for work in all_works:
        limit = work.step.max_hold_minutes
        if limit is None:
            continue
        for block in work.blocks:
            then = max((one.start for one in followed.get(block.id, [])), default=None)
            what = "the next step" if then else "service"
            then = then or _table(evidence, block, used.get(block.id))
            gap = _minutes(then - block.end) if then else 0
            if gap > limit:
                message = f"{work.label} lies {gap - limit} minutes too long before {what}"
                where = f"{evidence.block_paths[block.id]}.end"
                yield found("blocking", where, message, f"{gap} minutes", f"{limit} minutes")


def _table(evidence: Evidence, block: Block, user: Block | None) -> datetime | None:
    """When a finished dish goes to the guests: what is plated or served from it first, else the first service after."""
    if user is not None and user.kind in ("plate", "serve"):
        return user.start
    served = [
        one.start for one in evidence.plan.timeline.blocks if one.kind in ("plate", "serve") and one.start >= block.end
    ]
    return min(served, default=None)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _at(moment: datetime) -> str:
    return moment.isoformat()


CHECKS = {
    "timeline.complete": complete,
    "timeline.durations": lasting,
    "timeline.skills": skilled,
    "timeline.equipment": equipped,
    "timeline.order": in_order,
    "timeline.waits": waits_right,
    "timeline.holds": held,
}
