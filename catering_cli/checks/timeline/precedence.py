"""Nothing is begun before what it waits for is done, and no result lies longer than it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.steps import Work, recipe_pairs, works
from catering_cli.domain.finding import Finding
from catering_cli.domain.timeline import Block


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
                message = f"{before.label} held {gap - wait.max_minutes} min past its limit before {block.label}"
                yield found("blocking", f"{path}.start", message, gap, f"{wait.max_minutes} minutes")
    for earlier, later in recipe_pairs(evidence):
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
    for earlier, later in recipe_pairs(evidence):
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


def held(evidence: Evidence) -> Findings:
    """No result waits longer than its recipe allows, for the next step or for service."""
    all_works = works(evidence)
    followed: dict[str, list[Block]] = {}
    for earlier, later in recipe_pairs(evidence):
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
                message = f"{work.label} held {gap - limit} min past its limit before {what}"
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


CHECKS = {"timeline.order": in_order, "timeline.waits": waits_right, "timeline.holds": held}
