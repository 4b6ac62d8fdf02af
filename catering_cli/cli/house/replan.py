"""What `replan` does: the rest of a day after something went wrong, proven, and what changed since."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from catering_cli.cli import destination, output
from catering_cli.cli.actions.plan import ended
from catering_cli.cli.actions.seal import plan_json
from catering_cli.cli.house.proven import proven
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest
from catering_cli.kitchen.replan.remaining import known_names
from catering_cli.kitchen.replan.replanning import replan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.kitchen.replan.mishap import Mishap


_LONG_BEFORE: Final = timedelta(days=30)
"""Before its first work, beyond which a moment is not of this event. [K]"""
_LATEST: Final = 24 * 60
"""Minutes of delay beyond which it is another day. [K]"""
_MOST_TIMES: Final = 10
"""Times as many guests as the plan has, beyond which it is another event. [K]"""


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
    """Raise Refused for a plan without a day, and for what cannot have happened in it."""
    if plan.timeline.status != "scheduled":
        raise Refused(Problem("has no day that works, so there is nothing to replan; plan the order again", "", "PLAN"))
    if not mishap.said():
        raise Refused(
            Problem("is all that is said; say what happened: --lost, --late, --guests or --done", "", "--now")
        )
    problems = (
        *_of_names(plan, mishap),
        *_of_time(plan, mishap.now),
        *_of_numbers(plan, mishap),
        *_of_begun(plan, mishap),
    )
    if problems:
        raise Refused(*problems)


def _of_names(plan: CateringPlan, mishap: Mishap) -> Iterator[Problem]:
    """Names that the plan does not know."""
    known = known_names(plan)
    for option, names in (("--lost", mishap.lost), ("--late", mishap.late), ("--done", mishap.done)):
        for name in names:
            if name not in known:
                near = closest(name, known)
                hint = f"; did you mean {near}?" if near else ""
                yield Problem(f"is nothing and no one of this plan{hint}", "", option, name)


def _of_time(plan: CateringPlan, now: datetime) -> Iterator[Problem]:
    """A moment at which there is nothing left of the plan, or long before there is anything of it."""
    begins, ends = plan.timeline.first_start, plan.timeline.last_end
    if begins is None or ends is None:
        return
    if not begins - _LONG_BEFORE <= now <= ends:
        said = f"is no moment of this plan; its work goes from {begins:%Y-%m-%dT%H:%M} to {ends:%Y-%m-%dT%H:%M}"
        yield Problem(said, "", "--now", now.isoformat())


def _of_numbers(plan: CateringPlan, mishap: Mishap) -> Iterator[Problem]:
    """More lost than there is, fewer guests than none, and waits of more than a day."""
    there: Counter[str] = Counter()
    for one in plan.timeline.capacities:
        there[one.name] += one.count
    for name, count in mishap.lost.items():
        if name in there and count > there[name]:
            yield Problem(f"is more than there are; the plan has {there[name]}", "", "--lost", f"{name}={count}")
    for name, minutes in mishap.late.items():
        if minutes > _LATEST:
            said = "is more than a day late; say that it is lost (--lost), or plan the order again"
            yield Problem(said, "", "--late", f"{name}={minutes}m")
    guests = plan.order.guests.guaranteed
    if guests + mishap.guests <= 0:
        yield Problem(f"leaves no guest; the plan is for {guests} guests", "", "--guests", f"{mishap.guests:+}")
    if mishap.guests > _MOST_TIMES * guests:
        said = f"is another event than this one for {guests} guests; plan the order again"
        yield Problem(said, "", "--guests", f"{mishap.guests:+}")


def _of_begun(plan: CateringPlan, mishap: Mishap) -> Iterator[Problem]:
    """Work that is late although it is begun: what takes longer is told by what waits for it."""
    for block in plan.timeline.blocks:
        if block.id in mishap.late and block.start < mishap.now:
            said = f"began at {block.start:%H:%M}; say what comes later of the work that waits for it"
            yield Problem(said, "", "--late", block.id)


def _print(plan: CateringPlan) -> None:
    from catering_cli.render.forms.terminal import sections_text
    from catering_cli.render.page import Page
    from catering_cli.render.sections.replanned import replanned_section

    page = Page(width=output.width(), colour=output.colour(), unicode=output.unicode())
    output.form(sections_text([replanned_section(plan, page)], page))
