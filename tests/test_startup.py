"""Which command imports what: start-up time is held by what is not loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SDKS = {"anthropic", "openai", "httpx", "ortools"}
HEAVY = {*SDKS, "genai_prices", "rich", "pydantic", "yaml", "asyncio"}
PROBE = """
import json, sys
from catering_cli.cli.app import main
sys.argv[0] = "catering"
try:
    main()
except SystemExit as left:
    print(left.code, json.dumps(sorted(sys.modules)), sep="\\n", file=sys.stderr)
"""


def loaded(*args: str, cwd: Path) -> set[str]:
    kept = {key: value for key, value in os.environ.items() if not key.endswith("_API_KEY")}
    env = {**kept, "PYTHONPATH": str(ROOT), "CATERING_STATE": str(cwd / "state")}
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *args], capture_output=True, text=True, env=env, cwd=cwd, timeout=120, check=False
    )
    *_, code, modules = done.stderr.splitlines()
    assert code in ("0", "3"), done.stderr[:400]
    return {name.split(".")[0] for name in json.loads(modules)} | set(json.loads(modules))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    order = {
        "event": {"name": "Spring lunch", "service_at": "2027-04-17T12:30:00-04:00", "style": "buffet"},
        "guests": 60,
        "menu": ["Caesar salad", "Chicken piccata", "Roasted vegetables", "Tiramisu"],
    }
    folder = tmp_path_factory.mktemp("startup")
    (folder / "order.json").write_text(json.dumps(order))
    loaded("plan", "order.json", "--offline", "--quiet", "--out", "plan.json", cwd=folder)
    return folder / "plan.json"


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("plan", "--help"),
        ("convert", "2 cups flour", "--to", "g"),
        ("convert", "2 cups water", "--to", "mL"),
    ],
)
def test_help_and_convert_load_nothing_heavy(args, tmp_path):
    assert loaded(*args, cwd=tmp_path) & HEAVY == set()


def test_schema_prints_a_file_and_loads_no_types(tmp_path):
    modules = loaded("schema", "order", cwd=tmp_path)
    assert modules & HEAVY == set()
    assert "catering_cli.domain.order" not in modules


def test_routes_loads_no_sdk_and_no_kitchen(tmp_path):
    modules = loaded("routes", "--config", "lab", cwd=tmp_path)
    assert modules & SDKS == set()
    assert "catering_cli.kitchen.cook" not in modules


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("show",),
        ("show", "--as", "markdown"),
        ("show", "--as", "html"),
        ("show", "--as", "ics"),
        ("refine", "--offline"),
    ],
)
def test_commands_on_a_plan_load_no_sdk_and_no_prices(args, plan):
    command, *options = args
    assert loaded(command, str(plan), *options, cwd=plan.parent) & {*SDKS, "genai_prices"} == set()


def test_an_offline_plan_loads_no_sdk(plan):
    assert loaded("plan", "order.json", "--offline", cwd=plan.parent) & SDKS == set()
