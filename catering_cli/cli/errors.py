"""The edge: a command is run, what it raises becomes a message on standard error and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from catering_cli.cli.exit_codes import Status
from catering_cli.cli.output import ReaderLeft, notice
from catering_cli.domain.problem import Refused

if TYPE_CHECKING:
    from catering_cli.domain.problem import Problem

# The base of every usage error of the parser, whichever of the two homes it has in this version of typer.
_UsageFault: type[Exception] = typer.BadParameter.__mro__[2]

MOST_PROBLEMS = 20
"""Problems that one message lists; the rest is counted."""


def guarded(call: Callable[[], object]) -> int:
    """What `call` returns as an exit code; every exception is told in a paragraph, none with a traceback."""
    try:
        result = call()
        _flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the last resort of the whole program
        return next(tell(error) for kind, tell in _TOLD if isinstance(error, kind))
    if result == Status.INTERRUPTED:  # typer catches the interrupt itself and only says the code
        return _tell(_PAUSED, Status.INTERRUPTED)
    return int(result) if isinstance(result, int) else Status.GOOD


def paragraph(problems: tuple[Problem, ...]) -> str:
    """All problems of an input as one paragraph; the file is named once."""
    if not problems:
        return "Refused."
    file = problems[0].file
    told = [_within(problem, file) for problem in problems[:MOST_PROBLEMS]]
    more = f" And {len(problems) - MOST_PROBLEMS} more." if len(problems) > MOST_PROBLEMS else ""
    said = "; ".join(told)
    end = "" if said.endswith(("...", "?")) else "."
    return f"{file + ': ' if file else ''}{said}{end}{more}".replace("\n", " ")


def _within(problem: Problem, file: str) -> str:
    other = f"{problem.file}: " if problem.file and problem.file != file else ""
    place = f"{problem.place} " if problem.place else ""
    value = f"({problem.value}) " if problem.value else ""
    text = problem.message if problem.message.endswith("...") else problem.message.rstrip(".")
    return f"{other}{(place + value).rstrip()}: {text}" if place or value else f"{other}{text}"


def _usage(fault: Exception) -> str:
    context = getattr(fault, "ctx", None)
    said = getattr(fault, "format_message", fault.__str__)().replace("Value error, ", "")
    said = " ".join(said.split()).rstrip(".")
    path = getattr(context, "command_path", "catering")
    return f"{said}. See `{path} --help`."


def _system(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else "The result could not be written: "
    return f"{place}{error.strerror or error}."


def _defect(error: Exception) -> str:
    if os.environ.get("CATERING_DEBUG"):
        import traceback

        traceback.print_exc()
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    text = str(error).split("\n")[0][:200]
    return (
        f"This is a defect of catering, not of your order: {type(error).__name__}{where}: {text}. "
        "Set CATERING_DEBUG=1 to see where it comes from."
    )


def _tell(message: str, status: Status) -> Status:
    try:
        _flush()
    except OSError:
        _silence()
    try:
        notice(message)
    except OSError:
        _silence()
    return status


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _silence() -> None:
    """Point the standard streams nowhere, so that the interpreter's own flush at exit does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())


def _hung_up(_: BaseException) -> Status:
    _silence()
    return Status.BROKEN_PIPE


_PAUSED = "Interrupted. What was paid for is kept; the same command goes on from there."

_TOLD: tuple[tuple[type[BaseException], Callable[[Any], int]], ...] = (
    (Refused, lambda error: _tell(paragraph(error.problems), Status.BAD_INPUT)),
    (_UsageFault, lambda error: _tell(_usage(error), Status.BAD_INPUT)),
    (typer.Exit, lambda error: error.exit_code),
    (KeyboardInterrupt, lambda _: _tell(_PAUSED, Status.INTERRUPTED)),
    (typer.Abort, lambda _: _tell(_PAUSED, Status.INTERRUPTED)),
    (BrokenPipeError, _hung_up),
    (ReaderLeft, _hung_up),
    (OSError, lambda error: _tell(_system(error), Status.INTERNAL)),
    (Exception, lambda error: _tell(_defect(error), Status.INTERNAL)),
)
"""Which exception is told how; the first that fits."""
