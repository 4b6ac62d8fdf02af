"""`catering check`: a plan is proven again, made by catering or edited by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from catering_cli.cli import output
from catering_cli.cli.commands.options import AsJson
from catering_cli.cli.exit_codes import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catering_cli.cli.actions.recook import Difference
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.plan import Score


def check(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's JSON file, or - for standard input.")],
    *,
    json: AsJson = False,
) -> int:
    """Prove a plan again, also one that was edited by hand.

    Every rule of the checker is judged, and every stage but the schedule is cooked again and compared.
    """
    from catering_cli.intake import load
    from catering_cli.intake.json_document import read_json

    if load.is_week(plan):
        from catering_cli.cli.house.week import print_written

        return print_written(plan, prove=True, as_json=json)
    as_read = read_json(plan, "plan")
    loaded = load.plan_of(as_read, plan)
    from catering_cli.checks.registry import check as prove  # late: a file that is no plan is refused at once
    from catering_cli.cli.actions import recook, seal
    from catering_cli.domain.finding import blocking

    findings, score = prove(loaded.order, loaded)
    differences, note = recook.compare(loaded, findings, score)
    findings = (*findings, *seal.broken(loaded, as_read))
    if json:
        output.json_result(_document(findings, score, differences, note))
    else:
        output.result(_text(findings, score, differences, note))
    wrong = score.blocking > 0 or bool(differences) or bool(blocking(findings))
    return Status.BLOCKING if wrong else Status.GOOD


def _document(
    findings: Sequence[Finding],
    score: Score,
    differences: Sequence[Difference],
    note: str,
) -> dict[str, Any]:
    return {
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "score": score.model_dump(mode="json"),
        "differences": [difference.as_dict() for difference in differences],
        "recooked": not note,
        "note": note,
    }


def _text(
    findings: Sequence[Finding],
    score: Score,
    differences: Sequence[Difference],
    note: str,
) -> str:
    from catering_cli.render.sections.findings import finding_line

    lines = [finding_line(finding) for finding in findings]
    lines += [f"difference  {difference}" for difference in differences]
    lines += [f"note        {note}"] if note else []
    verdict = "holds" if not score.blocking and not differences else "does not hold"
    lines.append(
        f"The plan {verdict}: {score.blocking} blocking, {score.open} open, "
        f"{len(differences)} differences from what the kitchen cooks; score {score.value:.3f}."
    )
    return "\n".join(lines)
