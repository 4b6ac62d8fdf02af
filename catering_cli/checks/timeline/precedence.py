"""Nothing is begun before what it waits for is done, and each block waits for just what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.compare import WARNING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.services import minutes_between
from catering_cli.checks.reference.steps import longest_wait, recipe_pairs, work_of
from catering_cli.domain.finding import Finding
from catering_cli.domain.timeline import Block, Wait


def in_order(evidence: Evidence) -> Findings:
    """Nothing starts before what it waits for has ended, as the block says and as the recipe says."""
    for block in evidence.plan.timeline.blocks:
        for path, wait in placed(f"{evidence.block_paths[block.id]}.after", block.after):
            before = evidence.blocks.get(wait.block)
            if before is None:
                yield found("blocking", path, "waits for work that is not there", wait.block)
                continue
            gap = minutes_between(before.end, block.start)
            yield from _begun_early(evidence, before, block)
            if wait.max_minutes is not None and gap > wait.max_minutes:
                message = f"{before.label} held {gap - wait.max_minutes} min past its limit before {block.label}"
                where = f"{evidence.block_paths[block.id]}.start"
                yield found("blocking", where, message, gap, f"{wait.max_minutes} minutes")
    for earlier, later in recipe_pairs(evidence):
        yield from _begun_early(evidence, earlier, later)


def _begun_early(evidence: Evidence, before: Block, block: Block) -> Iterator[Finding]:
    if block.start < before.end:
        gap = minutes_between(block.start, before.end)
        message = f"{block.label} starts {gap} minutes before {before.label} ends"
        where = f"{evidence.block_paths[block.id]}.start"
        yield found("blocking", where, message, block.start.isoformat(), before.end.isoformat())


def waits_right(evidence: Evidence) -> Findings:
    """A step's block waits for just the batches that its portions come from, and something waits for it."""
    own = work_of(evidence)
    due: dict[str, set[str]] = {ident: set() for ident in own}
    for earlier, later in recipe_pairs(evidence):
        due[later.id].add(earlier.id)
    awaited = {wait.block for block in evidence.plan.timeline.blocks for wait in block.after}
    for ident, wanted in due.items():
        block, path = evidence.blocks[ident], evidence.block_paths[ident]
        said = own.keys() & {wait.block for wait in block.after}
        if said != wanted:
            message = f"{block.label} waits for others than it is made of"
            yield found("warning", f"{path}.after", message, ", ".join(sorted(said)), ", ".join(sorted(wanted)))
        if ident not in awaited:
            yield found("warning", path, f"nothing waits for {block.label}: it is made and not served", ident)


def waits_stated(evidence: Evidence) -> Findings:
    """If a block waits for a dish's, it says how long that may lie; a drive may leave it to what is behind it."""
    for block in evidence.plan.timeline.blocks:
        for path, wait in placed(f"{evidence.block_paths[block.id]}.after", block.after):
            unsaid = block.step is None and wait.max_minutes is None
            at_will = unsaid and (block.kind in ("pack", "load", "drive") or wait.block not in work_of(evidence))
            if not at_will:
                expected = {"max_minutes": _longest(evidence, block, wait)}
                yield from compare_entry(path, wait, expected, WARNING)


def _longest(evidence: Evidence, block: Block, wait: Wait) -> int | None:
    """How long what a block waits for may lie; None for as long as it takes."""
    before, own = work_of(evidence).get(wait.block), work_of(evidence).get(block.id)
    if before is None:
        return None
    same_dish = own is not None and (own.dish.id == before.dish.id or before.dish.id in evidence.bases)
    return longest_wait(before.step, own.step if own and same_dish else None)


CHECKS = {"timeline.order": in_order, "timeline.waits": waits_right, "timeline.lie": waits_stated}
