"""A plan for the terminal: colour only where asked for, plain text in a pipe, no word of a heading cut."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from catering_cli.render.forms.text_gantt import drawn
from catering_cli.render.page import Bars, Line, Page, Part, Section, Table
from catering_cli.render.sections.index import FIRST_READING, SECTIONS
from catering_cli.render.wording import seen

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

STYLES = {
    "plain": "",
    "good": "bold green",
    "bad": "bold red",
    "open": "yellow",
    "warning": "yellow",
    "dim": "dim",
    "strong": "bold",
}
NARROW = 110
"""Columns below which spare columns are left out."""


def text(plan: CateringPlan, page: Page) -> str:
    """The plan, or the one section that was asked for."""
    console = Console(
        file=StringIO(),
        width=page.width,
        force_terminal=page.colour,
        no_color=not page.colour,
        color_system="standard" if page.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    names = (page.section,) if page.section else FIRST_READING
    for name in names:
        _section(console, SECTIONS[name](plan, page), page)
    if not page.section:
        others = ", ".join(name for name in SECTIONS if name not in FIRST_READING)
        _say(console, f"Further sections: {others}. Each: {page.command} --section NAME", "dim")
    out = console.file
    assert isinstance(out, StringIO)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _section(console: Console, section: Section, page: Page) -> None:
    console.print(Text(seen(section.title), style="bold underline" if page.colour else ""))
    if not page.colour:
        rule = "─" if page.unicode else "-"
        console.print(Text(rule * min(len(section.title), page.width)))
    for part in section.parts:
        _part(console, part, page, section.name)
    console.print()


def _part(console: Console, part: Part, page: Page, name: str) -> None:
    if isinstance(part, Line):
        _say(console, part.text, STYLES[part.tone])
    elif isinstance(part, Table):
        _table(console, part, page, name)
    else:
        _bars(console, part, page, name)


def _say(console: Console, said: str, style: str = "") -> None:
    console.print(Text(seen(said), style=style))


def _table(console: Console, part: Table, page: Page, name: str) -> None:
    shown = part.rows if page.section else part.rows[: _most(len(part.rows), part.fold)]
    if part.title:
        _say(console, part.title, "bold")
    if not shown:
        _say(console, "None.", "dim")
        return
    kept = [
        index
        for index, column in enumerate(part.columns)
        if any(row[index] not in ("", "-") for row in shown) and not (column.spare and page.width < NARROW)
    ]
    table = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold" if page.colour else "")
    for index in kept:
        column = part.columns[index]
        longest = max(len(word) for word in column.title.split() or [""])
        table.add_column(
            Text(seen(column.title)),
            justify="right" if column.right else "left",
            no_wrap=not column.wide,
            overflow="fold",
            min_width=longest,
            ratio=None,
        )
    for number, row in enumerate(shown):
        style = STYLES[part.tones[number]] if part.tones else ""
        table.add_row(*(Text(seen(row[index])) for index in kept), style=style)
    console.print(table)
    _folded(console, len(part.rows) - len(shown), "line", page, name)


def _bars(console: Console, part: Bars, page: Page, name: str) -> None:
    lanes = part.lanes if page.section else part.lanes[: _most(len(part.lanes), part.fold)]
    _say(console, part.title, "bold")
    for line in drawn(part, lanes, page.width, page.unicode):
        console.print(Text(seen(line)), no_wrap=True, overflow="crop")
    _say(console, "; ".join(part.legend), "dim")
    _folded(console, len(part.lanes) - len(lanes), "lane", page, name)


def _most(there: int, fold: int) -> int:
    """How many are shown: a hint takes a line itself, so two more are no reason to fold."""
    return there if there <= fold + 2 else fold


def _folded(console: Console, hidden: int, what: str, page: Page, name: str) -> None:
    if hidden:
        _say(console, f"{'…' if page.unicode else '...'} {hidden} more {what}s: {page.command} --section {name}", "dim")
