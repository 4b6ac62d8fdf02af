"""The book in a headless Chromium: silent, alone, readable on a phone, on a laptop, and on paper."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import OVERLAPS, PROGRAM, SPILLS, Tab, browser
from hand_plan import small_plan

from catering_cli.intake import load
from catering_cli.kitchen.cook import cook
from catering_cli.render.forms.writers import WRITERS
from catering_cli.render.page import Page

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not PROGRAM, reason="needs Chromium")]

ROOT = Path(__file__).parents[2]
PICTURES = os.environ.get("CATERING_PICTURES", "")
"""A folder to keep screenshots and PDFs in, for looking at them."""


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module", params=["wedding", "gala"])
def plan(request):
    return cook(load.order(str(ROOT / "sample_orders" / f"{request.param}.json")), ())


@pytest.fixture(scope="module")
def book(plan, tab, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("book") / f"{len(plan.menu)}-dishes.html"
    file.write_text(WRITERS["html"](plan, Page()), encoding="utf-8")
    tab.log.clear()
    tab.requests.clear()
    tab.open(file)
    return file


def kept(tab: Tab, name: str) -> None:
    if PICTURES:
        tab.picture(Path(PICTURES) / f"{name}.png", whole=True)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_checks_of_the_page_see_what_they_look_for(tab, tmp_path):
    """Two texts on each other, a text longer than its bar, a message and a request: each is seen."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<p style="position:absolute;top:5px">one text here</p><p style="position:absolute;top:8px">and another</p>'
        '<svg class="gantt"><g class="bar"><rect width="9" height="9"/><text y="60">long words</text></g></svg>'
        '<script>console.error("no")</script><img src="missing.png">'
    )
    tab.open(bad)
    assert tab.ask(OVERLAPS)["found"]
    assert tab.ask(SPILLS) == ["long words"]
    assert tab.log
    assert any("missing.png" in address for address in tab.requests)
    tab.log.clear()
    tab.requests.clear()


def test_it_is_silent_and_asks_nobody(book, tab):
    assert tab.log == []
    assert tab.requests == []
    assert book.name in tab.ask("location.href")


@pytest.mark.parametrize(("name", "width"), [("phone", 390), ("laptop", 1280), ("desk", 1920)])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_lies_on_anything_at_any_size(book, tab, name, width, dark):
    tab.size(width, 900)
    tab.dark(on=dark)
    looked = tab.ask(OVERLAPS)
    assert looked["looked"] > 800
    assert looked["found"] == []
    assert tab.ask(SPILLS) == []
    assert tab.ask("document.documentElement.scrollWidth") <= width
    kept(tab, f"{book.stem}-{name}{'-dark' if dark else ''}")


@pytest.mark.parametrize("letter", [False, True])
def test_it_prints(book, tab, letter):
    paper = tab.printed(letter=letter)
    assert 10 <= pages(paper) <= 35
    if PICTURES:
        (Path(PICTURES) / f"{book.stem}-{'letter' if letter else 'a4'}.pdf").write_bytes(paper)


@pytest.mark.parametrize("letter", [False, True])
def test_the_next_six_hours_are_one_page(plan, tab, tmp_path, letter):
    """At the busiest time of the day."""
    now = plan.order.event.service_at.replace(hour=14, minute=0)
    file = tmp_path / "today.html"
    file.write_text(WRITERS["html"](plan, Page(section="today", now=now)), encoding="utf-8")
    tab.open(file)
    assert pages(tab.printed(letter=letter)) == 1


def test_as_many_bars_as_blocks(tab, plan, tmp_path):
    file = tmp_path / "timeline.html"
    file.write_text(WRITERS["html"](plan, Page(section="timeline")), encoding="utf-8")
    tab.open(file)
    assert tab.ask(SPILLS) == []
    assert tab.ask('document.querySelectorAll("svg.gantt .bar rect").length') == len(plan.timeline.blocks)


def test_text_of_an_order_runs_nowhere(tab, tmp_path):
    note = 'it\'s "double" `back` <img src=x onerror=alert(2)> \'"><svg onload=alert(3)>'
    file = tmp_path / "evil.html"
    file.write_text(WRITERS["html"](small_plan("<script>alert(1)</script>", note=note), Page()), encoding="utf-8")
    tab.log.clear()
    tab.requests.clear()
    tab.open(file)
    assert tab.ask('document.querySelectorAll("script, img").length') == 0
    assert "<script>alert(1)</script>" in tab.ask("document.body.innerText")
    assert note in tab.ask("document.body.innerText")
    assert (tab.log, tab.requests) == ([], [])
