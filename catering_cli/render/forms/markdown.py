"""A plan as Markdown: every section in full; text of an order stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from catering_cli.render.drafts import marked
from catering_cli.render.forms.text_gantt import chart_lines
from catering_cli.render.forms.text_parts import text_lines
from catering_cli.render.page import Bars, Group, Page, Paragraph, Part, Table
from catering_cli.render.sections.index import built, chosen
from catering_cli.render.wording import visible

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

CHART_WIDTH = 100
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def markdown_text(plan: CateringPlan, page: Page) -> str:
    """The whole plan, or the one section that was asked for."""
    plan = marked(plan)
    lines: list[str] = []
    for name in chosen(page.section):
        section = built(name, plan, replace(page.whole(name), width=CHART_WIDTH))
        level = "#" if name == "verdict" else "##"
        lines += [f"{level} {escaped(section.title)}", ""]
        for part in section.parts:
            lines += [*_part(part), ""]
    return visible("\n".join(lines)).rstrip() + "\n"


def escaped(said: str) -> str:
    """`said` as text that no Markdown reader takes for a mark."""
    return _SPECIAL.sub(r"\\\1", " ".join(said.split()))


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Paragraph):
        yield escaped(part.text)
    elif isinstance(part, Table):
        yield from _table(part)
    elif isinstance(part, Bars):
        yield from _bars(part)
    elif isinstance(part, Group):
        for one in part.parts:
            yield from (*_part(one), "")
    else:
        yield from (f"- {escaped(line)}" if line.strip() else "" for line in text_lines(part))


def _table(part: Table) -> Iterator[str]:
    if part.title:
        yield f"### {escaped(part.title)}"
        yield ""
    if not part.rows:
        yield "None."
        return
    yield _row(column.title for column in part.columns)
    rules = [" ---: " if column.right else " --- " for column in part.columns]
    yield f"|{'|'.join(rules)}|"
    ticks = [column.tick for column in part.columns]
    for row in part.rows:
        yield _row("☐" if tick else cell for tick, cell in zip(ticks, row, strict=True))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"


def _bars(part: Bars) -> Iterator[str]:
    yield f"### {escaped(part.title)}"
    yield ""
    yield "```text"
    for line in chart_lines(part, part.lanes, CHART_WIDTH, unicode=True):
        yield line.replace("`", "'")
    yield " ".join("; ".join(part.legend).split()).replace("`", "'")
    yield "```"
