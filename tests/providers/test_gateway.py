"""Tiers become stacks: keys, addresses, shared clients, and the whole way down to HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from server import Server

from catering_cli.domain.execution import Tokens
from catering_cli.domain.problem import Refused
from catering_cli.providers.base import Fault, Faulted, Request
from catering_cli.providers.gateway import Gateway
from catering_cli.providers.journal.database import Store
from catering_cli.providers.journal.journal import Journal
from catering_cli.providers.stack.limits import Limits
from catering_cli.providers.vendors.credentials import NO_KEY_NEEDED, tier_key
from catering_cli.providers.vendors.registry import Vendors
from catering_cli.providers.vendors.scripted import scripted
from catering_cli.routing.config import Tier

MID = Tier(provider="anthropic", model="claude-haiku-5-5", name="mid")
PLANNER = Tier(provider="anthropic", model="claude-opus-5-5", name="planner")
EFFICIENT = Tier(provider="openai", model="gpt-6-luna", name="efficient")
LOCAL = Tier(provider="openai", model="local", base_url="http://127.0.0.1:9/v1", api="chat", name="local")
ROOT = Path(__file__).parents[2]


def request(**changes) -> Request:
    asked = {
        "model": "m",
        "system": "s",
        "user": "u",
        "schema": {"type": "object", "properties": {}},
        "schema_name": "t",
    }
    return Request(**{**asked, "max_tokens": 10, "timeout_s": 30.0, **changes})


def gateway(tmp_path: Path, env: dict[str, str], cap: Decimal | None = None) -> Gateway:
    return Gateway(Journal(Store(tmp_path / "state")).open_run("k"), cap, Limits({}), env, tmp_path)


async def test_a_question_goes_down_the_whole_stack_and_no_key_is_written(server: Server, tmp_path: Path) -> None:
    mine = gateway(tmp_path, server.env(), Decimal(1))
    await mine.warm((MID, EFFICIENT, Tier(provider="builtin", name="kitchen")))
    assert server.log == []  # warming rehearses within the process
    for tier in (MID, EFFICIENT):
        reply = await mine.provider(tier).complete(request(model=tier.model))
        again = await mine.provider(tier).complete(request(model=tier.model))
        assert (reply.journalled, again.journalled) == (False, True)
    assert [seen.api for seen in server.log] == ["messages", "responses"]
    assert 0 < mine.budget.spent() < Decimal("0.01")
    assert mine.usd(MID, Tokens(input=1234, output=5678)) == Decimal("0.0029624")
    await mine.close()
    written = b"".join(file.read_bytes() for file in (tmp_path / "state").iterdir())
    assert b"test-key" not in written
    assert b"gpt-6-luna" in written


async def test_a_tier_whose_key_is_missing_is_out_and_one_with_its_own_address_needs_none(tmp_path: Path) -> None:
    mine = gateway(tmp_path, {"OPENAI_API_KEY": "secret", "ANTHROPIC_API_KEY": " "})
    assert mine.state(MID) == "no_key"
    assert mine.state(EFFICIENT) == ""
    assert mine.state(LOCAL) == ""
    mine.tier_out("efficient", "run", Fault("out_of_quota"))
    assert mine.state(EFFICIENT) == "out_of_quota"


def test_the_vendors_key_never_goes_to_an_address_that_the_config_names() -> None:
    env = {"OPENAI_API_KEY": "secret", "MINE": "other", "ANTHROPIC_AUTH_TOKEN": "token"}
    assert tier_key(LOCAL, env) == NO_KEY_NEEDED
    assert tier_key(LOCAL.model_copy(update={"key_env": "MINE"}), env) == "other"
    assert tier_key(LOCAL.model_copy(update={"key_env": "GONE"}), env) is None
    assert tier_key(MID, env) == "token"


def test_tiers_of_one_vendor_share_a_client(tmp_path: Path) -> None:
    vendors = Vendors({"ANTHROPIC_API_KEY": "k", "ANTHROPIC_BASE_URL": "http://127.0.0.1:9"}, tmp_path)
    vendors.of(MID), vendors.of(PLANNER), vendors.of(LOCAL)
    assert len(vendors._sdk_clients) == 2
    assert vendors.of(MID).address == "http://127.0.0.1:9/v1/messages"
    assert vendors.of(LOCAL).address == "http://127.0.0.1:9/v1/chat/completions"


@pytest.mark.parametrize(("tier", "module"), [(MID, "anthropic"), (EFFICIENT, "openai")])
def test_after_warming_the_first_call_imports_nothing_more(
    server: Server, tmp_path: Path, tier: Tier, module: str
) -> None:
    code = (
        "import asyncio, os, sys; from pathlib import Path\n"
        "from catering_cli.providers.vendors.registry import Vendors; from catering_cli.routing.config import Tier\n"
        "from catering_cli.providers.base import Request\n"
        f"vendor = Vendors(os.environ, Path()).of({tier!r}); vendor.warm(); before = set(sys.modules)\n"
        "asyncio.run(vendor.complete(Request('m', 's', 'u', {'type': 'object', 'properties': {}}, 't', 10)))\n"
        f"print([name for name in set(sys.modules) - before if name.startswith('{module}')])"
    )
    env = {**os.environ, **server.env(), "HOME": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=env)
    assert told.stdout.strip() == "[]"
    assert len(server.log) == 1


def test_nothing_is_imported_before_a_run_asks() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from catering_cli.providers.gateway import Gateway\n"
        "from catering_cli.providers.vendors.registry import Vendors\n"
        "from catering_cli.routing.config import Tier\n"
        "vendor = Vendors({'OPENAI_API_KEY': 'k'}, Path()).of(Tier(provider='openai', model='m', name='a'))\n"
        "print(vendor.address, {'openai', 'anthropic', 'genai_prices', 'httpx2'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.strip() == "https://api.openai.com/v1/responses set()"


SCRIPT = """
answers:
  - {task: t, match: parsley, answer: {grams: 60}}
  - task: t
    replies:
      - {fault: rate_limited, retry_after_s: 3}
      - {fault: truncated}
      - {answer: "plain text", tokens: {output: 7}}
  - {task: slow, answer: {}, seconds: 9}
"""


async def test_a_script_answers_by_task_and_text_in_order(tmp_path: Path) -> None:
    file = tmp_path / "script.yaml"
    file.write_text(SCRIPT)
    mine = gateway(tmp_path, {})
    tier = Tier(provider="scripted", model="m", script="script.yaml", name="s")
    said = mine.provider(tier)
    assert json.loads(said.judge(await said.complete(request(user="a bunch of parsley"))).text) == {"grams": 60}
    with pytest.raises(Faulted) as limited:
        await scripted(file).complete(request())
    assert (limited.value.fault.kind, limited.value.fault.retry_after_s) == ("rate_limited", 3)
    vendor = scripted(file)
    with pytest.raises(Faulted):
        await vendor.complete(request())
    with pytest.raises(Faulted, match="truncated"):
        vendor.judge(await vendor.complete(request()))
    for _ in range(2):
        answer = vendor.judge(await vendor.complete(request()))
        assert (answer.text, answer.tokens.output) == ("plain text", 7)
    with pytest.raises(Faulted, match="timeout"):
        await vendor.complete(request(schema_name="slow", timeout_s=0.01))
    with pytest.raises(Faulted, match="no answer to other"):
        await vendor.complete(request(schema_name="other"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a", "a list `answers`"),
        ("answers: [{tusk: t}]", "tusk"),
        ("answers: [{task: t, fault: tired}]", "tired"),
        ("answers: [{task: t}]", "an answer, or a fault"),
        ("a: [", "not YAML"),
    ],
)
def test_a_script_that_is_wrong_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(text)
    with pytest.raises(Refused, match=says):
        scripted(file)
    with pytest.raises(Refused, match="cannot be read"):
        scripted(tmp_path / "none.yaml")
