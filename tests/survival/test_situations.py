"""What happens to people who run such tools, each over real HTTP through the real command: a plan comes, and it says
which models did not answer and why."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from competent import competent
from server import Asked, Server
from survive import BOTH, ROOT, SMALL, Bench, attempts

CONFIG = (
    BOTH
    + """
routes:
  unit_conversion: {tiers: [second, kitchen], when: always}
  ingredient_consolidation: {tiers: [first, second, kitchen], when: always}
default: {tiers: [kitchen]}
limits: {silence_s: 1.5, timeout_s: 60}
"""
)
"""Two servers' worth of tiers: the second task may be asked of both, the first of one."""
PAGE = "<html><body>Welcome to this network</body></html>"


def bench(server: Server, folder: Path, **env: str) -> Bench:
    server.otherwise = competent
    return Bench(server, folder, env)


def sampled(*case: Any, always: str) -> Any:
    """A case of a table; all but one of them are slow tests."""
    return pytest.param(*case, id=case[0], marks=() if case[0] == always else pytest.mark.slow)


def by_task(printed: dict[str, Any]) -> dict[str, str]:
    return {step["task"]: step["by"] for step in printed["run"]["steps"]}


def wanted_and_answered(printed: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The steps for which a model was asked, and those that a model answered."""
    asked = {
        step["id"]: [attempt["left"] for attempt in step["attempts"] if attempt["tier"] != "kitchen"]
        for step in printed["run"]["steps"]
    }
    wanted = [step for step, left in asked.items() if left]
    return wanted, [step for step in wanted if {"accepted", "open"} & set(asked[step])]


def about_models(printed: dict[str, Any]) -> str:
    return "\n".join(notice for notice in printed["run"]["notices"] if notice.startswith("Models: "))


@pytest.mark.parametrize(
    "hung",
    [
        pytest.param(("messages",), id="one", marks=pytest.mark.slow),
        pytest.param(("messages", "responses"), id="both"),
    ],
)
def test_what_hangs_is_given_up_and_the_other_answers_all_it_may(
    server: Server, tmp_path: Path, hung: tuple[str, ...]
) -> None:
    desk = bench(server, tmp_path)
    for api in hung:
        server.fail("hang", api=api, times=None, seconds=600)
    printed = desk.plan(SMALL, CONFIG)
    who = "kitchen" if len(hung) > 1 else "second"
    assert by_task(printed)["ingredient_consolidation"] == who
    assert by_task(printed)["unit_conversion"] == who
    assert "first answered nothing: no answer in time" in about_models(printed)
    assert len(server.log) <= 5, "what hangs is not asked by every step"


@pytest.mark.slow
@pytest.mark.parametrize("config", ["default", "lab"])
@pytest.mark.parametrize("hung", [("messages",), ("messages", "responses")], ids=["one", "both"])
def test_with_the_shipped_configurations_a_run_that_meets_silence_ends_within_a_minute(
    server: Server, tmp_path: Path, hung: tuple[str, ...], config: str
) -> None:
    desk = bench(server, tmp_path)
    for api in hung:
        server.fail("hang", api=api, times=None, seconds=600)
    began = time.monotonic()
    printed = desk.plan(SMALL, config)
    assert time.monotonic() - began <= 60
    wanted, answered = wanted_and_answered(printed)
    assert wanted
    assert bool(answered) == (len(hung) == 1)
    assert "planner answered nothing: no answer in time" in about_models(printed)


@pytest.mark.slow
def test_after_an_interrupt_the_plan_is_printed_within_five_seconds(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.lists_models = True
    server.fail("hang", times=None, seconds=600)
    desk.write("order.json", SMALL)
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what is started behind a shell ignores it
    with subprocess.Popen(
        desk.command("plan", "order.json", "--config", "default"), env=desk.environment(), cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=heeds,  # noqa: PLW1509
    ) as running:  # fmt: skip
        until = time.monotonic() + 60
        while not server.log and time.monotonic() < until:
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        began = time.monotonic()
        out, _ = running.communicate(timeout=60)
    assert time.monotonic() - began <= 5
    assert (running.returncode, out[:5]) == (130, "Lunch")


@pytest.mark.slow
def test_a_server_that_only_thinks_is_not_given_up(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.lists_models = True
    server.latency = 4.0
    printed = desk.plan(SMALL, CONFIG)
    assert by_task(printed)["ingredient_consolidation"] == "first"


@pytest.mark.slow
def test_the_deadline_bounds_the_whole_asking(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.lists_models = True
    server.fail("hang", times=None, seconds=600)
    printed = desk.plan(SMALL, CONFIG, "--deadline", "3")
    assert {by_task(printed)[task] for task in ("unit_conversion", "ingredient_consolidation")} == {"kitchen"}
    assert "the time for asking was over" in about_models(printed)
    assert printed["run"]["seconds"] < 60


NOWHERE = "127.0.0.1:9"
SURROUNDINGS: dict[str, tuple[str, dict[str, str]]] = {
    "socks": ("ALL_PROXY", {"ALL_PROXY": f"socks5://{NOWHERE}", "NO_PROXY": ""}),
    "http proxy": ("HTTP_PROXY", {"HTTP_PROXY": f"http://{NOWHERE}", "NO_PROXY": ""}),
    "no kind of proxy": ("ALL_PROXY", {"ALL_PROXY": f"nonsense://{NOWHERE}", "NO_PROXY": ""}),
    "certificate": ("SSL_CERT_FILE", {"SSL_CERT_FILE": "/there/is/none.pem"}),
    "address": ("ANTHROPIC_BASE_URL", {"ANTHROPIC_BASE_URL": "nowhere", "OPENAI_BASE_URL": "nowhere"}),
}


@pytest.mark.parametrize("name", [sampled(name, always="socks") for name in SURROUNDINGS])
def test_surroundings_that_do_not_hold_cost_no_plan(server: Server, tmp_path: Path, name: str) -> None:
    says, env = SURROUNDINGS[name]
    desk = bench(server, tmp_path, **env)
    printed = desk.plan(SMALL, CONFIG.replace("{silence_s", "{patience_s: 0, silence_s"))
    asked = {attempt["left"] for attempt in attempts(printed) if attempt["tier"] != "kitchen"}
    assert "accepted" in asked or says in about_models(printed)


REASONS: dict[str, tuple[int, str, str]] = {
    "no such model": (404, '{"error": {"message": "x", "type": "not_found_error"}}', "HTTP 404, no model first-model"),
    "wrong address": (404, PAGE, "HTTP 404, no such API at this address; check `ANTHROPIC_BASE_URL`"),
    "a captive portal": (200, PAGE, "no such API"),
    "an empty purse": (400, '{"error": {"message": "Your credit balance is too low"}}', "no credit is left"),
    "a spent quota": (429, '{"error": {"message": "x", "code": "insufficient_quota"}}', "no credit is left"),
    "a bad key": (401, '{"error": {"message": "x"}}', "the key is refused; check ANTHROPIC_API_KEY"),
}


@pytest.mark.parametrize("name", [sampled(name, always="wrong address") for name in REASONS])
def test_each_tier_that_falls_out_is_told_once_with_its_reason(server: Server, tmp_path: Path, name: str) -> None:
    status, body, says = REASONS[name]
    desk = bench(server, tmp_path)
    server.instead = lambda _asked: (status, body)
    desk.write("order.json", SMALL)
    desk.write("routing.yaml", CONFIG)
    ran = desk.run("plan", "order.json", "--config", "routing.yaml", "--quiet", "--strict", "--out", "plan.json")
    assert ran.returncode == 4, ran.stderr
    assert ran.stderr == ""
    printed = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert says in about_models(printed)
    for tier in ("first", "second"):
        assert about_models(printed).count(f"{tier} answered nothing") == 1
        assert " ".join(ran.stdout.split()).count(f"{tier} answered nothing") == 1
    assert len(server.log) <= 3, "each is asked once, or twice at the same moment"


@pytest.mark.slow
def test_a_dead_server_is_not_asked_by_every_step(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path, ANTHROPIC_BASE_URL="http://127.0.0.1:9", OPENAI_BASE_URL="http://127.0.0.1:9")
    printed = desk.plan(str(ROOT / "sample_orders" / "wedding.json"), "lab")
    reached = [a for a in attempts(printed) if a["left"] == "connection" and a["detail"].startswith("the server")]
    assert 1 <= len(reached) <= 12
    assert "the server cannot be reached" in about_models(printed)


def refusing(*words: str) -> Callable[[Asked], tuple[int, str] | None]:
    """A vendor that refuses a request in which a word stands as a key."""

    def instead(asked: Asked) -> tuple[int, str] | None:
        known = {"claude-haiku-4-5": '"effort"', "gpt-4o-mini-2024-07-18": '"reasoning"'}.get(asked.model)
        found = [word for word in words if word == known and word in json.dumps(asked.body)]
        return (400, json.dumps({"error": {"message": f"unsupported: {found[0]}"}})) if found else None

    return instead


def test_a_model_is_changed_by_its_name_alone(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.instead = refusing('"effort"', '"reasoning"')
    text = (ROOT / "configs" / "lab.yaml").read_text("utf-8")
    text = text.replace("model: claude-haiku-5-5", "model: claude-haiku-4-5")
    text = text.replace("model: gpt-6-luna", "model: gpt-4o-mini-2024-07-18")
    printed = desk.plan(SMALL, text)
    assert not [attempt for attempt in attempts(printed) if attempt["left"] == "bad_request"]
    assert {"mid", "efficient", "planner"} <= set(by_task(printed).values())
    assert about_models(printed) == ""


@pytest.mark.slow
def test_a_model_that_thinks_is_not_cut(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    thinks = {"high": 2_500, "medium": 1_200, "low": 400}

    def cut(asked: Asked) -> Any:
        answer = json.dumps(competent(asked))
        written = thinks.get(asked.effort or "", 0) + len(answer) // 4
        assert written <= asked.max_tokens, (asked.task, asked.effort, asked.max_tokens)
        return answer

    server.otherwise = cut
    printed = desk.plan(SMALL, "lab")
    assert not [attempt for attempt in attempts(printed) if attempt["left"] not in ("accepted", "open")]


@pytest.mark.slow
def test_a_cut_answer_teaches_the_whole_run(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    server.fail("truncated", task="strategic_planning")
    printed = desk.plan(SMALL, BOTH + "default: {tiers: [first, kitchen], when: always, max_tokens: 1000}\n")
    caps = [asked.max_tokens for asked in server.log]
    assert caps[0] == 1_000
    assert set(caps[1:]) == {2_000}, "every later question has the larger cap at once"
    assert [attempt["left"] for attempt in attempts(printed)].count("truncated") == 1


def test_one_refusal_of_load_for_each_tier_costs_no_answer(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    for fault, model in (("429", "claude-opus-5-5"), ("529", "claude-haiku-5-5"), ("429", "gpt-6-luna")):
        server.fail(fault, model=model, retry_after=1)
    printed = desk.plan(SMALL, "lab")
    wanted, answered = wanted_and_answered(printed)
    assert len(answered) >= 0.95 * len(wanted) > 0


@pytest.mark.slow
def test_a_bucket_that_fills_slowly_gets_every_answer(server: Server, tmp_path: Path) -> None:
    """Five requests in any two seconds are let through, a second more or less a retry."""
    desk = bench(server, tmp_path)
    let_through: deque[float] = deque()

    def bucket(_asked: Asked) -> tuple[int, str, dict[str, str]] | None:
        now = time.monotonic()
        while let_through and now - let_through[0] > 2:
            let_through.popleft()
        if len(let_through) < 5:
            let_through.append(now)
            return None
        return 429, '{"error": {"message": "slow down", "type": "rate_limit_error"}}', {"retry-after": "1"}

    server.instead = bucket
    printed = desk.plan(SMALL, BOTH + "default: {tiers: [first, kitchen], when: always}\n")
    refused = [attempt for attempt in attempts(printed) if attempt["left"] == "rate_limited"]
    wanted, answered = wanted_and_answered(printed)
    assert refused
    assert answered == wanted


def test_a_model_without_a_price_is_told_before_the_run(server: Server, tmp_path: Path) -> None:
    desk = bench(server, tmp_path)
    desk.write("order.json", SMALL)
    desk.write("routing.yaml", CONFIG.replace(", price: {input: 1, output: 5}", ""))
    ran = desk.run("plan", "order.json", "--config", "routing.yaml", "--max-cost", "1")
    assert "first: no price is known of first-model" in ran.stderr.splitlines()[0]
    assert server.log == []
    assert "its price is not known" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("encoding", [sampled(name, always="cp1252") for name in ("cp1252", "ascii")])
def test_what_is_printed_is_utf_8_whatever_the_console_says(server: Server, tmp_path: Path, encoding: str) -> None:
    desk = bench(server, tmp_path, PYTHONIOENCODING=encoding)
    order = {**SMALL, "notes": "Crème brûlée for Zoë, 30 °C"}
    desk.write("order.json", order)
    for name, more in (("plan.json", ("plan", "order.json", "--offline", "--json")),
                       ("book.html", ("show", "plan.json", "--as", "html", "--section", "manager"))):  # fmt: skip
        with (tmp_path / name).open("wb") as out:
            subprocess.run(desk.command(*more), env=desk.environment(), cwd=tmp_path, stdout=out, check=False)
        assert "Crème brûlée for Zoë" in (tmp_path / name).read_text("utf-8")
    assert desk.run("check", "plan.json").returncode in (0, 3)


@pytest.mark.parametrize("name", [sampled(name, always="OPENAI_LOG") for name in ("OPENAI_LOG", "ANTHROPIC_LOG")])
def test_the_sdks_own_log_never_holds_an_order(server: Server, tmp_path: Path, name: str) -> None:
    desk = bench(server, tmp_path, **{name: "debug"})
    desk.write("order.json", SMALL)
    desk.write("routing.yaml", CONFIG)
    ran = desk.fresh("plan", "order.json", "--config", "routing.yaml", "--quiet")
    assert server.log
    assert "zorrel" not in ran.stderr.casefold()
