"""The papers that people work from, case by case. `cases/open.txt` names what does not hold yet, as case.check.

What holds must leave the list.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from paper import paper_judge
from paper.paper_judge import CASES, Papers, of_beo, papers
from pypdf import PdfReader
from render.browser import PROGRAM, browser

ROOT = Path(__file__).parents[2]

SAMPLES = ({"id": "wedding", "most": 25}, {"id": "gala", "most": 35})
"""Sample orders are judged like the cases."""

SAMPLE_CHECKS = ("beo", "notes", "production", "haccp", "quantities", "call_sheet", "pack", "client", "phrases")
MOST = {"production": 90, "haccp": 50}
"""Lines of the gala's sheets."""

OPEN = frozenset((CASES / "open.txt").read_text(encoding="utf-8").split())
LEAST_LINES = 5
FULL = 30_000
"""Characters of a page's drawing that surely are more than a few lines."""
BEO = (1, 2)
"""Pages of the event order."""


def listed() -> dict[str, tuple[Path, list[dict[str, Any]]]]:
    """Case -> its order and checks."""
    cases = json.loads((CASES / "cases.json").read_text())["cases"]
    found = {case["id"]: (CASES / case["order"], case["checks"]) for case in cases}
    for sample in SAMPLES:
        checks = [{"is": name} for name in SAMPLE_CHECKS] + [{"is": "pages", "most": sample["most"]}]
        if sample["id"] == "gala":
            checks = [check | ({"most": MOST[check["is"]]} if check["is"] in MOST else {}) for check in checks]
        found[str(sample["id"])] = (ROOT / "sample_orders" / f"{sample['id']}.json", checks)
    return found


LISTED = listed()
ALL = [(name, check) for name, (_, checks) in LISTED.items() for check in checks]
TEXT = [(name, check) for name, check in ALL if check["is"] != "pages"]
PAGES = [(name, check) for name, check in ALL if check["is"] == "pages"]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Papers]:
    """What was printed of each case, each once."""
    return Printed(tmp_path_factory)


class Printed(dict[str, Papers]):
    """Papers of a case, made when they are asked for."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        super().__init__()
        self.folders = folders

    def __missing__(self, name: str) -> Papers:
        self[name] = papers(LISTED[name][0], self.folders.mktemp(name))
        return self[name]


def settled(name: str, wrong: list[str]) -> None:
    """What is wrong must be on the open list, what is right must not."""
    assert bool(wrong) is (name in OPEN), wrong or "it holds: take it off open.txt"


@pytest.mark.xdist_group("papers")
@pytest.mark.parametrize(("name", "check"), TEXT, ids=[f"{name}.{check['is']}" for name, check in TEXT])
def test_the_paper_holds_what_people_need(name: str, check: dict[str, Any], printed: dict[str, Papers]) -> None:
    settled(f"{name}.{check['is']}", paper_judge.CHECKS[check["is"]](printed[name], check))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, line by line as it lies; of one that is full, behind the first two, its drawing alone."""
    found = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1):
        contents = page.get_contents()
        drawn = contents.get_data().decode("latin-1") if contents is not None else ""
        looked = number <= len(BEO) or len(drawn) < FULL
        found.append(page.extract_text(extraction_mode="layout") if looked else drawn)
    return found


@pytest.mark.browser
@pytest.mark.skipif(not PROGRAM, reason="needs Chromium")
@pytest.mark.parametrize(("name", "check"), PAGES, ids=[f"{name}.pages" for name, _ in PAGES])
@pytest.mark.parametrize("letter", [True, False], ids=["letter", "a4"])
def test_the_book_is_short_and_the_event_order_comes_first(
    name: str, check: dict[str, Any], letter: bool, printed: dict[str, Papers]
) -> None:
    made = printed[name]
    with browser() as tab:
        tab.open(made.file)
        pages = pages_of(tab.printed(letter=letter))
    wrong = [] if len(pages) <= check["most"] else [f"{len(pages)} pages"]
    for number, page in enumerate(pages, 1):
        lines = [line for line in page.splitlines() if line.strip()]
        wrong += [f"page {number} has {len(lines)} lines"] if len(lines) < LEAST_LINES else []
    first = " ".join(pages[:2])
    plain = re.sub(r"\s+", "", first).casefold()
    wanted = [one for one in of_beo(made.order, made.plan) if re.sub(r"\s+", "", one).casefold() not in plain]
    settled(f"{name}.pages", wrong + [f"not on the first two pages: {one}" for one in wanted])
