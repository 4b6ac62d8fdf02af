"""The only place that prints: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from typing import Any, TextIO


class ReaderLeft(Exception):  # noqa: N818  # nothing is wrong: the reader of standard output has seen enough
    """Standard output is a pipe whose reader has left. Typer would take the OSError for its own."""


_SHOWS_ASCII_ONLY: set[int] = set()
"""Descriptors of the standard streams that are a terminal with a smaller alphabet than UTF-8."""


def prepare() -> None:
    """Write UTF-8, whatever the console says: a file is read again by programs that expect it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None or not hasattr(stream, "reconfigure"):
            continue
        if stream.isatty() and not (stream.encoding or "").lower().startswith("utf"):
            _SHOWS_ASCII_ONLY.add(stream.fileno())
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def result(text: str) -> None:
    """A result in words, to standard output, ending with one newline; nothing that it names steers the terminal."""
    from catering_cli.render.wording import visible

    form(visible(text))


def form(text: str) -> None:
    """A result as a form has written it, colours and line ends of its own included."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    except BrokenPipeError:
        raise ReaderLeft from None


def json_result(value: Any) -> None:
    """One JSON document, to standard output."""
    form(json_text(value))


def json_text(value: Any) -> str:
    """`value` as JSON: readable, every script as it is written; what steers a terminal is escaped."""
    import json

    from catering_cli.render.wording import escaped

    return escaped(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def notice(text: str) -> None:
    """Something worth knowing beside the result, to standard error."""
    from catering_cli.render.wording import visible, wrapped

    if sys.stderr is None:
        return
    shown = visible(text)
    if sys.stderr.isatty():
        shown = wrapped(shown, width(sys.stderr))
    sys.stderr.write(f"{shown}\n")


def width(stream: TextIO | None = None) -> int:
    """Columns of the terminal that a stream is, standard output's if none is named; 100 if it is none. COLUMNS wins."""
    import os

    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told):
        return max(40, int(told))
    try:
        columns = os.get_terminal_size((stream or sys.stdout).fileno()).columns
    except (AttributeError, ValueError, OSError):
        columns = 0
    return max(40, columns or 100)


def colour() -> bool:
    """Whether standard output is a terminal that wants colour (NO_COLOR is obeyed)."""
    import os

    return sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def unicode() -> bool:
    """Whether standard output can show more than ASCII."""
    return sys.stdout is not None and (not _SHOWS_ASCII_ONLY or sys.stdout.fileno() not in _SHOWS_ASCII_ONLY)
