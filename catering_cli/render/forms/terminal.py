"""A plan for the terminal: colour only if it is wanted, plain text in a pipe, no word of a heading cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from catering_cli.render.drafts import marked
from catering_cli.render.forms.text_gantt import chart_lines
from catering_cli.render.forms.text_parts import text_lines
from catering_cli.render.page import Bars, Column, Group, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.sections.index import BOOKS, FIRST_READING, FOR_CLIENTS, PREVIEW, built, chosen
from catering_cli.render.wording import counted, visible

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

STYLES: Final = {
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


def terminal_text(plan: CateringPlan, page: Page) -> str:
    """The plan, or the one section that was asked for."""
    if page.section:
        return _printed(plan, page, chosen(page.section))
    return _printed(plan, page, _first_reading(plan), _where_to_read_on(page))


def preview_text(plan: CateringPlan, page: Page) -> str:
    """The plan in short, while it may still change: the verdict, the menu, the first findings."""
    return _printed(plan, page, PREVIEW)


def _printed(plan: CateringPlan, page: Page, names: Iterable[str], hints: Iterable[str] = ()) -> str:
    plan = marked(plan)
    out = StringIO()
    printer = _Printer(_console(out, page), page)
    for name in names:
        shown = page.whole(name) if page.section in BOOKS else page
        printer.section(built(name, plan, shown))
    for line in hints:
        printer.say(line, "dim")
    return _trimmed(out)


def sections_text(sections: Iterable[Section], page: Page) -> str:
    """Sections of something else than a plan."""
    out = StringIO()
    printer = _Printer(_console(out, page), page)
    for section in sections:
        printer.section(section)
    return _trimmed(out)


def _trimmed(out: StringIO) -> str:
    """What was printed, without blanks at the ends of its lines."""
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "\n".join(lines) + "\n"


def _first_reading(plan: CateringPlan) -> Iterator[str]:
    """The sections of the first screen: an overview if it says more than the figures, readings of words if any are."""
    told = {"overview": plan.overview is not None or plan.critique is not None, "notes": bool(plan.proposals)}
    yield from (name for name in FIRST_READING if told.get(name, True))


def _where_to_read_on(page: Page) -> Iterator[str]:
    """Where each paper is."""
    papers = [name for name in BOOKS["book"] if name not in FIRST_READING]
    yield f"The event book to print: {page.command} --as html --out book.html"
    yield f"One paper: {page.command} --section NAME, of {', '.join(papers)}, labels, today"
    others = ", ".join(FOR_CLIENTS)
    yield f"For the client: {others}. Issues, costs, margins: manager. All of them: catering show --help"


def _console(out: StringIO, page: Page) -> Console:
    return Console(
        file=out,
        width=page.width,
        force_terminal=page.colour,
        no_color=not page.colour,
        color_system="standard" if page.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints sections to a console; long ones are cut if the section was not asked for by name."""

    console: Console
    page: Page

    def section(self, section: Section) -> None:
        heading = "bold underline" if self.page.colour else ""
        self.say(section.title, heading)
        if not self.page.colour:
            rule = "─" if self.page.unicode else "-"
            self.say(rule * min(len(section.title), self.page.width))
        for part in section.parts:
            self.part(part, section.name)
        self.console.print()

    def part(self, part: Part, name: str) -> None:
        if isinstance(part, Paragraph):
            self.say(part.text, STYLES[part.tone])
        elif isinstance(part, Table):
            self.table(part, name)
        elif isinstance(part, Bars):
            self.bars(part, name)
        elif isinstance(part, Group):
            for one in part.parts:
                self.part(one, name)
        else:
            for line in text_lines(part):
                self.say(line)

    def say(self, said: str, style: str = "") -> None:
        self.console.print(Text(visible(said), style=style))

    def table(self, part: Table, name: str) -> None:
        rows = part.rows[: self.shown(len(part.rows), part.fold)]
        if part.title:
            self.say(part.title, "bold")
        if not rows:
            self.say("None.", "dim")
            return
        kept = [place for place in part.filled(rows) if self.has_room(part.columns[place])]
        heading = "bold" if self.page.colour else ""
        table = RichTable(
            box=None,
            pad_edge=False,
            padding=(0, 2, 0, 0),
            header_style=heading,
        )
        for place in kept:
            _add_column(table, part.columns[place])
        for number, row in enumerate(rows):
            style = STYLES[part.tones[number]] if part.tones else ""
            table.add_row(*_cells(row, kept), style=style)
        self.console.print(table)
        self.hint(len(part.rows) - len(rows), "line", name)

    def bars(self, part: Bars, name: str) -> None:
        lanes = part.lanes[: self.shown(len(part.lanes), part.fold)]
        self.say(part.title, "bold")
        for line in chart_lines(part, lanes, self.page.width, unicode=self.page.unicode):
            self.console.print(Text(visible(line)), no_wrap=True, overflow="crop")
        self.say("; ".join(part.legend), "dim")
        self.hint(len(part.lanes) - len(lanes), "lane", name)

    def has_room(self, column: Column) -> bool:
        return not column.spare or self.page.width >= NARROW

    def shown(self, there: int, fold: int) -> int:
        """How many are shown: a hint takes a line itself, so two more are no reason to fold."""
        if self.page.section or there <= fold + 2:
            return there
        return fold

    def hint(self, hidden: int, what: str, name: str) -> None:
        if hidden:
            dots = "…" if self.page.unicode else "..."
            self.say(f"{dots} {counted(hidden, f'more {what}')}: {self.page.command} --section {name}", "dim")


def _add_column(table: RichTable, column: Column) -> None:
    words = column.title.split()
    table.add_column(
        Text(visible(column.title)),
        justify="right" if column.right else "left",
        no_wrap=not column.wide,
        overflow="fold",
        min_width=max(map(len, words), default=0),
    )


def _cells(row: Row, kept: list[int]) -> list[Text]:
    return [Text(visible(row[place])) for place in kept]
