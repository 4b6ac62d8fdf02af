"""Whether the printed forms of a case hold what people need in their hands: judged by the matter, not by layout.

A case is an order and its checks (`cases/cases.json`). Its plan is made and shown by the real command.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from forked import command_line

CASES = Path(__file__).parent / "cases"
HOW_MUCH = re.compile(r"\d\s?(?:\d/\d )?(?:lb|oz|kg|g|qt|gal|cups?|L|mL)\b|\b(?:pans?|trays?|dispensers?)\b")
PHRASES = (
    "Not to be served so", "Played again with delays", "Mind:", "for a person to settle", "everybody else",
    "nobody knows what", "follows from no row of the tables", "a point that nothing calls for", "minutes too long",
    "heat on until it is reached", "server more are needed", "somebody does not come",
)  # fmt: skip
NOT_SAID = re.compile(r"\d/\d+ h\b|\b(?:[2-9]|[1-9]\d+) server\b")
Row = list[str]


def run(*arguments: str | Path) -> str:
    """What the command prints; a plan that is not ready is printed too, and a paper that there is not is empty."""
    command = [*command_line(), *map(str, arguments)]
    wide = {**os.environ, "COLUMNS": "500"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=wide)
    assert done.returncode in (0, 2, 3), done.stderr
    return done.stdout


@dataclass
class Sheet:
    """A sheet of the book: its text, its tables as rows of cells, and the headings of its cards."""

    text: str = ""
    tables: list[list[Row]] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The rows of all tables, without their headings."""
        return [row for table in self.tables for row in table[1:]]


class Book(HTMLParser):
    """The sheets of an HTML book by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sheets: dict[str, Sheet] = {}
        self.open: list[str] = []
        self.now = Sheet()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("data-sheet"):
            self.now = self.sheets[str(given["data-sheet"])] = Sheet()
        if tag == "table":
            self.now.tables.append([])
        elif tag == "tr":
            self.now.tables[-1].append([])
        elif tag in ("td", "th"):
            self.now.tables[-1][-1].append("")
        elif tag == "article":
            self.now.cards.append("")
        if tag not in ("input", "meta", "link", "br", "rect", "line"):
            self.open.append(tag)
        if tag in ("p", "h3", "li", "tr", "td", "th", "br"):
            self.now.text += " "

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if {"style", "title"} & set(self.open):
            return
        self.now.text += data
        if "article" in self.open and self.now.cards:
            self.now.cards[-1] += data
        if {"td", "th"} & set(self.open) and self.now.tables:
            self.now.tables[-1][-1][-1] += data


@dataclass
class Papers:
    """A plan and everything that is printed of it."""

    order: dict[str, Any]
    plan: dict[str, Any]
    book: Book
    client: Sheet
    forms: dict[str, str]
    file: Path

    @property
    def dishes(self) -> dict[str, str]:
        return {dish["id"]: dish["name"] for dish in self.plan["menu"]}

    def sheet(self, name: str) -> Sheet:
        return self.book.sheets.get(name, Sheet())


def papers(order: Path, folder: Path) -> Papers:
    """Plan an order and print it in every form."""
    file = folder / "plan.json"
    run("plan", order, "--offline", "--out", file)
    at = json.loads(order.read_text())["event"]["service_at"]
    run("show", file, "--as", "csv", "--out", folder / "lists")
    forms = {form: run("show", file, "--as", form) for form in ("terminal", "html", "markdown")}
    forms |= {path.name: path.read_text(encoding="utf-8-sig") for path in (folder / "lists").iterdir()}
    for name in ("today", "plates", "diets", "client"):
        forms[name] = run("show", file, "--section", name, "--at", at)
    (folder / "book.html").write_text(forms["html"], encoding="utf-8")
    client = Book(run("show", file, "--section", "client", "--as", "html"))
    return Papers(
        json.loads(order.read_text()),
        json.loads(file.read_text()),
        Book(forms["html"]),
        client.sheets.get("client", Sheet()),
        forms,
        folder / "book.html",
    )


def squeezed(said: str) -> str:
    """`said` with single spaces."""
    return " ".join(said.split())


def clock(moment: str) -> str:
    """14:30, in the offset that the moment is written with."""
    return f"{datetime.fromisoformat(moment):%H:%M}"


def missing(wanted: list[str], text: str) -> list[str]:
    """What of `wanted` does not stand in the text."""
    said = squeezed(text).casefold()
    return [one for one in wanted if squeezed(one).casefold() not in said]


def sentences(notes: str) -> list[str]:
    """The sentences of the order's notes."""
    return [one for one in re.split(r"(?<=[.!?])\s+", notes.strip()) if one]


def beo(made: Papers, _: dict[str, Any]) -> list[str]:
    """What does not stand in the banquet event order, which is the first sheet."""
    order = made.order
    if next(iter(made.book.sheets), "") != "beo":
        return ["the first sheet is no banquet event order"]
    return missing(of_beo(order, made.plan), made.sheet("beo").text)


def of_beo(order: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    """Everything that an event order names."""
    guests = order["guests"]
    wanted = [order["event"]["name"], order["event"].get("venue", ""), str(guests["guaranteed"])]
    for service in order.get("services", ()):
        wanted += [service["id"], clock(service["at"]), str(service.get("guests", guests["guaranteed"]))]
    wanted += [dish["name"] for dish in plan["menu"]]
    wanted += [one["name"] for one in guests.get("profiles", ()) if one.get("name")]
    for meal in guests.get("extra_meals", ()):
        wanted += [meal["who"], *([clock(meal["at"])] if "at" in meal else [])]
    return wanted + [line["role"] for line in plan["staffing"]]


def notes(made: Papers, _: dict[str, Any]) -> list[str]:
    """Sentences of the notes that are not in the event order, word for word."""
    return missing(sentences(made.order.get("notes", "")), made.sheet("beo").text)


def steps(plan: dict[str, Any]) -> set[tuple[str, int]]:
    """The steps of dishes in the timeline."""
    return {(block["dish"], block["step"]) for block in plan["timeline"]["blocks"] if block["step"]}


def production(made: Papers, check: dict[str, Any]) -> list[str]:
    """Whether each step is about one line."""
    lines, least = len(made.sheet("production").rows), len(steps(made.plan))
    most = min(1.2 * least, check.get("most", 10_000))
    return [] if least <= lines <= most else [f"{lines} lines for {least} steps"]


def quantities(made: Papers, _: dict[str, Any]) -> list[str]:
    """Whether six in ten lines of production say how much."""
    rows = made.sheet("production").rows
    said = sum(bool(HOW_MUCH.search(" ".join(row))) for row in rows)
    return [] if rows and said >= 0.6 * len(rows) else [f"{said} of {len(rows)} lines say how much"]


def haccp(made: Papers, check: dict[str, Any]) -> list[str]:
    """Whether each dish and kind of check is about one line."""
    rows = len(made.sheet("safety").rows)
    kinds = len({(point["dish"], point["kind"]) for point in made.plan["safety"]["points"]})
    most = min(1.2 * kinds, check.get("most", 10_000))
    return [] if 0 < rows <= most else [f"{rows} rows for {kinds} checks"]


def call_sheet(made: Papers, _: dict[str, Any]) -> list[str]:
    """Whether there is a row for each person, with role, in, out, break and place."""
    people = sum(line["count"] for line in made.plan["staffing"])
    for table in made.sheet("call-sheet").tables:
        heading = {cell.casefold() for cell in table[0]}
        if {"role", "in", "out", "break", "place"} <= heading:
            return [] if len(table) - 1 == people else [f"{len(table) - 1} rows for {people} people"]
    return ["no table of people"]


def pack(made: Papers, check: dict[str, Any]) -> list[str]:
    """Whether each stop has its dishes and its vehicle."""
    sheet = made.sheet("packing")
    wrong = missing([leg["vehicle"] for leg in made.order.get("legs", ())], sheet.text)
    wrong += missing(list(made.dishes.values()), sheet.text)
    places = {place["id"]: place.get("name") or place["id"] for place in made.order.get("places", ())}
    for service in made.plan["service"] if check.get("stops") else ():
        stop = places[service["place"]]
        there = [row for row in sheet.rows if stop in " ".join(row)]
        text = " ".join(" ".join(row) for row in there) or _under(sheet.text, stop)
        wrong += [f"{stop}: {one}" for one in missing([made.dishes[dish] for dish in service["dishes"]], text)]
    return wrong


def _under(text: str, stop: str) -> str:
    """What stands after the name of a stop."""
    said = squeezed(text)
    return said[said.find(stop) :] if stop in said else ""


def amounts_of_costing(plan: dict[str, Any]) -> set[str]:
    """Every amount of the cost table as it is printed."""
    costing = plan["costing"]
    found = [line["amount"] for line in costing["lines"]]
    found += [costing[name] for name in ("total", "per_guest", "budget", "over_budget") if costing.get(name)]
    return {f"{amount:,.2f}" for amount in found if amount}


def client(made: Papers, _: dict[str, Any]) -> list[str]:
    """Whether the client's copy has event and menu and nothing of the house, and can be found."""
    wrong = [] if "client" in run("show", "--help") else ["show --help does not say how to get it"]
    text = made.client.text
    wrong += missing([made.order["event"]["name"], *made.dishes.values()], text)
    suppliers = {offer["supplier"] for offer in made.order.get("supply", ()) if offer.get("supplier")}
    for said in ("labour", "labor", "food cost", "contingency", "blocking", *suppliers, *amounts_of_costing(made.plan)):
        if re.search(rf"(?<![\d,]){re.escape(said)}\b", text, re.IGNORECASE):
            wrong.append(f"the client reads {said!r}")
    return wrong


def cards(made: Papers, _: dict[str, Any]) -> list[str]:
    """Whether each guest with a name has a card."""
    told = made.sheet("plates").cards
    wrong = []
    for profile in made.order["guests"].get("profiles", ()):
        if name := profile.get("name"):
            count = sum(name in card for card in told)
            wrong += [] if count == profile["count"] else [f"{count} cards for {profile['count']} x {name}"]
    return wrong


def statements(made: Papers, _: dict[str, Any]) -> list[str]:
    """Whether all papers say the same of each guest, and say "not for" of nothing that is merely not allotted."""
    wrong: list[str] = []
    for profile in made.plan["diets"]["profiles"]:
        if not profile["needs"]:
            continue
        never = [name for key, name in made.dishes.items() if key not in profile["may_eat"]]
        said = f"not for: {', '.join(never)}".casefold() if never else ""
        given = [item["dish"] for item in made.plan["diets"]["eats"] if item["profile"] == profile["id"]]
        for form in ("terminal", "today", "plates", "diets", "html"):
            text = squeezed(made.forms[form]) if form != "html" else squeezed(made.sheet("plates").text)
            where = text.casefold().find(f"{profile['name']} (".casefold())
            if where < 0:
                wrong.append(f"{form}: {profile['name']} is not named")
        for card in (card for card in made.sheet("plates").cards if profile["name"] in card):
            text = squeezed(card)
            wrong += [f"card of {profile['name']}: no {said!r}"] if said and said not in text.casefold() else []
            served = text.split("Not for:", maxsplit=1)[0]
            wrong += [f"card of {profile['name']} serves {name}" for name in never if name in served]
            fed = any(made.dishes[dish] in served for dish in given)
            wrong += [] if fed or not given else [f"card of {profile['name']} serves nothing"]
    return wrong


def phrases(made: Papers, _: dict[str, Any]) -> list[str]:
    """Phrases that no caterer would say, with the form that has them."""
    found: list[str] = []
    for name, text in made.forms.items():
        said = re.sub(r"<style.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
        found += [f"{name}: {one}" for one in PHRASES if one.casefold() in said.casefold()]
        found += [f"{name}: {one}" for one in NOT_SAID.findall(said)]
    return found


CHECKS = {
    "beo": beo,
    "notes": notes,
    "production": production,
    "haccp": haccp,
    "quantities": quantities,
    "call_sheet": call_sheet,
    "pack": pack,
    "client": client,
    "cards": cards,
    "statements": statements,
    "phrases": phrases,
}
"""Everything but the number of pages, which needs a browser."""
