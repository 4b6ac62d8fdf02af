"""`catering show`: a plan as text, HTML, Markdown, CSV or calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catering_cli.cli import destination, output
from catering_cli.cli.commands.options import Units
from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan


class Language(StrEnum):
    """Languages of the papers."""

    ENGLISH = "en"
    SPANISH = "es"
    BOTH = "en+es"


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
    section: Annotated[str | None, typer.Option(metavar="NAME", help="Only this paper or section, in full.")] = None,
    units: Annotated[Units | None, typer.Option(help="Show amounts in this system.")] = None,
    lang: Annotated[
        Language, typer.Option(help="Papers in Spanish, or in both; steps too if the order has languages: [es].")
    ] = Language.ENGLISH,
    stock: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Labels or cards on that label sheet, such as 5160 or L7160.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it is read, such as 2027-04-17T06:00; absent: now.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="Write it there; all of csv: a folder or X.zip.")
    ] = None,
) -> None:
    """Print a plan for the kitchen, the floor or the client.

    Without --section, --as html is the event book and the terminal shows the first reading.

    \b
    Papers (--section NAME):
      book         event book: all papers of the crew, in order
      beo          banquet event order, two pages
      run-of-show  the event by the clock, with instructions
      call-sheet   who comes when: a row for each person
      plates       special meals: a card for each guest
      diets        allergen chart; cards: buffet cards
      production   a sheet a station; prep: the prep list
      order-guide  by vendor; receiving: by delivery
      packing      pull and pack-out list by vehicle and stop
      driver       driver's sheet
      safety       HACCP log
      labels       date labels; box-labels: ingredients, allergens;
                   --stock 5160 prints them on a sheet of labels
      recipes      recipes, scaled
      today        the next six hours on one page
      client       client's copy: proposal and confirmation
      quote        price, taxes and deposits
      closing      closing sheet; --as csv for `catering close`
      manager      issues, costs, margins, assumptions, run
    \b
    Sections: verdict, to-do, overview, changed, findings, readings, menu, special,
    day, crew, money, timeline, shopping, staffing, equipment, service,
    costs, margins, contingency, assumptions, notes, texts, run.
    """  # noqa: D301  # click keeps the lines of a paragraph that begins so
    from catering_cli.render.forms import writers
    from catering_cli.render.page import Page

    _may(form, section, out)
    _may_translate(form, lang)
    if stock is not None:
        _may_stick(form, section, stock)
    read = _read(plan, units)
    if form is Form.CSV and section is None:
        assert out is not None
        _lists(read, out)
        return
    page = Page(
        width=output.width(),
        colour=output.colour() and out is None,
        unicode=output.unicode() or out is not None,
        section=section,
        command=f"catering show {plan}",
        now=_moment(at, read),
        units=units.value if units else "",
        lang=lang.value,
        stock=stock or "",
    )
    text = writers.WRITERS[form.value](read, page)
    if out is None:
        output.form(text)
        return
    with destination.reserved(out, [plan]):
        destination.written(out, text.encode())


def _read(path: str, units: Units | None) -> CateringPlan:
    """The plan, its amounts in the system that was asked for."""
    from catering_cli.intake import load

    plan = load.plan(path)
    if units is None:
        return plan
    from catering_cli.cli.other_numbers.in_system import in_system

    return in_system(plan, units.value)


def _may(form: Form, section: str | None, out: Path | None) -> None:
    """Raise Refused if that form has no such section, or needs a file."""
    from catering_cli.render.forms.writers import section_names

    known = section_names(form.value)
    if section is not None and section not in known:
        raise Refused(Problem(f"is no section of {form}; sections are {', '.join(known)}", "", "--section", section))
    if form is Form.CSV and section is None and out is None:
        message = "csv is several files: name a folder or X.zip with --out, or one list with --section"
        raise Refused(Problem(message, "", "--as", form.value))


def _may_translate(form: Form, lang: Language) -> None:
    """Raise Refused if that form is read by programs, whose fields have one language."""
    if lang is not Language.ENGLISH and form in (Form.CSV, Form.ICS):
        message = f"{form} is in English: --lang is for terminal, markdown and html"
        raise Refused(Problem(message, "", "--lang", lang.value))


def _may_stick(form: Form, section: str | None, stock: str) -> None:
    """Raise Refused if that is no sheet of labels, or the paper is none of labels."""
    from catering_cli.render.forms.label_sheets import ON_LABELS, stocks

    known = stocks()
    if stock not in known:
        raise Refused(Problem(f"is no sheet of labels; there are {', '.join(known)}", "", "--stock", stock))
    if form is not Form.HTML or section not in ON_LABELS:
        papers = ", ".join(ON_LABELS)
        raise Refused(Problem(f"needs --as html and --section, one of {papers}", "", "--stock", stock))


def _lists(plan: CateringPlan, out: Path) -> None:
    """Every list as CSV, into a zip or a folder."""
    from catering_cli.render.forms import csv_tables

    files = csv_tables.csv_files(plan)
    if out.suffix.lower() == ".zip":
        destination.written(out, csv_tables.archive(files))
        return
    destination.folder(out)
    for name, data in files.items():
        destination.written(out / name, data)


def _moment(at: str | None, plan: CateringPlan) -> datetime:
    """When the plan is read; a time without an offset is one at the event."""
    if at is None:
        return datetime.now(UTC)
    from catering_cli.render.clock import event_zone

    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise Refused(Problem("must be a time such as 2027-04-17T06:00", "", "--at", at)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=event_zone(plan.order))
