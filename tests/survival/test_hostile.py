"""A server that misbehaves in every way that we could think of: a plan is made, and nothing shows that should not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile import BIT_BY_BIT, KEY, WHOLE, Hostile
from server import Server
from survive import Bench

CONFIG = """
tiers:
  evil: {provider: openai, model: m, base_url: "%s", api: chat, key_env: EVIL_KEY, price: {input: 1, output: 5}}
  kitchen: {provider: builtin}
routes:
  text_formatting: {tiers: [evil, kitchen], when: always}
default: {tiers: [kitchen]}
limits: {timeout_s: 3, patience_s: 1, max_cost_usd: 1.00}
"""
ORDER: dict[str, Any] = {
    "event": {"name": "Lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
    "guests": 60,
    "menu": ["Caesar salad"],
}
READ = {
    "right_answer_as_text", "reset_in_ages", "not_utf8", "not_a_number", "ages_of_tokens", "negative_tokens",
    "half_a_token", "the_key_in_the_answer",
}  # fmt: skip
"""Ways to misbehave in which a right answer comes all the same."""
UNTOLD = {"ages_of_tokens", "negative_tokens", "half_a_token"}
"""Those whose usage cannot be read: what they cost is not known, and not nothing."""
OFTEN = {"ages_of_tokens", "the_key_in_a_code", "the_key_in_the_answer", "endless", "deep_text", "retry_after_years"}
"""Those that are tried always; the others are slow together."""


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    with Hostile() as running:
        yield running


def asked(hostile: Hostile, server: Server, folder: Path, way: str) -> list[dict[str, Any]]:
    """The attempts at the hostile tier; there is a plan, no defect, and the key is nowhere."""
    desk = Bench(server, folder, {"EVIL_KEY": KEY})
    desk.write("order.json", ORDER)
    desk.write("routing.yaml", CONFIG % hostile.url(way))
    ran = desk.run("plan", "order.json", "--config", "routing.yaml", "-v", "--out", "plan.json")
    assert ran.returncode == 0, ran.stderr[-1000:]
    assert "Traceback" not in ran.stderr
    ledger = desk.run("runs", "show", json.loads((folder / "plan.json").read_text())["run"]["id"])
    assert ledger.returncode == 0
    written = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert not any(KEY.encode() in text for text in (*written, ran.stdout.encode(), ran.stderr.encode()))
    assert KEY not in ledger.stdout
    steps = json.loads((folder / "plan.json").read_text())["run"]["steps"]
    return [attempt for step in steps for attempt in step["attempts"] if attempt["tier"] == "evil"]


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way in OFTEN else pytest.mark.slow) for way in (*WHOLE, *BIT_BY_BIT)]
)
def test_a_plan_is_made_and_nothing_leaks(hostile: Hostile, server: Server, tmp_path: Path, way: str) -> None:
    ledger = asked(hostile, server, tmp_path, way)
    assert (ledger[-1]["left"] == "accepted") == (way in READ)
    assert len(hostile.asked) == len(ledger) <= 2
    if way in UNTOLD:
        assert ledger[-1]["usd"] is None
    if way.startswith("retry_after"):
        assert [attempt["left"] for attempt in ledger] == ["rate_limited"]


def test_no_redirect_is_followed_to_another_host(hostile: Hostile, server: Server, tmp_path: Path) -> None:
    ledger = asked(hostile, server, tmp_path, "redirect_elsewhere")
    assert [(attempt["left"], attempt["detail"]) for attempt in ledger] == [("wrong_address", "HTTP 307")]
    assert hostile.elsewhere == []
