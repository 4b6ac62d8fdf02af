"""What is printed is said in trade words: no output of a sample order has a phrase that a caterer would not say."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from forked import command_line

from catering_cli.domain.plan import CateringPlan
from catering_cli.render.forms import writers
from catering_cli.render.page import Page

SAMPLES = sorted((Path(__file__).parents[2] / "sample_orders").glob("*.json"))
ROLES = "bartender|captain|chef|cook|driver|porter|server|prep cook"

SAY = {
    r"Not to be served so": "Not ready: 4 blocking issues",
    r"for a person to settle": "OK to run: 6 open items",
    r"Played again": "Stress test",
    r"first to fail": "first to slip",
    r"\bEaten\b": "Need, Overage, Make",
    r"\bMind:|Plates that differ|Plates for guests with needs": "Special meals",
    r"(?i)everybody else": "Standard meals",
    r"(?i)\bnobody\b|\bsomebody\b": "a short, concrete sentence",
    r"follows from no row": "no weight on file",
    r"minutes too long before": "held 11 min past its limit",
    r"(?i)relieve the conflict": "what to do",
    r"nothing calls for": "",
    r"\bP\d+ lacks": "",
    r"cook would say it": "",
    r"Cold store": "Walk-in",
    r"\bAnywhere\b": "Unassigned",
    r"Packing and road": "Transport",
    r"\bPass\b": "Expo / plating line",
    r"\bPlant\b": "Equipment",
    r"(?i)service ware": "China, glass, flatware (rentals)",
    r"(?i)\bstarter": "first course",
    r"chafing fuel can": "chafing fuel (Sterno)",
    r"Keep at hand": "Pantry / staples",
    r"\bheat on\b|cook on until": "Continue cooking to temperature",
    rf"\b(?:[2-9]|[1-9]\d+) (?:{ROLES})\b(?! (?:per|for))": "3 servers, 1 driver",
    r"\d/\d+ h\b": "5.4 h",
    r"\d/\d+ times the recipe": "x 2.57",
    r"\bservice service\b": "Buffet, Sat 12 Jun",
    r"(?i)blocks of work": "tasks",
    r"\btap\b": "no purchase line",
    r"portions of canap": "pieces",
    r"(?<![\d/])\d*\.\d+ oz\b": "7/8 oz, or grams: what a scale shows",
    r"^(?:about )?\d+(?: \d/\d)? \(\d+ g\)": "42 eggs",
    r"Boxed begins": "Boxed meals, 40 guests",
}
"""What is not said, and what is said for it."""


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest) -> CateringPlan:
    command = [*command_line(), "plan", str(request.param), "--json"]
    return CateringPlan.model_validate_json(subprocess.run(command, capture_output=True, check=False).stdout)


def outputs(plan: CateringPlan) -> Iterator[tuple[str, str]]:
    """The name and text of each form, and of each section where only that shows every row."""
    now = plan.timeline.service_at or datetime(2027, 4, 17, tzinfo=UTC)
    for form, write in writers.WRITERS.items():
        sections = writers.section_names(form) if form in ("terminal", "csv") else ()
        for section in (None, *sections):
            yield f"{form} {section or ''}", write(plan, Page(section=section, now=now))


def test_no_output_has_a_phrase_that_a_caterer_would_not_say(plan: CateringPlan) -> None:
    found = {
        (said, line.strip()[:160], name)
        for name, text in outputs(plan)
        for line in re.sub(r"<style.*?</style>|<[^>]*>", "\n", text, flags=re.DOTALL).splitlines()
        for said in SAY
        if re.search(said, line)
    }
    assert sorted(found) == []
