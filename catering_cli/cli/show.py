"""`catering show`: a plan in the form that somebody reads."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from catering_cli.cli import out as output
from catering_cli.cli.options import Units
from catering_cli.domain.problem import Problem, Refused


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

    written = forms.TABLE.get(form.value)
    if written is None:
        known = ", ".join(forms.TABLE)
        raise Refused(Problem(f"is not written yet; forms are {known}", "", "--as", form.value))
    if section is not None and section not in forms.SECTIONS:
        raise Refused(Problem(f"is no section; sections are {', '.join(forms.SECTIONS)}", "", "--section", section))
    page = forms.Page(
        width=output.width(),
        colour=output.colour() and out is None,
        section=section,
        units=units.value if units else None,
        command=f"catering show {plan}",
    )
    text = written(load.plan(plan), page)
    if out is None:
        output.result(text)
    else:
        output.to_file(out, text)
