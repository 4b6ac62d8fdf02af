"""`catering replan`: the rest of a day after something went wrong."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

import typer

from catering_cli.cli.commands.options import AsJson, OutFile
from catering_cli.domain.problem import Problem, Refused

_MINUTES = re.compile(r"(?:(\d+)h)?(?:(\d+)(?:m|min)?)?")


def replan(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's JSON file, or - for standard input.")],
    *,
    now: Annotated[str, typer.Option(metavar="TIME", help="The moment: 15:20, or 2027-04-17T15:20-04:00.")],
    lost: Annotated[
        list[str] | None, typer.Option(metavar="NAME=N", help="Gone for the rest of the day: oven=1, cook=1.")
    ] = None,
    late: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=TIME", help="Later: cook=45m, a dish, a supplier, a block, guests=30m."),
    ] = None,
    guests: Annotated[int, typer.Option(metavar="N", help="Guests more (+6) or fewer (-4).")] = 0,
    done: Annotated[list[str] | None, typer.Option(metavar="BLOCK", help="Done ahead of its time: d2.s1.b1.")] = None,
    json: AsJson = False,
    out: OutFile = None,
) -> int:
    """Replan the rest of a day that went wrong.

    What is done or under way stays; the rest moves as little as was found. Food that would wait too long is thrown out
    and made again. If nothing works, the service begins later, then a dish is cut: both are said, with whom to tell.
    """
    from catering_cli.cli.house.replan import replanned
    from catering_cli.intake import load
    from catering_cli.kitchen.replan.mishap import Mishap

    before = load.plan(plan)
    mishap = Mishap(
        now=_moment(now, before.order.event.service_at),
        lost={name: _count(value, name) for name, value in _pairs(lost, "--lost")},
        late={name: _minutes(value, name) for name, value in _pairs(late, "--late")},
        guests=guests,
        done=frozenset(done or ()),
    )
    return replanned(before, mishap, as_json=json, to=out)


def _moment(text: str, service: datetime) -> datetime:
    """A moment; a time of day is that of the day of service, in its offset."""
    try:
        if re.fullmatch(r"\d{1,2}:\d\d", text):
            hour, minute = map(int, text.split(":"))
            return service.replace(hour=hour, minute=minute, second=0, microsecond=0)
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = "is no time; write 15:20 for the day of service, or 2027-04-17T15:20"
        raise Refused(Problem(message, "", "--now", text)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=service.tzinfo)


def _pairs(given: list[str] | None, option: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise Refused(Problem("wants a name and a number, such as oven=1 or cook=45m", "", option, text))
        pairs.append((name, value))
    return pairs


def _count(text: str, name: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise Refused(Problem("is no number of them; write oven=1", "", "--lost", f"{name}={text}"))
    return int(text)


def _minutes(text: str, name: str) -> int:
    """45m, 45, 1h, 1h30m."""
    found = _MINUTES.fullmatch(text)
    minutes = 60 * int(found[1] or 0) + int(found[2] or 0) if found else 0
    if not minutes:
        raise Refused(Problem("is no time; write cook=45m or van=1h30m", "", "--late", f"{name}={text}"))
    return minutes
