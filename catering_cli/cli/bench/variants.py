"""What `refine --variants` does: the best kinds of change of a plan, cooked and printed side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catering_cli.cli import destination, output
from catering_cli.cli.actions.listening import listening
from catering_cli.cli.actions.seal import plan_json
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.runtime import compose
from catering_cli.intake import load

if TYPE_CHECKING:
    from pathlib import Path

    from catering_cli.cli.runtime.options import Options
    from catering_cli.orchestrator.rounds.variants import Variant

KINDS = {
    "replace_dish": "another dish",
    "add_dish": "a further dish",
    "assign": "plates of their own",
    "share": "other shares",
    "service": "other service",
    "leave_out": "left out",
    "make_on": "other day",
    "fire_order": "other fire order",
    "shared_batch": "shared loads",
    "split_task": "other times",
    "overage": "other overage",
    "staffing": "other crew",
    "substitute": "another food",
}
"""How a kind of change is called at the head of its column."""


def shown_side_by_side(path: str, options: Options, most: int, *, as_json: bool, folder: Path | None) -> int:
    """Print a plan beside its best variants; with a folder each variant's plan is written there."""
    from catering_cli.orchestrator.rounds.variants import variants

    plan = load.plan(path)
    material = [plan.model_dump(mode="json"), "variants", options.aim]
    with listening(options) as (tell, _):
        found = compose.run_tale(lambda context: variants(plan, most, context), material, options, tell)
    if folder is not None:
        destination.folder(folder)
        for number, one in enumerate(found[1:], start=1):
            destination.written(folder / f"{number}-{one.kind}.json", plan_json(one.plan).encode())
    if as_json:
        output.json_result([_row(one) for one in found])
    else:
        output.form(_text(found))
    return Status.GOOD


def _text(found: tuple[Variant, ...]) -> str:
    from catering_cli.render.forms.terminal import sections_text
    from catering_cli.render.page import Page
    from catering_cli.render.sections.variants import variants_section

    plans = [("as it is" if not one.kind else KINDS.get(one.kind, one.kind), one.plan) for one in found]
    page = Page(width=output.width(), colour=output.colour(), unicode=output.unicode())
    return sections_text([variants_section(plans)], page).rstrip()


def _row(one: Variant) -> dict[str, Any]:
    """A variant as JSON: its decisions, and the figures by which they are compared."""
    plan = one.plan
    total = plan.costing.total
    return {
        "kind": one.kind,
        "decisions": [made.model_dump(mode="json") for made in one.decided],
        "blocking": plan.score.blocking if plan.score else None,
        "open": plan.score.open if plan.score else None,
        "score": plan.score.value if plan.score else None,
        "cost": None if total is None else float(total),
        "crew": sum(line.count for line in plan.staffing),
        "begins": plan.timeline.first_start.isoformat() if plan.timeline.first_start else None,
        "held": plan.timeline.replay.held if plan.timeline.replay else None,
    }
