"""Routing files: the shipped ones are right, a wrong one says where and what would be right."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml

from catering_cli.domain.names import TASKS
from catering_cli.domain.problem import Refused
from catering_cli.routing.config import Config, load, parse, schema
from catering_cli.routing.find import SHIPPED, Found, shipped

LAB = {  # the lab's route_task: tier, level, temperature
    "strategic_planning": ("planner", "high", 0.2),
    "constraint_solving": ("planner", "high", 0.1),
    "recipe_scaling": ("mid", "medium", 0.3),
    "timeline_creation": ("planner", "medium", 0.2),
    "ingredient_consolidation": ("mid", "medium", 0.3),
    "unit_conversion": ("efficient", "none", 0.0),
    "text_formatting": ("efficient", "none", 0.4),
}
TREE = {
    "resource_planning": "mid",
    "timeline_planning": "mid",
    "ingredient_calculation": "efficient",
    "equipment_allocation": "efficient",
    "recipe_scheduling": "efficient",
    "service_coordination": "efficient",
}


def read(text: str) -> Config:
    return parse(Found(text, "mine.yaml", "mine"))


def refused(text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_config_loads_and_fits_its_schema(name: str) -> None:
    config = load(name)
    assert config.name == name
    assert config.tiers["kitchen"].provider == "builtin"
    jsonschema.validate(yaml.safe_load(shipped(name).read_text("utf-8")), schema())
    assert all(config.route(task).tiers[-1] == "kitchen" for task in TASKS)
    assert shipped(name).read_text("utf-8").startswith("# yaml-language-server: $schema=")


def test_lab_holds_the_labs_rows() -> None:
    config = load("lab")
    for task, (tier, level, temperature) in LAB.items():
        route = config.routes[task]
        assert (route.tiers[0], route.reasoning, route.temperature, route.max_tokens) == (
            tier,
            level,
            temperature,
            2000,
        )
        assert route.when == "always"
    assert {task: config.routes[task].tiers[0] for task in TREE} == TREE
    revise = config.routes["plan_refinement"]
    assert (revise.reasoning, revise.temperature, revise.max_tokens) == ("high", 0.3, 1000)
    models = {name: config.tiers[name].model for name in ("planner", "mid", "efficient")}
    assert models == {"planner": "claude-opus-5-5", "mid": "claude-haiku-5-5", "efficient": "gpt-6-luna"}


def test_default_is_capped_and_asks_every_task_and_offline_asks_nobody() -> None:
    config = load("default")
    assert config.limits.max_cost_usd == Decimal("2.00")
    assert set(config.routes) == set(TASKS)
    assert {load("offline").route(task).tiers for task in TASKS} == {("kitchen",)}
    price = load("local").tiers["local"].price
    assert price is not None
    assert (price.input, price.output) == (0, 0)


def test_every_problem_is_told_with_line_key_value_and_remedy() -> None:
    told = refused(
        "tiers:\n"
        "  planer: {provider: antropic, modell: x}\n"
        "routes:\n"
        "  recipe_scalling: {tiers: [planer]}\n"
        "  unit_conversion: {tiers: [plannner], temperature: hot, max_tokens: 0}\n"
        "limits: {timeout_s: .nan}\n"
    )
    assert len(told) == 7
    assert told[0].startswith('mine.yaml at tiers.planer.provider (line 2, column 12) ("antropic"): is not known.')
    assert "Did you mean anthropic? Allowed: anthropic, openai, scripted, builtin." in told[0]
    assert "modell" in told[1]
    assert "did you mean 'model'?" in told[1]
    assert "routes.recipe_scalling (line 4, column 3)" in told[2]
    assert "Did you mean recipe_scaling?" in told[2]
    assert 'routes.unit_conversion.tiers[0] (line 5, column 29) ("plannner")' in told[3]
    assert "Did you mean planer?" in told[3]
    assert 'temperature (line 5, column 40) ("hot"): must be a number' in told[4]
    assert "max_tokens (line 5, column 58) (0): must be at least 1" in told[5]
    assert 'limits.timeout_s (line 6, column 10) (".nan"): must be a number' in told[6]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("# nothing but a comment", "is empty"),
        ("tiers: [", "is not YAML"),
        ("- a", "must be an object"),
        ("tiers: {a: {provider: openai, model: m}}\ntiers: {}", "this key is given twice"),
        ("tiers: {a: {provider: openai}}", "the key model is missing"),
        ("tiers: {a: {provider: anthropic, model: m, temperature: true}}", "take no temperature"),
        ("tiers: {a: {provider: scripted}}", "the key script is missing"),
        ("tiers: {a: {provider: builtin}}", "the tier kitchen is built in, and no other"),
        ("tiers: {}\ndefault: {tiers: [kitchen, kitchen]}", "stands twice in a chain"),
        (
            "tiers: {}\nroutes: {recipe_scaling: {tiers: [kitchen], fallback_task: recipe_scaling}}",
            "cannot be its own fallback",
        ),
        ("tiers: {a: {provider: openai, model: m, base_url: localhost}}", "begins with http:// or https://"),
        ("tiers: {a: {provider: openai, model: m, base_url: 'http://me:secret@x'}}", "holds no user and no password"),
        ("tiers: {a: {provider: openai, model: m, price: {input: 1e300, output: 1}}}", "at most 1000000000000"),
        ("tiers: &x [*x]", "stands within what it refers to"),
        ("tiers: {a: {provider: openai, model: m, price: {input: true, output: 1}}}", "must be a number"),
        ("tiers: {}\ndefault: {tiers: [kitchen], max_tokens: true}", "must be a number"),
        ("tiers: {}\nlimits: {concurrency: {openia: 2}}", "Did you mean openai?"),
        ("tiers: {a: {provider: openai, model: m, temperature: yes}}", "must be true or false"),
        ("tiers: {a: {provider: openai, model: m, name: b}}", "there is no such field"),
        ("tiers: {}\ndefault: {tiers: []}", "must have at least 1 entry"),
        ("routes: {}", "tiers: is missing"),
        ("tiers: {}\ncomplexity: {high: planner}", "Allowed: kitchen"),
        ("[" * 100_000, "at most 40 levels"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, says: str) -> None:
    told = refused(text)
    assert any(says in line for line in told), told
    assert all(line.startswith("mine.yaml") for line in told)


@pytest.mark.parametrize("key", ["key_env", "api_key"])
def test_a_key_that_was_pasted_into_the_file_is_not_repeated(key: str) -> None:
    [told] = refused(f"tiers: {{a: {{provider: openai, model: m, {key}: sk-123}}}}")
    assert key in told
    assert "sk-123" not in told


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    binary = tmp_path / "b.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for name, says in (("labb", "Did you mean lab?"), (str(tmp_path), "a folder"), (str(binary), "not UTF-8")):
        with pytest.raises(Refused, match=says.replace("?", r"\?")):
            load(name)


def test_a_config_in_the_working_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None).notice == ""
    Path("configs").mkdir()
    Path("configs/default.yaml").write_text("tiers: {}\n")
    config = load(None)
    assert not config.routes
    assert "configs/default.yaml" in config.notice
    assert load("default").routes  # by name: the shipped one


def test_schema_is_json_and_closed() -> None:
    document = json.loads(json.dumps(schema()))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"tiers": {}, "rotes": {}}, document)
