"""What `accept` does: the plan with the accepted proposals, written back, and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli import destination, output
from catering_cli.cli.actions.plan import ended
from catering_cli.cli.actions.seal import plan_json
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.runtime import compose
from catering_cli.cli.runtime.options import Options
from catering_cli.cli.signature import person
from catering_cli.domain.proposed import by_models
from catering_cli.intake import load
from catering_cli.intake.json_document import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.orchestrator.context import RunContext


def accepted(path: str, ids: Sequence[str], by: str, *, undo: bool, as_json: bool, to: Path | None) -> int:
    """Accept proposals of a plan, or take them back; without ids list them."""
    plan = load.plan(path)
    if not ids:
        _list(plan, as_json=as_json)
        return Status.GOOD
    who = "" if undo else person(by)
    target = to or (None if path == STDIN else Path(path))

    async def tale(context: RunContext) -> CateringPlan:
        from catering_cli.orchestrator.client import accept

        if undo:
            return await accept.taken_back(plan, ids, context)
        return await accept.accepted(plan, ids, who, context)

    options = Options(config="offline", quiet=True)
    with destination.reserved(target):  # a plan may be written back: of its kind, it is replaced and not lost
        after = compose.run_tale(tale, list(ids), options, lambda _: None)
        if target:
            destination.written(target, plan_json(after).encode())
    if as_json or target is None:
        output.result(plan_json(after))
    else:
        _say(plan, after, target)
    return ended(after)


def _list(plan: CateringPlan, *, as_json: bool) -> None:
    """What there is to accept: what was read in the client's words, then what models decided."""
    if as_json:
        made = [{"id": ident, **one.model_dump(mode="json")} for ident, one in by_models(plan).items()]
        output.json_result([*(one.model_dump(mode="json") for one in plan.proposals), *made])
        return
    from catering_cli.render.decided import model_decision_lines
    from catering_cli.render.sections.proposals import proposal_lines

    read = proposal_lines(plan) or ["Nothing of the notes was read; every sentence is an open item."]
    output.result("\n".join([*read, *model_decision_lines(plan)]))


def _say(before: CateringPlan, after: CateringPlan, target: Path) -> None:
    """What differs, what of the notes is still open, and where the plan is."""
    from catering_cli.render.sections.changes import changes

    left = sum(finding.rule == "kitchen.note" for finding in after.findings)
    told = changes(before, after)
    lines = ["What changed:" if told else "Nothing changed in the plan.", *(f"  {line}" for line in told)]
    lines.append(f"Sentences of the notes still open: {left}." if left else "No sentence of the notes is open.")
    output.result("\n".join([*lines, f"Written to {target}."]))
