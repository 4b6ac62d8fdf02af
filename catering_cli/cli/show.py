"""`catering show`: a plan in the form that somebody reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catering_cli.cli import out as output
from catering_cli.cli.options import Units
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from catering_cli.domain.quantity import Amount


class Form(StrEnum):
    """Forms of a plan."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    ICS = "ics"


def show(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan's JSON file, or - for standard input.")],
    *,
    form: Annotated[Form, typer.Option("--as", help="The form to print.")] = Form.TERMINAL,
    section: Annotated[str | None, typer.Option(metavar="NAME", help="Only this section, in full.")] = None,
    units: Annotated[Units | None, typer.Option(help="Show amounts in this system.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="PATH", help="Write it there instead.")] = None,
) -> None:
    """Print a plan in the form that somebody reads."""
    from catering_cli.cli import load
    from catering_cli.render import forms
    from catering_cli.render.page import Page

    written = forms.TABLE.get(form.value)
    if written is None:
        known = ", ".join(forms.TABLE)
        raise Refused(Problem(f"is not written yet; forms are {known}", "", "--as", form.value))
    if section is not None and section not in forms.SECTIONS:
        raise Refused(Problem(f"is no section; sections are {', '.join(forms.SECTIONS)}", "", "--section", section))
    page = Page(
        width=output.width(),
        colour=output.colour() and out is None,
        unicode=output.unicode() or out is not None,
        section=section,
        command=f"catering show {plan}",
    )
    if units:
        page = replace(page, words=_in(units.value))
    text = written(load.plan(plan), page)
    if out is None:
        output.result(text)
    else:
        output.to_file(out, text)


def _in(system: str) -> Callable[[Amount], str]:
    """Amounts as a cook of that system says them; what has no measure in it stays as it is."""
    from catering_cli.kitchen.words import kitchen

    def said(amount: Amount) -> str:
        return kitchen(amount.quantity, system) or amount.kitchen

    return said
