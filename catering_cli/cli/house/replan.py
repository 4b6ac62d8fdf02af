"""What `replan` does: the rest of a day after something went wrong, proven, and what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.cli import destination, output
from catering_cli.cli.actions.plan import ended, plan_json
from catering_cli.cli.house.proven import proven
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest
from catering_cli.kitchen.replan.remaining import known_names
from catering_cli.kitchen.replan.replanning import replan

if TYPE_CHECKING:
    from pathlib import Path

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.kitchen.replan.mishap import Mishap


def replanned(plan: CateringPlan, mishap: Mishap, *, as_json: bool, to: Path | None) -> int:
    """Replan, write, print what changed; as JSON the whole plan."""
    _refuse(plan, mishap)
    with destination.reserved(to):
        after = proven(replan(plan, mishap)).model_copy(update={"run": plan.run})
        text = plan_json(after) if to or as_json else ""
        if to:
            destination.written(to, text.encode())
    if as_json:
        output.result(text)
    else:
        _print(after)
    return ended(after)


def _refuse(plan: CateringPlan, mishap: Mishap) -> None:
    """Raise Refused for a plan without a day, or a name that the plan does not know."""
    if plan.timeline.status != "scheduled":
        raise Refused(Problem("has no day that works, so there is nothing to replan; plan the order again", "", "PLAN"))
    known = known_names(plan)
    for option, names in (("--lost", mishap.lost), ("--late", mishap.late), ("--done", mishap.done)):
        for name in names:
            if name not in known:
                near = closest(name, known)
                hint = f"; did you mean {near}?" if near else ""
                raise Refused(Problem(f"is nothing and no one of this plan{hint}", "", option, name))


def _print(plan: CateringPlan) -> None:
    from catering_cli.render.forms.terminal import sections_text
    from catering_cli.render.page import Page
    from catering_cli.render.sections.replanned import replanned_section

    page = Page(width=output.width(), colour=output.colour(), unicode=output.unicode())
    output.result(sections_text([replanned_section(plan, page)], page))
